import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { AgreedLateFee } from '../../../src/domain/loan/agreed.ts';
import { type Course, courseOf, type LoanFacts } from '../../../src/domain/loan/course.ts';
import { feeCap, meetingFee } from '../../../src/domain/loan/late-fee.ts';
import { payOff, withoutRepayment } from '../../../src/domain/loan/repaying.ts';
import { type NewPlan, replanned } from '../../../src/domain/loan/replan.ts';
import { schedule } from '../../../src/domain/loan/schedule.ts';
import { repay } from '../../../src/domain/loan/share-repayment.ts';
import { isOwing, type LoanStanding, owing } from '../../../src/domain/loan/standing.ts';
import { money, toDecimal } from '../../../src/domain/money.ts';
import { anyLoan, FLAT, payments, percent } from './any-loan.ts';
import { FIVE_THOUSAND } from './published-payments.ts';
import { after, cents, day, fresh, open } from './repaid-loan.ts';
import { loanTerms } from './wording.ts';

/** After two instalments of 862.00: four are to come, and 3,366.59 is lent. */
const COMING = ['840.69', '849.00', '857.00', '819.90'].map((principal) => ({
  principal: cents(principal),
  interest: cents('862.00') - cents(principal),
}));

// From the first payment on: published-payments.test.ts.
describe('three plans from the same payments', () => {
  const terms = loanTerms(FIVE_THOUSAND);
  test.each([
    ['P06', 'fewer', ['840.69 21.31', '850.49 11.51', '399.41 4.07', '0.00 0.00']],
    ['P07', 'smaller', ['514.69 21.31', '521.49 14.51', '525.25 10.75', '529.16 5.22']],
    ['P08', 'skip-next', ['0.00 21.31', '407.45 19.24', '844.85 17.15', '838.29 8.27']],
  ] as const)('%s: %s', (...[, policy, lines]) => {
    const plan = replanned(terms, COMING, { from: 2, excess: cents('1276.00'), policy });
    expect(plan.map(({ principal, interest }) => `${toDecimal(principal)} ${toDecimal(interest)}`)).toEqual(
      lines,
    );
  });

  test('L22: two days before the second meeting its interest is paid whole, then principal; 3,551.93 ends it', () => {
    const weekly = loanTerms({
      principal: '10000.00',
      interest: 'declining',
      ratePct: '2',
      ratePer: 'month',
      every: '1 week',
      n: 4,
      disbursed: '2026-09-01',
      rounding: 'half-up',
    });
    const loan = after(
      after(fresh({ ...weekly, excess: 'smaller' }), '2026-09-08', '2528.91'),
      '2026-09-13',
      '4000.00',
    );
    expect(loan.repaid?.at(-1)).toMatchObject({ interest: cents('34.69'), principal: cents('3965.31') });
    expect(open(loan)).toEqual(['1771.88 16.39', '1780.05 8.22']);
    expect(toDecimal(payOff([loan], day('2026-09-15')).total.minor)).toBe('3551.93');
    expect(isOwing([after(loan, '2026-09-15', '3551.93')])).toBe(false);
    expect(() => after(loan, '2026-09-15', '3551.94')).toThrow('refused: 3551.93');
  });
});

/** 1,000.00 flat: 10 weeks of 100.00 + 4.00, from 8 September 2026. */

test.each([
  // 304.00 in the first meeting: 104.00 is due, 200.00 is in advance
  ['fewer', '2026-09-15 104.00', ['100.00 4.00', 8, '8.00 0.00']],
  ['smaller', '2026-09-15 81.77', ['77.77 4.00', 9, '77.78 4.00']],
  ['skip-next', '2026-09-22 8.00', ['8.00 0.00', 8, '100.00 4.00']],
] as const)('a flat loan keeps its interest: %s, next %s', (excess, next, [first, count, last]) => {
  const loan = after(fresh({ ...loanTerms(FLAT), excess }), '2026-09-08', '304.00');
  const lines = open(loan);
  expect(owing([loan], day('2026-09-09')).next).toMatchObject({
    date: day(next.slice(0, 10)),
    due: money(cents(next.slice(11))),
  });
  expect(lines[0]).toBe(first);
  expect([lines.length, lines.at(-1)]).toEqual([count, last]);
  expect(toDecimal(payOff([loan], day('2026-09-09')).total.minor)).toBe('736.00');
});

describe('what one meeting adds for late instalments', () => {
  const terms = loanTerms(FLAT);
  const times = (n: number, principal: string, interest: string) =>
    Array.from({ length: n }, () => ({ principal: cents(principal), interest: cents(interest) }));
  test.each([
    ['Q01', percent('1.5', 'principal'), times(1, '1000.00', '30.00'), '15.00'],
    ['Q02', percent('1.5', 'instalment'), times(1, '1000.00', '30.00'), '15.45'],
    ['W03, one', percent('5', 'instalment'), times(1, '300.00', '0.00'), '15.00'],
    ['W03, two', percent('5', 'instalment'), times(2, '300.00', '0.00'), '30.00'],
    ['W04', percent('5', 'instalment'), times(3, '333.33', '0.00'), '50.00'],
    [
      'an amount',
      { kind: 'fixed', amount: money(500n), cap: 'instalment' } as const,
      times(2, '1.00', '0.00'),
      '10.00',
    ],
  ])('%s', (_, fee, overdue, expected) => {
    expect(toDecimal(meetingFee(fee, overdue, terms))).toBe(expected);
  });
});

/** Five pesos for each late instalment and meeting, from the first meeting on. */
const FIVE: AgreedLateFee = {
  kind: 'fixed',
  amount: money(500n),
  cap: 'instalment',
  from: day('2026-09-01'),
};

const feeOn = (loan: LoanStanding, on: string): string => toDecimal(owing([loan], day(on)).lateFee.minor);

describe('late fees', () => {
  const loan = fresh({ ...loanTerms(FLAT), lateFee: FIVE });
  test.each([
    ['2026-09-08', '0.00'],
    ['2026-09-11', '0.00'],
    ['2026-09-12', '5.00'],
    ['2026-09-18', '5.00'],
    ['2026-09-19', '15.00'],
    ['2027-09-19', '104.00'],
  ])('nothing was paid: on %s, %s', (on, fee) => {
    expect(feeOn(loan, on)).toBe(fee);
  });

  test('paid within three days of the meeting is paid at the meeting; half a peso is not late', () => {
    expect(feeOn(after(loan, '2026-09-11', '103.50'), '2026-09-14')).toBe('0.00');
    expect(feeOn(after(loan, '2026-09-11', '103.49'), '2026-09-14')).toBe('5.00');
  });

  test('W05: the fee is paid first, then what is due', () => {
    const paid = after(loan, '2026-09-12', '109.00');
    expect(paid.repaid?.[0]).toMatchObject({ fee: 500n, interest: 400n, principal: 10_000n });
    expect(owing([paid], day('2026-09-14'))).toMatchObject({ lateFee: money(0n), arrears: money(0n) });
  });

  test('a payment that is taken back leaves no trace, its fee included', () => {
    const paid = after(loan, '2026-09-12', '109.00');
    const [gone] = paid.repaid ?? [];
    if (!gone) throw new Error('nothing was booked');
    expect(withoutRepayment(paid, gone)).toEqual(loan);
    expect(feeOn(withoutRepayment(paid, gone), '2026-09-19')).toBe('15.00');
  });
});

describe('a new plan', () => {
  const late = fresh({
    ...loanTerms({ ...FLAT, ratePer: 'period', ratePct: '0.4' }),
    excess: 'fewer',
    lateFee: FIVE,
  });
  const plan: NewPlan = { on: day('2026-09-22'), n: 20, firstDue: day('2026-09-29') };
  const anew = { ...after(late, '2026-09-08', '104.00'), plans: [plan] };

  test('what is lent is spread over the new instalments; interest that was due comes with the first', () => {
    const lines = courseOf(
      {
        terms: anew.terms,
        before: { principal: 0n, interest: 0n },
        repaid: anew.repaid ?? [],
        plans: [plan],
      },
      plan.on,
    ).lines;
    expect(
      lines.slice(0, 2).map(({ date, principal, interest }) => [date.toString(), principal, interest]),
    ).toEqual([
      ['2026-09-29', 0n, 800n],
      ['2026-09-29', 4_500n, 360n],
    ]);
    expect(lines.length).toBe(21);
    expect(lines.reduce((all, { principal }) => all + principal, 0n)).toBe(90_000n);
  });

  test('nothing is late on the day after; the late fee charged before stays', () => {
    expect(owing([anew], day('2026-09-24'))).toMatchObject({ lateFee: money(500n), arrears: money(500n) });
  });

  test('a charge for the whole loan is not worked out again (A1.6), and Q07: 750 over five is 150 each', () => {
    const upfront = fresh(loanTerms({ ...FLAT, interest: 'upfront' }));
    const again = { ...upfront, plans: [{ on: day('2026-09-01'), n: 20, firstDue: day('2026-09-08') }] };
    expect(open(again)[0]).toBe('50.00 2.00');
    expect(payOff([again], day('2026-09-01')).total).toEqual(money(104_000n));
    const q07 = fresh(loanTerms({ ...FLAT, principal: '750.00', ratePct: '0', n: 3 }));
    const longer = { ...q07, plans: [{ on: day('2026-09-01'), n: 5, firstDue: day('2026-09-08') }] };
    expect(open(longer)).toEqual(Array.from({ length: 5 }, () => '150.00 0.00'));
  });
});

const capOf = ({ terms }: LoanStanding): bigint =>
  terms.lateFee ? feeCap(terms.lateFee, schedule(terms)) : 0n;

const feesOf = (loan: LoanStanding): bigint => (loan.repaid ?? []).reduce((all, { fee }) => all + fee, 0n);

test('whatever is paid when: parts add up, late fees stay below the cap, and the pay-off leaves nothing', () => {
  fc.assert(
    fc.property(
      anyLoan,
      payments,
      fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined }),
      (start, pieces, n) => {
        let loan = start;
        let on = start.terms.disbursed;
        pieces.forEach(({ days, share }, index) => {
          on = on.add({ days });
          if (n !== undefined && index === 2)
            loan = { ...loan, plans: [{ on, n, firstDue: on.add({ days: 7 }) }] };
          const most = payOff([loan], on).total.minor;
          const part = (most * BigInt(share)) / 100n;
          if (part > 0n) loan = after(loan, on.toString(), part);
          const { owed, dueNow, arrears, lateFee } = owing([loan], on);
          expect(payOff([loan], on).total.minor).toBe(most - part);
          expect(
            owed.minor >= dueNow.minor && dueNow.minor >= arrears.minor && arrears.minor >= lateFee.minor,
          ).toBe(true);
          expect(feesOf(loan) + lateFee.minor <= capOf(loan)).toBe(true);
        });
        const { total } = payOff([loan], on);
        expect(repay([loan], money(total.minor + 1n), on).ok).toBe(false);
        if (total.minor > 0n) loan = after(loan, on.toString(), total.minor);
        expect(isOwing([loan])).toBe(false);
        expect(owing([loan], on.add({ years: 5 })).owed.minor).toBe(0n);
        expect(loan.paidPrincipal).toEqual(loan.terms.principal);
      },
    ),
    { numRuns: 150 },
  );
});

test('two payments of one day leave the same in either order', () => {
  fc.assert(
    fc.property(anyLoan, payments, fc.integer({ min: 1, max: 99 }), (start, pieces, cut) => {
      let loan = start;
      let on = start.terms.disbursed;
      for (const { days, share } of pieces) {
        on = on.add({ days });
        const part = (payOff([loan], on).total.minor * BigInt(share)) / 200n;
        if (part < 2n) continue;
        const [a, b] = [(part * BigInt(cut)) / 100n, part - (part * BigInt(cut)) / 100n];
        if (a === 0n || b === 0n) continue;
        const one = after(after(loan, on.toString(), a), on.toString(), b);
        const other = after(after(loan, on.toString(), b), on.toString(), a);
        expect([other.paidPrincipal, other.paidInterest, feesOf(other)]).toEqual([
          one.paidPrincipal,
          one.paidInterest,
          feesOf(one),
        ]);
        expect(open(other)).toEqual(open(one));
        loan = one;
      }
    }),
    { numRuns: 100 },
  );
});

test('money that is more than the plan asks for, as a correction of earlier money may leave it, is left out', () => {
  const { terms } = fresh({ ...loanTerms({ ...FLAT, interest: 'declining', n: 1 }), excess: 'smaller' });
  const nothing = { principal: 0n, interest: 0n };
  const came = { on: day('2026-09-22'), principal: 100_000n, interest: 4_001n, fee: 0n };
  const { lines } = courseOf({ terms, before: nothing, repaid: [came], plans: [] }, came.on);
  expect(lines).toMatchObject([nothing]);
});

test('a course that goes on from what is remembered is the one that is worked out from nothing', () => {
  fc.assert(
    fc.property(
      anyLoan,
      payments,
      fc.array(fc.nat({ max: 400 }), { minLength: 48, maxLength: 48 }),
      (start, pieces, draws) => {
        const asked: { readonly facts: LoanFacts; readonly on: Temporal.PlainDate }[] = [];
        let loan = start;
        let on = start.terms.disbursed;
        for (const [n, { days, share }] of pieces.entries()) {
          on = on.add({ days });
          if (days % 7 === 3)
            loan = { ...loan, plans: [{ on, n: 1 + share, firstDue: on.add({ days: 7 }) }] };
          const part = (payOff([loan], on).total.minor * BigInt(share)) / 150n;
          if (part > 0n) loan = after(loan, on.toString(), part);
          const { terms, repaid = [], plans = [] } = loan;
          const facts = { terms, before: { principal: 0n, interest: 0n }, repaid, plans };
          // As it is, without its first money, with money of before the book; and on any day, long past ones included.
          asked.push({ facts, on });
          asked.push({
            facts: { ...facts, repaid: repaid.slice(1) },
            on: on.add({ days: draws[n] ?? 0 }),
          });
          asked.push({ facts: { ...facts, before: { principal: 1n, interest: 1n } }, on });
        }
        const mixed = [...asked, ...asked].map((one, n) => ({ one, at: draws[n % draws.length] ?? 0 }));
        for (const { one } of mixed.toSorted((a, b) => a.at - b.at)) {
          for (const day of [one.on, start.terms.disbursed]) {
            const anew = { ...one.facts, terms: { ...one.facts.terms } };
            expect(figures(courseOf(one.facts, day))).toEqual(figures(courseOf(anew, day)));
          }
        }
      },
    ),
    { numRuns: 40 },
  );
});

const figures = ({ lines, feesCharged, feesPaid, meeting }: Course) => [
  lines.map(({ n, date, principal, interest }) => [n, date.toString(), principal, interest]),
  feesCharged,
  feesPaid,
  meeting?.toString(),
];
