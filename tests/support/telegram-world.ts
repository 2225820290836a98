// The whole program with the real Telegram channel, against the Bot API emulator, on a real database.

import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';
import { type App, createApp } from '../../src/app/app.ts';
import { loadLocales } from '../../src/app/load-locales.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { idMaker } from '../../src/app/new-id.ts';
import { readProgrammeFile } from '../../src/app/programme-file.ts';
import type { Store } from '../../src/app/store.ts';
import type { Channel } from '../../src/channels/channel.ts';
import { telegramChannel } from '../../src/channels/telegram/telegram.ts';
import { toDecimal } from '../../src/domain/money.ts';
import { createLog } from '../../src/log.ts';
import type { Database } from '../../src/store/database.ts';
import { importProgramme } from '../../src/store/import-programme.ts';
import type { ProgrammeDocument } from '../../src/store/import-schema.ts';
import { drawInviteCode } from '../../src/store/invite-code.ts';
import { createSecrets } from '../../src/store/secrets.ts';
import { verifyBooks } from '../../src/store/verify-books.ts';
import { type BotApi, startBotApi } from './bot-api-emulator/bot-api.ts';
import { testDatabase } from './database.ts';

const TOKEN = '7000000001:AAinvented-token_of-the-emulator-01';
const WAIT_MS = 60_000;
const LOOK_MS = 20;

const locales = loadLocales(new URL('../../locales/', import.meta.url));

export type TelegramWorld = {
  readonly api: BotApi;
  readonly database: Database;
  /** Invitation codes by member name; a group's own code by the group's name. */
  readonly codes: ReadonlyMap<string, string>;
  /** A new program on the same database, as after a restart. */
  start(): Promise<void>;
  stop(): Promise<void>;
  /** The journal's payments as people read them: "nº 3 Carmen 50.00", in the order they were booked. */
  payments(group?: string): Promise<string[]>;
  /** How many messages wait in the outbox. */
  unsent(): Promise<number>;
  /** Stops everything; every call to Telegram was right, nothing went wrong unnoticed, and the book holds. */
  finish(): Promise<BooksAndCalls>;
};

type BooksAndCalls = {
  readonly violations: readonly string[];
  readonly parked: number;
  readonly bookFaults: readonly unknown[];
};

export type TelegramOptions = {
  readonly programme: ProgrammeDocument;
  /** Instead of Telegram's pace, for tests with more messages than a test may wait for. */
  readonly limits?: Channel['limits'];
};

/** Imports the programme as the command does, starts the program, and has everybody with a Telegram id open the chat. */
export const openTelegramWorld = async (options: TelegramOptions): Promise<TelegramWorld> => {
  const api = await startBotApi({ token: TOKEN });
  const database = await testDatabase();
  const secrets = createSecrets({ bytes: randomBytes(32), created: true, warnings: [] });
  const log = createLog('fatal');
  const store: Store = { pool: database.pool, secrets, log, metrics: createMetrics() };
  const now = Temporal.Now.instant();
  const reading = readProgrammeFile(JSON.stringify(options.programme), { now });
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  const report = await importProgramme(database, secrets, {
    form: reading.programme,
    now,
    newId: idMaker(),
    newCode: drawInviteCode,
  });
  let app: App | undefined;
  const start = async () => {
    const real = telegramChannel({ token: TOKEN, apiRoot: api.url, mode: 'polling', log });
    const channel = options.limits ? { ...real, limits: options.limits } : real;
    app = createApp({ store, locales, channels: [channel] });
    await app.start();
  };
  const stop = async () => {
    await app?.stop();
    app = undefined;
  };
  await start();
  return {
    api,
    database,
    codes: new Map(report.invites.map((invite) => [invite.name ?? invite.group, invite.code])),
    start,
    stop,
    payments: (group) => paymentsOf(store, group),
    unsent: async () => count(database, `select from outbox where state in ('queued', 'sending')`),
    finish: async () => {
      await stop();
      const parked = await count(database, `select from inbox where outcome <> 'done'`);
      const { faults } = await verifyBooks(database);
      await database.close();
      await api.stop();
      return { violations: api.violations, parked, bookFaults: faults };
    },
  };
};

/** What `finish` gives when all was well. */
export const allWell: BooksAndCalls = { violations: [], parked: 0, bookFaults: [] };

const count = async (database: Database, query: string): Promise<number> =>
  (await database.pool.query(query)).rowCount ?? 0;

type PaymentRow = {
  id: string;
  name: Buffer;
  key: Buffer;
  group_id: string;
  group_name: Buffer;
  group_key: Buffer;
  seq: string;
  amount: string;
};

const paymentsOf = async ({ pool, secrets }: Store, group: string | undefined): Promise<string[]> => {
  const { rows } = await pool.query<PaymentRow>(
    `select m.id, m.name, k.wrapped as key, g.id as group_id, g.name as group_name, gk.wrapped as group_key, e.seq,
            (p.savings_minor + p.loan_minor + p.fine_minor + p.social_minor)::text as amount
       from payment p join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id
       join member m on m.group_id = p.group_id and m.id = p.member_id join data_key k on k.id = m.id
       join savings_group g on g.id = p.group_id join data_key gk on gk.id = g.id
      order by g.created_at, g.id, e.seq`,
  );
  const open = (table: string, rowId: string, sealed: { key: Buffer; name: Buffer }): string =>
    secrets.open(secrets.unwrap(sealed.key), { table, column: 'name', rowId }, sealed.name);
  return rows
    .filter(
      (row) =>
        group === undefined ||
        open('savings_group', row.group_id, { key: row.group_key, name: row.group_name }) === group,
    )
    .map(
      (row) => `nº ${row.seq} ${open('member', row.id, row).split(' ')[0]} ${toDecimal(BigInt(row.amount))}`,
    );
};

/** Looks again and again until `look` gives what `fits`; fails after a minute with what it gave last. */
export const eventually = async <T>(look: () => T | Promise<T>, fits: (seen: T) => boolean): Promise<T> => {
  const end = Date.now() + WAIT_MS;
  for (;;) {
    const seen = await look();
    if (fits(seen)) return seen;
    if (Date.now() > end) throw new Error(`it did not come to pass; last seen: ${JSON.stringify(seen)}`);
    await wait(LOOK_MS);
  }
};

type MemberDocument = ProgrammeDocument['groups'][number]['members'][number];

/** A group that saves freely and lends from outside, with an empty box: what these stories do not speak of is left out. */
export const groupOf = (
  name: string,
  members: readonly MemberDocument[],
): ProgrammeDocument['groups'][number] => ({
  name,
  timeZone: 'America/Mexico_City',
  language: 'es',
  meeting: { weekday: 'sunday', time: '10:00', place: 'la cancha' },
  constitution: {
    product: 'solidarity-credit',
    savings: { kind: 'free', weekly: '50.00' },
    loans: { interest: 'flat', ratePct: '4', ratePer: '4 weeks', every: '1 week', n: 16, source: 'outside' },
    signers: 1,
    cashUnit: '0.50',
    closing: 'lots',
  },
  cycle: { starts: daysFromToday(-70), ends: daysFromToday(140) },
  members: [...members],
});

/** A date so many days from today, as programme files write it. */
export const daysFromToday = (days: number): string =>
  Temporal.Now.plainDateISO('UTC').add({ days }).toString();
