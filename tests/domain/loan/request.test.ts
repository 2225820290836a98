import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { asId, type LoanId } from '../../../src/domain/ids.ts';
import { loanCeiling } from '../../../src/domain/loan/request.ts';
import { money } from '../../../src/domain/money.ts';
import { constitutionSchema, rulesOf } from '../../../src/store/constitution.ts';
import { loanTerms } from './wording.ts';

const rules = rulesOf(
  constitutionSchema.parse({
    product: 'savings-group',
    savings: { kind: 'shares', sharePrice: '50.00', min: 1, max: 5 },
    loans: { interest: 'flat', ratePct: '0', ratePer: 'month', every: '1 week', n: 10, multiple: 3 },
    cashUnit: '1',
  }),
  'MXN',
);
const terms = loanTerms({
  principal: '1000',
  interest: 'flat',
  ratePct: '0',
  ratePer: 'month',
  n: 10,
  every: '1 week',
  disbursed: '2026-09-01',
  rounding: 'half-up',
});
const owing = (paidMinor: bigint) => [
  {
    id: asId<LoanId>('00000000-0000-7000-8000-000000000001'),
    terms,
    paidPrincipal: money(paidMinor),
    paidInterest: money(0n),
  },
];
const ON = Temporal.PlainDate.from('2026-09-16'); // two instalments of 100.00 are past their date

test.each([
  ['X06: 10 shares of 50, owes 600, cash 800', { saved: 50_000n, paid: 40_000n, cash: 80_000n }, 80_000n],
  [
    'the multiple of her savings, less what she owes',
    { saved: 30_000n, paid: 40_000n, cash: 80_000n },
    30_000n,
  ],
  ['down to a whole coin', { saved: 50_000n, paid: 40_000n, cash: 12_345n }, 12_300n],
  ['half a peso late is not late', { saved: 50_000n, paid: 19_950n, cash: 5_000n }, 5_000n],
])('%s', (_, { saved, paid, cash }, ceiling) => {
  const result = loanCeiling(
    { saved: money(saved), loans: owing(paid), coverOwed: money(0n), cash: money(cash) },
    rules,
    ON,
  );
  expect(result).toEqual({ ok: true, value: money(ceiling) });
});

test('what she owes for covers is owed like a loan', () => {
  const who = { saved: money(30_000n), loans: owing(40_000n), cash: money(80_000n) };
  expect(loanCeiling({ ...who, coverOwed: money(20_000n) }, rules, ON)).toEqual({
    ok: true,
    value: money(10_000n),
  });
  expect(loanCeiling({ ...who, coverOwed: money(30_000n) }, rules, ON)).toMatchObject({
    refusal: { type: 'nothing_to_lend' },
  });
});

test.each([
  ['more than half a peso late', { saved: 50_000n, paid: 19_949n, cash: 5_000n }, 'in_arrears'],
  ['nothing in the box', { saved: 50_000n, paid: 40_000n, cash: 0n }, 'nothing_to_lend'],
  ['owes as much as her multiple', { saved: 20_000n, paid: 40_000n, cash: 80_000n }, 'nothing_to_lend'],
])('refused: %s', (_, { saved, paid, cash }, type) => {
  const result = loanCeiling(
    { saved: money(saved), loans: owing(paid), coverOwed: money(0n), cash: money(cash) },
    rules,
    ON,
  );
  expect(result).toMatchObject({ ok: false, refusal: { type } });
});
