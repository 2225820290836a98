import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { asId, type LoanId, type MemberId } from '../../src/domain/ids.ts';
import { fold } from '../../src/domain/ledger/balance.ts';
import type { LoanStanding } from '../../src/domain/loan/standing.ts';
import { type Money, money, parseDecimal, zero } from '../../src/domain/money.ts';
import {
  noParts,
  type PaymentParts,
  type PaymentPurpose,
  partsTotal,
  planPayment,
} from '../../src/domain/payment.ts';
import type { GroupRules } from '../../src/domain/rules.ts';
import { constitutionSchema, rulesOf } from '../../src/store/constitution.ts';
import { loanTerms } from './loan/wording.ts';

const PAYER = asId<MemberId>('00000000-0000-7000-8000-000000000003');
const LOAN = asId<LoanId>('00000000-0000-7000-8000-00000000000a');
const OLDER = asId<LoanId>('00000000-0000-7000-8000-000000000009');
const ON = Temporal.PlainDate.from('2026-09-08');

const SAVINGS_GROUP = {
  product: 'savings-group',
  savings: { kind: 'shares', sharePrice: '20.00', min: 1, max: 5 },
  cashUnit: '1',
};
const SOLIDARITY = {
  product: 'solidarity-credit',
  savings: { kind: 'free', weekly: '50.00' },
  cashUnit: '0.50',
};
const rules = (constitution: object, change: Partial<GroupRules> = {}): GroupRules => ({
  ...rulesOf(constitutionSchema.parse(constitution), 'MXN'),
  ...change,
});

/** 600.00 and 5 % over three weeks: 200.00 + 10.00 on 8, 15 and 22 September 2026. */
const loan = (id: LoanId, paid: { principal?: bigint; interest?: bigint } = {}): LoanStanding => ({
  id,
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
  paidPrincipal: money(paid.principal ?? 0n),
  paidInterest: money(paid.interest ?? 0n),
});

const amount = (text: string): Money => money(parseDecimal(text)!);
const parts = (given: Partial<Record<PaymentPurpose, string>>): PaymentParts => ({
  ...noParts('MXN'),
  ...Object.fromEntries(Object.entries(given).map(([purpose, text]) => [purpose, amount(text)])),
});
const payer = (loans: readonly LoanStanding[] = [], savedThisMeeting = zero()) => ({
  id: PAYER,
  loans,
  savedThisMeeting,
});

describe('into which box', () => {
  test.each([
    ['a savings group keeps savings, fines and loans in one box', SAVINGS_GROUP, 'loan-fund', 'loan-fund'],
    ['solidarity credit never mixes them with loan capital', SOLIDARITY, 'savings-pot', 'loan-fund'],
  ])('%s', (_, constitution, savingsPot, loanPot) => {
    const plan = planPayment(
      payer([loan(LOAN)]),
      parts({ savings: '100.00', fine: '10.00', social: '5.00', loan: '210.00' }),
      { rules: rules(constitution), on: ON },
    );
    expect(plan).toEqual({
      ok: true,
      value: [
        { debit: `cash/${loanPot}`, credit: `interest/${LOAN}`, amountMinor: 1_000n },
        { debit: `cash/${loanPot}`, credit: `loan/${LOAN}`, amountMinor: 20_000n },
        { debit: `cash/${savingsPot}`, credit: `savings/${PAYER}`, amountMinor: 10_000n },
        { debit: `cash/${savingsPot}`, credit: 'fines', amountMinor: 1_000n },
        { debit: 'cash/social-fund', credit: 'social', amountMinor: 500n },
      ],
    });
  });

  // Of the older one 100.00 is left, and nothing of it is due before 22 September; of the newer one 210.00 is due today.
  test.each([
    ['what is due of the newer one comes before what is ahead on the older one', '150.00', ['1000', '14000']],
    ['what is above that goes ahead on the older one', '250.00', ['4000', '1000', '20000']],
    ['and then on the newer one', '350.00', ['10000', '2000', '23000']],
  ])('of two loans: %s', (_, paid, amounts) => {
    const plan = planPayment(
      payer([loan(OLDER, { principal: 50_000n, interest: 3_000n }), loan(LOAN)]),
      parts({ loan: paid }),
      { rules: rules(SOLIDARITY), on: ON },
    );
    if (!plan.ok) throw new Error('refused');
    expect(plan.value.map(({ amountMinor }) => String(amountMinor))).toEqual(amounts);
  });
});

describe('what cannot be booked', () => {
  const free = rules(SOLIDARITY);
  const shares = rules(SAVINGS_GROUP);
  test.each([
    // what                       parts                       loans  rules   already  refusal
    ['nothing', parts({}), [], free, '0', { type: 'nothing_paid' }],
    [
      'a zero too many',
      parts({ savings: '10000.50' }),
      [],
      rules(SOLIDARITY, { paymentMax: amount('10000.00') }),
      '0',
      { type: 'above_cap', max: amount('10000.00') },
    ],
    [
      'a coin the group does not use',
      parts({ savings: '10.25' }),
      [],
      free,
      '0',
      { type: 'not_in_coins', unit: amount('0.50') },
    ],
    [
      'coins that are odd only by purpose',
      parts({ savings: '10.25', fine: '0.25' }),
      [],
      free,
      '0',
      { type: 'not_in_coins', unit: amount('0.50') },
    ],
    ['a repayment without a loan', parts({ loan: '10.00' }), [], free, '0', { type: 'no_loan' }],
    [
      'more than is owed',
      parts({ loan: '630.50' }),
      [loan(LOAN)],
      free,
      '0',
      { type: 'more_than_owed', owed: amount('630.00') },
    ],
    [
      'a broken share',
      parts({ savings: '30.00' }),
      [],
      shares,
      '0',
      { type: 'not_whole_shares', price: amount('20.00') },
    ],
    [
      'six shares at once',
      parts({ savings: '120.00' }),
      [],
      shares,
      '0',
      { type: 'too_many_shares', max: 5, price: amount('20.00') },
    ],
    [
      'a sixth share of the same meeting',
      parts({ savings: '20.00' }),
      [],
      shares,
      '100.00',
      { type: 'too_many_shares', max: 5, price: amount('20.00') },
    ],
  ])('%s is refused', (_, given, loans, how, already, refusal) => {
    const plan = planPayment(payer(loans, amount(already)), given, { rules: how, on: ON });
    expect(plan).toEqual({ ok: false, refusal });
  });

  test('exactly the cap, and exactly what is owed, are not too much', () => {
    const capped = rules(SOLIDARITY, { paymentMax: amount('630.00') });
    expect(planPayment(payer([loan(LOAN)]), parts({ loan: '630.00' }), { rules: capped, on: ON }).ok).toBe(
      true,
    );
  });
});

test('L1 the postings of a payment are its amounts, purpose by purpose, and leave the book balanced', () => {
  const coins = fc.bigInt({ min: 0n, max: 1_260n }).map((n) => money(n * 50n));
  fc.assert(
    fc.property(coins, coins, coins, coins, (savings, loanPart, fine, social) => {
      const given = { savings, loan: loanPart, fine, social, turn: money(0n) };
      const plan = planPayment(payer([loan(LOAN)]), given, { rules: rules(SOLIDARITY), on: ON });
      if (!plan.ok) {
        expect(['nothing_paid', 'above_cap', 'more_than_owed']).toContain(plan.refusal.type);
        return;
      }
      const balances = fold(plan.value);
      const credited = (account: Parameters<typeof balances.get>[0]) => -(balances.get(account) ?? 0n);
      expect(credited(`savings/${PAYER}`)).toBe(savings.minor);
      expect(credited(`loan/${LOAN}`) + credited(`interest/${LOAN}`)).toBe(loanPart.minor);
      expect(credited('fines')).toBe(fine.minor);
      expect(credited('social')).toBe(social.minor);
      expect([...balances.values()].reduce((a, b) => a + b, 0n)).toBe(0n);
      expect(plan.value.reduce((all, p) => all + p.amountMinor, 0n)).toBe(partsTotal(given).minor);
      expect(plan.value.every((p) => p.amountMinor > 0n && p.debit !== p.credit)).toBe(true);
    }),
  );
});

describe('a loan from before the group went over to larger coins', () => {
  const larger = rules({ ...SAVINGS_GROUP, cashUnit: '5' });
  const payer = (loans: readonly LoanStanding[]) => ({ id: PAYER, loans, savedThisMeeting: zero('MXN') });
  const older = loan(LOAN, { principal: 59_600n, interest: 3_000n });

  test('is paid to the last of it, in the coins it was agreed in', () => {
    expect(planPayment(payer([older]), parts({ loan: '4.00' }), { rules: larger, on: ON })).toMatchObject({
      ok: true,
    });
  });

  test.each([
    ['what else she gives goes in the larger ones', parts({ loan: '4.00', fine: '1.00' }), [older]],
    [
      'a loan that is paid off says nothing of another',
      parts({ loan: '4.00' }),
      [
        loan(OLDER, { principal: 60_000n, interest: 3_000n }),
        { ...older, terms: { ...older.terms, cashUnitMinor: 500n } },
      ],
    ],
  ])('%s', (_, given, loans) => {
    expect(planPayment(payer(loans), given, { rules: larger, on: ON })).toEqual({
      ok: false,
      refusal: { type: 'not_in_coins', unit: amount('5.00') },
    });
  });
});
