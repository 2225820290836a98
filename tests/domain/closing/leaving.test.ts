import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import type { ClosingBook } from '../../../src/domain/closing/pool.ts';
import { asId, type LoanId, type MemberId } from '../../../src/domain/ids.ts';
import { fold } from '../../../src/domain/ledger/balance.ts';
import type { LoanStanding } from '../../../src/domain/loan/standing.ts';
import { money } from '../../../src/domain/money.ts';
import { planMoneyOut } from '../../../src/domain/money-out.ts';
import { constitutionSchema, rulesOf } from '../../../src/store/constitution.ts';
import { loanTerms } from '../loan/wording.ts';

const ON = Temporal.PlainDate.from('2026-11-22');
const idOf = (n: number): MemberId => asId(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const LOAN = asId<LoanId>('00000000-0000-7000-8000-00000000aaaa');
const OTHER = asId<LoanId>('00000000-0000-7000-8000-00000000bbbb');

const rulesWith = (constitution: object) =>
  rulesOf(
    constitutionSchema.parse({
      product: 'savings-group',
      savings: { kind: 'free', weekly: '50.00' },
      leaving: 'savings-and-earnings',
      cashUnit: '1',
      ...constitution,
    }),
    'MXN',
  );

/** Flat interest of 5 % in three weeks: none is due on the day it was lent, all of it after the three weeks. */
const loan = (principal: string, disbursed: string): LoanStanding => ({
  id: LOAN,
  terms: loanTerms({
    principal,
    interest: 'flat',
    ratePct: '5',
    ratePer: 'loan',
    every: '1 week',
    n: 3,
    disbursed,
    rounding: 'half-up',
  }),
  paidPrincipal: money(0n),
  paidInterest: money(0n),
});

type Case = {
  readonly saved: readonly bigint[];
  readonly book?: Partial<ClosingBook>;
  readonly loans?: readonly LoanStanding[];
  readonly rules?: object;
  readonly cash?: bigint;
  readonly coverOwed?: bigint;
  readonly coveredOwed?: bigint;
  readonly onItsWay?: bigint;
  readonly fined?: bigint;
  readonly isWaited?: boolean;
  readonly isInTanda?: boolean;
};

/** The first one leaves. */
const leave = ({ saved, book, loans = [], rules = {}, ...how }: Case) => {
  const [own = 0n] = saved;
  const paidBy = (n: number) => (book?.interest ?? []).filter(({ loanId }) => loanId === [LOAN, OTHER][n]);
  return planMoneyOut('leaving', money(0n), {
    facts: {
      member: { id: idOf(0), saved: money(own), loans, fined: money(how.fined ?? 0n) },
      onItsWay: money(how.onItsWay ?? 0n),
      cash: money(how.cash ?? 10_000_000n),
      socialCash: money(0n),
      loanCash: money(0n),
      lender: undefined,
      leaving: {
        members: saved.map((minor, n) => ({
          id: idOf(n),
          saved: minor,
          loans: n === 0 ? loans : [],
          interestPaid: paidBy(n).reduce((all, { minor: interest }) => all + interest, 0n),
        })),
        book: { interest: [], lateFees: [], fines: 0n, earnings: 0n, ...book },
        coverOwed: money(how.coverOwed ?? 0n),
        coveredOwed: money(how.coveredOwed ?? 0n),
        isWaited: how.isWaited ?? false,
        isInTanda: how.isInTanda ?? false,
      },
    },
    rules: rulesWith(rules),
    on: ON,
  });
};

/** What she gets, and how it was worked out. */
const paid = (of: Case) => {
  const planned = leave(of);
  if (!planned.ok) return planned.refusal.type;
  const { gain, owed, cash } = planned.value.payout ?? { gain: 0n, owed: 0n, cash: -1n };
  return { gain, owed, cash };
};

const THREE = [300_00n, 500_00n, 200_00n];

describe('who leaves before the closing', () => {
  test.each<[string, Case, ReturnType<typeof paid>]>([
    [
      'X21: by the usual rule 30 shares of 50.00 less the 400.00 she owes, and no profit',
      {
        saved: [1500_00n, 500_00n],
        book: { fines: 100_00n },
        loans: [loan('400.00', '2026-11-22')],
        rules: { leaving: 'savings' },
      },
      { gain: 0n, owed: 400_00n, cash: 1100_00n },
    ],
    [
      'gets three tenths of what was earned',
      { saved: THREE, book: { fines: 50_00n } },
      { gain: 15_00n, owed: 0n, cash: 315_00n },
    ],
    [
      'gets whole coins: what rounding takes from one stays with the group',
      { saved: THREE, book: { fines: 41_00n } },
      { gain: 12_00n, owed: 0n, cash: 312_00n },
    ],
    [
      'bears her part of a loss',
      { saved: THREE, book: { earnings: -50_00n } },
      { gain: -15_00n, owed: 0n, cash: 285_00n },
    ],
    [
      'pays her interest first, and has her part of it like everybody',
      { saved: THREE, loans: [loan('100.00', '2026-10-04')] },
      { gain: 2_00n, owed: 105_00n, cash: 197_00n },
    ],
    [
      'gets the same as the others where earnings are shared equally',
      { saved: THREE, book: { fines: 60_00n }, rules: { closing: 'equal-profit' } },
      { gain: 20_00n, owed: 0n, cash: 320_00n },
    ],
    [
      'gets back the interest she paid where it goes to who paid it',
      {
        saved: THREE,
        book: {
          interest: [
            { loanId: LOAN, minor: 8_00n },
            { loanId: OTHER, minor: 40_00n },
          ],
          fines: 10_00n,
        },
        rules: { closing: 'rebate' },
      },
      { gain: 11_00n, owed: 0n, cash: 311_00n },
    ],
    ['gets her savings where nothing was earned', { saved: THREE }, { gain: 0n, owed: 0n, cash: 300_00n }],
    [
      'has lost all where all was lost',
      { saved: [100n, 200n], book: { earnings: -300n } },
      { gain: -100n, owed: 0n, cash: 0n },
    ],
    ['gets nothing where nobody has saved', { saved: [0n, 0n] }, { gain: 0n, owed: 0n, cash: 0n }],
    [
      'cannot go owing more than she has',
      { saved: THREE, loans: [loan('400.00', '2026-11-22')] },
      'owes_more_than_saved',
    ],
    ['cannot be paid more than is in the box', { saved: THREE, cash: 299_00n }, 'more_than_box'],
    ['pays back first who covered her', { saved: THREE, coverOwed: 1n }, 'owes_for_cover'],
    ['pays her fines first', { saved: [100n, 100n], fined: 200n }, 'owes_more_than_saved'],
    ['is paid back first what she gave for others', { saved: THREE, coveredOwed: 1n }, 'is_owed_for_cover'],
    ['says first whether she has what was handed to her', { saved: THREE, onItsWay: 1n }, 'money_underway'],
    ['waits until her payments are settled', { saved: THREE, isWaited: true }, 'payments_waiting'],
    ['waits until a tanda ends in which she has a turn', { saved: THREE, isInTanda: true }, 'in_tanda'],
    [
      'waits for the closing where the rules say so',
      { saved: THREE, rules: { leaving: 'at-closing' } },
      'not_before_closing',
    ],
  ])('%s', (_, of, expected) => {
    expect(paid(of)).toEqual(expected);
  });

  test('of a solidarity group pays its lender out of the savings pot: the two boxes are never mixed', () => {
    const planned = leave({
      saved: THREE,
      book: { fines: 50_00n },
      loans: [loan('100.00', '2026-10-04')],
      rules: { product: 'solidarity-credit', closing: 'lots' },
    });
    if (!planned.ok) throw new Error(planned.refusal.type);
    const moved = fold(planned.value.postings);
    expect(planned.value.payout).toMatchObject({ gain: 15_00n, owed: 105_00n, cash: 210_00n });
    expect(moved.get('cash/loan-fund')).toBe(105_00n);
    expect(moved.get('cash/savings-pot')).toBe(-315_00n);
    expect(moved.get(`loan/${LOAN}`)).toBe(-100_00n);
    expect(moved.get(`interest/${LOAN}`)).toBe(-5_00n);
  });
});

test('her account ends at zero, and what she is paid leaves the box, whatever was saved and earned', () => {
  const amount = fc.bigInt({ min: 0n, max: 1_000_000n });
  fc.assert(
    fc.property(
      fc.array(amount, { minLength: 1, maxLength: 12 }),
      amount,
      fc.bigInt({ min: -500_000n, max: 500_000n }),
      (saved, fines, result) => {
        // What was spent was in the box: a loss is never more than all that was saved and earned.
        const all = saved.reduce((sum, minor) => sum + minor, fines);
        const earnings = result < -all ? -all : result;
        const planned = leave({ saved, book: { fines, earnings }, rules: { cashUnit: '0.50' } });
        if (!planned.ok) throw new Error(planned.refusal.type);
        const moved = fold(planned.value.postings);
        expect(moved.get(`savings/${idOf(0)}`) ?? 0n).toBe(saved[0]);
        expect(-(moved.get('cash/loan-fund') ?? 0n)).toBe(planned.value.amount.minor);
        expect(planned.value.amount.minor % 50n).toBe(0n);
      },
    ),
  );
});
