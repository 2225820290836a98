import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type Instalment, schedule } from '../../../src/domain/loan/schedule.ts';
import { INSTALMENTS_MAX, type LoanTerms } from '../../../src/domain/loan/terms.ts';
import { money, type Rounding, toDecimal } from '../../../src/domain/money.ts';
import { parsePercent } from '../../../src/domain/rate.ts';
import { loanTerms, type Wording } from './wording.ts';

const WORDING: Wording = {
  principal: '1200.00',
  interest: 'flat',
  ratePct: '2',
  ratePer: 'month',
  every: '1 month',
  n: 4,
  disbursed: '2026-01-31',
  rounding: 'half-up',
};

const datesOf = (wording: Wording) => schedule(loanTerms(wording)).map((line) => line.date.toString());
const total = (lines: readonly Instalment[], part: 'principal' | 'interest' | 'due') =>
  lines.reduce((all, line) => all + line[part].minor, 0n);

test('monthly dates keep to the end of the month and come back to the 31st', () => {
  expect(datesOf(WORDING)).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
});

test('weekly and fortnightly dates keep the weekday', () => {
  expect(datesOf({ ...WORDING, every: '1 week', disbursed: '2026-12-22' })).toEqual([
    '2026-12-29',
    '2027-01-05',
    '2027-01-12',
    '2027-01-19',
  ]);
  expect(datesOf({ ...WORDING, every: '2 weeks', n: 2 })).toEqual(['2026-02-14', '2026-02-28']);
});

test('a loan handed over between meetings is due from the first meeting on', () => {
  const wording: Wording = { ...WORDING, every: '1 week', disbursed: '2026-09-03', firstDue: '2026-09-08' };
  expect(datesOf(wording)).toEqual(['2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29']);
  const flat = schedule(loanTerms(wording));
  const usual = schedule(loanTerms({ ...wording, disbursed: '2026-09-01' }));
  expect(total(flat, 'interest')).toBe(total(usual, 'interest'));
});

test('years and days are stepped too', () => {
  expect(datesOf({ ...WORDING, every: '1 year', n: 2, disbursed: '2024-02-29' })).toEqual([
    '2025-02-28',
    '2026-02-28',
  ]);
  expect(datesOf({ ...WORDING, every: '15 days', n: 2 })).toEqual(['2026-02-15', '2026-03-02']);
});

test.each([
  // rate, per, every, n, all the interest on 1,200.00
  ['2', 'month', '1 month', 4, '96.00'],
  ['2', 'period', '1 month', 4, '96.00'],
  ['24', 'year', '1 month', 4, '96.00'],
  ['8', 'loan', '1 month', 4, '96.00'],
  ['1', 'week', '2 weeks', 4, '96.00'],
  ['1', '15 days', '30 days', 4, '96.00'],
  ['7', 'week', '1 day', 4, '48.00'],
  ['1', 'day', '1 week', 1, '84.00'],
  ['5.2', 'year', '1 week', 10, '12.00'],
])('%s %% a %s, every %s, %d times, is %s flat', (...[ratePct, ratePer, every, n, cost]) => {
  const lines = schedule(loanTerms({ ...WORDING, ratePct, ratePer, every, n }));
  expect(toDecimal(total(lines, 'interest'))).toBe(cost);
});

test('rounding up may repay a small loan early: the rest of the lines are zero', () => {
  const lines = schedule(
    loanTerms({
      ...WORDING,
      principal: '100.00',
      ratePct: '10',
      ratePer: 'loan',
      rounding: 'up',
      instalmentMultiple: '50.00',
    }),
  );
  expect(lines.map((line) => toDecimal(line.due.minor))).toEqual(['50.00', '50.00', '10.00', '0.00']);
});

test('rounding down leaves the rest to the last instalment', () => {
  const lines = schedule(
    loanTerms({ ...WORDING, principal: '1000.00', rounding: 'down', instalmentMultiple: '50.00' }),
  );
  expect(lines.map((line) => toDecimal(line.due.minor))).toEqual(['250.00', '250.00', '250.00', '330.00']);
});

test('a group that rounds up keeps its smaller last instalment on a declining loan', () => {
  const wording: Wording = {
    ...WORDING,
    interest: 'declining',
    principal: '1000.00',
    n: 3,
    instalmentMultiple: '5.00',
  };
  const dues = (rounding: Rounding) =>
    schedule(loanTerms({ ...wording, rounding })).map((line) => toDecimal(line.due.minor));
  expect(dues('up')).toEqual(['350.00', '350.00', '340.07']);
  expect(dues('half-up')).toEqual(['345.00', '345.00', '350.37']);
});

test('equal principal with whole-peso instalments', () => {
  const lines = schedule(
    loanTerms({
      ...WORDING,
      interest: 'declining',
      principal: '1000.00',
      n: 3,
      ratePct: '1.55',
      equalPrincipal: true,
      instalmentMultiple: '1.00',
    }),
  );
  expect(lines.map((line) => `${toDecimal(line.principal.minor)} ${toDecimal(line.interest.minor)}`)).toEqual(
    ['333.50 15.50', '333.67 10.33', '332.83 5.16'],
  );
});

test('terms that cannot be worked out are our own mistake', () => {
  expect(() => schedule({ ...loanTerms(WORDING), n: 0 })).toThrow('loan terms are within their bounds');
});

const roundings = fc.constantFrom<Rounding>('half-up', 'half-even', 'down', 'up');
const spans = fc.record({
  count: fc.integer({ min: 1, max: 30 }),
  unit: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'year' as const),
});

/** Any loan that `wrongTerm` lets through, with sums and rates beyond what a group would agree. */
const anyTerms: fc.Arbitrary<LoanTerms> = fc
  .record({
    minor: fc.bigInt({ min: 1n, max: 100_000_000n }),
    interest: fc.constantFrom('flat' as const, 'declining' as const, 'upfront' as const),
    rate: fc.integer({ min: 0, max: 60 }),
    ratePer: fc.oneof(fc.constantFrom('loan' as const, 'period' as const), spans),
    every: spans,
    n: fc.integer({ min: 1, max: 60 }),
    day: fc.integer({ min: 0, max: 3000 }),
    rounding: roundings,
    cashUnitMinor: fc.constantFrom(1n, 50n, 100n, 500n),
    multiple: fc.option(fc.constantFrom(1n, 2n, 10n), { nil: undefined }),
    equalPrincipal: fc.boolean(),
    grace: fc.integer({ min: 0, max: 59 }),
    interestGrace: fc.integer({ min: 0, max: 59 }),
    actual: fc.boolean(),
    firstIn: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  })
  .map((x) => {
    const disbursed = Temporal.PlainDate.from('2020-01-01').add({ days: x.day });
    const rate = parsePercent(`${x.rate}`);
    if (rate === undefined) throw new Error('a whole percentage is a rate');
    return {
      principal: money(x.minor),
      interest: x.interest,
      rate,
      ratePer: x.ratePer,
      every: x.every,
      n: x.n,
      disbursed,
      rounding: x.rounding,
      cashUnitMinor: x.cashUnitMinor,
      dayCount: x.actual && typeof x.ratePer !== 'string' ? { type: 'actual', yearDays: 365 } : 'equal',
      firstDue: x.firstIn === undefined ? undefined : disbursed.add({ days: x.firstIn }),
      equalPrincipal: x.equalPrincipal && x.interest === 'declining',
      instalmentMultiple: x.multiple === undefined ? undefined : x.multiple * x.cashUnitMinor,
      principalGrace: Math.min(x.grace, x.n - 1),
      interestPaymentGrace: Math.min(x.interestGrace, x.n - 1),
    };
  });

test('any plan has n lines, adds up to the loan, and has nothing below zero', () => {
  fc.assert(
    fc.property(anyTerms, (terms) => {
      const lines = schedule(terms);
      expect(lines).toHaveLength(terms.n);
      expect(total(lines, 'principal')).toBe(terms.principal.minor);
      expect(lines.at(-1)?.balance.minor).toBe(0n);
      let balance = terms.principal.minor;
      for (const line of lines) {
        balance -= line.principal.minor;
        expect(line.balance.minor).toBe(balance);
        expect(line.due.minor).toBe(line.principal.minor + line.interest.minor);
        expect(line.principal.minor >= 0n && line.interest.minor >= 0n && balance >= 0n).toBe(true);
      }
      const dates = lines.map((line) => line.date.toString());
      expect([...new Set(dates)].sort()).toEqual(dates);
    }),
    { numRuns: 300 },
  );
});

test('interest on what is still owed never rises from one instalment to the next', () => {
  const equallyLong = anyTerms
    .filter((terms) => terms.dayCount === 'equal')
    .map((terms) => ({
      ...terms,
      interest: 'declining' as const,
      firstDue: undefined,
      interestPaymentGrace: undefined,
    }));
  fc.assert(
    fc.property(equallyLong, (terms) => {
      const interest = schedule(terms).map((line) => line.interest.minor);
      interest.forEach((here, k) => expect(k === 0 || here <= (interest[k - 1] ?? 0n)).toBe(true));
    }),
    { numRuns: 300 },
  );
});

test('all the interest of a flat loan is the rate for the whole term, rounded once', () => {
  fc.assert(
    fc.property(
      anyTerms.filter((terms) => terms.interest !== 'declining' && terms.ratePer === 'period'),
      (terms) => {
        const exact = terms.principal.minor * terms.rate * BigInt(terms.n);
        const interest = total(schedule(terms), 'interest');
        const off = interest * 1_000_000n - exact;
        expect((off < 0n ? -off : off) < terms.cashUnitMinor * 1_000_000n).toBe(true);
        expect(interest % terms.cashUnitMinor).toBe(0n);
      },
    ),
    { numRuns: 100 },
  );
});

test('the last instalment of a level loan to the centavo is within a centavo per period of the others', () => {
  fc.assert(
    fc.property(
      fc.record({
        minor: fc.bigInt({ min: 100_000n, max: 100_000_000n }),
        n: fc.integer({ min: 1, max: 104 }),
        rate: fc.integer({ min: 0, max: 10 }),
      }),
      ({ minor, n, rate }) => {
        const wording: Wording = {
          ...WORDING,
          interest: 'declining',
          every: '1 week',
          ratePct: `${rate}`,
          n,
        };
        const lines = schedule({ ...loanTerms(wording), principal: money(minor) });
        const first = lines[0]?.due.minor ?? 0n;
        const last = lines.at(-1)?.due.minor ?? 0n;
        expect(Math.abs(Number(last - first))).toBeLessThanOrEqual(n * Math.max(1, rate));
      },
    ),
    { numRuns: 100 },
  );
});

test('the longest loan by the days of the calendar is worked out at once', () => {
  const started = performance.now();
  const lines = schedule(
    loanTerms({
      ...WORDING,
      interest: 'declining',
      every: '1 week',
      n: INSTALMENTS_MAX,
      ratePct: '9.4822',
      ratePer: 'year',
      dayCount: 'actual/365',
    }),
  );
  expect(total(lines, 'principal')).toBe(120_000n);
  expect(performance.now() - started).toBeLessThan(1000);
});
