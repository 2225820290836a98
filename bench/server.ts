import path from 'node:path';
import { Client } from 'pg';
import { type Database, openDatabase } from '../src/store/database.ts';
import { migrate } from '../src/store/migrator.ts';
import { undoing } from './undoing.ts';

const URL_DEFAULT = 'postgres://postgres@127.0.0.1:5432/postgres';
const MIGRATIONS = path.resolve(import.meta.dirname, '../prisma/migrations');
const CONNECT_TIMEOUT_MS = 2_000;
/** As many connections as a process has by default (config.ts). */
const POOL_MAX = 10;

/** A server to measure on, and what it says of itself. */
export type Server = { readonly url: string; readonly version: string };

/** The server of COMADRE_BENCH_DATABASE_URL or of this machine; undefined when none answers. */
export const findServer = async (): Promise<Server | undefined> => {
  const url = process.env['COMADRE_BENCH_DATABASE_URL'] ?? URL_DEFAULT;
  const admin = new Client({ connectionString: url, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  try {
    await admin.connect();
    const { rows } = await admin.query<{ version: string }>(
      `select format('%s, shared_buffers %s, fsync %s, synchronous_commit %s', current_setting('server_version'),
                current_setting('shared_buffers'), current_setting('fsync'), current_setting('synchronous_commit')) as version`,
    );
    return { url, version: rows[0]?.version ?? '' };
  } catch {
    return undefined;
  } finally {
    await admin.end().catch(() => undefined);
  }
};

export type Fresh = { readonly database: Database; readonly url: string };

/** Runs `work` on a new, migrated database of the server, and drops it whatever happens. */
export const onFreshDatabase = async <Value>(
  server: Server,
  part: string,
  work: (fresh: Fresh) => Promise<Value>,
): Promise<Value> => {
  const name = `comadre_bench_${part}_${process.pid}`;
  const address = new URL(server.url);
  address.pathname = `/${name}`;
  const admin = new Client({ connectionString: server.url });
  await admin.connect();
  const drop = async (): Promise<void> => {
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
  };
  return undoing(drop, async () => {
    await admin.query(`create database ${name} template template0 encoding 'UTF8'`);
    const database = await openDatabase({ url: address.href, folder: '', poolMax: POOL_MAX });
    try {
      await migrateOver(database);
      return await work({ database, url: address.href });
    } finally {
      await database.close();
    }
  });
};

/** Applies the migrations of the repository. */
export const migrateOver = async (database: Database): Promise<void> => {
  const session = await database.pool.connect();
  try {
    await migrate(session, MIGRATIONS);
  } finally {
    session.release();
  }
};
