// What the database and the program's counters say of a stage: figures are counted, never taken for granted.

import { setTimeout } from 'node:timers/promises';
import type { Database } from '../../src/store/database.ts';
import type { Stage } from './stage.ts';

const LOOK_MS = 100;
/** What is quiet for so long, after all was answered, stays quiet. */
const QUIET_MS = 500;
const SETTLE_MS_MAX = 150_000;

/** Waits until `enough` and until then nothing is open or unsent, and stays so for a moment. */
export const settled = async (stage: Stage, enough: () => Promise<boolean>): Promise<void> => {
  const end = performance.now() + SETTLE_MS_MAX;
  const isQuiet = async (): Promise<boolean> =>
    stage.open() === 0 && (await enough()) && (await unsent(stage)) === 0;
  for (;;) {
    if (await isQuiet()) {
      await setTimeout(QUIET_MS);
      if (await isQuiet()) return;
    }
    if (performance.now() > end) return; // the figures say what is missing
    await setTimeout(LOOK_MS);
  }
};

/** The first so many people write, and so each platform lets us write to them. */
export const openChats = async (stage: Stage, people: number): Promise<void> => {
  for (let n = 0; n < people; n += 1) await stage.phone(n).says('saldo');
  await settled(stage, async () => (await kept(stage)) >= people);
};

const unsent = ({ database, channel }: Stage): Promise<number> =>
  countOf(database, `outbox where channel = '${channel}' and state in ('queued', 'sending')`);

/** How many messages of this channel were taken in. */
export const kept = ({ database, channel }: Stage): Promise<number> =>
  countOf(database, `inbox where channel = '${channel}' and outcome = 'done'`);

/** How many messages came that were known already. */
export const copiesKnown = async (stage: Stage): Promise<number> =>
  counterIn(
    await stage.metrics(),
    `comadre_messages_received_total{channel="${stage.channel}",outcome="duplicate"}`,
  );

/** Processor time the program has used, in seconds. */
export const processorSeconds = async (stage: Stage): Promise<number> =>
  counterIn(await stage.metrics(), 'comadre_process_cpu_seconds_total');

/** A figure among those of /metrics. A counter that never counted is not there. */
export const counterIn = (metrics: string, name: string): number => {
  const line = metrics.split('\n').find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length) ?? 0);
};

/** How many rows there are: "outbox where …". */
export const countOf = async ({ pool }: Database, rows: string): Promise<number> => {
  const result = await pool.query<{ count: string }>(`select count(*) from ${rows}`);
  return Number(result.rows[0]?.count);
};
