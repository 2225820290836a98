import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { inReadTransaction } from '../../src/store/in-read-transaction.ts';
import { testDatabase, usingPostgres } from '../support/database.ts';

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

const note = (name: string): Promise<unknown> =>
  database.pool.query(`insert into setting (name, value) values ($1, 'x')`, [name]);

test('it cannot write, and the connection writes again afterwards', async () => {
  const writing = inReadTransaction(database, (session) =>
    session.setting.create({ data: { name: 'refused', value: 'x' } }),
  );
  await expect(writing).rejects.toThrow(/read-only transaction/);
  await note('kept');
  const names = await inReadTransaction(database, (session) => session.setting.findMany());
  expect(names).toEqual([{ name: 'kept', value: 'x' }]);
});

test('what the work throws comes out as it is, and the connection is given back', async () => {
  const ours = new Error('ours');
  const failing = inReadTransaction(database, async () => {
    throw ours;
  });
  await expect(failing).rejects.toBe(ours);
  expect((await database.pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

// The embedded database has one connection: nobody can write meanwhile.
test.runIf(usingPostgres)('it sees one moment throughout', async () => {
  const counts = await inReadTransaction(database, async (session) => {
    const before = await session.setting.count();
    await note('meanwhile');
    return [before, await session.setting.count()];
  });
  expect(counts[1]).toBe(counts[0]);
});
