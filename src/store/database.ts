// One database for the whole program: a PostgreSQL server when an address is given, else an embedded one in a folder.
// Everything above speaks to the same Pool.

import { createHash } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { PGlite } from '@electric-sql/pglite';
import { Client, type ClientConfig, Pool } from 'pg';
import type { PrismaClient } from '../generated/prisma/client.ts';
import { columnTypes } from './column-types.ts';
import { openEmbedded, openMemory } from './embedded.ts';
import { type Listen, listenOnPool, ServerListener } from './listener.ts';
import { pglitePool } from './pglite-pool.ts';

/** Debian 12 ships PostgreSQL 15; it is the oldest the migrations are tested on. */
const SERVER_VERSION_MIN = 15;
const POOL_MAX_DEFAULT = 10;
const STATEMENT_TIMEOUT_MS = 10_000;
const LOCK_TIMEOUT_MS = 3_000;
const CONNECT_TIMEOUT_MS = 10_000;
/** How long close() waits for queries still running. */
const CLOSE_WAIT_MS = 5_000;
/** A Prisma transaction may have to wait for the only connection of an embedded database. */
const PRISMA_WAIT_MS = 10_000;
/** Prepared statements one connection keeps for Prisma's queries; the rest run unprepared. */
const PRISMA_STATEMENTS_MAX = 500;

export type { Pool } from 'pg';

export type Database = {
  /** int8, numeric, date and timestamps arrive as text: see column-types.ts. */
  pool: Pool;
  /**
   * `embedded` has one connection. There a query on `pool` inside a transaction taken from it, Prisma's interactive
   * ones included, waits for itself and fails: inside a transaction use only what the transaction gave.
   */
  kind: 'postgres' | 'embedded';
  /** Prisma over the same pool. It is loaded at the first call: paths that never ask for it never pay for it. */
  prisma: () => Promise<PrismaClient>;
  /** Calls back at each NOTIFY on the channel, and with an empty payload after a connection was lost. */
  listen: Listen;
  /** Waits for running queries, up to 5 s, then closes. The embedded database writes a checkpoint first. */
  close: () => Promise<void>;
};

export type DatabaseSettings = {
  /** `postgres://name:password@host:port/database`; without it the database is embedded. */
  url?: string | undefined;
  /** Where the embedded database lives; made when missing. */
  folder: string;
  /** Connections to a server; the embedded database always has one. */
  poolMax?: number | undefined;
  /** Statements may take as long as they like: for work that goes through whole tables of a server. */
  patient?: boolean | undefined;
  /** Told of idle connections that broke. The pool replaces them by itself. */
  onConnectionLost?: ((error: Error) => void) | undefined;
};

/** The server does not let us in. The message is for the operator and never holds the password. */
export class DatabaseUnreachable extends Error {
  override name = 'DatabaseUnreachable';
}

/** The server answers, but its version or settings would make us work wrongly. The message is for the operator. */
export class DatabaseUnsuitable extends Error {
  override name = 'DatabaseUnsuitable';
}

/**
 * Opens the database of these settings. It does not migrate it.
 *
 * @throws DatabaseUnreachable DatabaseUnsuitable from a server
 * @throws DatabaseInUse DatabaseUnsafe from the embedded one
 */
export async function openDatabase(settings: DatabaseSettings): Promise<Database> {
  if (settings.url !== undefined) return openServer(settings.url, settings);
  const { db, close } = await openEmbedded(settings.folder);
  return embeddedDatabase(db, close);
}

/** A database that lives in memory, for tests. @param template see `openMemory` */
export async function openMemoryDatabase(template?: Blob): Promise<Database> {
  const db = await openMemory(template);
  return embeddedDatabase(db, () => db.close());
}

function embeddedDatabase(db: PGlite, closeDatabase: () => Promise<void>): Database {
  const pool = pglitePool(db, { types: columnTypes() });
  return {
    pool,
    kind: 'embedded',
    listen: listenOnPool(pool),
    prisma: lazyPrisma(pool),
    close: once(async () => {
      await endPool(pool);
      await closeDatabase();
    }),
  };
}

async function openServer(url: string, settings: DatabaseSettings): Promise<Database> {
  const connection: ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    application_name: 'comadre',
    options: '-c TimeZone=UTC',
  };
  await checkServer(connection);
  const pool = new Pool({
    ...connection,
    max: settings.poolMax ?? POOL_MAX_DEFAULT,
    statement_timeout: settings.patient ? 0 : STATEMENT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    types: columnTypes(),
  });
  // Without a listener an idle connection that breaks would end the program.
  pool.on('error', (error) => settings.onConnectionLost?.(error));
  const listener = new ServerListener(connection);
  return {
    pool,
    kind: 'postgres',
    listen: (channel, onNotify) => listener.listen(channel, onNotify),
    prisma: lazyPrisma(pool),
    close: once(async () => {
      await listener.close();
      await endPool(pool);
    }),
  };
}

type ServerFacts = { version: number; version_text: string; zone: string; encoding: string };

async function checkServer(connection: ClientConfig): Promise<void> {
  const session = connectionOf(connection);
  session.on('error', () => undefined); // the query under way rejects as well
  const facts = await connectAndAsk(session);
  if (facts.version < SERVER_VERSION_MIN) {
    throw new DatabaseUnsuitable(
      `The database server is PostgreSQL ${facts.version_text}; version ${SERVER_VERSION_MIN} or newer is needed.`,
    );
  }
  if (facts.zone !== 'UTC') {
    // Prisma's adapter drops the offset of a moment: in another zone every moment it reads would be hours off.
    throw new DatabaseUnsuitable(
      `DATABASE_URL sets the session's time zone to ${facts.zone}. It must be UTC: take "options" out of the address.`,
    );
  }
  if (facts.encoding !== 'UTF8') {
    throw new DatabaseUnsuitable(`The database's encoding is ${facts.encoding}; it must be UTF8.`);
  }
}

async function connectAndAsk(session: Client): Promise<ServerFacts> {
  try {
    await session.connect();
    const { rows } = await session.query<ServerFacts>(
      `select current_setting('server_version_num')::int / 10000 as version,
              current_setting('server_version') as version_text,
              current_setting('TimeZone') as zone,
              current_setting('server_encoding') as encoding`,
    );
    const [facts] = rows;
    if (facts === undefined) throw new Error('no answer');
    return facts;
  } catch (error) {
    throw new DatabaseUnreachable(
      `The database at ${session.host}:${session.port} cannot be used: ${inPlainWords(error)}. Check DATABASE_URL.`,
      { cause: error },
    );
  } finally {
    await session.end().catch(() => undefined);
  }
}

function connectionOf(connection: ClientConfig): Client {
  try {
    return new Client(connection);
  } catch {
    // Not as the cause: the error of a bad address holds the address, password and all.
    throw new DatabaseUnreachable(
      'DATABASE_URL is not a PostgreSQL address. It should look like postgres://name:password@host:5432/database, ' +
        'with special characters of the password written as %40 and the like.',
    );
  }
}

/** Codes of Node's network errors and of PostgreSQL (appendix A of its manual). */
const PLAIN_WORDS = new Map([
  ['ECONNREFUSED', 'nothing answers there, so PostgreSQL may not be running'],
  ['ENOTFOUND', 'no machine has that name'],
  ['EAI_AGAIN', 'the name of the machine cannot be looked up right now'],
  ['ETIMEDOUT', 'it did not answer in time'],
  ['EHOSTUNREACH', 'there is no way to that machine'],
  ['ENETUNREACH', 'there is no way to that network'],
  ['ECONNRESET', 'it broke the connection off'],
  ['ENOENT', 'its socket file does not exist'],
  ['28P01', 'the name or the password is wrong'],
  ['28000', 'the server does not admit this name from here'],
  ['3D000', 'the database does not exist'],
  ['53300', 'it has no free connection left'],
  ['57P03', 'it is still starting'],
]);

function inPlainWords(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  return PLAIN_WORDS.get(code) ?? error.message;
}

function lazyPrisma(pool: Pool): () => Promise<PrismaClient> {
  let loading: Promise<PrismaClient> | undefined;
  return () => {
    loading ??= loadPrisma(pool);
    return loading;
  };
}

async function loadPrisma(pool: Pool): Promise<PrismaClient> {
  const { PrismaPg } = await import('@prisma/adapter-pg');
  const { PrismaClient } = await import('../generated/prisma/client.ts');
  const adapter = new PrismaPg(pool, { statementNameGenerator: statementNames() });
  return new PrismaClient({
    adapter,
    errorFormat: 'minimal', // else a message quotes the lines of the program around the query
    transactionOptions: { maxWait: PRISMA_WAIT_MS, timeout: PRISMA_WAIT_MS },
  });
}

/** A name makes pg prepare the statement once per connection; the empty name means "do not". */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    if (names.size >= PRISMA_STATEMENTS_MAX) return '';
    const name = `prisma-${createHash('sha256').update(sql).digest('hex').slice(0, 24)}`;
    names.set(sql, name);
    return name;
  };
}

/** A session that somebody never gave back must not keep the program from ending. */
async function endPool(pool: Pool): Promise<void> {
  const waited = new AbortController();
  const ended = pool.end().finally(() => waited.abort());
  await Promise.race([
    ended,
    setTimeout(CLOSE_WAIT_MS, undefined, { signal: waited.signal }).catch(() => undefined),
  ]);
}

function once(close: () => Promise<void>): () => Promise<void> {
  let closing: Promise<void> | undefined;
  return () => {
    closing ??= close();
    return closing;
  };
}
