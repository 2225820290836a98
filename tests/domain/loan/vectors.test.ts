import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { allocateRepayment, loanPosition } from '../../../src/domain/loan/position.ts';
import { schedule } from '../../../src/domain/loan/schedule.ts';
import { money, toDecimal } from '../../../src/domain/money.ts';
import { IN_HUNDREDS, MONTHLY, SMALL, WEEKLY, WHOLE_SCHEDULES } from './published-schedules.ts';
import { loanTerms, type Wording } from './wording.ts';

/**
 * Worked schedules from outside (L, W, S, A: other projects' test suites, manuals and pages) and of our own making (X).
 * Elsewhere: what becomes of a plan when it is paid (L24, P01-P08, X08: published-payments.test.ts), money in advance (A01-A07,
 * W06: advance.test.ts), late fees (course.test.ts) and what is no plan at all (../published-cases.test.ts). Left out: of
 * X10 the second of its three roundings, largest remainder; the rest goes to the last instalment here.
 */

const day = (text: string) => Temporal.PlainDate.from(text);
const pesos = (minor: bigint) => toDecimal(minor);
const duesOf = (wording: Wording) => schedule(loanTerms(wording)).map((line) => pesos(line.due.minor));
const interestOf = (wording: Wording) =>
  schedule(loanTerms(wording)).map((line) => pesos(line.interest.minor));
const balancesOf = (wording: Wording) =>
  schedule(loanTerms(wording)).map((line) => pesos(line.balance.minor));
const principalAndInterest = (wording: Wording) =>
  schedule(loanTerms(wording)).map((line) => `${pesos(line.principal.minor)} ${pesos(line.interest.minor)}`);

test.each(WHOLE_SCHEDULES)('$id: $title', ({ terms, rows }) => {
  const lines = schedule(loanTerms(terms)).map((line, index) => {
    const amounts = [line.principal, line.interest, line.due, line.balance]
      .map((m) => pesos(m.minor))
      .join(' ');
    return rows[index]?.startsWith('20') ? `${line.date.toString()} ${amounts}` : amounts;
  });
  expect(lines).toEqual(rows);
});

test('L17: money lent in addition is a new plan for what is then owed', () => {
  const monthly: Wording = { ...SMALL, every: '1 month', dayCount: 'equal' };
  expect(duesOf(monthly).slice(0, 2)).toEqual(['17.13', '17.13']);
  expect(interestOf(monthly).slice(0, 2)).toEqual(['0.79', '0.66']);
  expect(balancesOf(monthly)[0]).toBe('83.66');
  const rest: Wording = { ...monthly, principal: '167.19', n: 4 };
  expect(duesOf(rest)).toEqual(['42.63', '42.63', '42.63', '42.61']);
  expect(interestOf(rest)).toEqual(['1.32', '0.99', '0.67', '0.33']);
  expect(balancesOf(rest)).toEqual(['125.88', '84.24', '42.28', '0.00']);
});

test('L18: a lower rate is a new plan for what is then owed', () => {
  const before: Wording = { ...SMALL, ratePct: '7', every: '1 month', dayCount: '30/360' };
  expect([duesOf(before)[0], interestOf(before)[0], balancesOf(before)[0]]).toEqual([
    '17.01',
    '0.58',
    '83.57',
  ]);
  const after: Wording = { ...before, principal: '83.57', ratePct: '4', n: 5 };
  expect(duesOf(after)).toEqual(['16.88', '16.88', '16.88', '16.88', '16.89']);
  expect(interestOf(after)).toEqual(['0.28', '0.22', '0.17', '0.11', '0.06']);
  expect(balancesOf(after)).toEqual(['66.97', '50.31', '33.60', '16.83', '0.00']);
});

test('L21: a monthly rate on a weekly loan is 12/52 of it each week', () => {
  expect(principalAndInterest(WEEKLY)).toEqual([
    '2482.76 46.15',
    '2494.22 34.69',
    '2505.73 23.18',
    '2517.29 11.62',
  ]);
  expect(duesOf(WEEKLY)).toEqual(['2528.91', '2528.91', '2528.91', '2528.91']);
});

test('L22: after money in advance the rest is a new plan for what is then owed', () => {
  expect(principalAndInterest({ ...WEEKLY, principal: '3551.93', n: 2 })).toEqual([
    '1771.88 16.39',
    '1780.05 8.22',
  ]);
});

test('L23: the first interest put off by a week comes with the second', () => {
  expect(principalAndInterest({ ...WEEKLY, interestPaymentGrace: 1 })).toEqual([
    '2482.76 0.00',
    '2494.22 80.84',
    '2505.73 23.18',
    '2517.29 11.62',
  ]);
});

test.each([
  // id, grace, [instalment, principal and interest]
  [
    'L25',
    0,
    [
      [1, '416700.00 200000.00'],
      [2, '416700.00 191700.00'],
      [3, '416700.00 183300.00'],
      [4, '416700.00 175000.00'],
      [5, '416700.00 166700.00'],
      [6, '416700.00 158300.00'],
      [10, '416700.00 125000.00'],
      [20, '416700.00 41700.00'],
      [24, '415900.00 8300.00'],
    ],
  ],
  [
    'L26',
    5,
    [
      [1, '0.00 200000.00'],
      [5, '0.00 200000.00'],
      [6, '526300.00 200000.00'],
      [7, '526300.00 189500.00'],
      [10, '526300.00 157900.00'],
      [20, '526300.00 52600.00'],
      [24, '526600.00 10500.00'],
    ],
  ],
] as const)(
  '%s: equal principal, every figure in hundreds, %d months of interest only',
  (_id, grace, rows) => {
    const lines = principalAndInterest({ ...IN_HUNDREDS, principalGrace: grace });
    expect(rows.map(([n]) => [n, lines[n - 1]])).toEqual(rows);
  },
);

test('A11: the interest of every due instalment is paid before any principal', () => {
  const terms: Wording = {
    ...IN_HUNDREDS,
    principal: '12000.00',
    n: 4,
    equalPrincipal: false,
    disbursed: '2011-09-20',
  };
  expect(principalAndInterest(terms)).toEqual([
    '3000.00 200.00',
    '3000.00 200.00',
    '3100.00 100.00',
    '2900.00 100.00',
  ]);
  const loan = {
    schedule: schedule(loanTerms(terms)),
    paidPrincipal: money(600_000n),
    paidInterest: money(40_000n),
  };
  expect(allocateRepayment({ ...loan, amount: money(320_000n), on: day('2012-01-20') })).toEqual({
    ok: true,
    value: { interest: money(20_000n), principal: money(300_000n) },
  });
});

test('W01: a stated charge of 2,000 on 10,000 over 8 weeks is 1,500 a week, the first after 7 days', () => {
  const lines = schedule(
    loanTerms({ ...WEEKLY, interest: 'upfront', ratePct: '0', charge: '2000.00', n: 8 }),
  );
  expect(lines.map((line) => pesos(line.due.minor))).toEqual(Array.from({ length: 8 }, () => '1500.00'));
  expect(lines[0]?.date.toString()).toBe('2026-09-08');
});

test('W07: the centavo that a published table loses is in the last instalment', () => {
  const wording: Wording = {
    ...MONTHLY,
    principal: '10000.00',
    ratePct: '3',
    n: 3,
    instalmentMultiple: undefined,
  };
  expect(duesOf(wording)).toEqual(['3633.33', '3633.33', '3633.34']);
});

test('W09: interest only, and everything lent comes back at the end', () => {
  const wording: Wording = { ...MONTHLY, principal: '1000000.00', interest: 'declining', ratePct: '2', n: 3 };
  expect(duesOf({ ...wording, principalGrace: 2 })).toEqual(['20000.00', '20000.00', '1020000.00']);
});

test.each([
  // principal, percent a year, months, interest
  ['100000.00', '12', 6, '6000.00'],
  ['10000.00', '10', 12, '1000.00'],
])('S12: %s at %s %% a year for %d months costs %s', (...[principal, ratePct, n, cost]) => {
  const lines = schedule(loanTerms({ ...MONTHLY, principal, ratePct, ratePer: 'year', n }));
  expect(pesos(lines.reduce((all, line) => all + line.interest.minor, 0n))).toBe(cost);
});

test('Q07: 750 still owed over five instalments is 150 each', () => {
  expect(duesOf({ ...MONTHLY, principal: '750.00', ratePct: '0', n: 5 })).toEqual(
    Array.from({ length: 5 }, () => '150.00'),
  );
});

test('X07: a charge of 5 % a month for three months is owed from the first day, whatever is paid when', () => {
  const lines = schedule(
    loanTerms({
      ...MONTHLY,
      principal: '1500.00',
      interest: 'upfront',
      ratePct: '5',
      ratePer: 'month',
      n: 3,
    }),
  );
  let loan = { schedule: lines, paidPrincipal: money(0n), paidInterest: money(0n) };
  const on = day('2022-11-15');
  const owed = [loanPosition({ ...loan, asOf: on }).owed];
  for (const minor of [40_000n, 90_000n, 42_500n]) {
    const paid = allocateRepayment({ ...loan, amount: money(minor), on });
    if (!paid.ok) throw new Error('refused');
    loan = {
      ...loan,
      paidPrincipal: money(loan.paidPrincipal.minor + paid.value.principal.minor),
      paidInterest: money(loan.paidInterest.minor + paid.value.interest.minor),
    };
    owed.push(loanPosition({ ...loan, asOf: on }).owed);
  }
  expect(owed.map((m) => pesos(m.minor))).toEqual(['1725.00', '1325.00', '425.00', '0.00']);
});

test('X09, X24: 3,000 flat at 4 % per 4 weeks over 16 weeks is 217.50 a week, 187.50 and 30.00', () => {
  const lines = schedule(
    loanTerms({
      ...WEEKLY,
      principal: '3000.00',
      interest: 'flat',
      ratePct: '4',
      ratePer: '4 weeks',
      n: 16,
      rounding: 'half-up',
      cashMultiple: '0.50',
    }),
  );
  expect(
    new Set(
      lines.map(
        (line) => `${pesos(line.due.minor)} ${pesos(line.principal.minor)} ${pesos(line.interest.minor)}`,
      ),
    ),
  ).toEqual(new Set(['217.50 187.50 30.00']));
  expect(pesos(lines.reduce((all, line) => all + line.due.minor, 0n))).toBe('3480.00');
});

test.each([
  // rounding, instalment in units of, the first eleven, the last
  ['half-even', undefined, '183.33', '183.37'],
  ['up', '1.00', '184.00', '176.00'],
] as const)(
  'X10: 2,000 and 10 %% over 12 weeks, rounded %s to %s',
  (...[rounding, instalmentMultiple, each, last]) => {
    const wording: Wording = {
      ...WEEKLY,
      principal: '2000.00',
      interest: 'flat',
      ratePct: '10',
      ratePer: 'loan',
      n: 12,
      rounding,
      instalmentMultiple,
    };
    expect(duesOf(wording)).toEqual([...Array.from({ length: 11 }, () => each), last]);
  },
);
