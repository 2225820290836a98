// What goes first where one process writes to many and somebody asks meanwhile. Time is the test's own.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
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
