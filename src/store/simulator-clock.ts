import type { Pool } from 'pg';
import { inTransaction } from './in-transaction.ts';

const NAME = 'simulator-clock';

/** How many seconds the simulator's clock is ahead in these books; 0 when it was never moved. */
export const clockAhead = async (pool: Pool): Promise<number> => {
  const { rows } = await pool.query<{ value: string }>('select value from setting where name = $1', [NAME]);
  return Number(rows[0]?.value ?? 0);
};

/**
 * Writes down that the clock is `seconds` further ahead, for the next start too. The database keeps the computer's
 * time, so what waits there for a later moment has that much less to wait, and to live.
 */
export const moveClockAhead = (pool: Pool, seconds: number): Promise<void> =>
  inTransaction(pool, async (session) => {
    await session.query(
      `insert into setting (name, value) values ($1, $2)
       on conflict (name) do update set value = (setting.value::bigint + $2::bigint)::text`,
      [NAME, String(seconds)],
    );
    await session.query(
      `update outbox set not_before = not_before - make_interval(secs => $1),
              expires_at = expires_at - make_interval(secs => $1)
        where state = 'queued'`,
      [seconds],
    );
  });

/** Whether these books are the demo: everybody in them is invented. */
export const isDemo = async (pool: Pool): Promise<boolean> =>
  (await pool.query(`select 1 from setting where name = 'demo' and value = 'done'`)).rowCount === 1;
