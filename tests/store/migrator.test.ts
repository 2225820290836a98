import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { MigrationRefused, migrate } from '../../src/store/migrator.ts';
import { emptyDatabase, testDatabase } from '../support/database.ts';
import { needsPostgres } from '../support/requires.ts';

const FIRST = '20270101000000_first';
const SECOND = '20270102000000_second';
const PROGRAM_MIGRATIONS = path.resolve(import.meta.dirname, '../../prisma/migrations');
const PLPGSQL = `
  create function double(n bigint) returns bigint language plpgsql as $$
  begin
    return n * 2; -- semicolons; inside
  end $$;
  insert into ledger values (double(21));`;

let folder: string;
let database: Database;

beforeEach(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-migrations-'));
  fs.writeFileSync(path.join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n');
  write(FIRST, 'create table ledger (amount bigint not null);\n');
  database = await emptyDatabase();
});

afterEach(async () => {
  await database.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

function write(name: string, sql: string): void {
  fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(path.join(folder, name, 'migration.sql'), sql);
}

async function run(): Promise<string[]> {
  const session = await database.pool.connect();
  try {
    return await migrate(session, folder);
  } finally {
    session.release();
  }
}

async function valueOf(sql: string): Promise<unknown> {
  const { rows } = await database.pool.query({ text: sql, rowMode: 'array' });
  return rows[0]?.[0];
}

test('each migration is applied once, in order of name, and later ones when they appear', async () => {
  expect(await run()).toEqual([FIRST]);
  expect(await run()).toEqual([]);
  write(SECOND, PLPGSQL);
  expect(await run()).toEqual([SECOND]);
  expect(await run()).toEqual([]);
  expect(await valueOf('select amount from ledger')).toBe('42');
});

test('the row it leaves is the one Prisma would leave', async () => {
  await run();
  const { rows } = await database.pool.query(
    'select migration_name, checksum, finished_at is not null as finished, rolled_back_at, logs, applied_steps_count from _prisma_migrations',
  );
  const checksum = createHash('sha256')
    .update('create table ledger (amount bigint not null);\n')
    .digest('hex');
  expect(rows).toEqual([
    {
      migration_name: FIRST,
      checksum,
      finished: true,
      rolled_back_at: null,
      logs: null,
      applied_steps_count: 1,
    },
  ]);
});

test('a migration edited after it was applied is refused by name, and nothing after it runs', async () => {
  await run();
  write(FIRST, 'create table ledger (amount numeric not null);\n');
  write(SECOND, 'create table other ();');
  await expect(run()).rejects.toThrow(`The migration ${FIRST} was edited after it was applied`);
  expect(await valueOf(`select to_regclass('other')`)).toBeNull();
});

test('other line endings, as git writes on Windows, are not an edit', async () => {
  await run();
  write(FIRST, 'create table ledger (amount bigint not null);\r\n');
  expect(await run()).toEqual([]);
});

test('a database newer than the program is refused', async () => {
  write(SECOND, 'create table other ();');
  await run();
  fs.rmSync(path.join(folder, SECOND), { recursive: true });
  await expect(run()).rejects.toThrow(
    `has the migration ${SECOND}, which this version of the program does not know`,
  );
});

test('a migration that fails is undone whole, names its line, and can be put right', async () => {
  write(SECOND, 'create table other ();\nselect nonsense;');
  await expect(run()).rejects.toThrow(
    `The migration ${SECOND} failed and was undone: column "nonsense" does not exist (line 2)`,
  );
  expect(await valueOf(`select to_regclass('other')`)).toBeNull();
  write(SECOND, 'create table other ();');
  expect(await run()).toEqual([SECOND]);
});

test('a migration that another tool left unfinished is refused', async () => {
  await run();
  await database.pool.query('update _prisma_migrations set finished_at = null');
  await expect(run()).rejects.toThrow(`The migration ${FIRST} failed earlier and was left unfinished`);
});

test('a missing folder and a migration without its file are refused', async () => {
  const session = await database.pool.connect();
  await expect(migrate(session, path.join(folder, 'nowhere'))).rejects.toThrow(MigrationRefused);
  fs.mkdirSync(path.join(folder, SECOND));
  await expect(migrate(session, folder)).rejects.toThrow(`${SECOND} has no file migration.sql`);
  session.release();
});

test('the time limits of queries are as before afterwards', async () => {
  const before = await valueOf('show lock_timeout');
  await run();
  expect(await valueOf('show lock_timeout')).toBe(before);
});

needsPostgres('on a server', () => {
  test('of four migrators at once one applies everything and three find nothing to do', async () => {
    write(SECOND, `select pg_sleep(0.3); create table other ();`);
    const results = await Promise.all([run(), run(), run(), run()]);
    expect(results.toSorted((a, b) => b.length - a.length)).toEqual([[FIRST, SECOND], [], [], []]);
  });
});

test('the migrations of the program all apply to an empty database', async () => {
  const migrated = await testDatabase();
  const { rows } = await migrated.pool.query<{ name: string }>(
    'select migration_name as name from _prisma_migrations where finished_at is not null order by name',
  );
  await migrated.close();
  const folders = fs
    .readdirSync(PROGRAM_MIGRATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory());
  expect(rows.map((row) => row.name)).toEqual(folders.map((entry) => entry.name).sort());
});
