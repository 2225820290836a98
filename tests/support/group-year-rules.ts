// The constitution of a savings group, drawn at random.

import type { ExcessPolicy, LateFee } from '../../src/domain/loan/agreed.ts';
import type { InterestKind } from '../../src/domain/loan/terms.ts';
import { money } from '../../src/domain/money.ts';
import { parsePercent, type Rate } from '../../src/domain/rate.ts';
import type { GroupRules, LeavingRule } from '../../src/domain/rules.ts';

/** A number from 0 up to and without `below`. */
export type Draw = (below: number) => number;

const INTEREST: readonly InterestKind[] = ['flat', 'declining', 'upfront'];
const EXCESS: readonly ExcessPolicy[] = ['fewer', 'smaller', 'skip-next'];
const LEAVING: readonly LeavingRule[] = ['savings', 'savings-and-earnings', 'at-closing'];
const UNITS = [1n, 50n, 100n, 500n];

const percent = (whole: number): Rate => {
  const rate = parsePercent(String(whole));
  if (rate === undefined) throw new Error('no percentage');
  return rate;
};

const lateFee = (draw: Draw): LateFee | undefined => {
  const cap = draw(2) === 0 ? ('instalment' as const) : money(20_000n);
  if (draw(2) === 0) return undefined;
  return draw(2) === 0
    ? { kind: 'fixed', amount: money(500n), cap }
    : { kind: 'percent', rate: percent(1 + draw(5)), of: 'instalment', cap };
};

export const drawRules = (draw: Draw): GroupRules => ({
  product: 'savings-group',
  savings: { kind: 'shares', sharePrice: money(1000n * BigInt(1 + draw(5))), min: 1, max: 5 },
  loans: {
    interest: INTEREST[draw(INTEREST.length)] ?? 'flat',
    rate: percent(1 + draw(8)),
    ratePer: { count: 1, unit: 'month' },
    every: draw(2) === 0 ? { count: 1, unit: 'week' } : { count: 1, unit: 'month' },
    n: 2 + draw(11),
    equalPrincipal: false,
    principalGrace: 0,
    interestPaymentGrace: 0,
    excess: EXCESS[draw(EXCESS.length)] ?? 'fewer',
    lateFee: lateFee(draw),
    source: 'inside',
    multiple: 1 + draw(3),
    decision: 'officers',
  },
  fines: { late: money(500n), absent: money(1000n) },
  socialWeekly: money(500n * BigInt(draw(2))),
  signers: 1,
  quorumPct: 67,
  cashUnitMinor: UNITS[draw(UNITS.length)] ?? 1n,
  rounding: draw(2) === 0 ? 'half-up' : 'half-even',
  closing: 'pro-rata',
  paymentMax: money(100_000_000n),
  withdrawals: draw(2) === 0 ? 'at-closing' : 'any-meeting',
  leaving: LEAVING[draw(LEAVING.length)] ?? 'savings',
  language: undefined,
  tanda: undefined,
});
