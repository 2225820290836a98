// Every setting of the program, in one table. docs/configuration.md is written from it by scripts/configuration.mjs.

import fs from 'node:fs';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { RIGHTS_SETTINGS } from './config-rights.ts';
import { ROLE_SETTINGS, WORK_ROLES, type WorkRole } from './config-roles.ts';
import { TELEGRAM_SETTINGS, type TelegramConfig } from './config-telegram.ts';
import { WHATSAPP_CLOUD_SETTINGS, type WhatsAppCloudConfig } from './config-whatsapp-cloud.ts';
import { address, type Setting, setting } from './setting.ts';

const PORT_MAX = 65_535;
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];

export const SETTINGS = {
  databaseUrl: setting({
    env: 'DATABASE_URL',
    doc: 'Address of a PostgreSQL server, version 15 or newer. Without it the database lives in the data folder.',
    default: undefined,
    schema: address(
      ['postgres:', 'postgresql:'],
      'is not a PostgreSQL address. Write it like postgres://name:password@host:5432/database, with special characters of the password as %40 and the like',
    ).optional(),
    secret: true,
  }),
  port: setting({
    env: 'PORT',
    doc: 'Port of the web server: health, metrics, the simulator page and the webhook. 0 takes any free one.',
    default: '8080',
    schema: z
      .string()
      .refine((text) => /^\d{1,5}$/.test(text) && Number(text) <= PORT_MAX, {
        error: `is not a port. Write a whole number from 0 to ${PORT_MAX}`,
      })
      .transform(Number),
  }),
  host: setting({
    env: 'HOST',
    doc: 'Network address the web server listens on. 127.0.0.1 is reached from this machine only; 0.0.0.0 from everywhere.',
    default: '127.0.0.1',
    schema: z.string().regex(/^[A-Za-z0-9.:_-]{1,253}$/, {
      error: 'is not a network address. Write a name or an IP address without port, such as 127.0.0.1',
    }),
  }),
  dataDir: setting({
    env: 'COMADRE_DATA_DIR',
    doc: 'Folder of the embedded database. It is made when missing.',
    default: './data',
    schema: z.string().refine((folder) => path.dirname(path.resolve(folder)) !== path.resolve(folder), {
      error: 'is the root of a disk. Write a folder of its own, such as ./data',
    }),
  }),
  keyFile: setting({
    env: 'COMADRE_KEY_FILE',
    doc: 'File with the root key that opens names and numbers. It must be outside the data folder, and its backup apart from the backups of the data. Default: beside the data folder, with ".key" after its name.',
    default: undefined,
    schema: z.string().optional(),
  }),
  publicUrl: setting({
    env: 'PUBLIC_URL',
    doc: 'Address under which this web server is reached from outside, such as https://comadre.example.org. On WhatsApp a PIN is typed on a page of it; without it there are no PINs there.',
    default: undefined,
    schema: address(
      ['https:'],
      'is not an address that begins with https://. Write it without a path, like https://comadre.example.org',
    ).optional(),
  }),
  ...TELEGRAM_SETTINGS,
  ...WHATSAPP_CLOUD_SETTINGS,
  whatsAppWeb: setting({
    env: 'WHATSAPP_WEB',
    doc: '`on`: WhatsApp by whatsapp-web.js, for a pilot with one spare telephone. It is not official, and WhatsApp may close the account.',
    default: 'off',
    schema: z.enum(['on', 'off'], { error: 'must be on or off' }),
  }),
  whatsAppWebDailyMax: setting({
    env: 'WHATSAPP_WEB_DAILY_MAX',
    doc: 'Messages a day by whatsapp-web.js, to all people together. What nobody asked for stops at four fifths of them, answers at all of them, until midnight.',
    default: '200',
    schema: z
      .string()
      .regex(/^[1-9]\d{0,4}$/u, {
        error: 'is not a number of messages. Write a whole number from 1 to 99999',
      })
      .transform(Number),
  }),
  chromium: setting({
    env: 'PUPPETEER_EXECUTABLE_PATH',
    doc: 'The Chromium or Chrome for whatsapp-web.js. Default: the first one in the PATH.',
    default: undefined,
    schema: z.string().optional(),
  }),
  simulator: setting({
    env: 'SIMULATOR',
    doc: 'The page with simulated telephones. `auto`: on when there is no real channel. Its clock moves only where no real channel runs: on the demo, or on any books with `on`.',
    default: 'auto',
    schema: z.enum(['on', 'off', 'auto'], { error: 'must be on, off or auto' }),
  }),
  ...ROLE_SETTINGS,
  ...RIGHTS_SETTINGS,
  logLevel: setting({
    env: 'LOG_LEVEL',
    doc: `How much is logged: ${LOG_LEVELS.join(', ')}.`,
    default: 'info',
    schema: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }),
  }),
};

export type WhatsAppWebConfig = {
  /** Where the link with the telephone is kept. */
  readonly folder: string;
  readonly executablePath: string | undefined;
  readonly dailyMax: number;
};

export type Config = {
  /** Undefined: the embedded database in `dataDir`. */
  readonly databaseUrl: string | undefined;
  readonly port: number;
  readonly host: string;
  /** Without a path; undefined: nobody reaches the web server from outside. */
  readonly publicUrl: string | undefined;
  /** Absolute, like `keyFile`. */
  readonly dataDir: string;
  readonly keyFile: string;
  readonly telegram: TelegramConfig | undefined;
  readonly whatsAppCloud: WhatsAppCloudConfig | undefined;
  readonly whatsAppWeb: WhatsAppWebConfig | undefined;
  readonly simulator: boolean;
  /** On which books the simulator may move the program's clock. */
  readonly simulatorClock: ClockRule;
  readonly logLevel: LogLevel;
  /** What this process does; never empty. */
  readonly roles: readonly WorkRole[];
  readonly unaskedDailyMax: number;
  readonly secondAbove: number;
  readonly keepRecordsDays: number;
  /** What the programme settled about personal data: see RIGHTS_SETTINGS. */
  readonly rights: { readonly erasureDays: number; readonly auditYears: number; readonly contact: string };
  readonly wordsKept: { readonly wordsDays: number; readonly talksDays: number };
  /** Messages a minute that are answered, by whom they count for; 0: any number. */
  readonly limits: { readonly person: number; readonly group: number; readonly programme: number };
};

/**
 * `no-books`: a real channel runs, or a server's database and nobody asked. `demo-books`: as long as everybody is
 * invented. `any-books`: the operator wrote SIMULATOR=on.
 */
export type ClockRule = 'no-books' | 'demo-books' | 'any-books';

export type ConfigReading =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly faults: string[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings, or every fault at once: which variable, what is wrong, what to write. Never a secret's value. */
export function readConfig(env: Environment): ConfigReading {
  const faults = [...Object.values(SETTINGS).flatMap((row) => faultsOf(row, env)), ...faultsBetween(env)];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, config: configOf(env) };
}

/** The variables of `.env` in the folder, if there is one; what the real environment sets wins. */
export function loadEnv(folder: string = process.cwd(), real: Environment = process.env): Environment {
  const file = path.join(folder, '.env');
  if (!fs.existsSync(file)) return real;
  return { ...parseEnv(fs.readFileSync(file, 'utf8')), ...real };
}

/** A variable that is set but empty is as good as missing: compose files and .env templates leave them so. */
function textOf(row: Setting, env: Environment): string | undefined {
  const text = env[row.env]?.trim();
  return text === undefined || text === '' ? row.default : text;
}

function faultsOf(row: Setting, env: Environment): string[] {
  const result = row.schema.safeParse(textOf(row, env));
  return result.success ? [] : result.error.issues.map((issue) => `${row.env} ${issue.message}.`);
}

function faultsBetween(env: Environment): string[] {
  const { keyFile, dataDir } = placesOf(env);
  const inside = isInside(dataDir, keyFile);
  return [
    ...(inside
      ? [
          'COMADRE_KEY_FILE lies inside the data folder, so a backup of the data would hold the key to it. Write a path outside COMADRE_DATA_DIR.',
        ]
      : []),
    ...webhookFaults(env),
    ...whatsAppCloudFaults(env),
    ...roleFaults(env),
  ];
}

/** A part of the program alone: others must be able to do the rest. */
function roleFaults(env: Environment): string[] {
  const roles = SETTINGS.workRoles.schema.safeParse(textOf(SETTINGS.workRoles, env));
  if (!roles.success || roles.data.length === WORK_ROLES.length) return [];
  const both = roles.data.includes('web') && roles.data.includes('worker');
  return [
    ...(textOf(SETTINGS.databaseUrl, env) === undefined
      ? [
          'PROCESS_ROLES leaves work to other processes, and they need a database they can share: set DATABASE_URL.',
        ]
      : []),
    ...(!both && textOf(SETTINGS.whatsAppWeb, env) === 'on'
      ? ['WHATSAPP_WEB=on needs both web and worker in PROCESS_ROLES: one browser receives and sends.']
      : []),
    ...(!both && textOf(SETTINGS.simulator, env) === 'on'
      ? ['SIMULATOR=on needs both web and worker in PROCESS_ROLES: its telephones are in one process.']
      : []),
  ];
}

function isInside(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== '..' && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}

function webhookFaults(env: Environment): string[] {
  if (textOf(SETTINGS.telegramMode, env) !== 'webhook') return [];
  const { telegramToken, telegramWebhookUrl, telegramWebhookSecret } = SETTINGS;
  return [telegramToken, telegramWebhookUrl, telegramWebhookSecret]
    .filter((row) => textOf(row, env) === undefined)
    .map((row) => `${row.env} is missing, and TELEGRAM_MODE=webhook needs it. ${row.doc}`);
}

/** The four without which there is no WhatsApp by the Cloud API: all of them or none. */
const WHATSAPP_CLOUD = [
  SETTINGS.whatsAppCloudToken,
  SETTINGS.whatsAppCloudPhoneNumberId,
  SETTINGS.whatsAppCloudAppSecret,
  SETTINGS.whatsAppCloudVerifyToken,
];

function whatsAppCloudFaults(env: Environment): string[] {
  const missing = WHATSAPP_CLOUD.filter((row) => textOf(row, env) === undefined);
  if (missing.length === 0 || missing.length === WHATSAPP_CLOUD.length) return [];
  return missing.map(
    (row) =>
      `${row.env} is missing, and the other settings of the WhatsApp Cloud API need it: set all four or none. ${row.doc}`,
  );
}

function placesOf(env: Environment): { dataDir: string; keyFile: string } {
  const dataDir = path.resolve(textOf(SETTINGS.dataDir, env) ?? '');
  return { dataDir, keyFile: path.resolve(textOf(SETTINGS.keyFile, env) ?? `${dataDir}.key`) };
}

const originOf = (url: string | undefined): string | undefined => url && new URL(url).origin;

/** @param env in which no fault was found */
function configOf(env: Environment): Config {
  const valueOf = <Schema extends z.ZodType>(row: Setting<Schema>): z.output<Schema> =>
    row.schema.parse(textOf(row, env));
  const telegram = telegramOf(env);
  const whatsAppCloud = whatsAppCloudOf(env);
  const whatsAppWeb = whatsAppWebOf(env);
  const simulator = valueOf(SETTINGS.simulator);
  const isReal = hasRealChannel({ telegram, whatsAppCloud, whatsAppWeb });
  const roles = valueOf(SETTINGS.workRoles);
  const isWhole = roles.includes('web') && roles.includes('worker');
  return {
    databaseUrl: valueOf(SETTINGS.databaseUrl),
    port: valueOf(SETTINGS.port),
    host: valueOf(SETTINGS.host),
    publicUrl: originOf(valueOf(SETTINGS.publicUrl)),
    ...placesOf(env),
    telegram,
    whatsAppCloud,
    whatsAppWeb,
    simulator: simulator === 'auto' ? !isReal && isWhole : simulator === 'on',
    simulatorClock: clockRule(env, isReal),
    logLevel: valueOf(SETTINGS.logLevel),
    roles,
    unaskedDailyMax: valueOf(SETTINGS.unaskedDailyMax),
    secondAbove: valueOf(SETTINGS.secondAbove),
    keepRecordsDays: valueOf(SETTINGS.keepRecordsDays),
    rights: {
      erasureDays: valueOf(SETTINGS.erasureDays),
      auditYears: valueOf(SETTINGS.keepAuditYears),
      contact: valueOf(SETTINGS.privacyContact) ?? '',
    },
    wordsKept: { wordsDays: valueOf(SETTINGS.keepWordsDays), talksDays: valueOf(SETTINGS.keepTalksDays) },
    limits: {
      person: valueOf(SETTINGS.personPerMinute),
      group: valueOf(SETTINGS.groupPerMinute),
      programme: valueOf(SETTINGS.programmePerMinute),
    },
  };
}

function whatsAppCloudOf(env: Environment): WhatsAppCloudConfig | undefined {
  const token = textOf(SETTINGS.whatsAppCloudToken, env);
  const phoneNumberId = textOf(SETTINGS.whatsAppCloudPhoneNumberId, env);
  const appSecrets = SETTINGS.whatsAppCloudAppSecret.schema.parse(
    textOf(SETTINGS.whatsAppCloudAppSecret, env),
  );
  const verifyToken = textOf(SETTINGS.whatsAppCloudVerifyToken, env);
  if (
    token === undefined ||
    phoneNumberId === undefined ||
    appSecrets === undefined ||
    verifyToken === undefined
  ) {
    return undefined;
  }
  const apiRoot = textOf(SETTINGS.whatsAppCloudApiRoot, env) ?? '';
  return {
    token,
    phoneNumberId,
    appSecrets,
    verifyToken,
    apiRoot,
    version: textOf(SETTINGS.whatsAppCloudVersion, env) ?? '',
    businessAccountId: textOf(SETTINGS.whatsAppCloudBusinessAccountId, env),
    perSecond: SETTINGS.whatsAppCloudPerSecond.schema.parse(textOf(SETTINGS.whatsAppCloudPerSecond, env)),
  };
}

function whatsAppWebOf(env: Environment): WhatsAppWebConfig | undefined {
  if (textOf(SETTINGS.whatsAppWeb, env) !== 'on') return undefined;
  return {
    folder: path.join(placesOf(env).dataDir, 'whatsapp-web'),
    executablePath: textOf(SETTINGS.chromium, env),
    dailyMax: SETTINGS.whatsAppWebDailyMax.schema.parse(textOf(SETTINGS.whatsAppWebDailyMax, env)),
  };
}

/** Whether people other than those of the simulator can be reached. */
export const hasRealChannel = ({
  telegram,
  whatsAppCloud,
  whatsAppWeb,
}: Pick<Config, 'telegram' | 'whatsAppCloud' | 'whatsAppWeb'>): boolean =>
  telegram !== undefined || whatsAppCloud !== undefined || whatsAppWeb !== undefined;

function clockRule(env: Environment, isReal: boolean): ClockRule {
  const simulator = textOf(SETTINGS.simulator, env);
  if (isReal || simulator === 'off') return 'no-books';
  if (simulator === 'on') return 'any-books';
  return textOf(SETTINGS.databaseUrl, env) === undefined ? 'demo-books' : 'no-books';
}

function telegramOf(env: Environment): TelegramConfig | undefined {
  const token = textOf(SETTINGS.telegramToken, env);
  const webhookUrl = textOf(SETTINGS.telegramWebhookUrl, env);
  const webhookSecret = textOf(SETTINGS.telegramWebhookSecret, env);
  if (token === undefined) return undefined;
  const apiRoot = textOf(SETTINGS.telegramApiRoot, env) ?? '';
  const { telegramPerSecond } = SETTINGS;
  const perSecond = telegramPerSecond.schema.parse(textOf(telegramPerSecond, env));
  if (textOf(SETTINGS.telegramMode, env) === 'polling') return { token, apiRoot, perSecond, mode: 'polling' };
  // faultsBetween has refused a webhook without these; without them nothing may be listened to.
  if (webhookUrl === undefined || webhookSecret === undefined) return undefined;
  return { token, apiRoot, perSecond, mode: 'webhook', webhookUrl, webhookSecret };
}
