import { createHash, randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { type App, createApp } from '../../src/app/app.ts';
import { loadLocales } from '../../src/app/load-locales.ts';
import { createMetrics } from '../../src/app/metrics.ts';
import { idMaker } from '../../src/app/new-id.ts';
import type { Store } from '../../src/app/store.ts';
import { type SimulatorChannel, simulatorChannel } from '../../src/channels/simulator/simulator.ts';
import { createLog } from '../../src/log.ts';
import type { Database } from '../../src/store/database.ts';
import { importProgramme } from '../../src/store/import-programme.ts';
import { programmeFileSchema } from '../../src/store/import-schema.ts';
import { createSecrets } from '../../src/store/secrets.ts';
import { linkToSimulator, listPeople, type Person } from '../../src/store/simulator-people.ts';
import { curriculum } from './curriculum.ts';
import { testDatabase } from './database.ts';

/** The real program on a real database, with a clock that stands still until a test moves it. */
export type World = {
  readonly app: App;
  readonly store: Store;
  readonly database: Database;
  /** The key that its values are sealed with, as its file would hold it. */
  readonly root: Buffer;
  readonly channel: SimulatorChannel;
  readonly people: readonly Person[];
  /** Invitation codes by member name; a group's own code by the group's name. */
  readonly codes: ReadonlyMap<string, string>;
  now: Temporal.Instant;
  person(name: string): Person;
  close(): Promise<void>;
};

export type WorldOptions = {
  readonly programme: object;
  readonly at: Temporal.Instant;
  /** Members who came to the chat before the story begins; all of them by default. */
  readonly linked?: (person: Person) => boolean;
  /** Members of two groups who write from one phone: the second one uses the first one's address. */
  readonly sameAddress?: readonly (readonly [string, string])[];
  /** A message of staff to more people than this is looked at by a second one of them. */
  readonly secondAbove?: number;
  /** Members whose telephone has WhatsApp: a PIN is typed on a page. */
  readonly onPage?: (person: string) => boolean;
  readonly logLevel?: 'silent' | 'error';
};

/** Where pages of the tests would be. */
const PUBLIC_URL = 'https://comadre.example';

const locales = loadLocales(new URL('../../locales/', import.meta.url));

/** Codes that a person can read and a test can name: the counter in letters that look like nothing else. */
const codeMaker = () => {
  let count = 0;
  return () => {
    count += 1;
    return `KMPRT${count.toString(3).padStart(5, '0').replaceAll('0', 'A').replaceAll('1', 'C').replaceAll('2', 'D')}`;
  };
};

/** Secrets of draws that are the same in every run, so that a transcript is: strong in form, and known to everybody. */
const secretMaker = () => {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`a secret of the tests, number ${count}`).digest('hex');
  };
};

export const openWorld = async (options: WorldOptions): Promise<World> => {
  const database = await testDatabase();
  const root = randomBytes(32);
  const secrets = createSecrets({ bytes: root, created: true, warnings: [] });
  const store: Store = {
    pool: database.pool,
    secrets,
    log: createLog(options.logLevel ?? 'error'),
    metrics: createMetrics(),
  };
  const newId = idMaker();
  const newCode = codeMaker();
  const report = await importProgramme(database, secrets, {
    form: programmeFileSchema.parse(options.programme),
    now: options.at,
    newId,
    newCode,
  });
  const linked = options.linked ?? (() => true);
  const all = await listPeople(store);
  await linkToSimulator(store, all.filter(linked), { newId, consent: true });
  for (const [one, other] of options.sameAddress ?? []) {
    await database.pool.query(
      `insert into member_address (address_id, group_id, member_id)
       select ma.address_id, m.group_id, m.id from member_address ma, member m
        where ma.member_id = $1 and m.id = $2`,
      [idOf(all, one), idOf(all, other)],
    );
  }
  const channel = simulatorChannel();
  const world: World = {
    app: createApp({
      store,
      locales,
      curriculum,
      channels: [channel],
      now: () => world.now,
      newId,
      newSecret: secretMaker(),
      newCode,
      publicUrl: PUBLIC_URL,
      ...(options.secondAbove !== undefined && { secondAbove: options.secondAbove }),
    }),
    store,
    database,
    root,
    channel,
    people: all,
    codes: new Map(report.invites.map((invite) => [invite.name ?? invite.group, invite.code])),
    now: options.at,
    person: (name) => {
      const found = all.find((p) => p.name === name || p.name.split(' ')[0] === name);
      if (!found) throw new Error(`nobody in this world is called ${name}`);
      return found;
    },
    close: async () => {
      await world.app.stop();
      await database.close();
    },
  };
  await world.app.start();
  return world;
};

const idOf = (people: readonly Person[], name: string): string | undefined =>
  people.find((person) => person.name === name)?.id;
