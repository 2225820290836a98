import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import type { Part } from '../domain/broadcast/audience.ts';
import { asked, audienceJson } from './audience-json.ts';
import { lateIn } from './late-members.ts';

/** One message of a broadcast, and whom it goes to. */
export type MeantBy = {
  readonly broadcastId: string;
  readonly groupId: string;
  readonly memberId: string;
};

/**
 * What she is meant for and may be over by the time it goes: that she is late, that she has a loan. `except`: what she was not,
 * and may be by then.
 */
export type Ending = { readonly late: boolean; readonly loan: boolean; readonly except: readonly Part[] };

const mayEnd = ({ late, loan }: Part): boolean => late === true || loan === true;

/** What of a broadcast's audience may end while its messages wait. It is the same for as long as there is that broadcast. */
export const endingOf = async (pool: Pool, broadcastId: string): Promise<Ending> => {
  const { rows } = await pool.query<{ audience: unknown }>('select audience from broadcast where id = $1', [
    broadcastId,
  ]);
  const { late, loan, except = [] } = rows[0] ? audienceJson.parse(rows[0].audience) : {};
  return { late: late === true, loan: loan === true, except: except.filter(mayEnd) };
};

/** Of members, those of whom what they are meant for still holds today, where they live. */
export const stillMeant = async (
  pool: Pool,
  messages: readonly (MeantBy & Ending)[],
  now: Temporal.Instant,
): Promise<boolean[]> => {
  const ofLate = messages.filter((one) => one.late || one.except.some(({ late }) => late));
  const groupIds = [...new Set(ofLate.map(({ groupId }) => groupId))];
  const late = groupIds.length > 0 ? await lateIn(pool, groupIds, now) : [];
  const { rows } = await pool.query<{ meant: boolean }>(
    `select coalesce((
              select in_part(m, g, a.must, $5) and not exists (select from jsonb_array_elements(a.never) e where in_part(m, g, e, $5))
                from member m join savings_group g on g.id = m.group_id where m.group_id = a.group_id and m.id = a.member_id), false) as meant
       from unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::jsonb[]) with ordinality a(group_id, member_id, must, never, n) order by a.n`,
    [
      messages.map(({ groupId }) => groupId),
      messages.map(({ memberId }) => memberId),
      messages.map((one) =>
        JSON.stringify(asked({ ...(one.late && { late: true }), ...(one.loan && { loan: true }) }, late)),
      ),
      messages.map(({ except }) => JSON.stringify(except.map((part) => asked(part, late)))),
      now.toString(),
    ],
  );
  return rows.map(({ meant }) => meant);
};
