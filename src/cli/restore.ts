import fs from 'node:fs';
import path from 'node:path';
import { Temporal } from 'temporal-polyfill';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import { MIGRATIONS, openStore } from '../start.ts';
import { noteOperator } from '../store/audit.ts';
import { BackupRefused } from '../store/backup-format.ts';
import { openDatabase } from '../store/database.ts';
import { placeRoots } from '../store/key-copies.ts';
import { type RestoreReport, restoreBackup } from '../store/restore.ts';
import { verifyBooks } from '../store/verify-books.ts';
import { keysBeside } from './backup.ts';
import { complain, print, settings } from './command.ts';

export type RestoreOptions = {
  readonly from: string;
  readonly keys?: string;
  readonly identity: string;
  readonly into?: string;
  readonly keyFile?: string;
};

/** Ends with 1 when the books that came back are not right, with 2 when nothing was brought back. */
export const restoreCommand = async (options: RestoreOptions): Promise<number> => {
  const given = settings();
  if (!given) return 2;
  if (/^postgres(ql)?:\/\//.test(options.into ?? '')) {
    complain(
      'Everybody on this machine can read an address on the command line, with its password: set DATABASE_URL, and leave --into out. Nothing was brought back.',
    );
    return 2;
  }
  const config = placeOf(options, given);
  try {
    const { at, rows, letGo } = await broughtBack(options, config);
    print(`Brought back: ${rows} rows, as they were at ${at}. The key is in ${config.keyFile}.`);
    if (letGo > 0)
      print(
        `${letGo} values of then open no more, since their key was retired: open questions, messages on their way, draws under way. They were let go.`,
      );
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error;
    complain(`${error.message} Nothing was brought back.`);
    return 2;
  }
  return provedRight(config);
};

const broughtBack = async (options: RestoreOptions, config: Config): Promise<RestoreReport> => {
  const identity = identityIn(options.identity);
  const database = await openDatabase({ url: config.databaseUrl, folder: config.dataDir });
  try {
    return await restoreBackup(database, {
      file: options.from,
      keysFile: options.keys ?? keysBeside(options.from),
      identity,
      migrations: MIGRATIONS,
      placeRoots: (roots) => placeRoots(config.keyFile, roots),
    });
  } finally {
    await database.close();
  }
};

/** The way the program itself opens it: newer migrations are applied, the key is checked. */
const provedRight = async (config: Config): Promise<number> => {
  const { database } = await openStore(config, createLog('warn', process.stderr));
  try {
    // Everybody's names are there once more: who did that has a row of it.
    await noteOperator(database.pool, {
      action: 'restored',
      subject: undefined,
      now: Temporal.Now.instant(),
    });
    const { groups, entries, faults } = await verifyBooks(database);
    if (faults.length === 0) print(`The books are right: ${groups} groups, ${entries} entries.`);
    else complain('A book is not right: run comadre verify-books there, it names the entry.');
    return faults.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
};

/** A folder; without it the database of the settings. */
const placeOf = ({ into, keyFile }: RestoreOptions, config: Config): Config => {
  if (into === undefined)
    return { ...config, ...(keyFile === undefined ? {} : { keyFile: path.resolve(keyFile) }) };
  const folder = path.resolve(into);
  return {
    ...config,
    databaseUrl: undefined,
    dataDir: folder,
    keyFile: keyFile === undefined ? `${folder}.key` : path.resolve(keyFile),
  };
};

/** The secret line of a file as `age-keygen` and `comadre keys new-backup-pair` write it. */
const identityIn = (file: string): string => {
  if (!fs.existsSync(file)) throw new BackupRefused(`There is no file ${file}.`);
  const line = fs
    .readFileSync(file, 'utf8')
    .split('\n')
    .find((each) => each.startsWith('AGE-SECRET-KEY-'));
  if (line === undefined)
    throw new BackupRefused(`${file} holds no identity: it is a line that begins with AGE-SECRET-KEY-1.`);
  return line.trim();
};
