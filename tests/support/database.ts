// A fresh, migrated database for a test: in memory by default, on a PostgreSQL server when
// COMADRE_TEST_DATABASE_URL names one (a role that may create databases). The tests are the same on both.

import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import { type Database, openDatabase, openMemoryDatabase } from '../../src/store/database.ts';
import { dumpDatabase, openMemory } from '../../src/store/embedded.ts';
import { DatabaseInUse, type FolderLock, lockFolder } from '../../src/store/folder-lock.ts';
import { migrate } from '../../src/store/migrator.ts';
import { pglitePool } from '../../src/store/pglite-pool.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MIGRATIONS = path.join(ROOT, 'prisma/migrations');
const CACHE = path.join(ROOT, 'node_modules/.cache/comadre');
const PGLITE_PACKAGE = path.join(ROOT, 'node_modules/@electric-sql/pglite/package.json');

/** Test files run side by side; each needs only a few connections. */
const POOL_MAX = 4;
const BUILD_WAIT_MS = 100;
/** Guards the making of the template on a server; any number no other program uses. */
const TEMPLATE_LOCK = 4_026_011_402;

const serverUrl = process.env['COMADRE_TEST_DATABASE_URL'] ?? '';

export const usingPostgres = serverUrl !== '';

/** A new database with every migration of prisma/migrations applied; `close` makes it disappear. */
export async function testDatabase(): Promise<Database> {
  return databaseFrom(migratedTemplate);
}

/** A new database with nothing in it, for the tests of the store's own foundations. */
export async function emptyDatabase(): Promise<Database> {
  return databaseFrom(emptyTemplate);
}

/** What new databases are copied from: made once for all test runs, then loaded. */
type Template = { name: string; migrate: (pool: Pool) => Promise<void>; blob?: Promise<Blob> };

const emptyTemplate: Template = { name: 'empty', migrate: async () => {} };
const migratedTemplate: Template = { name: hashOf(...migrationFiles()), migrate: migrateOver };

async function databaseFrom(template: Template): Promise<Database> {
  if (usingPostgres) return onServer(serverUrl, template);
  template.blob ??= loadTemplate(template);
  return openMemoryDatabase(await template.blob);
}

/** The template as a file, made by the first test process that needs it. */
async function loadTemplate(template: Template): Promise<Blob> {
  const version = hashOf(fs.readFileSync(PGLITE_PACKAGE, 'utf8'));
  const file = path.join(CACHE, `pglite-${version}-${template.name}.tar`);
  if (!fs.existsSync(file)) await buildOnce(file, template);
  return new Blob([fs.readFileSync(file)]);
}

async function buildOnce(file: string, template: Template): Promise<void> {
  fs.mkdirSync(CACHE, { recursive: true });
  const lock = await waitForTurn();
  try {
    if (fs.existsSync(file)) return;
    const draft = `${file}.new`;
    fs.writeFileSync(draft, Buffer.from(await (await buildTemplate(template)).arrayBuffer()));
    fs.renameSync(draft, file);
    removeOutdated(file);
  } finally {
    await lock.release();
  }
}

/** A template is 40 MB, and each change of a migration makes a new one. */
function removeOutdated(newest: string): void {
  const outdated = fs
    .readdirSync(CACHE)
    .filter((name) => name.startsWith('pglite-') && name !== path.basename(newest))
    .filter((name) => name.endsWith('-empty.tar') === newest.endsWith('-empty.tar'));
  for (const name of outdated) fs.rmSync(path.join(CACHE, name), { force: true });
}

/** The lock frees itself when the process that builds is killed. */
async function waitForTurn(): Promise<FolderLock> {
  for (;;) {
    try {
      return await lockFolder(CACHE);
    } catch (error) {
      if (!(error instanceof DatabaseInUse)) throw error;
      await setTimeout(BUILD_WAIT_MS);
    }
  }
}

async function buildTemplate(template: Template): Promise<Blob> {
  const db = await openMemory();
  const pool = pglitePool(db);
  await template.migrate(pool);
  await pool.end();
  const dump = await dumpDatabase(db);
  await db.close();
  return dump;
}

async function onServer(url: string, template: Template): Promise<Database> {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  const source = `comadre_template_${template.name}`;
  await buildOnServer(admin, { source, url, template });
  const name = `comadre_test_${randomUUID().replaceAll('-', '')}`;
  await admin.query(`create database ${name} template ${source}`);
  // It is gone in a second: no test waits for the disk.
  await admin.query(`alter database ${name} set synchronous_commit = off`);
  const database = await openDatabase({ url: at(url, name), folder: '', poolMax: POOL_MAX });
  const close = async (): Promise<void> => {
    await database.close();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  };
  return { ...database, close };
}

type OnServer = { source: string; url: string; template: Template };

/** Renamed when it is whole, so that a template half made is never taken for one. */
async function buildOnServer(admin: Client, { source, url, template }: OnServer): Promise<void> {
  await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await admin.query('select from pg_database where datname = $1', [source]);
    if (rowCount === 1) return;
    const draft = `${source}_new`;
    await admin.query(`drop database if exists ${draft} with (force)`);
    await admin.query(`create database ${draft} template template0 encoding 'UTF8'`);
    const pool = new Pool({ connectionString: at(url, draft), max: 1 });
    await template.migrate(pool);
    await pool.end();
    await admin.query(`alter database ${draft} rename to ${source}`);
  } finally {
    await admin.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}

async function migrateOver(pool: Pool): Promise<void> {
  const session = await pool.connect();
  try {
    await migrate(session, MIGRATIONS);
  } finally {
    session.release();
  }
}

function at(url: string, name: string): string {
  const address = new URL(url);
  address.pathname = `/${name}`;
  return address.href;
}

/** Name and content of every migration, in order. */
function migrationFiles(): string[] {
  return fs
    .readdirSync(MIGRATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((name) => [name, fs.readFileSync(path.join(MIGRATIONS, name, 'migration.sql'), 'utf8')]);
}

function hashOf(...parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
