import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { lossPostings, planLoss } from '../../../src/domain/closing/write-off.ts';
import { asId, type LoanId, type MemberId } from '../../../src/domain/ids.ts';
import type { LoanStanding } from '../../../src/domain/loan/standing.ts';
import { money } from '../../../src/domain/money.ts';
import { constitutionSchema, rulesOf } from '../../../src/store/constitution.ts';
import { loanTerms } from '../loan/wording.ts';

const ON = Temporal.PlainDate.from('2026-11-22');
const HER = asId<MemberId>('00000000-0000-7000-8000-000000000001');

/** Flat interest of 5 %, all of it due on the day of these tests. */
const loan = (n: number, principal: string): LoanStanding => ({
  id: asId<LoanId>(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`),
  terms: loanTerms({
    principal,
    interest: 'flat',
    ratePct: '5',
    ratePer: 'loan',
    every: '1 week',
    n: 1,
    disbursed: '2026-11-01',
    rounding: 'half-up',
  }),
  paidPrincipal: money(0n),
  paidInterest: money(0n),
});

const rulesFor = (product: 'savings-group' | 'solidarity-credit') =>
  rulesOf(
    constitutionSchema.parse({ product, savings: { kind: 'free', weekly: '50.00' }, cashUnit: '1' }),
    'MXN',
  );

const PLENTY = { outsideCapital: 1_000_000n, ownBox: 1_000_000n };

const plan = (saved: bigint, loans: readonly LoanStanding[], held = PLENTY) =>
  planLoss({ saved, loans }, held, { rules: rulesFor('solidarity-credit'), on: ON });

test('her savings pay interest and principal of the oldest loan first; only what they do not reach is lost', () => {
  const planned = plan(15_000n, [loan(10, '100.00'), loan(11, '200.00')]);
  expect(planned).toMatchObject({
    ok: true,
    value: {
      owed: 31_500n,
      paid: 15_000n,
      lost: 16_500n,
      loans: [
        { interest: 500n, principal: 10_000n, lost: 0n },
        { interest: 1_000n, principal: 3_500n, lost: 16_500n },
      ],
    },
  });
});

test('interest that her savings do not reach was never earned: it is neither booked nor lost', () => {
  expect(plan(200n, [loan(10, '100.00')])).toMatchObject({
    value: { owed: 10_500n, paid: 200n, lost: 10_000n, loans: [{ interest: 200n, principal: 0n }] },
  });
});

const interestLeft: LoanStanding = { ...loan(10, '100.00'), paidPrincipal: money(10_000n) };

test.each([
  [
    'her savings pay all of it and the rest stays hers',
    plan(20_000n, [loan(10, '100.00')]),
    [10_500n, 0n, 0n],
  ],
  ['she owes interest alone', plan(0n, [interestLeft]), [0n, 0n, 500n]],
  ['her savings reach a part of the interest', plan(200n, [interestLeft]), [200n, 0n, 300n]],
  ['they reach nothing of the interest of a lost loan', plan(0n, [loan(10, '100.00')]), [0n, 10_000n, 500n]],
] as const)('what is paid, lost and forgiven when %s', (_, planned, [paid, lost, forgiven]) => {
  expect(planned).toMatchObject({ ok: true, value: { paid, lost, forgiven, owed: paid + lost + forgiven } });
});

test.each([
  ['she owes nothing', plan(0n, []), 'nothing_owed'],
  [
    'the lender has less in the book',
    plan(0n, [loan(10, '100.00')], { ...PLENTY, outsideCapital: 9_999n }),
    'not_in_the_book',
  ],
  [
    'her savings are not in the box',
    plan(500n, [loan(10, '100.00')], { ...PLENTY, ownBox: 499n }),
    'not_in_the_book',
  ],
] as const)('nothing is given up when %s', (_, planned, refusal) => {
  expect(planned).toEqual({ ok: false, refusal: { type: refusal } });
});

test.each([
  [
    'savings-group',
    [
      ['savings', 'interest', 5n],
      ['savings', 'loan', 60n],
      ['earnings', 'loan', 40n],
    ],
  ],
  [
    'solidarity-credit',
    [
      ['savings', 'cash/savings-pot', 5n],
      ['cash/loan-fund', 'interest', 5n],
      ['savings', 'cash/savings-pot', 60n],
      ['cash/loan-fund', 'loan', 60n],
      ['outside-capital', 'loan', 40n],
    ],
  ],
] as const)(
  'in a %s the loss is borne by whoever lent it, and two boxes are never mixed',
  (product, expected) => {
    const lost = { loanId: loan(10, '1.00').id, fee: 0n, interest: 5n, principal: 60n, lost: 40n };
    const short = (account: string) => account.replace(/^(savings|interest|loan)\/.*/, '$1');
    const booked = lossPostings(HER, lost, rulesFor(product)).map((one) => [
      short(one.debit),
      short(one.credit),
      one.amountMinor,
    ]);
    expect(booked).toEqual(expected);
  },
);
