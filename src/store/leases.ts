import type { Pool } from 'pg';

/** Gives back what was leased and is not begun, so that another process takes it now and not when its lease ends. */
export const releaseOutbox = async (pool: Pool, ids: readonly string[]): Promise<void> => {
  await pool.query('select release_outbox($1::uuid[])', [ids]);
};

/** What this process is still sending, or has sent and could not record: nobody else takes it for another while. */
export const renewLeases = async (pool: Pool, ids: readonly string[]): Promise<void> => {
  await pool.query(
    `update outbox set lease_until = now() + interval '50 seconds' where id = any ($1::uuid[]) and state = 'sending'`,
    [ids],
  );
};

/**
 * Ends every lease, so that what a process was sending when it ended goes out again now and not when its lease runs out.
 * Only where no other process can be sending: on the embedded database, whose folder is locked.
 */
export const endLeases = async (pool: Pool): Promise<void> => {
  await pool.query(`update outbox set lease_until = now() where state = 'sending'`);
};
