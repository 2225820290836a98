import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type BoxMove, boxFrom } from '../../src/domain/box-days.ts';
import { money } from '../../src/domain/money.ts';

const START = Temporal.PlainDate.from('2026-11-01');

/** What a box held at the end of each day, one after the other, from nothing on; and the moves that made it so. */
const history = fc
  .array(fc.bigInt({ min: -500n, max: 500n }), { minLength: 1, maxLength: 40 })
  .map((deltas) => {
    const ends: bigint[] = [];
    for (const delta of deltas) ends.push((ends.at(-1) ?? 0n) + delta);
    const moves = deltas.map(
      (delta, days): BoxMove => ({ pot: 'loan-fund', on: START.add({ days }), delta }),
    );
    return { ends, moves };
  });

test('what a box held on a past day, and the least it held since, is what the days say one after the other', () => {
  fc.assert(
    fc.property(history, fc.nat({ max: 39 }), fc.boolean(), ({ ends, moves }, at, isWhole) => {
      const day = Math.min(at, ends.length - 1);
      // Moves of the day and before may be known or not; in any order.
      const known = moves.filter((_, n) => isWhole || n > day).toReversed();
      const { held, least } = boxFrom(money(ends.at(-1) ?? 0n), known, START.add({ days: day }));
      expect(held.minor).toBe(ends[day]);
      expect(least.minor).toBe(ends.slice(day).reduce((a, b) => (b < a ? b : a)));
    }),
    { numRuns: 300 },
  );
});
