import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { allocateRepayment, loanPosition, type RepaidSoFar } from '../../../src/domain/loan/position.ts';
import { schedule } from '../../../src/domain/loan/schedule.ts';
import { money, toDecimal, zero } from '../../../src/domain/money.ts';
import { loanTerms, type Wording } from './wording.ts';

/** 600.00 and 5 % over three weeks: 200.00 + 10.00 on 8, 15 and 22 September 2026. */
const WORDING: Wording = {
  principal: '600.00',
  interest: 'flat',
  ratePct: '5',
  ratePer: 'loan',
  every: '1 week',
  n: 3,
  disbursed: '2026-09-01',
  rounding: 'half-up',
};

const day = (text: string) => Temporal.PlainDate.from(text);
const loanWith = (paid: { principal?: bigint; interest?: bigint }, wording = WORDING): RepaidSoFar => ({
  schedule: schedule(loanTerms(wording)),
  paidPrincipal: money(paid.principal ?? 0n),
  paidInterest: money(paid.interest ?? 0n),
});

test.each([
  // on            paid: principal, interest   due now   late      next
  ['2026-09-01', 0n, 0n, '0.00', '0.00', '2026-09-08 210.00'],
  ['2026-09-08', 0n, 0n, '210.00', '0.00', '2026-09-08 210.00'],
  ['2026-09-09', 0n, 0n, '210.00', '210.00', '2026-09-15 210.00'],
  ['2026-09-15', 5_000n, 1_000n, '360.00', '150.00', '2026-09-15 210.00'],
  ['2026-09-15', 20_000n, 1_000n, '210.00', '0.00', '2026-09-15 210.00'],
  ['2026-09-15', 40_000n, 2_000n, '0.00', '0.00', '2026-09-22 210.00'],
  ['2026-09-09', 25_000n, 2_000n, '0.00', '0.00', '2026-09-15 150.00'],
  ['2026-10-01', 40_000n, 2_000n, '210.00', '210.00', undefined],
  ['2026-10-01', 60_000n, 3_000n, '0.00', '0.00', undefined],
])(
  'on %s with %d and %d repaid: due %s, late %s, next %s',
  (...[on, principal, interest, dueNow, arrears, next]) => {
    const position = loanPosition({ ...loanWith({ principal, interest }), asOf: day(on) });
    expect(toDecimal(position.dueNow.minor)).toBe(dueNow);
    expect(toDecimal(position.arrears.minor)).toBe(arrears);
    expect(position.next && `${position.next.date.toString()} ${toDecimal(position.next.due.minor)}`).toBe(
      next,
    );
    expect(position.outstandingPrincipal).toEqual(money(60_000n - principal));
    expect(position.outstandingInterest).toEqual(money(3_000n - interest));
    expect(position.owed).toEqual(money(63_000n - principal - interest));
  },
);

test('interest paid in advance does not hide principal that is late', () => {
  const position = loanPosition({ ...loanWith({ interest: 3_000n }), asOf: day('2026-09-09') });
  expect(position.arrears).toEqual(money(20_000n));
});

test('a line of zero is never the next payment', () => {
  const wording: Wording = { ...WORDING, principalGrace: 1, interestPaymentGrace: 1 };
  const position = loanPosition({ ...loanWith({}, wording), asOf: day('2026-09-01') });
  expect(position.next).toEqual({ date: day('2026-09-15'), due: money(32_000n) });
});

test.each([
  // Q03: 1,000 in four instalments of 250 due 1, 16 and 31 October and 15 November 2023
  ['2023-10-25', 0n, '500.00'],
  ['2023-11-16', 0n, '1000.00'],
  ['2023-10-26', 25_000n, '250.00'],
])('Q03: on %s with %d repaid, %s is late', (on, principal, late) => {
  const wording: Wording = {
    ...WORDING,
    principal: '1000.00',
    ratePct: '0',
    every: '15 days',
    n: 4,
    disbursed: '2023-09-16',
  };
  const position = loanPosition({ ...loanWith({ principal }, wording), asOf: day(on) });
  expect(toDecimal(position.arrears.minor)).toBe(late);
});

test.each([
  // on            amount    interest  principal   of which nothing was repaid before
  ['2026-09-08', 500n, 500n, 0n],
  ['2026-09-08', 21_000n, 1_000n, 20_000n],
  ['2026-09-08', 21_500n, 1_500n, 20_000n],
  ['2026-09-08', 25_000n, 2_000n, 23_000n],
  ['2026-09-01', 20_500n, 1_000n, 19_500n],
  ['2026-09-16', 21_000n, 2_000n, 19_000n],
  ['2026-09-22', 3_100n, 3_000n, 100n],
  ['2026-09-01', 63_000n, 3_000n, 60_000n],
])('on %s, %d goes %d to interest and %d to principal', (...[on, amount, interest, principal]) => {
  expect(allocateRepayment({ ...loanWith({}), amount: money(amount), on: day(on) })).toEqual({
    ok: true,
    value: { interest: money(interest), principal: money(principal) },
  });
});

test('A01: what is over after the instalment due goes to the next one', () => {
  const wording: Wording = {
    ...WORDING,
    principal: '300.00',
    ratePct: '0',
    every: '15 days',
    disbursed: '2023-09-01',
  };
  const on = day('2023-09-16');
  const paid = allocateRepayment({ ...loanWith({}, wording), amount: money(15_000n), on });
  expect(paid).toEqual({ ok: true, value: { interest: zero(), principal: money(15_000n) } });
  const position = loanPosition({ ...loanWith({ principal: 15_000n }, wording), asOf: on });
  expect(position.next).toEqual({ date: day('2023-10-01'), due: money(5_000n) });
  expect(position.owed).toEqual(money(15_000n));
});

test('W06: more than is owed is refused and says how much is owed', () => {
  const wording: Wording = { ...WORDING, principal: '3000.00', ratePct: '0', n: 10 };
  expect(
    allocateRepayment({ ...loanWith({}, wording), amount: money(310_000n), on: day('2026-09-08') }),
  ).toEqual({ ok: false, refusal: { type: 'more_than_owed', owed: money(300_000n) } });
});

test('a repayment of nothing, too much in the ledger, or a second currency is our own mistake', () => {
  const on = day('2026-09-08');
  expect(() => allocateRepayment({ ...loanWith({}), amount: zero(), on })).toThrow('above zero');
  expect(() => loanPosition({ ...loanWith({ principal: 60_001n }), asOf: on })).toThrow('no more is repaid');
  expect(() => loanPosition({ ...loanWith({ interest: -1n }), asOf: on })).toThrow('zero or more');
  expect(() => loanPosition({ ...loanWith({}), paidInterest: zero('USD'), asOf: on })).toThrow(
    'one currency',
  );
  expect(() => allocateRepayment({ ...loanWith({}), amount: money(1n, 'USD'), on })).toThrow('one currency');
});

const loans = fc
  .record({
    minor: fc.bigInt({ min: 1n, max: 1_000_000n }),
    n: fc.integer({ min: 1, max: 20 }),
    interest: fc.constantFrom('flat' as const, 'declining' as const, 'upfront' as const),
    grace: fc.integer({ min: 0, max: 3 }),
    multiple: fc.constantFrom(undefined, 100n),
  })
  .map((x) => {
    const wording: Wording = { ...WORDING, interest: x.interest, n: x.n };
    return schedule({
      ...loanTerms(wording),
      principal: money(x.minor),
      principalGrace: Math.min(x.grace, x.n - 1),
      interestPaymentGrace: Math.min(x.grace, x.n - 1),
      instalmentMultiple: x.multiple,
    });
  });

const chunks = fc.array(
  fc.record({ share: fc.integer({ min: 1, max: 100 }), days: fc.integer({ min: 0, max: 20 }) }),
  { minLength: 1, maxLength: 20 },
);

test('paid in any pieces on any days, every piece is split whole and the loan ends at exactly zero', () => {
  fc.assert(
    fc.property(loans, chunks, (lines, pieces) => {
      let loan: RepaidSoFar = { schedule: lines, paidPrincipal: zero(), paidInterest: zero() };
      let on = day('2026-09-01');
      const pay = (minor: bigint) => {
        const before = loanPosition({ ...loan, asOf: on });
        const paid = allocateRepayment({ ...loan, amount: money(minor), on });
        if (!paid.ok) throw new Error('refused what is owed');
        const { interest, principal } = paid.value;
        expect(interest.minor + principal.minor).toBe(minor);
        expect(interest.minor >= 0n && principal.minor >= 0n).toBe(true);
        loan = {
          schedule: lines,
          paidPrincipal: money(loan.paidPrincipal.minor + principal.minor),
          paidInterest: money(loan.paidInterest.minor + interest.minor),
        };
        const after = loanPosition({ ...loan, asOf: on });
        expect(after.owed.minor).toBe(before.owed.minor - minor);
        const dueLeft = before.dueNow.minor - minor;
        expect(after.dueNow.minor).toBe(dueLeft > 0n ? dueLeft : 0n);
      };
      for (const { share, days } of pieces) {
        on = on.add({ days });
        const { owed } = loanPosition({ ...loan, asOf: on });
        const part = (owed.minor * BigInt(share)) / 100n;
        if (part > 0n) pay(part);
      }
      const { owed } = loanPosition({ ...loan, asOf: on });
      expect(allocateRepayment({ ...loan, amount: money(owed.minor + 1n), on }).ok).toBe(false);
      if (owed.minor > 0n) pay(owed.minor);
      const end = loanPosition({ ...loan, asOf: on });
      expect([end.owed.minor, end.outstandingPrincipal.minor, end.outstandingInterest.minor]).toEqual([
        0n,
        0n,
        0n,
      ]);
      expect(end.next).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});
