import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { LEFT_DAYS } from '../domain/rights.ts';
import { claimDay } from './claim-day.ts';
import { forgetName } from './forget-name.ts';
import { inTransaction } from './in-transaction.ts';
import type { Secrets } from './secrets.ts';

/** So many at a time: each is a transaction of its own, and all of them may be of one group. */
const SHRED_AT_ONCE = 50;

/**
 * Destroys what names those whose days to come back are over; how many there were. Any number of processes may do it: each
 * member is shredded once, in one transaction, so that a crash leaves her blocked or shredded, and nothing between.
 */
export const shredDue = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  now: Temporal.Instant,
): Promise<number> => {
  if (await claimDay(pool, 'left'))
    await pool.query('select forget_left($1, $2)', [now.toString(), LEFT_DAYS]);
  const { rows } = await pool.query<{ id: string }>('select id from erasures_due($1, $2)', [
    now.toString(),
    SHRED_AT_ONCE,
  ]);
  // One that fails keeps none of the others back.
  const failed: unknown[] = [];
  for (const { id } of rows) {
    try {
      await inTransaction(pool, async (session) => {
        await forgetName({ session, secrets }, id);
        await session.query('select shred_member($1, $2)', [id, now.toString()]);
      });
    } catch (error) {
      failed.push(error);
    }
  }
  // What a key looked like before it was destroyed lies in the table's pages until they are cleaned, and so does her name in words.
  if (rows.length > 0) await pool.query('vacuum data_key, savings_group, money_out, talk_line, broadcast');
  if (failed.length > 0) throw failed[0];
  return rows.length;
};

/** Requests about personal data that should have been answered, or carried out, before `today` (ISO date). */
export const overdueRequests = async (pool: Pool, today: string): Promise<number> => {
  const { rows } = await pool.query<{ count: number }>(
    `select count(*)::int as count from rights_request
      where state in ('open', 'accepted') and coalesce(carry_out_by, answer_by) < $1::date`,
    [today],
  );
  return rows[0]?.count ?? 0;
};

/** The same once a day, by whichever process comes first; 0 for the others. */
export const overdueToday = async (pool: Pool, now: Temporal.Instant): Promise<number> =>
  (await claimDay(pool, 'rights'))
    ? overdueRequests(pool, now.toZonedDateTimeISO('UTC').toPlainDate().toString())
    : 0;
