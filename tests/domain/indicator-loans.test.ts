// Days in arrears and paying on time, from a loan's plan and what came in on it day by day.

import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { asId, type MemberId } from '../../src/domain/ids.ts';
import { type LoanHistory, type LoanRecord, loanRecord } from '../../src/domain/indicators/loan-record.ts';
import type { LoanTerms } from '../../src/domain/loan/terms.ts';
import { money } from '../../src/domain/money.ts';
import { NO_INTEREST, parsePercent } from '../../src/domain/rate.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const BORROWER = asId<MemberId>('00000000-0000-7000-8000-000000000001');

/** 400.00 in four weekly instalments of 100.00, without interest: 8, 15, 22, 29 January. */
const TERMS: LoanTerms = {
  principal: money(40_000n),
  interest: 'flat',
  rate: NO_INTEREST,
  ratePer: 'period',
  every: { count: 1, unit: 'week' },
  n: 4,
  disbursed: day('2026-01-01'),
  rounding: 'half-up',
  cashUnitMinor: 1n,
  dayCount: 'equal',
};
type Paid = readonly [on: string, minor: bigint, by?: 'herself' | 'cover'];
const at = (on: string, paid: readonly Paid[], of: Partial<LoanHistory> = {}): LoanRecord => {
  const repaid = paid.map(([when, principal, by = 'herself']) => ({
    on: day(when),
    by,
    principal,
    interest: 0n,
  }));
  const outstanding = 40_000n - repaid.reduce((all, one) => all + one.principal, 0n);
  return loanRecord(
    {
      memberId: BORROWER,
      terms: TERMS,
      before: { principal: 0n, interest: 0n },
      outstanding,
      endedOn: undefined,
      ...of,
      repaid,
    },
    { day: day(on), from: day('2026-01-01') },
  );
};

test.each([
  ['2026-01-08', [], 0, 0n],
  ['2026-01-09', [], 1, 10_000n],
  ['2026-01-20', [], 12, 20_000n],
  ['2026-01-20', [['2026-01-08', 10_000n]], 5, 10_000n],
  ['2026-01-20', [['2026-01-18', 15_000n]], 5, 5_000n],
  ['2026-03-01', [['2026-01-08', 40_000n]], 0, 0n],
  // Coins: 0.50 missing is nothing, a centavo more is something.
  ['2026-01-15', [['2026-01-08', 9_950n]], 0, 0n],
  ['2026-01-15', [['2026-01-08', 9_949n]], 7, 51n],
] satisfies [string, Paid[], number, bigint][])('on %s after %s: %i days', (on, paid, days, overdue) => {
  expect(at(on, paid)).toMatchObject({ daysLate: days, overdue });
});

test('a small gap in an old instalment does not make a new one old', () => {
  expect(at('2026-01-17', [['2026-01-08', 9_960n]])).toMatchObject({ daysLate: 2, overdue: 10_040n });
});

test('on time is what had come by its day, oldest instalment first', () => {
  const late = at('2026-01-30', [
    ['2026-01-08', 10_000n],
    ['2026-01-16', 10_000n], // a day late
    ['2026-01-22', 10_000n],
    ['2026-01-29', 4_000n],
  ]);
  expect(late).toMatchObject({
    due: { count: 4n, minor: 40_000n },
    onTime: { count: 2n, minor: 24_000n },
  });
});

test('an instalment of today is neither due nor late yet', () => {
  expect(at('2026-01-15', [['2026-01-08', 10_000n]])).toMatchObject({
    due: { count: 1n, minor: 10_000n },
    onTime: { count: 1n },
    daysLate: 0,
  });
});

test('money in advance is on time', () => {
  expect(at('2026-01-30', [['2026-01-02', 40_000n]]).onTime).toEqual({ count: 4n, minor: 40_000n });
});

test('a cover ends the arrears, is not her own paying on time, and leaves her next instalment hers', () => {
  const paid: Paid[] = [
    ['2026-01-08', 10_000n],
    ['2026-01-15', 10_000n, 'cover'],
    ['2026-01-22', 10_000n],
  ];
  expect(at('2026-01-23', paid)).toMatchObject({
    daysLate: 0,
    due: { count: 3n },
    onTime: { count: 2n, minor: 20_000n },
    covered: 10_000n,
  });
});

test('a loan that a closing or a write-off ended is asked for nothing after that day', () => {
  const ended = at('2026-03-01', [['2026-01-08', 10_000n]], {
    outstanding: 0n,
    endedOn: day('2026-01-15'),
  });
  expect(ended).toMatchObject({ daysLate: 0, overdue: 0n, due: { count: 2n }, onTime: { count: 1n } });
});

test('what was repaid before the book began fills the plan first; instalments before it are not looked at', () => {
  const loan: LoanHistory = {
    memberId: BORROWER,
    terms: TERMS,
    before: { principal: 20_000n, interest: 0n },
    repaid: [{ on: day('2026-01-22'), by: 'herself', principal: 10_000n, interest: 0n }],
    outstanding: 10_000n,
    endedOn: undefined,
  };
  expect(loanRecord(loan, { day: day('2026-01-28'), from: day('2026-01-16') })).toMatchObject({
    daysLate: 0,
    due: { count: 1n },
    onTime: { count: 1n },
  });
  expect(loanRecord(loan, { day: day('2026-01-28'), from: undefined }).due.count).toBe(0n);
});

test('interest that is missing makes a loan late, and only principal is in the arrears rate', () => {
  const rate = parsePercent('4');
  if (rate === undefined) throw new Error('no percentage');
  const loan: LoanHistory = {
    memberId: BORROWER,
    terms: { ...TERMS, rate, ratePer: 'loan' }, // 16.00 of interest, 4.00 with each instalment
    before: { principal: 0n, interest: 0n },
    repaid: [{ on: day('2026-01-08'), by: 'herself', principal: 10_000n, interest: 0n }],
    outstanding: 30_000n,
    endedOn: undefined,
  };
  expect(loanRecord(loan, { day: day('2026-01-10'), from: day('2026-01-01') })).toMatchObject({
    daysLate: 2,
    overdue: 0n,
    onTime: { count: 0n, minor: 10_000n },
  });
});

test('more time without a payment never makes a loan less late, whatever was paid', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 15_000 })), {
        maxLength: 2,
      }),
      fc.integer({ min: 41, max: 90 }),
      (payments, on) => {
        const paid = payments.map(
          ([after, minor]): Paid => [day('2026-01-01').add({ days: after }).toString(), BigInt(minor)],
        );
        const now = at(day('2026-01-01').add({ days: on }).toString(), paid);
        const later = at(
          day('2026-01-01')
            .add({ days: on + 1 })
            .toString(),
          paid,
        );
        expect(later.daysLate).toBeGreaterThanOrEqual(now.daysLate);
        expect(now.onTime.minor <= now.due.minor && now.onTime.count <= now.due.count).toBe(true);
      },
    ),
  );
});
