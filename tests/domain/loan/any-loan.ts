// Loans and payments at random.

import * as fc from 'fast-check';
import type { ExcessPolicy, LateFee } from '../../../src/domain/loan/agreed.ts';
import { money } from '../../../src/domain/money.ts';
import { parsePercent } from '../../../src/domain/rate.ts';
import { day, fresh } from './repaid-loan.ts';
import { loanTerms, type Wording } from './wording.ts';

export const FLAT: Wording = {
  principal: '1000.00',
  interest: 'flat',
  ratePct: '4',
  ratePer: 'loan',
  every: '1 week',
  n: 10,
  disbursed: '2026-09-01',
  rounding: 'half-up',
};
export const percent = (pct: string, of: 'principal' | 'instalment'): LateFee => ({
  kind: 'percent',
  rate: parsePercent(pct)!,
  of,
  cap: 'instalment',
});

/** A loan of any kind the rules allow, weekly from 1 September 2026 on, that nothing was repaid of. */
export const anyLoan = fc
  .record({
    interest: fc.constantFrom('flat' as const, 'declining' as const, 'upfront' as const),
    excess: fc.constantFrom<ExcessPolicy | undefined>('fewer', 'smaller', 'skip-next', undefined),
    minor: fc.bigInt({ min: 100n, max: 1_000_000n }),
    n: fc.integer({ min: 1, max: 20 }),
    grace: fc.integer({ min: 0, max: 2 }),
    equalPrincipal: fc.boolean(),
    fee: fc.constantFrom<LateFee | undefined>(
      undefined,
      { kind: 'fixed', amount: money(500n), cap: 'instalment' },
      { ...percent('5', 'instalment'), cap: money(7_000n) },
      percent('1.5', 'principal'),
    ),
  })
  .map(({ interest, excess, minor, n, grace, equalPrincipal, fee }) =>
    fresh({
      ...loanTerms({ ...FLAT, interest, n, ratePer: 'period', ratePct: '2' }),
      principal: money(minor),
      equalPrincipal: equalPrincipal && interest === 'declining',
      principalGrace: Math.min(grace, n - 1),
      excess,
      lateFee: fee && { ...fee, from: day('2026-09-01') },
    }),
  );

/** What comes in, as days since the last time and hundredths of what could be paid. */
export const payments = fc.array(
  fc.record({ days: fc.integer({ min: 0, max: 30 }), share: fc.integer({ min: 1, max: 100 }) }),
  { minLength: 1, maxLength: 12 },
);
