import type { Pool } from 'pg';

/** Deletes what is left of strangers who never said yes to the notice. */
export const forgetStrangers = async (pool: Pool): Promise<void> => {
  await pool.query('select forget_strangers()');
};

/** Erases the words of old messages that were given up or parked; their records stay. */
export const forgetWords = async (pool: Pool): Promise<void> => {
  await pool.query('select forget_words()');
};

/** Whether the database answers. */
export const answers = async (pool: Pool): Promise<boolean> => (await pool.query('select 1')).rowCount === 1;

/** Whether a demo was begun and not finished: the program was ended while it was being made. */
export const demoIsHalfMade = async (pool: Pool): Promise<boolean> =>
  (await pool.query(`select 1 from setting where name = 'demo' and value = 'begun'`)).rowCount === 1;

export const markDemo = async (pool: Pool, state: 'begun' | 'done'): Promise<void> => {
  await pool.query(
    `insert into setting (name, value) values ('demo', $1) on conflict (name) do update set value = excluded.value`,
    [state],
  );
};
