// A balance question from end to end: a message comes in, its answer is handed to the channel.

import { createApp } from '../src/app/app.ts';
import type { Locales } from '../src/app/load-locales.ts';
import { createMetrics } from '../src/app/metrics.ts';
import type { Channel } from '../src/channels/channel.ts';
import { createLog } from '../src/log.ts';
import type { Database } from '../src/store/database.ts';
import type { Secrets } from '../src/store/secrets.ts';
import { countedPool, type Trips } from './counted-pool.ts';
import { CHANNEL, NOW } from './people.ts';
import { drawn, seeded } from './seeded.ts';
import { type Latency, latencyOf } from './table.ts';

const IN_FLIGHT = 8;
/** An answer that takes this long is not coming: something is wrong, and the run ends. */
const ANSWER_WAIT_MS = 30_000;

export type Answered = Latency & {
  readonly perSecond: number;
  readonly count: number;
  /** Processor time of this process for one question, in ms: the same when the machine is busy with other work. */
  readonly ownMs: number;
  /** Round trips by statement, for all questions together. */
  readonly trips: Trips;
};

export type Asking = {
  readonly locales: Locales;
  readonly addresses: readonly string[];
  readonly warmUpMs: number;
  readonly measureMs: number;
};

/** Asks "saldo" from addresses drawn at random, eight at a time, each woman again only after her answer. */
export const askBalances = async (
  store: { readonly database: Database; readonly secrets: Secrets },
  asking: Asking,
): Promise<Answered> => {
  const { pool, trips } = countedPool(store.database.pool);
  const channel = memoryChannel();
  const app = createApp({
    store: { pool, secrets: store.secrets, log: createLog('warn'), metrics: createMetrics() },
    locales: asking.locales,
    channels: [channel],
    now: () => NOW,
  });
  await app.start();
  const draw = seeded(2);
  const busy = new Set<string>();
  const ask = async (): Promise<number> => {
    let address = drawn(asking.addresses, draw);
    while (busy.has(address)) address = drawn(asking.addresses, draw);
    busy.add(address);
    const answer = channel.answerTo(address);
    const started = performance.now();
    const received = app.receive({
      channel: CHANNEL,
      messageId: app.newId(),
      address,
      receivedAt: NOW.toString(),
      body: { type: 'text', text: 'saldo' },
    });
    const text = await inTime(answer);
    const tookMs = performance.now() - started;
    await received;
    busy.delete(address);
    if (!text.includes('$')) throw new Error(`not a balance: ${text}`);
    return tookMs;
  };
  const forMs = async (durationMs: number): Promise<number[]> => {
    const times: number[] = [];
    const end = performance.now() + durationMs;
    await Promise.all(
      Array.from({ length: IN_FLIGHT }, async () => {
        while (performance.now() < end) times.push(await ask());
      }),
    );
    return times;
  };
  await forMs(asking.warmUpMs);
  await app.delivery.idle();
  trips.clear();
  const started = performance.now();
  const used = process.cpuUsage();
  const times = await forMs(asking.measureMs);
  const seconds = (performance.now() - started) / 1_000;
  const { user, system } = process.cpuUsage(used);
  await app.stop();
  return {
    ownMs: (user + system) / 1_000 / times.length,
    perSecond: times.length / seconds,
    count: times.length,
    trips,
    ...latencyOf(times),
  };
};

const inTime = async (answer: Promise<string>): Promise<string> => {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('a question was not answered')), ANSWER_WAIT_MS);
  });
  return Promise.race([answer, tooLate]).finally(() => clearTimeout(timer));
};

/** A channel without a network: what is handed to it has arrived. */
export const memoryChannel = (): Channel & { answerTo(address: string): Promise<string> } => {
  const waiting = new Map<string, (text: string) => void>();
  let sent = 0;
  return {
    name: CHANNEL,
    limits: { perSecond: Number.POSITIVE_INFINITY, perAddressMs: 0 },
    start: async () => undefined,
    stop: async () => undefined,
    send: async (address, message) => {
      sent += 1;
      waiting.get(address)?.(message.text);
      waiting.delete(address);
      return { ok: true, sentId: String(sent) };
    },
    answerTo: (address) => new Promise((resolve) => waiting.set(address, resolve)),
  };
};
