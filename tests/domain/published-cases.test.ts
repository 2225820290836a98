// Published cases that are no plan, no closing and no split: shares, fees, what is lost, what was counted.

import { describe, expect, test } from 'vitest';
import { planLoss } from '../../src/domain/closing/write-off.ts';
import { asId, type MemberId } from '../../src/domain/ids.ts';
import { fold } from '../../src/domain/ledger/balance.ts';
import type { Posting } from '../../src/domain/ledger/entry.ts';
import { movedAfter } from '../../src/domain/loan/repaying.ts';
import { repay } from '../../src/domain/loan/share-repayment.ts';
import { type LoanStanding, owing } from '../../src/domain/loan/standing.ts';
import { differencePostings } from '../../src/domain/meeting.ts';
import { money, toDecimal } from '../../src/domain/money.ts';
import { noParts, planPayment } from '../../src/domain/payment.ts';
import type { GroupRules } from '../../src/domain/rules.ts';
import { constitutionSchema, rulesOf } from '../../src/store/constitution.ts';
import { after, cents, day, fresh, open } from './loan/repaid-loan.ts';
import { loanTerms, type Wording } from './loan/wording.ts';

const MEMBER = asId<MemberId>('00000000-0000-7000-8000-000000000003');
const ON = day('2026-09-08');

const groupOf = (sharePrice: string): GroupRules =>
  rulesOf(
    constitutionSchema.parse({
      product: 'savings-group',
      savings: { kind: 'shares', sharePrice, min: 1, max: 5 },
      cashUnit: '1',
    }),
    'MXN',
  );

/** How many shares an amount buys, or why it buys none. */
const bought = (sharePrice: string, offer: string): bigint | string => {
  const rules = groupOf(sharePrice);
  const parts = { ...noParts('MXN'), savings: money(cents(offer)) };
  const paid = planPayment({ id: MEMBER, loans: [], savedThisMeeting: money(0n) }, parts, { rules, on: ON });
  if (!paid.ok) return paid.refusal.type;
  return (paid.value[0]?.amountMinor ?? 0n) / cents(sharePrice);
};

test.each([
  // id, price, offer, shares. Where the source buys what fits and hands the rest back over the table, a message comes after
  // the money has changed hands: S03 (23 pesos), X01 (120 and 300) book nothing here, and say why, so that no receipt says
  // less than she gave and no rest of hers lies in the box without a name.
  ['S03, 20', '5.00', '20.00', 4n],
  ['S03, 10', '5.00', '10.00', 2n],
  ['S03, 23', '5.00', '23.00', 'not_whole_shares'],
  ['X01, nothing', '50.00', '0.00', 'nothing_paid'],
  ['X01, one', '50.00', '50.00', 1n],
  ['X01, two and a part', '50.00', '120.00', 'not_whole_shares'],
  ['X01, five', '50.00', '250.00', 5n],
  ['X01, six', '50.00', '300.00', 'too_many_shares'],
] as const)('%s: a share of %s for %s', (...[, price, offer, shares]) => {
  expect(bought(price, offer)).toBe(shares);
});

/** Lent on 1 January 2023 without interest, all of it due on 1 February. */
const MONTH: Wording = {
  principal: '1000.00',
  interest: 'flat',
  ratePct: '0',
  ratePer: 'loan',
  every: '1 month',
  n: 1,
  disbursed: '2023-01-01',
  rounding: 'half-up',
};

/** The late fee, once it is late: the cap leaves room for one. */
const withFee = (wording: Wording, fee: string, from: string): LoanStanding => {
  const amount = money(cents(fee));
  return fresh({ ...loanTerms(wording), lateFee: { kind: 'fixed', amount, cap: amount, from: day(from) } });
};

const booked = (loan: LoanStanding): string[] =>
  (loan.repaid ?? []).map(
    ({ fee, interest, principal }) => `${toDecimal(fee)} ${toDecimal(interest)} ${toDecimal(principal)}`,
  );

describe('late fees, interest, principal: in this order, whatever order the source has', () => {
  test('A08: 520.00 ends a loan of which 500.00 and a fee of 20.00 are open', () => {
    const loan = after(withFee(MONTH, '20.00', '2023-02-01'), '2023-01-25', '500.00');
    const paid = after(loan, '2023-02-05', '520.00');
    expect(booked(paid)).toEqual(['0.00 0.00 500.00', '20.00 0.00 500.00']);
    expect(owing([paid], day('2023-02-05')).owed).toEqual(money(0n));
  });

  test('A09: a penalty that is pending is paid first', () => {
    const loan = after(withFee(MONTH, '20.00', '2023-02-01'), '2023-02-05', '520.00');
    expect(booked(loan)).toEqual(['20.00 0.00 500.00']);
    expect(open(loan)).toEqual(['500.00 0.00']);
  });

  test('A10: a penalty that was not charged yet is not paid; once it is, it comes first', () => {
    const due = { ...MONTH, firstDue: '2023-01-20' };
    const early = after(
      after(withFee(due, '50.00', '2023-01-20'), '2023-01-10', '500.00'),
      '2023-01-17',
      '450.00',
    );
    const loan = after(early, '2023-01-24', '50.00');
    expect(booked(loan)).toEqual(['0.00 0.00 500.00', '0.00 0.00 450.00', '50.00 0.00 0.00']);
    expect(open(loan)).toEqual(['50.00 0.00']);
  });

  test('X23: eight days late, 217.50 pays the fine of one meeting first: 207.50 to the loan, 10.00 still due', () => {
    const week: Wording = {
      ...MONTH,
      principal: '187.50',
      interest: 'upfront',
      charge: '30.00',
      every: '1 week',
      disbursed: '2026-09-01',
    };
    const loan = after(withFee(week, '10.00', '2026-09-08'), '2026-09-16', '217.50');
    expect(booked(loan)).toEqual(['10.00 30.00 177.50']);
    expect(owing([loan], day('2026-09-16')).dueNow).toEqual(money(1_000n));
  });
});

test('S13: no more than is owed is taken; what is to be given back is named by what is owed', () => {
  const loan = fresh(loanTerms({ ...MONTH, principal: '60000.00' }));
  expect(repay([loan], money(cents('100000.00')), ON)).toEqual({
    ok: false,
    refusal: { type: 'more_than_owed', owed: money(cents('60000.00')) },
  });
  expect(booked(after(loan, '2026-09-08', '60000.00'))).toEqual(['0.00 0.00 60000.00']);
});

test('Q04: what is lost is the principal that is open, 650.00; older money is not written down after newer', () => {
  const loan = after(after(fresh(loanTerms(MONTH)), '2023-01-01', '250.00'), '2023-01-22', '100.00');
  const loss = planLoss(
    { saved: 0n, loans: [loan] },
    { outsideCapital: 0n, ownBox: 0n },
    { rules: groupOf('50.00'), on: day('2023-01-29') },
  );
  expect(loss).toMatchObject({ ok: true, value: { lost: cents('650.00') } });
  expect(movedAfter([loan], day('2023-01-10'))).toEqual(day('2023-01-22'));
});

test('Q05: a month without payment, put into a running plan, moves the others on by a month', () => {
  const three = fresh(loanTerms({ ...MONTH, principal: '3000.00', n: 3 }));
  const paid = after(three, '2023-02-01', '1000.00');
  const plan = { on: day('2023-02-02'), n: 2, firstDue: day('2023-04-01') };
  const loan: LoanStanding = { ...paid, plans: [plan] };
  const dues = ['2023-03-01', '2023-04-01', '2023-05-01'].map((date) =>
    toDecimal(owing([loan], day(date)).dueNow.minor),
  );
  expect(dues).toEqual(['0.00', '1000.00', '2000.00']);
  expect(open(loan)).toEqual(['1000.00 0.00', '1000.00 0.00']);
});

test('X17: 20.00 less than the 2,550.00 of the book is an entry of its own', () => {
  const box = 'cash/loan-fund';
  const came = (credit: Posting['credit'], amount: string): Posting => ({
    debit: box,
    credit,
    amountMinor: cents(amount),
  });
  const loan = `loan/${fresh(loanTerms(MONTH)).id}` as const;
  const evening: Posting[] = [
    came('earnings', '1250.00'),
    came(`savings/${MEMBER}`, '1900.00'),
    came('social', '150.00'),
    came(loan, '2310.00'),
    came('fines', '40.00'),
    { debit: loan, credit: box, amountMinor: cents('3000.00') },
    { debit: 'social', credit: box, amountMinor: cents('100.00') },
  ];
  const expected = fold(evening).get(box) ?? 0n;
  expect(toDecimal(expected)).toBe('2550.00');
  const counted = money(cents('2530.00'));
  expect(differencePostings([{ pot: 'loan-fund', expected: money(expected), counted }])).toEqual([
    { debit: 'earnings', credit: box, amountMinor: cents('20.00') },
  ]);
});
