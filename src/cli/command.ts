import { Temporal } from 'temporal-polyfill';
import { type Config, loadEnv, readConfig } from '../config.ts';
import { createLog, type Log } from '../log.ts';
import { type Opened, type Opening, openStore } from '../start.ts';
import { noteOperator } from '../store/audit.ts';
import { NAMING, type NamingCommand } from './gate.ts';

/** What a command may do with the outside: print, and complain. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

export const complain = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** Amounts and numbers of entries are bigint; in JSON they are decimal strings. */
export const json = (value: unknown): string =>
  JSON.stringify(value, (_, v: unknown) => (typeof v === 'bigint' ? v.toString() : v), 2);

/** The settings, or undefined after every fault has been said. */
export const settings = (): Config | undefined => {
  const reading = readConfig(loadEnv());
  if (reading.ok) return reading.config;
  for (const fault of reading.faults) complain(`• ${fault}`);
  return undefined;
};

/** Opens the database for one piece of work and closes it whatever happens. */
export const withStore = async (
  work: (opened: Opened, config: Config, log: Log) => Promise<number>,
  how: Opening = {},
): Promise<number> => {
  const config = settings();
  if (!config) return 2;
  const log = createLog('warn', process.stderr);
  const opened = await openStore(config, log, how);
  try {
    return await work(opened, config, log);
  } finally {
    await opened.database.close();
  }
};

/** Writes down that a command opens names, before anybody reads one. `subject`: whose, as a kind and an id. */
export const noteNames = (
  { store }: Pick<Opened, 'store'>,
  command: NamingCommand,
  subject?: string,
): Promise<void> =>
  noteOperator(store.pool, { action: NAMING[command], subject, now: Temporal.Now.instant() });
