// Brings a backup back into an empty database: all of it in one transaction, or nothing.

import type { ClientBase } from 'pg';
import { escapeIdentifier } from 'pg';
import { readSealed } from './age-file.ts';
import {
  BackupRefused,
  endLine,
  FORMAT,
  type Head,
  headLine,
  type RootLine,
  rootLine,
  tableLine,
} from './backup-format.ts';
import { insertRows, readTables, type Table } from './backup-tables.ts';
import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { MigrationRefused, migrateWithin } from './migrator.ts';
import { goneGenerations, letGo } from './restore-older.ts';

/** How much is put in at a time. */
const BATCH_ROWS = 500;
const BATCH_CHARS = 1_000_000;

export type RestoreOrder = {
  /** The books, and the keys that open them. */
  readonly file: string;
  readonly keysFile: string;
  /** The secret line of age's that the backup was sealed to. */
  readonly identity: string;
  /** The folder of the migrations. */
  readonly migrations: string;
  /** Puts the files of the key in their place, before anything of the database stays. */
  readonly placeRoots: (roots: RootLine) => void;
};

export type RestoreReport = {
  readonly at: string;
  readonly rows: number;
  /** Values sealed under a generation of the key that was retired since: they are empty now. */
  readonly letGo: number;
};

/**
 * @throws BackupRefused when the database holds anything, when a file is cut short, altered, of a newer program or sealed
 *   to somebody else, and when the keys are older than the books
 */
export const restoreBackup = async (database: Database, order: RestoreOrder): Promise<RestoreReport> =>
  inTransaction(database.pool, async (session) => {
    await session.query('set local statement_timeout = 0; set local lock_timeout = 0');
    await refuseFull(session);
    const keys = await openPart(order, 'keys');
    const books = await openPart(order, 'books');
    refuseOlder(keys.head, books.head);
    const gone = goneGenerations(keys.head, books.head);
    const roots = rootLine.parse(await nextJson(keys.lines));
    await migrateWithin(session, order.migrations, books.head.migrations).catch((cause: unknown) => {
      throw cause instanceof MigrationRefused ? new BackupRefused(cause.message, { cause }) : cause;
    });
    const tables = await readTables(session);
    const guards = await guardsOff(session, tables);
    const rows = (await load(session, books, tables)) + (await load(session, keys, tables));
    const values = await letGo(session, gone, keys.head);
    await guardsOn(session, tables, guards);
    order.placeRoots(roots);
    return { at: books.head.at, rows, letGo: values };
  });

const refuseFull = async (session: ClientBase): Promise<void> => {
  const { rows } = await session.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') limit 1`,
  );
  if (rows[0])
    throw new BackupRefused(
      `This database is not empty: it has the table ${rows[0].name}. A backup is brought back into a new one only.`,
    );
};

type Part = { readonly head: Head; readonly lines: AsyncGenerator<string>; readonly file: string };

const openPart = async (order: RestoreOrder, part: Head['part']): Promise<Part> => {
  const file = part === 'keys' ? order.keysFile : order.file;
  const lines = readSealed(file, order.identity);
  const read = headLine.safeParse(await nextJson(lines));
  if (!read.success) throw new BackupRefused(`${file} is sealed, but it is not a backup of this program.`);
  const head = read.data;
  if (head.format > FORMAT)
    throw new BackupRefused(
      `${file} was made by a newer version of the program: take that one or a newer one.`,
    );
  if (head.part !== part) throw new BackupRefused(`${file} holds the ${head.part}, not the ${part}.`);
  return { head, lines, file };
};

/** Older keys lack those of whoever came since. */
const refuseOlder = (keys: Head, books: Head): void => {
  if (keys.at < books.at)
    throw new BackupRefused(
      `The keys are of ${keys.at}, older than the books of ${books.at}: take newer ones.`,
    );
};

type ForeignKey = { readonly table: string; readonly name: string; readonly definition: string };

/** Triggers guard what people do, and rows come in another order than they were made; what they refer to is proved at the end. */
const guardsOff = async (session: ClientBase, tables: readonly Table[]): Promise<ForeignKey[]> => {
  const { rows } = await session.query<ForeignKey>(
    `select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conrelid, conname`,
  );
  for (const { table, name } of rows)
    await session.query(`alter table ${table} drop constraint ${escapeIdentifier(name)}`);
  for (const { name } of tables) {
    await session.query(`alter table ${escapeIdentifier(name)} disable trigger user`);
    await session.query(`truncate ${escapeIdentifier(name)}`); // of what a migration put there
  }
  return rows;
};

const guardsOn = async (
  session: ClientBase,
  tables: readonly Table[],
  foreignKeys: readonly ForeignKey[],
): Promise<void> => {
  for (const { name } of tables)
    await session.query(`alter table ${escapeIdentifier(name)} enable trigger user`);
  for (const { table, name, definition } of foreignKeys)
    await session.query(`alter table ${table} add constraint ${escapeIdentifier(name)} ${definition}`);
};

/** @returns how many rows came in */
const load = async (session: ClientBase, part: Part, tables: readonly Table[]): Promise<number> => {
  const { head, lines, file } = part;
  let rows = 0;
  let into: Table | undefined;
  let batch: string[] = [];
  let chars = 0;
  const flush = async (): Promise<void> => {
    if (into && batch.length > 0) rows += await insertRows(session, into, batch);
    [batch, chars] = [[], 0];
  };
  let isOver = false;
  // To the very end, also after the last line: that the file was cut short or altered may show only there.
  for await (const line of lines) {
    if (isOver) throw notWhole(file);
    if (line.startsWith('[')) {
      batch.push(line);
      chars += line.length;
      if (batch.length >= BATCH_ROWS || chars >= BATCH_CHARS) await flush();
      continue;
    }
    await flush();
    const end = endLine.safeParse(jsonOf(line));
    if (!end.success) into = tableOf(head, tables, tableLine.parse(jsonOf(line)).table);
    else if (end.data.rows !== rows) throw notWhole(file);
    else isOver = true;
  }
  if (!isOver) throw notWhole(file);
  return rows;
};

const notWhole = (file: string): BackupRefused =>
  new BackupRefused(`${file} is not whole: it does not hold the rows that it says.`);

const tableOf = (head: Head, tables: readonly Table[], name: string): Table => {
  const written = head.tables.find((table) => table.name === name);
  const here = tables.find((table) => table.name === name);
  if (written && here && JSON.stringify(written) === JSON.stringify({ name, columns: here.columns }))
    return written;
  throw new BackupRefused(`The table ${name} of the backup is not what this version of the program makes.`);
};

const nextJson = async (lines: Part['lines']): Promise<unknown> => {
  const line: IteratorResult<string, unknown> = await lines.next();
  return line.done ? undefined : jsonOf(line.value);
};

const jsonOf = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
};
