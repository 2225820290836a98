// "mis datos" holds everything that is kept of a woman. So every column that can say something about a member is either read for
// her file, or stands here with the reason why it is not: the next one cannot be forgotten.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { inTransaction } from '../../src/store/in-transaction.ts';
import { NOT_IN_HER_FILE, SAYS_NOTHING_OF_HER } from '../support/not-in-her-file.ts';
import { openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
let columns: string[];
let unread: string[];

/**
 * What may be about one member: every column of a table whose rows are each of somebody, and every id, number of the roster
 * or list of them in all the others.
 */
const COLUMNS = `
  with column_of as (
    select c.relname as name, a.attname as part, format_type(a.atttypid, null) as type
      from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations'
  ), hers as (
    select 'member' as name union select name from column_of where part in ('member_id', 'debtor_id', 'candidate_id', 'about_id')
  )
  select name || '.' || part as place from column_of
   where (name in (select name from hers) or type in ('uuid', 'jsonb') or part = 'number') and part not in ('id', 'group_id')
   order by 1`;

beforeAll(async () => {
  scene = await openScene({ running: false });
  const { pool } = scene.world.store;
  const { rows } = await pool.query<{ place: string }>(COLUMNS);
  columns = rows.map(({ place }) => place);
  unread = [];
  for (const place of columns) if (!(await isRead(place))) unread.push(place);
}, 300_000);
afterAll(() => scene.close());

/** Without the column her file cannot be made: its absence is tried, and taken back. */
const isRead = async (place: string): Promise<boolean> => {
  const [table, column] = place.split('.');
  const { id, groupId } = scene.world.person('Ana');
  const undone = new Error('nothing of this stays');
  let read = false;
  await inTransaction(scene.world.store.pool, async (session) => {
    await session.query(`alter table "${table}" rename column "${column}" to "not_there"`);
    try {
      await session.query('select person_facts($1, $2)', [groupId, id]);
    } catch (error) {
      read = (error as Error).message.includes(`${column}`);
      if (!read) throw error;
    }
    throw undone;
  }).catch((error: unknown) => {
    if (error !== undone) throw error;
  });
  return read;
};

test('columns are tried, and it is seen whether they are read', () => {
  expect(columns.length).toBeGreaterThan(100);
  expect(columns).toContain('attendance_correction.was');
  expect(unread).not.toContain('attendance_correction.was');
  expect(unread).not.toContain('second_word.payments');
});

test('every column that may be about her is in her file, or it is said why not', () => {
  const excepted = [...Object.keys(NOT_IN_HER_FILE), ...SAYS_NOTHING_OF_HER];
  expect(unread.filter((place) => !excepted.includes(place))).toEqual([]);
});

test('no exception stands there for a column that is read, or is gone', () => {
  const excepted = [...Object.keys(NOT_IN_HER_FILE), ...SAYS_NOTHING_OF_HER];
  expect(excepted.filter((place) => !unread.includes(place))).toEqual([]);
  expect(new Set(excepted).size).toBe(excepted.length);
});
