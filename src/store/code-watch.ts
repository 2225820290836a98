import type { Pool } from 'pg';

/** How many invitation codes were guessed in vain today, and whether that keeps all codes from being looked up now. */
export type CodeWatch = { readonly wrongToday: number; readonly paused: boolean };

/** By the clock of the database. */
export const codeWatch = async (pool: Pool): Promise<CodeWatch> => {
  const { rows } = await pool.query<{ wrong: number; paused: boolean }>(
    `select case when day = current_date then wrong else 0 end as wrong, coalesce(paused_until > now(), false) as paused from code_watch`,
  );
  return { wrongToday: rows[0]?.wrong ?? 0, paused: rows[0]?.paused ?? false };
};
