// docs/privacy.md says of every column that can hold words what it holds: a new one is thought about before it is there.

import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { testDatabase } from '../support/database.ts';

const DOC = fs.readFileSync(path.resolve(import.meta.dirname, '../../docs/privacy.md'), 'utf8');
const PLACE = /`([a-z_]+\.[a-z_]+)`/gu;
const placesIn = (text: string): string[] => [...text.matchAll(PLACE)].map(([, place]) => place ?? '');
const [, where = ''] = DOC.split('## Where it is');

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const columns = async (types: readonly string[]): Promise<string[]> => {
  const { rows } = await database.pool.query<{ place: string }>(
    `select c.relname || '.' || a.attname as place
       from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations'
        and format_type(a.atttypid, null) = any ($1) order by 1`,
    [types],
  );
  return rows.map(({ place }) => place);
};

test('every column that can hold words or bytes is in it, once, and no other', async () => {
  const there = await columns(['bytea', 'text', 'jsonb', 'text[]']);
  expect(there).toContain('member.name');
  expect(placesIn(where).toSorted()).toEqual(there.toSorted());
});

test('what is sealed is not among the codes that name nobody', () => {
  const [, codes = ''] = where.split('Columns of codes');
  const sealed = [
    'member.name',
    'talk_line.body',
    'danger_line.body',
    'outbox.body',
    'address.value',
    'rights_request.name',
  ];
  expect(placesIn(codes).filter((place) => sealed.includes(place))).toEqual([]);
});
