// What one person who writes without end costs the others: their answers' times with her and without her, in turn.

import { setTimeout as wait } from 'node:timers/promises';
import { createApp } from '../src/app/app.ts';
import type { Locales } from '../src/app/load-locales.ts';
import { createMetrics } from '../src/app/metrics.ts';
import { createLog } from '../src/log.ts';
import type { Database } from '../src/store/database.ts';
import type { Secrets } from '../src/store/secrets.ts';
import { CHANNEL, NOW } from './people.ts';
import { memoryChannel } from './questions.ts';
import { atMost, informed, type Latency, latencyOf, type Row } from './table.ts';

/** Ten thousand a minute, as a webhook brings them. */
const FLOOD_PER_SECOND = 10_000 / 60;
/** The others, each of whom asks a few times in a turn. */
const OTHERS_PER_SECOND = 40;
/** So many together are given to the program at a time, on both sides. */
const BEAT_MS = 50;
const LIMITS = { person: 20, group: 0, programme: 0 };
/** Short ones, many times in turn: what else the machine does falls on both. */
const TURNS = 12;

export type Flooding = {
  readonly locales: Locales;
  readonly addresses: readonly string[];
  readonly measureMs: number;
};

export type Flooded = {
  readonly alone: Latency;
  readonly flooded: Latency;
  /** Of the flooder's messages: sent, refused to be kept in memory, and answered. */
  readonly sent: number;
  readonly refused: number;
  readonly answered: number;
};

/** Measures in turn, so that other work on the machine slows both alike. */
export const floodOthers = async (
  store: { readonly database: Database; readonly secrets: Secrets },
  { locales, addresses, measureMs }: Flooding,
): Promise<Flooded> => {
  const [flooder = '', ...others] = addresses;
  const channel = memoryChannel();
  const begun = performance.now();
  // The hour of the measurement, moving: what somebody may send comes back with time.
  const now = () => NOW.add({ milliseconds: Math.round(performance.now() - begun) });
  const app = createApp({
    store: {
      pool: store.database.pool,
      secrets: store.secrets,
      log: createLog('fatal'),
      metrics: createMetrics(),
    },
    locales,
    channels: [channel],
    limits: LIMITS,
    now,
  });
  await app.start();
  const waiting: Promise<void>[] = [];
  const counts = { sent: 0, refused: 0, answered: 0 };
  const write = (address: string): Promise<void> =>
    app.receive({
      channel: CHANNEL,
      messageId: app.newId(),
      address,
      receivedAt: now().toString(),
      body: { type: 'text', text: 'saldo' },
    });
  let next = 0;
  const askOther = async (): Promise<number> => {
    const address = others[next++ % others.length] ?? '';
    const started = performance.now();
    const answer = channel.answerTo(address);
    await write(address);
    await answer;
    return performance.now() - started;
  };
  const flood = (): void => {
    counts.sent += 1;
    waiting.push(write(flooder).catch(() => void (counts.refused += 1)));
  };
  const turn = async (isFlooded: boolean): Promise<number[]> => {
    const asked: Promise<number>[] = [];
    const end = performance.now() + (3 * measureMs) / TURNS;
    for (let beat = 0; performance.now() < end; beat += 1) {
      const due = (perSecond: number): number =>
        Math.floor(((beat + 1) * perSecond * BEAT_MS) / 1_000) -
        Math.floor((beat * perSecond * BEAT_MS) / 1_000);
      if (isFlooded) for (let n = due(FLOOD_PER_SECOND); n > 0; n -= 1) flood();
      for (let n = due(OTHERS_PER_SECOND); n > 0; n -= 1) asked.push(askOther());
      await wait(BEAT_MS);
    }
    const times = await Promise.all(asked);
    await Promise.all(waiting.splice(0));
    return times;
  };
  await turn(false);
  const [alone, flooded]: [number[], number[]] = [[], []];
  for (let n = 0; n < TURNS; n += 1) {
    alone.push(...(await turn(false)));
    flooded.push(...(await turn(true)));
  }
  await app.stop();
  const { rows } = await store.database.pool.query<{ count: number }>(
    `select count(*)::int as count from inbox where outcome = 'limited'`,
  );
  return {
    alone: latencyOf(alone),
    flooded: latencyOf(flooded),
    ...counts,
    answered: counts.sent - counts.refused - (rows[0]?.count ?? 0),
  };
};

/** What is told of it. */
export const floodRows = ({ alone, flooded, ...counts }: Flooded): Row[] => [
  informed('flood: p99 of others, nobody floods', `${alone.p99Ms.toFixed(1)} ms`),
  informed('  one person writes 10,000 a minute', `${flooded.p99Ms.toFixed(1)} ms`),
  atMost('  ratio', flooded.p99Ms / alone.p99Ms, { target: 1.2, unit: '', digits: 2 }),
  informed(
    '  her messages: sent, left with the platform, answered',
    `${counts.sent}, ${counts.refused}, ${counts.answered}`,
  ),
];
