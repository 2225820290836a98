// What an operator does for a woman who asked on paper: her request is written down, and she is blocked as if she had
// asked in the chat.

import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { localDate } from '../domain/calendar.ts';
import { asId, type ErasureId, type MemberId, type RightsRequestId } from '../domain/ids.ts';
import { answerBy, carryOutBy } from '../domain/rights.ts';
import { inTransaction } from './in-transaction.ts';
import { blockedJson } from './rights-json.ts';

type Whom = { readonly groupId: string; readonly memberId: string };

/** What the erasure of a member leaves behind, for whoever has to confirm it. */
export type ErasureOutlook = {
  readonly number: number;
  readonly role: string;
  /** In whole minor units, of the book. */
  readonly savedMinor: bigint;
  readonly owedMinor: bigint;
  /** She has been blocked or shredded before. */
  readonly isErased: boolean;
};

export const erasureOutlook = async (
  pool: Pool,
  { groupId, memberId }: Whom,
): Promise<ErasureOutlook | undefined> => {
  const { rows } = await pool.query<{
    number: number;
    role: string;
    saved: string;
    owed: string;
    erased: boolean;
  }>(
    `select m.number, m.role,
            coalesce((select -balance_minor from account where group_id = m.group_id and name = 'savings/' || m.id), 0)::text as saved,
            coalesce((select sum(a.balance_minor) from loan l join account a on a.group_id = l.group_id and a.name = 'loan/' || l.id
                       where l.group_id = m.group_id and l.member_id = m.id and l.state = 'active'), 0)::text as owed,
            exists (select from erasure e where e.group_id = m.group_id and e.member_id = m.id and e.undone_at is null) as erased
       from member m where m.group_id = $1 and m.id = $2`,
    [groupId, memberId],
  );
  const [row] = rows;
  return (
    row && {
      number: row.number,
      role: row.role,
      savedMinor: BigInt(row.saved),
      owedMinor: BigInt(row.owed),
      isErased: row.erased,
    }
  );
};

/** The day where her group lives, as of what she asks in the chat: by UTC an evening's deadline were a day later than the law's. */
const dayAt = async (pool: Pool, groupId: string, now: Temporal.Instant): Promise<Temporal.PlainDate> => {
  const { rows } = await pool.query<{ zone: string }>(
    'select time_zone as zone from savings_group where id = $1',
    [groupId],
  );
  return localDate(now, rows[0]?.zone ?? 'UTC');
};

/** Blocks her, now; she is shredded `days` later. One transaction, with its rows in the record of who did what. */
export const erasePerson = async (
  pool: Pool,
  { groupId, memberId }: Whom,
  { now, days }: { readonly now: Temporal.Instant; readonly days: number },
): Promise<void> => {
  const today = await dayAt(pool, groupId, now);
  const requestId = randomUUID();
  const asked = {
    id: requestId,
    member: memberId,
    in_group: groupId,
    kind: 'cancellation',
    done: false,
    answer_by: answerBy(today).toString(),
    source: 'paper',
  };
  const blocked = blockedJson(
    {
      erasureId: asId<ErasureId>(randomUUID()),
      requestId: asId<RightsRequestId>(requestId),
      memberId: asId<MemberId>(memberId),
      shredAfter: now.add({ hours: 24 * days }),
      carryOutBy: carryOutBy(today),
    },
    'operator',
  );
  await inTransaction(pool, (session) =>
    session.query('select commit_rights($1, null, $2::jsonb, $3)', [
      groupId,
      JSON.stringify({ asked: [asked], blocked: [blocked] }),
      now.toString(),
    ]),
  );
};

/** That an operator had a member's whole file made is written down, as her request. */
export const noteExport = async (
  pool: Pool,
  { groupId, memberId }: Whom,
  now: Temporal.Instant,
): Promise<void> => {
  const asked = {
    id: randomUUID(),
    member: memberId,
    in_group: groupId,
    kind: 'access',
    done: true,
    answer_by: answerBy(await dayAt(pool, groupId, now)).toString(),
    source: 'paper',
  };
  await inTransaction(pool, async (session) => {
    await session.query('select commit_rights($1, null, $2::jsonb, $3)', [
      groupId,
      JSON.stringify({ asked: [asked] }),
      now.toString(),
    ]);
    await session.query('select write_audit($1, $2, $3, $4)', [
      'operator',
      'member-exported',
      `member/${memberId}`,
      now.toString(),
    ]);
  });
};
