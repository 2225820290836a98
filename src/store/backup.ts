// Takes a backup: everything the database holds at one moment, as two sealed files.

import fs from 'node:fs';
import type { ClientBase } from 'pg';
import { sealerTo, writeSealed } from './age-file.ts';
import { FORMAT, type Head, KEY_TABLE, type RootLine } from './backup-format.ts';
import { readTables, rowPages } from './backup-tables.ts';
import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { generationsOf } from './key-check.ts';
import { appliedMigrations } from './migrator.ts';

/** What was taken: never anything of what is in it. */
export type BackupReport = {
  /** ISO instant. */
  readonly at: string;
  /** Rows of each table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Bytes of both files. */
  readonly bytes: number;
};

export type BackupOrder = {
  /** Where the books go. */
  readonly file: string;
  /** Where the keys go. */
  readonly keysFile: string;
  /** Public keys of age's, at least one. */
  readonly recipients: readonly string[];
  /** The files of the key. */
  readonly roots: RootLine;
  /** ISO instant. */
  readonly at: string;
};

/**
 * Writes both files, sealed to every recipient, from one moment of the database while others go on writing.
 *
 * @throws BackupRefused when a file is there already, or a recipient is no public key
 */
export const takeBackup = async (database: Database, order: BackupOrder): Promise<BackupReport> => {
  const sealer = sealerTo(order.recipients);
  const rows: Record<string, number> = {};
  const generations = Object.fromEntries(await generationsOf(database.pool));
  const bytes = await inTransaction(
    database.pool,
    async (session) => {
      await session.query('set local statement_timeout = 0');
      const tables = await readTables(session);
      const common = {
        comadre: 'backup',
        format: FORMAT,
        at: order.at,
        migrations: await appliedMigrations(session),
        generations,
      } as const;
      const written = async (part: Head['part'], file: string): Promise<number> => {
        const its = tables.filter(({ name }) => (name === KEY_TABLE) === (part === 'keys'));
        const first = part === 'keys' ? [JSON.stringify(order.roots)] : [];
        const head: Head = { ...common, part, tables: its };
        return writeSealed(file, sealer, linesOf(session, { head, first, rows }));
      };
      const books = await written('books', order.file);
      try {
        return books + (await written('keys', order.keysFile));
      } catch (error) {
        fs.rmSync(order.file, { force: true }); // books without their keys are of no use to anybody
        throw error;
      }
    },
    { kind: 'snapshot' },
  );
  return { at: order.at, rows, bytes };
};

type Written = {
  readonly head: Head;
  /** Lines before the tables. */
  readonly first: readonly string[];
  /** Filled with what is counted. */
  readonly rows: Record<string, number>;
};

async function* linesOf(session: ClientBase, { head, first, rows }: Written): AsyncGenerator<string> {
  for (const line of [JSON.stringify(head), ...first]) yield `${line}\n`;
  let all = 0;
  for (const table of head.tables) {
    yield `${JSON.stringify({ table: table.name })}\n`;
    let count = 0;
    for await (const page of rowPages(session, table)) {
      yield `${page.join('\n')}\n`;
      count += page.length;
    }
    rows[table.name] = count;
    all += count;
  }
  yield `${JSON.stringify({ end: 'backup', rows: all })}\n`;
}
