import fs from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import type { Opened } from '../start.ts';
import { noteBackup } from '../store/audit.ts';
import { takeBackup } from '../store/backup.ts';
import { lastCounts, shrunkTables, writeCounts } from '../store/backup-counts.ts';
import { readRoots } from '../store/key-copies.ts';
import { complain, print, withStore } from './command.ts';

export type BackupOptions = {
  readonly to: string;
  readonly recipient?: readonly string[];
  readonly recipientsFile?: string;
  /** It is known what became of the rows that are missing. */
  readonly accept?: boolean;
};

/** The keys lie beside the books unless they are told to lie elsewhere. */
export const keysBeside = (file: string): string => `${file.replace(/\.age$/, '')}.keys.age`;

/**
 * Ends with 1 when the backup is there but holds far less than the one before. The database stays as it is: a backup is of
 * most use before a newer program has changed it.
 */
export const backupCommand = async (options: BackupOptions): Promise<number> =>
  withStore(async (opened, { keyFile }) => backedUp(opened, keyFile, options), { asItIs: true });

const backedUp = async (
  { database }: Opened,
  keyFile: string,
  { to, recipient = [], recipientsFile, accept = false }: BackupOptions,
): Promise<number> => {
  // First, so that the copy itself says that it was made.
  if (!(await noteBackup(database.pool, Temporal.Now.instant())))
    complain(
      'No row of this backup is in the record: the database is older than the record, or takes no writing.',
    );
  const before = lastCounts(to);
  const report = await takeBackup(database, {
    file: to,
    keysFile: keysBeside(to),
    recipients: [...recipient, ...(recipientsFile === undefined ? [] : recipientsIn(recipientsFile))],
    roots: readRoots(keyFile),
    at: new Date().toISOString(),
  });
  const full = Object.entries(report.rows).filter(([, rows]) => rows > 0);
  for (const [table, rows] of full) print(`${String(rows).padStart(9)}  ${table}`);
  const shrunk = before && !accept ? shrunkTables(before, report) : [];
  // Counts of a backup that may be of the wrong database are not what the next one is measured by.
  if (shrunk.length === 0) writeCounts(to, report);
  print(
    `Written: ${to} and ${keysBeside(to)}, ${Math.ceil(report.bytes / 1024)} KB. Copy them to another place.`,
  );
  for (const { table, before: was, now } of shrunk)
    complain(`ALARM: ${table} has ${now} rows; the backup before this one had ${was}.`);
  if (shrunk.length > 0)
    complain(
      'Is this the right database? Keep the older backups until you know what became of these rows; then back up with --accept.',
    );
  return shrunk.length > 0 ? 1 : 0;
};

/** One public key a line, as age's own tool takes them; # begins a remark. */
const recipientsIn = (file: string): string[] =>
  fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
