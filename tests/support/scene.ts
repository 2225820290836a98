import { randomUUID } from 'node:crypto';
import { type App, createApp } from '../../src/app/app.ts';
import type { AppOptions } from '../../src/app/app-options.ts';
import { boundPayload, unboundPayload } from '../../src/app/bound-button.ts';
import type { Curriculum } from '../../src/app/load-lessons.ts';
import { loadLocales } from '../../src/app/load-locales.ts';
import { idMaker } from '../../src/app/new-id.ts';
import type { Store } from '../../src/app/store.ts';
import type { ToSend } from '../../src/channels/channel.ts';
import type { IncomingBody } from '../../src/conversation/message.ts';
import type { TEXTS } from '../../src/conversation/texts.ts';
import { verifyBooks } from '../../src/store/verify-books.ts';
import { curriculum } from './curriculum.ts';
import { type FakeChannel, type FakeLimits, fakeChannel } from './fake-channel.ts';
import { programmeOf } from './transcript-programme.ts';
import { openWorld, type World } from './world.ts';

export const locales = loadLocales(new URL('../../locales/', import.meta.url));

/** What a button says in Spanish, by the key of its text: the words may change, what they are for does not. */
export const label = (key: keyof typeof TEXTS): string => locales.texts.es[key] ?? key;

/** The group of most transcripts: free savings of 50.00 a week, loans from outside, a Tuesday meeting in Tijuana. */
export const JACARANDAS = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, ahorro 200.00
4 Petra Gómez, ahorro 150.00, préstamo 2000.00 desde 2026-10-06
5 Consuelo Vargas, ahorro 100.00
6 Yolanda Soto, por llegar
equipo Marta Ruiz
reloj 2026-11-24 19:00 America/Tijuana`;

/** A second group of the same programme, for whatever must not cross over. */
export const MILPA = `
grupo Flor de Milpa, ahorro, America/Mexico_City, sunday 10:00
1 Micaela Girón, líder, acciones 10
2 Dominga Sántiz, acciones 5`;

/** One program with its own fake platform. Several may share one database. */
export type Program = { readonly app: App; readonly channel: FakeChannel };

export type Scene = Program & {
  readonly world: World;
  /** One more program on the same database, as another process would be: one that receives and sends, unless told. */
  another(does?: AppOptions['does']): Promise<Program>;
  /** A program that runs no channel: what it decides waits in the outbox until one that does is started. */
  readonly mute: App;
  /**
   * Gives a message to a program and waits until nothing is on its wire. The same id again is the same message. A button is
   * posted as if it had been given to her, whoever had it: what is refused at the door is in tests/security.
   */
  post(
    name: string,
    body: IncomingBody,
    how?: { messageId?: string; by?: Pick<Program, 'app'>; forwarded?: true },
  ): Promise<void>;
  say(name: string, text: string): Promise<ToSend[]>;
  /** Presses the newest button of this label that she has. */
  press(name: string, label: string): Promise<ToSend[]>;
  /** What the newest button of this label says, without what binds it to her. */
  payload(name: string, label: string): string;
  /** What she was sent; buttons without what binds them. */
  heard(name: string): ToSend[];
  close(): Promise<void>;
};

export type SceneOptions = {
  /** False when the story begins with nobody to send anything: only `mute` runs. */
  readonly running?: boolean;
  readonly header?: string;
  readonly limits?: FakeLimits;
  /** Only prepared words may go so many hours after she wrote. */
  readonly windowHours?: number;
  /** Of what a person did not ask for, so many messages a day. */
  readonly unaskedDailyMax?: number;
  /** How many messages a minute are answered; without it any number. */
  readonly answered?: AppOptions['limits'];
  readonly log?: Store['log'];
  /** Other lessons than those of the tests. */
  readonly curriculum?: Curriculum;
};

/** The world of `header` with its people reached through a fake channel. */
export const openScene = async (options: SceneOptions = {}): Promise<Scene> => {
  const header = (options.header ?? JACARANDAS).trim().split('\n');
  const story = programmeOf(header);
  const world = await openWorld(story);
  await world.app.stop();
  const store = { ...world.store, log: options.log ?? world.store.log };
  const programs: Program[] = [];
  const { unaskedDailyMax, answered } = options;
  const newApp = (channels: readonly FakeChannel[], does?: AppOptions['does']): App =>
    createApp({
      store,
      locales,
      curriculum: options.curriculum ?? curriculum,
      channels,
      now: () => world.now,
      newId: idMaker(),
      listen: world.database.listen,
      ...(does && { does }),
      ...(story.secondAbove !== undefined && { secondAbove: story.secondAbove }),
      ...(unaskedDailyMax !== undefined && { unaskedDailyMax }),
      ...(answered && { limits: answered }),
    });
  const make = (does?: AppOptions['does']): Program => {
    const channel = fakeChannel('simulator', options.limits, options.windowHours);
    const program = { channel, app: newApp([channel], does) };
    programs.push(program);
    return program;
  };
  const another = async (does?: AppOptions['does']): Promise<Program> => {
    const program = make(does);
    await program.app.start();
    return program;
  };
  const own = make();
  if (options.running ?? true) await own.app.start();
  const heard = (name: string) => own.channel.to(world.person(name).id).map(unbound);
  const post: Scene['post'] = async (name, body, how = {}) => {
    const { app } = how.by ?? own;
    await app.receive({
      channel: 'simulator',
      messageId: how.messageId ?? randomUUID(),
      address: world.person(name).id,
      receivedAt: world.now.toString(),
      body: body.type === 'button' ? await buttonFor(world, name, body.payload) : body,
      ...(how.forwarded && { forwarded: true }),
    });
    await app.settle();
  };
  const answersTo = async (name: string, body: IncomingBody) => {
    const before = heard(name).length;
    await post(name, body);
    return heard(name).slice(before);
  };
  const payload = (name: string, label: string): string => {
    const choice = heard(name)
      .toReversed()
      .flatMap((message) => message.choices)
      .find((c) => c.label === label);
    if (!choice) throw new Error(`${name} has no button ${label}`);
    return choice.payload;
  };
  return {
    ...own,
    mute: newApp([]),
    world,
    another,
    post,
    heard,
    payload,
    say: (name, text) => answersTo(name, { type: 'text', text }),
    press: (name, label) => answersTo(name, { type: 'button', payload: payload(name, label) }),
    close: async () => {
      await Promise.all(programs.map(({ app }) => app.stop()));
      await world.close();
    },
  };
};

const unbound = (message: ToSend): ToSend => ({
  ...message,
  choices: message.choices.map(({ label, payload }) => ({ label, payload: unboundPayload(payload) })),
});

/** The button as it would be if it had been given to her. */
export const buttonFor = async (world: World, name: string, payload: string): Promise<IncomingBody> => {
  const { secrets, pool } = world.store;
  const { rows } = await pool.query<{ id: string }>(
    `select id from address where channel = 'simulator' and value_index = $1`,
    [secrets.blindIndex('simulator', world.person(name).id)],
  );
  return { type: 'button', payload: boundPayload(secrets, rows[0]?.id ?? '', payload) };
};

/** How many entries the books hold in all. */
export const entryCount = async (world: World): Promise<number> => {
  const { rows } = await world.store.pool.query<{ count: number }>(
    'select count(*)::int as count from journal_entry',
  );
  return rows[0]?.count ?? -1;
};

/** Every cached balance by account name. */
export const balances = async (world: World): Promise<Record<string, bigint>> => {
  const { rows } = await world.store.pool.query<{ name: string; balance: string }>(
    'select name, balance_minor::text as balance from account order by name',
  );
  return Object.fromEntries(rows.map((row) => [row.name, BigInt(row.balance)]));
};

/** What a full check of the books finds wrong. */
export const faults = async (world: World) => (await verifyBooks(world.database)).faults;

/** What became of everything that was to be said, by state. */
export const outboxStates = async (world: World): Promise<Record<string, number>> => {
  const { rows } = await world.store.pool.query<{ state: string; count: number }>(
    'select state, count(*)::int as count from outbox group by state',
  );
  return Object.fromEntries(rows.map((row) => [row.state, row.count]));
};

/** The same as if so many seconds had passed for everything that waits in the database. */
export const passSeconds = async (world: World, seconds: number): Promise<void> => {
  await world.store.pool.query(
    `update outbox set not_before = not_before - make_interval(secs => $1),
            lease_until = lease_until - make_interval(secs => $1), expires_at = expires_at - make_interval(secs => $1)
      where state in ('queued', 'sending')`,
    [seconds],
  );
};
