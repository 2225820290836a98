import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Closing,
  type ShareOut,
  type ShareOutMethod,
  type Stake,
  shareOut,
} from '../../../src/domain/closing/share-out.ts';

// The published closings are in tests/cli/published-answers.ts; here is what no command asks, and what must always hold.

const stake = (savings: bigint, shares: bigint, interestPaid: bigint): Stake => ({
  savings,
  shares,
  interestPaid,
});

/** X05: shares of 50.00; 900.00 of interest, which the first and the third paid. */
const ONE_CYCLE: Omit<Closing, 'method'> = {
  poolMinor: 690_000n,
  stakes: [stake(300_000n, 60n, 30_000n), stake(200_000n, 40n, 0n), stake(100_000n, 20n, 60_000n)],
  cashUnitMinor: 1n,
};

const shared = (closing: Closing): ShareOut => {
  const result = shareOut(closing);
  if (!result.ok) throw new Error(result.refusal.type);
  return result.value;
};
const total = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

test.each<[ShareOutMethod, bigint[]]>([
  ['pro-rata', [345_000n, 230_000n, 115_000n]],
  ['equal-profit', [330_000n, 230_000n, 130_000n]],
  ['rebate', [330_000n, 200_000n, 160_000n]],
  ['mixed', [337_500n, 215_000n, 137_500n]],
])('X05: the same cycle, %s', (method, payouts) => {
  expect(shared({ ...ONE_CYCLE, method })).toEqual({ payouts, residue: 0n });
});

test('interest of which expenses took a part goes back in the same proportion', () => {
  const { payouts } = shared({ ...ONE_CYCLE, method: 'rebate', poolMinor: 645_000n });
  expect(payouts).toEqual([315_000n, 200_000n, 130_000n]);
});

test('fines go by shares when interest goes back', () => {
  const { payouts } = shared({ ...ONE_CYCLE, method: 'rebate', poolMinor: 702_000n });
  expect(payouts).toEqual([336_000n, 204_000n, 162_000n]);
});

test('who has shares of the earnings and no savings gets earnings only', () => {
  const stakes = [stake(10_000n, 1n, 0n), stake(0n, 1n, 0n)];
  const { payouts } = shared({ method: 'pro-rata', poolMinor: 12_000n, stakes, cashUnitMinor: 1n });
  expect(payouts).toEqual([11_000n, 1_000n]);
});

test('the odd centavo goes to the member with the lower number', () => {
  const stakes = [stake(100n, 1n, 0n), stake(100n, 1n, 0n), stake(100n, 1n, 0n)];
  const closing = { poolMinor: 305n, stakes, cashUnitMinor: 1n };
  for (const method of ['pro-rata', 'equal-profit', 'rebate', 'mixed'] as const) {
    expect(shared({ ...closing, method }).payouts).toEqual([102n, 102n, 101n]);
  }
});

test('a coin larger than the box leaves all of it over', () => {
  const closing: Closing = { ...ONE_CYCLE, method: 'mixed', cashUnitMinor: 1_000_000n };
  expect(shared(closing)).toEqual({ payouts: [0n, 0n, 0n], residue: 690_000n });
});

test('earnings by shares where nobody has one are refused', () => {
  const stakes = [stake(100n, 0n, 0n), stake(100n, 0n, 5n)];
  const closing = { poolMinor: 205n, stakes, cashUnitMinor: 1n };
  expect(shareOut({ ...closing, method: 'pro-rata' })).toEqual({ ok: false, refusal: { type: 'no_shares' } });
  expect(shared({ ...closing, method: 'rebate' }).payouts).toEqual([100n, 105n]);
});

test('a box below zero and a coin of nothing are our own mistake', () => {
  expect(() => shareOut({ ...ONE_CYCLE, method: 'rebate', poolMinor: -1n })).toThrow('whole coins');
  expect(() => shareOut({ ...ONE_CYCLE, method: 'rebate', cashUnitMinor: 0n })).toThrow('whole coins');
});

describe('whatever the group', () => {
  const minor = fc.bigInt({ min: 0n, max: 10_000_000n });
  const stakes = fc.array(
    fc.record({ savings: minor, shares: fc.bigInt({ min: 1n, max: 300n }), interestPaid: minor }),
    { minLength: 1, maxLength: 30 },
  );
  const closing: fc.Arbitrary<Closing> = fc.record({
    method: fc.constantFrom<ShareOutMethod>('pro-rata', 'equal-profit', 'rebate', 'mixed'),
    // Below, at and above what was saved.
    poolMinor: fc.bigInt({ min: 0n, max: 600_000_000n }),
    stakes,
    cashUnitMinor: fc.constantFrom(1n, 50n, 100n, 500n),
  });

  test('payouts and residue are the pool, in whole coins, none below zero', () => {
    fc.assert(
      fc.property(closing, (c) => {
        const { payouts, residue } = shared(c);
        expect(payouts).toHaveLength(c.stakes.length);
        expect(total(payouts) + residue).toBe(c.poolMinor);
        expect(residue >= 0n && residue < c.cashUnitMinor).toBe(true);
        for (const payout of payouts) expect(payout >= 0n && payout % c.cashUnitMinor === 0n).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test('nobody gets less than her savings back, to a coin, unless there is a loss', () => {
    fc.assert(
      fc.property(closing, (c) => {
        const saved = total(c.stakes.map((s) => s.savings));
        const { payouts } = shared({ ...c, poolMinor: saved + c.poolMinor });
        // A coin for the rounding, and one for her part of the residue.
        payouts.forEach((payout, i) => {
          expect(payout > (c.stakes[i]?.savings ?? 0n) - 2n * c.cashUnitMinor).toBe(true);
        });
      }),
      { numRuns: 1_000 },
    );
  });

  test('the order of the members moves a coin at most', () => {
    fc.assert(
      fc.property(closing, (c) => {
        const there = shared(c);
        const back = shared({ ...c, stakes: c.stakes.toReversed() });
        expect(total(back.payouts)).toBe(total(there.payouts));
        back.payouts.toReversed().forEach((payout, i) => {
          const moved = payout - (there.payouts[i] ?? 0n);
          expect(moved <= c.cashUnitMinor && moved >= -c.cashUnitMinor).toBe(true);
        });
      }),
      { numRuns: 500 },
    );
  });
});
