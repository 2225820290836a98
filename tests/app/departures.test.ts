// What one process sends in a second, counted where it arrives, with a way there that is now short and now long.

import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createDepartures } from '../../src/app/departures.ts';

const PER_SECOND = 6;
/** Milliseconds there; the answer takes a moment more. Long ones before short ones push arrivals together. */
const WAYS = [120, 120, 120, 120, 120, 120, 2, 2, 2, 2, 2, 2, 90, 2, 140, 2, 2, 100];

test('M7 no second has more arrivals than are allowed, although the ways there differ', async () => {
  const arrivals: number[] = [];
  const depart = createDepartures(PER_SECOND, new AbortController().signal);
  const began = Date.now();
  await Promise.all(
    WAYS.map(async (ms) => {
      const departure = await depart(began);
      await setTimeout(ms);
      arrivals.push(performance.now());
      await setTimeout(2);
      departure?.gone();
    }),
  );
  const inSecond = arrivals.map((at) => arrivals.filter((other) => other >= at && other < at + 1_000).length);
  expect(Math.max(...inSecond)).toBe(PER_SECOND);
  // Three times six: two seconds, and what the ways differ by.
  expect(Date.now() - began).toBeLessThan(3_500);
});

test('M7 what was late does not go together with what comes after it: others have the rest of that second', async () => {
  const departures: number[] = [];
  const depart = createDepartures(10, new AbortController().signal);
  const began = Date.now();
  // Every second place is its own, and the first five are late.
  const places = Array.from({ length: 15 }, (_, n) => began - 700 + 200 * n);
  for (const place of places) {
    await setTimeout(Math.max(0, place - Date.now()));
    await depart(place).then((departure) => departure?.gone());
    departures.push(Date.now());
  }
  const inSecond = departures.map((at) => departures.filter((d) => d >= at && d < at + 1_000).length);
  expect(Math.max(...inSecond)).toBe(5);
});

test('who waits when the program stops does not leave any more', async () => {
  const stopped = new AbortController();
  const depart = createDepartures(1, stopped.signal);
  await depart(0);
  const second = depart(0);
  stopped.abort();
  expect(await second).toBeUndefined();
});
