// A column that holds sealed values and is forgotten when the key is changed is lost: every column of bytes is in one list.

import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { ROOT_SEALED } from '../../src/store/root-sealed.ts';
import { testDatabase } from '../support/database.ts';
import { NOT_SEALED, OWNER_SEALED } from '../support/read-sealed.ts';

/** Questions that wait have a way of their own, since the same bytes stand in both tables. */
const ASKED = ['address.asked', 'outbox.asked'];

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

test('every column of bytes is sealed under the root, under its owner’s key, or no secret', async () => {
  const { rows } = await database.pool.query<{ name: string }>(
    `select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and data_type = 'bytea' order by 1`,
  );
  const named = ({ table, column }: { table: string; column: string }) => `${table}.${column}`;
  const known = [...ROOT_SEALED.map(named), ...OWNER_SEALED.map(named), ...ASKED, ...NOT_SEALED];
  expect(rows.map(({ name }) => name)).toEqual(known.toSorted());
});
