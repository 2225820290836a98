import type { Pool } from 'pg';

/** Takes a job's turn of today for this process; false when it, or another one, has done it. */
export const claimDay = async (
  pool: Pool,
  job: 'audit' | 'books' | 'left' | 'retention' | 'rights',
): Promise<boolean> => {
  const { rowCount } = await pool.query(
    `insert into occurrence (job, subject_id, due_at, outcome)
     values ($1, '00000000-0000-0000-0000-000000000000', date_trunc('day', now()), 'done') on conflict do nothing`,
    [job],
  );
  return rowCount === 1;
};
