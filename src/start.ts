import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Temporal } from 'temporal-polyfill';
import { type App, createApp } from './app/app.ts';
import type { AppOptions } from './app/app-options.ts';
import { loadCommands } from './app/load-commands.ts';
import { type Curriculum, loadCurriculum } from './app/load-lessons.ts';
import { type Locales, loadLocales } from './app/load-locales.ts';
import { loadTemplates } from './app/load-templates.ts';
import { createMetrics } from './app/metrics.ts';
import type { Store } from './app/store.ts';
import type { Channel } from './channels/channel.ts';
import { type SimulatorChannel, simulatorChannel } from './channels/simulator/simulator.ts';
import { type TelegramChannel, telegramChannel } from './channels/telegram/telegram.ts';
import { type WhatsAppCloudChannel, whatsAppCloudChannel } from './channels/whatsapp-cloud/whatsapp-cloud.ts';
import { type WhatsAppWebChannel, whatsAppWebChannel } from './channels/whatsapp-web/whatsapp-web.ts';
import type { Config } from './config.ts';
import { faultText } from './content/lessons/fault.ts';
import { compileVocabularies } from './conversation/understand/vocabulary.ts';
import type { Log } from './log.ts';
import { type Database, openDatabase } from './store/database.ts';
import { checkKey, WrongKeyFile } from './store/key-check.ts';
import { openKeyFile, type RootKey } from './store/key-file.ts';
import { endLeases } from './store/leases.ts';
import { migrate, refuseEmpty } from './store/migrator.ts';
import { oneAtATime } from './store/one-at-a-time.ts';
import { asksForPins } from './store/pin-tries.ts';

import { createSecrets } from './store/secrets.ts';

/** Where the files beside the program are, from src/ and from dist/ alike. */
export const ROOT = new URL('../', import.meta.url);
const LOCALES = new URL('locales/', ROOT);

/** The folder that `migrate` applies. */
export const MIGRATIONS = fileURLToPath(new URL('prisma/migrations/', ROOT));

/** An open, migrated database with the keys that belong to it. */
export type Opened = {
  readonly database: Database;
  readonly store: Store;
  readonly applied: readonly string[];
  readonly keyCreated: boolean;
};

export type Opening = {
  /** The database stays as it is, whatever of it is older than this program. */
  readonly asItIs?: boolean;
  /** Statements may take as long as they like. */
  readonly patient?: boolean;
};

/**
 * Opens what every command works on: the database, brought up to date unless told, and the key file that belongs to it.
 *
 * @throws MigrationRefused when the database is to stay as it is, and is empty
 */
export const openStore = async (config: Config, log: Log, how: Opening = {}): Promise<Opened> => {
  const database = await openDatabase({
    url: config.databaseUrl,
    folder: config.dataDir,
    patient: how.patient,
    onConnectionLost: (error) => log.warn({ error }, 'a database connection was lost'),
  });
  let root: RootKey | undefined;
  try {
    if (how.asItIs) await refuseEmpty(database.pool);
    // After the database: a key made for one that is not there would only be in the way.
    root = openKeyFile(config.keyFile);
    for (const warning of root.warnings) log.warn({ reason: warning }, 'the key file needs attention');
    const applied = how.asItIs ? [] : await upToDate(database);
    const secrets = createSecrets(root);
    await checkKey(database.pool, secrets, config.keyFile);
    if (database.kind === 'embedded' && !how.asItIs) await endLeases(database.pool);
    const store: Store = { pool: database.pool, secrets, log, metrics: createMetrics() };
    return { database, store, applied, keyCreated: root.created };
  } catch (error) {
    await database.close();
    // A key made just now for a database that has one already would only hide the real mistake.
    if (root?.created && error instanceof WrongKeyFile) rmSync(config.keyFile, { force: true });
    throw error;
  }
};

const upToDate = async ({ pool }: Database): Promise<string[]> => {
  const session = await pool.connect();
  return migrate(session, MIGRATIONS).finally(() => session.release());
};

/** The channels this process runs, as configured. */
export type Channels = {
  readonly all: readonly Channel[];
  readonly telegram: TelegramChannel | undefined;
  readonly whatsAppCloud: WhatsAppCloudChannel | undefined;
  readonly whatsAppWeb: WhatsAppWebChannel | undefined;
  readonly simulator: SimulatorChannel | undefined;
};

/** @param now the clock of the simulator's phones */
export const makeChannels = (
  config: Config,
  { database, store: { log } }: Pick<Opened, 'database' | 'store'>,
  now: () => Temporal.Instant,
): Channels => {
  const takeTurn = oneAtATime(database, 'comadre: polling Telegram');
  const telegram =
    config.telegram && telegramChannel({ ...config.telegram, menus: commandMenus(), takeTurn, log });
  const simulator = config.simulator ? simulatorChannel({ now: () => now().toString() }) : undefined;
  const whatsAppCloud =
    config.whatsAppCloud &&
    whatsAppCloudChannel({
      ...config.whatsAppCloud,
      templates: loadTemplates(new URL('locales/', ROOT)),
      log,
    });
  const whatsAppWeb = config.whatsAppWeb && whatsAppWebChannel({ ...config.whatsAppWeb, log });
  const all = [telegram, whatsAppCloud, whatsAppWeb, simulator].filter((channel) => channel !== undefined);
  return { telegram, whatsAppCloud, whatsAppWeb, simulator, all };
};

/** Who has no language of ours sees the commands in Spanish. */
const commandMenus = () => {
  const { es, en } = loadCommands(LOCALES);
  return [{ commands: es }, { language: 'en', commands: en }] as const;
};

/** What members may learn. Each fault of a lesson is told, with its file and line; such a lesson is left out. */
export const openCurriculum = (log: Log, folder = LOCALES): Curriculum => {
  const curriculum = loadCurriculum(folder);
  for (const fault of curriculum.faults) log.warn({ reason: faultText(fault) }, 'a lesson is left out');
  return curriculum;
};

/** Why nobody on WhatsApp could do anything, and what mends it. */
export const NO_PIN_PLACE =
  'a programme asks every member for a PIN ("pin": "required"), and on WhatsApp there is no place to type one: set PUBLIC_URL to the address under which this server is reached';

/** Whether a PIN can be typed on every channel that is set up: on WhatsApp only on a page of this server. */
export const hasPinPlace = ({ whatsAppCloud, whatsAppWeb, publicUrl }: Config): boolean =>
  publicUrl !== undefined || (!whatsAppCloud && !whatsAppWeb);

/** @throws where a programme asks for PINs that cannot be typed: it would keep everybody out of everything */
export const needPinPlace = async ({ pool }: Pick<Store, 'pool'>, config: Config): Promise<void> => {
  if (!hasPinPlace(config) && (await asksForPins(pool))) throw new Error(`Not started: ${NO_PIN_PLACE}.`);
};

/** What the app goes by of the settings. `simulated`: there is a simulator, on this computer, and so its page is. */
export const appSettings = (config: Config, simulated: boolean) => ({
  does: { receives: config.roles.includes('web'), sends: config.roles.includes('worker') },
  keepRecordsDays: config.keepRecordsDays,
  secondAbove: config.secondAbove,
  rights: config.rights,
  wordsKept: config.wordsKept,
  ...(config.publicUrl !== undefined && { publicUrl: config.publicUrl }),
  ...(simulated && { simulatorUrl: `http://${config.host}:${config.port}` }),
  // A day that is moved on in the simulator is no day of rest from what went out in it.
  ...(config.simulatorClock === 'no-books' && {
    unaskedDailyMax: config.unaskedDailyMax,
    limits: config.limits,
  }),
});

/** The words of every language, ready for whoever writes first. */
export const heardLocales = (): Locales => {
  const locales = loadLocales(LOCALES);
  compileVocabularies(locales.lexicons);
  return locales;
};

/** @param more the program's clock, and what a process of several does */
export const makeApp = (
  store: Store,
  channels: readonly Channel[],
  more: Pick<
    AppOptions,
    | 'now'
    | 'publicUrl'
    | 'simulatorUrl'
    | 'does'
    | 'listen'
    | 'unaskedDailyMax'
    | 'keepRecordsDays'
    | 'secondAbove'
    | 'rights'
    | 'wordsKept'
    | 'limits'
    | 'curriculum'
  > & { readonly locales?: Locales } = {},
): App =>
  createApp({
    store,
    channels,
    ...more,
    locales: more.locales ?? loadLocales(LOCALES),
    curriculum: more.curriculum ?? loadCurriculum(LOCALES),
  });
