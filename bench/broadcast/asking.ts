// People who ask for their balance while everybody is being written to.

import { setTimeout } from 'node:timers/promises';
import type { Stage } from './api.ts';

/** The first one asks when the sending has begun, the last one before it ends. */
const FIRST_AFTER_MS = 2_000;
const LAST_BEFORE_END_MS = 1_000;
const LOOK_MS = 2;
const GIVE_UP_MS = 30_000;

/** Each asks once, one after the other, all through the sending. Milliseconds to each answer; nobody's who got none. */
export const askMeanwhile = async ({ api, askers, crowd }: Stage): Promise<number[]> => {
  const lastsMs = (crowd.contacts / crowd.perSecond) * 1_000;
  const betweenMs = (lastsMs - FIRST_AFTER_MS - LAST_BEFORE_END_MS) / askers.length;
  await setTimeout(FIRST_AFTER_MS);
  const times = askers.map(async (id, n) => {
    await setTimeout(n * betweenMs);
    const person = api.person(id);
    const before = person.inbox().length;
    const asked = performance.now();
    person.says('saldo');
    while (person.inbox().length === before) {
      if (performance.now() - asked > GIVE_UP_MS) return undefined;
      await setTimeout(LOOK_MS);
    }
    return performance.now() - asked;
  });
  return (await Promise.all(times)).filter((ms) => ms !== undefined);
};

/** The middle one, and what nineteen of twenty are below. */
export const answerTimes = (times: readonly number[]): { readonly p50: number; readonly p95: number } => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): number => sorted[Math.ceil(sorted.length * part) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
};
