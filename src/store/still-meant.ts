import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { audienceJson } from './audience-json.ts';
import { lateIn } from './late-members.ts';

/** One message of a broadcast, and whom it goes to. */
export type MeantBy = {
  readonly broadcastId: string;
  readonly groupId: string;
  readonly memberId: string;
};

/** What she is meant for and may be over by the time it goes: that she is late, that she has a loan. */
export type Ending = { readonly late: boolean; readonly loan: boolean };

/** What of a broadcast's audience may end while its messages wait. It is the same for as long as there is that broadcast. */
export const endingOf = async (pool: Pool, broadcastId: string): Promise<Ending> => {
  const { rows } = await pool.query<{ audience: unknown }>('select audience from broadcast where id = $1', [
    broadcastId,
  ]);
  const { late, loan } = rows[0] ? audienceJson.parse(rows[0].audience) : {};
  return { late: late === true, loan: loan === true };
};

/** Of members, those of whom what they are meant for still holds today, where they live. */
export const stillMeant = async (
  pool: Pool,
  asked: readonly (MeantBy & Ending)[],
  now: Temporal.Instant,
): Promise<boolean[]> => {
  const groupIds = [...new Set(asked.flatMap(({ late, groupId }) => (late ? [groupId] : [])))];
  const late = new Set(groupIds.length > 0 ? await lateIn(pool, groupIds, now) : []);
  const { rows } = await pool.query<{ id: string }>(
    `select l.member_id as id from unnest($1::uuid[], $2::uuid[]) as a(group_id, member_id)
       join loan l on l.group_id = a.group_id and l.member_id = a.member_id and l.state = 'active'`,
    [asked.map(({ groupId }) => groupId), asked.map(({ memberId }) => memberId)],
  );
  const owing = new Set<string>(rows.map(({ id }) => id));
  return asked.map((one) => (!one.late || late.has(one.memberId)) && (!one.loan || owing.has(one.memberId)));
};
