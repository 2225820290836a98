import type { Pool } from 'pg';
import { claimDay } from './claim-day.ts';

/** Deletes what is left of strangers who never said yes to the notice, and the PINs of those who left a month ago. */
export const forgetStrangers = async (pool: Pool): Promise<void> => {
  await pool.query('select forget_strangers(), forget_former()');
};

/** Days for which words are kept: of messages that were given up or parked, and of conversations with staff once closed. */
export type WordsKept = { readonly wordsDays: number; readonly talksDays: number };

export const WORDS_KEPT: WordsKept = { wordsDays: 30, talksDays: 90 };

/** What is written in danger goes so many days after it was closed, whatever a programme keeps otherwise. */
const DANGERS_DAYS = 30;

/** Erases the words of old messages that were given up or parked; their records stay. Old conversations go in whole. */
export const forgetWords = async (
  pool: Pool,
  { wordsDays, talksDays }: WordsKept = WORDS_KEPT,
): Promise<void> => {
  await pool.query('select forget_words($1), forget_talks($2), forget_dangers($3)', [
    wordsDays,
    talksDays,
    DANGERS_DAYS,
  ]);
};

/** Rows deleted at a time, so that nobody waits for it. */
const FORGET_AT_ONCE = 5_000;

/** Once a day, by whichever process comes first: deletes records of delivery older than so many days. Books stay. */
export const forgetRecords = async (pool: Pool, days: number): Promise<void> => {
  if (!(await claimDay(pool, 'retention'))) return;
  for (let more = true; more; ) {
    const { rows } = await pool.query<{ more: boolean }>('select forget_records($1, $2) as more', [
      days,
      FORGET_AT_ONCE,
    ]);
    more = rows[0]?.more ?? false;
  }
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
