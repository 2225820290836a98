import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { dueAt, weeklySavings } from '../../src/domain/due.ts';
import { asId, type LoanId } from '../../src/domain/ids.ts';
import { money, parseDecimal, toDecimal } from '../../src/domain/money.ts';
import type { GroupRules } from '../../src/domain/rules.ts';
import { constitutionSchema, rulesOf } from '../../src/store/constitution.ts';
import { loanTerms } from './loan/wording.ts';

const rules = (constitution: object): GroupRules => rulesOf(constitutionSchema.parse(constitution), 'MXN');
const FREE = rules({
  product: 'solidarity-credit',
  savings: { kind: 'free', weekly: '50.00' },
  socialFund: { weekly: '5.00' },
  cashUnit: '0.50',
});
const SHARES = rules({
  product: 'savings-group',
  savings: { kind: 'shares', sharePrice: '20.00', min: 2, max: 5 },
  cashUnit: '1',
});
/** 600.00 and 5 % over three weeks: 200.00 + 10.00 on 8, 15 and 22 September 2026. */
const LOAN = {
  id: asId<LoanId>('00000000-0000-7000-8000-00000000000a'),
  terms: loanTerms({
    principal: '600.00',
    interest: 'flat',
    ratePct: '5',
    ratePer: 'loan',
    every: '1 week',
    n: 3,
    disbursed: '2026-09-01',
    rounding: 'half-up',
  }),
  paidPrincipal: money(0n),
  paidInterest: money(0n),
};
const day = (text: string) => Temporal.PlainDate.from(text);
const given = (savings: string, social = '0.00') => ({
  savings: money(parseDecimal(savings)!),
  social: money(parseDecimal(social)!),
});

test.each([
  // rules   on            gave savings, social   loans    savings  social  loan      total
  [FREE, '2026-09-08', '0.00', '0.00', [], '50.00', '5.00', '0.00', '55.00'],
  [FREE, '2026-09-08', '20.00', '5.00', [], '30.00', '0.00', '0.00', '30.00'],
  [FREE, '2026-09-08', '80.00', '9.00', [], '0.00', '0.00', '0.00', '0.00'],
  [FREE, '2026-09-07', '50.00', '5.00', [LOAN], '0.00', '0.00', '0.00', '0.00'],
  [FREE, '2026-09-08', '0.00', '0.00', [LOAN], '50.00', '5.00', '210.00', '265.00'],
  [FREE, '2026-09-15', '0.00', '0.00', [LOAN], '50.00', '5.00', '420.00', '475.00'],
  [SHARES, '2026-09-08', '0.00', '0.00', [], '40.00', '0.00', '0.00', '40.00'],
  [SHARES, '2026-09-08', '20.00', '0.00', [], '20.00', '0.00', '0.00', '20.00'],
])('%#: due is what is expected less what she gave', (...[how, on, savings, social, loans, ...expected]) => {
  const due = dueAt(day(on), { rules: how, loans, given: given(savings, social) });
  expect([due.savings, due.social, due.loan, due.total].map((m) => toDecimal(m.minor))).toEqual(expected);
  expect(due.fine.minor).toBe(0n);
});

test('the weekly savings of a group with shares are its fewest shares', () => {
  expect(toDecimal(weeklySavings(SHARES).minor)).toBe('40.00');
  expect(toDecimal(weeklySavings(FREE).minor)).toBe('50.00');
});

test('giving more never raises what is due, and nothing due is below zero', () => {
  const amount = fc.bigInt({ min: 0n, max: 20_000n });
  fc.assert(
    fc.property(amount, amount, amount, (savings, social, more) => {
      const at = (extra: bigint) =>
        dueAt(day('2026-09-08'), {
          rules: FREE,
          loans: [LOAN],
          given: { savings: money(savings + extra), social: money(social) },
        });
      const due = at(0n);
      expect(at(more).total.minor <= due.total.minor).toBe(true);
      expect([due.savings, due.social, due.loan].every((m) => m.minor >= 0n)).toBe(true);
      expect(due.total.minor).toBe(due.savings.minor + due.social.minor + due.loan.minor);
    }),
  );
});
