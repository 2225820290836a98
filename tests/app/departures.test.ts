// What one process sends in a second, counted where it arrives, with a way there that is now short and now long. Time is the
// test's own: it stands still until everybody waits.

import { expect, test } from 'vitest';
import { createDepartures } from '../../src/app/departures.ts';
import { type OwnTime, ownTime } from '../support/own-time.ts';

const never = new AbortController().signal;
const mostInASecond = (times: readonly number[]): number =>
  Math.max(...times.map((at) => times.filter((other) => other >= at && other < at + 1_000).length));

/** Milliseconds there; the answer takes a moment more. Long ones before short ones push arrivals together. */
const WAYS = [2, 120, 120, 120, 120, 120, 2, 2, 2, 2, 2, 2, 90, 2, 140, 2, 2, 100];

test('M7 no second has more arrivals than are allowed, although the ways there differ', async () => {
  const time = ownTime();
  const depart = createDepartures(6, never, time);
  const began = time.now();
  const arrivals: number[] = [];
  const sent = WAYS.map(async (ms) => {
    const departure = await depart({ place: began });
    await time.until(time.now() + ms, never);
    arrivals.push(time.now());
    await time.until(time.now() + 2, never);
    departure?.gone();
  });
  await time.run();
  await Promise.all(sent);
  expect(arrivals).toHaveLength(WAYS.length);
  expect(mostInASecond(arrivals)).toBe(6);
  // Three times six: two seconds, and what the ways differ by.
  expect(time.now() - began).toBeLessThan(2_500);
});

/** Every second of nine places a second, from this moment on: two processes share the line of ten. */
const placesFrom = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, n) => first + (2 * 1_000 * n) / 9);

/** When messages of these places leave, each asked for at its place, or now when that is over. */
const leave = async (places: readonly number[], time: OwnTime): Promise<number[]> => {
  const depart = createDepartures(10, never, time);
  const left: number[] = [];
  const all = places.map(async (place) => {
    if (place > time.now()) await time.until(place, never);
    const departure = await depart({ place });
    left.push(time.now());
    departure?.gone();
  });
  await time.run();
  await Promise.all(all);
  return left;
};

test('M7 what was late does not go together with what comes after it: others have the rest of that second', async () => {
  const time = ownTime();
  const left = await leave(placesFrom(time.now() - 700, 15), time);
  expect(left).toHaveLength(15);
  expect(mostInASecond(left)).toBe(5);
});

test('who was late is so no more after a while, though no second has a gap', async () => {
  const time = ownTime();
  const places = placesFrom(time.now() - 300, 60);
  const left = await leave(places, time);
  expect((left[0] ?? 0) - (places[0] ?? 0)).toBe(300);
  expect((left.at(-1) ?? 0) - (places.at(-1) ?? 0)).toBeLessThan(1);
});

test('what goes beside the line changes nothing for those in it', async () => {
  const time = ownTime();
  const depart = createDepartures(10, never, time);
  const places = placesFrom(time.now() - 700, 8);
  const left: number[] = [];
  const all = places.map(async (place, n) => {
    if (n === 3) await depart({ place: undefined });
    await depart({ place });
    left.push(time.now());
  });
  await time.run();
  await Promise.all(all);
  expect(mostInASecond(left)).toBe(5);
});

test('what stayed after all takes nothing from the others', async () => {
  const time = ownTime();
  const depart = createDepartures(2, never, time);
  const began = time.now();
  for (const _ of [1, 2, 3]) (await depart({ place: began }))?.stayed();
  await depart({ place: began });
  expect(time.now()).toBe(began);
});

test('who waits when the program stops does not leave any more', async () => {
  const stopped = new AbortController();
  const depart = createDepartures(1, stopped.signal);
  await depart({ place: 0 });
  const second = depart({ place: 0 });
  stopped.abort();
  expect(await second).toBeUndefined();
});
