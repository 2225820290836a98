// What goes first where one process writes to many and somebody asks meanwhile. Time is the test's own.

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createPacer } from '../../src/app/pacer.ts';
import { asId } from '../../src/domain/ids.ts';
import { ownTime } from '../support/own-time.ts';

const BULK = 40;
const PLACE_MS = 1_000 / 29;

/** What leaves in which order: bulk whose first place was so long ago, and an answer that has the place behind all of it. */
const orderAfter = async (stalledMs: number): Promise<string[]> => {
  const time = ownTime();
  const pacer = createPacer({ perSecond: 30, perAddressMs: 0 }, time);
  const left: string[] = [];
  const send = async (name: string, lane: 0 | 1, at: number): Promise<void> => {
    const departure = await pacer.turn({ addressId: asId(randomUUID()), lane, at });
    left.push(name);
    departure?.gone();
  };
  const first = time.now() - stalledMs;
  const bulk = Array.from({ length: BULK }, (_, n) => send(`bulk ${n}`, 1, first + n * PLACE_MS));
  const answer = send('answer', 0, first + BULK * PLACE_MS);
  await time.run();
  await Promise.all([...bulk, answer]);
  return left;
};

test.each([0, 500, 1_300])(
  'an answer goes before the bulk that waits, also when all of it is late by %d ms',
  async (stalledMs) => {
    const left = await orderAfter(stalledMs);
    expect(left).toHaveLength(BULK + 1);
    // Those that leave in the very moment in which it comes are all that may be before it.
    expect(left.indexOf('answer')).toBeLessThanOrEqual(2);
  },
);

describe('M7 the end of a pause', () => {
  const PAUSE_S = 1;
  /** When one leaves whose place is so many milliseconds after the end of a pause (before it: less than 0); undefined: not at all. */
  const leaves = async (afterEndMs: number): Promise<number | undefined> => {
    const time = ownTime();
    const pacer = createPacer({ perSecond: 30, perAddressMs: 0 }, time);
    const end = time.now() + PAUSE_S * 1_000;
    pacer.pause(PAUSE_S);
    const turn = pacer.turn({ addressId: asId(randomUUID()), lane: 1, at: end + afterEndMs });
    await time.run();
    return (await turn) && time.now() - end;
  };

  test('M7 what has its place after it goes with its place', async () => {
    expect(await leaves(0)).toBe(0);
    expect(await leaves(35)).toBe(35);
  });
  test('M7 what another process took to be after it waits for it', async () =>
    expect(await leaves(-30)).toBe(0));
  test('M7 what had its place before it goes back', async () => expect(await leaves(-200)).toBeUndefined());
  test('messages are asked for shortly before it, and not before a rest is over', () => {
    const time = ownTime();
    const pacer = createPacer({ perSecond: 30, perAddressMs: 0 }, time);
    pacer.pause(PAUSE_S);
    expect(pacer.silentSeconds()).toBeGreaterThan(0.8);
    expect(pacer.silentSeconds()).toBeLessThan(PAUSE_S);
    pacer.rest(PAUSE_S);
    expect(pacer.silentSeconds()).toBe(PAUSE_S);
  });
});
