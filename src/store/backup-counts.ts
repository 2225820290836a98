// How many rows each table had at the last backup, kept beside it: a backup that suddenly holds half of what it held is
// most likely of the wrong database, or of one that lost something.

import fs from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { BackupReport } from './backup.ts';

const SUFFIX = '.counts.json';
/** A table of a few rows may halve on any day. */
const ROWS_TO_COMPARE = 10;

/**
 * What the program takes away by itself when its time is over: records of delivery, conversations, strangers, places to type
 * a PIN. Fewer of these tell nothing of the book.
 */
const PASSING: ReadonlySet<string> = new Set([
  'inbox',
  'outbox',
  'outbox_part',
  'occurrence',
  'broadcast',
  'job_due',
  'talk',
  'talk_line',
  'media',
  'media_sent',
  'pin_link',
  'address',
  'address_alias',
  'address_pace',
  'address_room',
  'erasure_address',
]);

const counts = z.object({ at: z.iso.datetime(), bytes: z.int(), rows: z.record(z.string(), z.int()) });

export type Counts = z.infer<typeof counts>;

/** Keeps the counts beside the backup: no names, nothing of what is in it. */
export const writeCounts = (file: string, { at, bytes, rows }: BackupReport): void => {
  fs.writeFileSync(`${file}${SUFFIX}`, `${JSON.stringify({ at, bytes, rows }, undefined, 2)}\n`, {
    mode: 0o600,
  });
};

/** The newest counts of the folder that this backup goes to; undefined for the first one. */
export const lastCounts = (file: string): Counts | undefined => {
  const folder = path.dirname(path.resolve(file));
  if (!fs.existsSync(folder)) return undefined;
  const found = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => counts.safeParse(readJson(path.join(folder, name))))
    .flatMap((read) => (read.success ? [read.data] : []));
  return found.sort((one, other) => (one.at < other.at ? 1 : -1))[0];
};

const readJson = (file: string): unknown => {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined; // somebody else's file, or one that was cut short
  }
};

/** A table of what stays that has fewer than half the rows it had. `now` is 0 where the table itself is gone. */
export type Shrunk = { readonly table: string; readonly before: number; readonly now: number };

export const shrunkTables = (before: Counts, now: BackupReport): Shrunk[] =>
  Object.entries(before.rows)
    .filter(([table]) => !PASSING.has(table))
    .map(([table, rows]) => ({ table, before: rows, now: now.rows[table] ?? 0 }))
    .filter((each) => each.before >= ROWS_TO_COMPARE && each.now * 2 < each.before);
