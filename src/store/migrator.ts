// Applies prisma/migrations/*/migration.sql in order and keeps Prisma's own table of what was applied, so that
// Prisma's tools and this file agree about a database.

import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { ClientBase } from 'pg';

/** The advisory lock of Prisma's schema engine, 7.10.1. */
const PRISMA_LOCK = 72707369;

/** The table as Prisma's schema engine 7.10.1 creates it. */
const CREATE_TABLE = `
  create table if not exists _prisma_migrations (
    id varchar(36) primary key not null,
    checksum varchar(64) not null,
    finished_at timestamptz,
    migration_name varchar(255) not null,
    logs text,
    rolled_back_at timestamptz,
    started_at timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

/** The migrations cannot be applied, and nothing was changed by the one named. The message is for the operator. */
export class MigrationRefused extends Error {
  override name = 'MigrationRefused';
}

type Migration = { name: string; sql: string };
type AppliedRow = { migration_name: string; checksum: string; finished: boolean };

/**
 * Brings the database up to date; each migration is one transaction with its row in `_prisma_migrations`.
 *
 * Any number of processes may call this at once: one applies, the others wait and find nothing to do.
 * @param session a session of its own for as long as this takes: the lock belongs to the session
 * @param folder holds one folder per migration, applied in the order of their names
 * @returns the names applied now; empty when the database was up to date
 * @throws MigrationRefused when an applied migration was edited, is not among the files, or had failed; when the
 *   folder cannot be read; when a migration fails (it is undone)
 */
export async function migrate(session: ClientBase, folder: string): Promise<string[]> {
  const migrations = await readMigrations(folder);
  // Waiting for another process's migrations, and migrating a large table, may take longer than a query may.
  await session.query('set statement_timeout = 0; set lock_timeout = 0');
  await session.query('select pg_advisory_lock($1)', [PRISMA_LOCK]);
  try {
    return await applyMissing(session, migrations);
  } finally {
    await cleanUp(session, `select pg_advisory_unlock(${PRISMA_LOCK})`);
    await cleanUp(session, 'reset statement_timeout; reset lock_timeout');
  }
}

/** On a session that broke there is nothing left to clean, and the error that broke it is the one to report. */
async function cleanUp(session: ClientBase, sql: string): Promise<void> {
  await session.query(sql).catch(() => undefined);
}

/** A migration as a database says that it was applied. */
export type Applied = { readonly name: string; readonly checksum: string };

/** What was applied to this database, in its order. */
export const appliedMigrations = async (session: ClientBase): Promise<Applied[]> => {
  const { rows } = await session.query<Applied>(
    `select migration_name as name, checksum from _prisma_migrations
      where finished_at is not null and rolled_back_at is null order by migration_name`,
  );
  return rows;
};

/** @throws MigrationRefused for a database in which nothing was ever applied */
export const refuseEmpty = async (session: Pick<ClientBase, 'query'>): Promise<void> => {
  const { rows } = await session.query(`select where to_regclass('_prisma_migrations') is null`);
  if (rows.length > 0) throw new MigrationRefused('There is nothing in this database. Is it the right one?');
};

/**
 * Makes an empty database what it was after these migrations, in the transaction that is under way: all of it, or nothing.
 *
 * @throws MigrationRefused when one of them is not among the files, or is another one there
 */
export async function migrateWithin(
  session: ClientBase,
  folder: string,
  wanted: readonly Applied[],
): Promise<void> {
  const known = new Map((await readMigrations(folder)).map((migration) => [migration.name, migration]));
  await session.query(CREATE_TABLE);
  for (const { name, checksum } of wanted) {
    const migration = known.get(name);
    if (!migration || !checksums(migration.sql).includes(checksum)) {
      throw new MigrationRefused(
        `It was made by another version of the program, which has the migration ${name}: take that version or a newer one.`,
      );
    }
    await session.query(migration.sql);
    await session.query(
      `insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name],
    );
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await fs.readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new MigrationRefused(`The migrations cannot be read: no folder ${folder}.`, { cause });
  });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(names.sort().map((name) => readMigration(folder, name)));
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const file = path.join(folder, name, 'migration.sql');
  const sql = await fs.readFile(file, 'utf8').catch((cause: unknown) => {
    throw new MigrationRefused(`The migration ${name} has no file migration.sql that can be read.`, {
      cause,
    });
  });
  return { name, sql };
}

async function applyMissing(session: ClientBase, migrations: Migration[]): Promise<string[]> {
  await session.query(CREATE_TABLE);
  const { rows } = await session.query<AppliedRow>(
    `select migration_name, checksum, finished_at is not null as finished
     from _prisma_migrations where rolled_back_at is null`,
  );
  const applied = new Map(rows.map((row) => [row.migration_name, row]));
  refuseUnknown(rows, migrations);
  const missing = migrations.filter((migration) => !isApplied(migration, applied.get(migration.name)));
  for (const migration of missing) await apply(session, migration);
  return missing.map((migration) => migration.name);
}

function refuseUnknown(rows: AppliedRow[], migrations: Migration[]): void {
  const known = new Set(migrations.map((migration) => migration.name));
  const unknown = rows.find((row) => !known.has(row.migration_name));
  if (unknown === undefined) return;
  throw new MigrationRefused(
    `The database has the migration ${unknown.migration_name}, which this version of the program does not know. ` +
      'Most likely the program is older than the database: start the newer version.',
  );
}

function isApplied(migration: Migration, row: AppliedRow | undefined): boolean {
  if (row === undefined) return false;
  if (!row.finished) {
    throw new MigrationRefused(
      `The migration ${migration.name} failed earlier and was left unfinished. Look at its row in ` +
        '_prisma_migrations, repair the database by hand or from a backup, then start again.',
    );
  }
  if (!checksums(migration.sql).includes(row.checksum)) {
    throw new MigrationRefused(
      `The migration ${migration.name} was edited after it was applied to this database. ` +
        'Put its file back as it was and write the change as a new migration.',
    );
  }
  return true;
}

/** The file's checksum first, then those with the other line endings, which git may give it on Windows. */
function checksums(sql: string): string[] {
  const unix = sql.replaceAll('\r\n', '\n');
  const windows = unix.replaceAll('\n', '\r\n');
  return [sql, unix, windows].map((text) => createHash('sha256').update(text).digest('hex'));
}

async function apply(session: ClientBase, { name, sql }: Migration): Promise<void> {
  const id = randomUUID();
  await session.query('begin');
  try {
    await session.query('insert into _prisma_migrations (id, checksum, migration_name) values ($1, $2, $3)', [
      id,
      checksums(sql)[0],
      name,
    ]);
    await session.query(sql);
    await session.query(
      'update _prisma_migrations set finished_at = clock_timestamp(), applied_steps_count = 1 where id = $1',
      [id],
    );
    await session.query('commit');
  } catch (cause) {
    await cleanUp(session, 'rollback');
    throw new MigrationRefused(`The migration ${name} failed and was undone: ${reasonOf(cause, sql)}`, {
      cause,
    });
  }
}

function reasonOf(cause: unknown, sql: string): string {
  if (!(cause instanceof Error)) return String(cause);
  if (!('position' in cause) || typeof cause.position !== 'string') return cause.message;
  const line = sql.slice(0, Number(cause.position)).split('\n').length;
  return `${cause.message} (line ${line})`;
}
