import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Account, isAccount, sideOf } from '../../src/domain/ledger/account.ts';
import { balanceOf, fold, overdrawn } from '../../src/domain/ledger/balance.ts';
import { type Posting, reversed, sound } from '../../src/domain/ledger/entry.ts';
import { AMOUNT_MINOR_MAX } from '../../src/domain/money.ts';
import { InvariantError } from '../../src/domain/result.ts';
import { draft, reversalOf, savingsOf } from '../support/ledger.ts';

const ANA = savingsOf(3);
const ACCOUNTS = ['cash/savings-pot', 'cash/social-fund', ANA, savingsOf(4), 'fines', 'social'] as const;
const posting: fc.Arbitrary<Posting> = fc
  .record({
    debit: fc.constantFrom(...ACCOUNTS),
    credit: fc.constantFrom(...ACCOUNTS),
    amountMinor: fc.bigInt({ min: 1n, max: AMOUNT_MINOR_MAX }),
  })
  .filter(({ debit, credit }) => debit !== credit);
const postings = fc.array(posting, { minLength: 1, maxLength: 30 });
const total = (balances: ReadonlyMap<string, bigint>) => [...balances.values()].reduce((a, b) => a + b, 0n);

describe('an entry', () => {
  const cash = 'cash/savings-pot';
  test.each([
    ['no posting', draft(1, [])],
    ['a posting of zero', draft(1, [{ debit: cash, credit: ANA, amountMinor: 0n }])],
    ['a posting below zero', draft(1, [{ debit: cash, credit: ANA, amountMinor: -100n }])],
    ['a posting above the cap', draft(1, [{ debit: cash, credit: ANA, amountMinor: AMOUNT_MINOR_MAX + 1n }])],
    ['one account on both sides', draft(1, [{ debit: cash, credit: cash, amountMinor: 100n }])],
    [
      'a reversal of nothing',
      draft(1, [{ debit: ANA, credit: cash, amountMinor: 100n }], { kind: 'reversal' }),
    ],
    [
      'a payment that reverses',
      draft(1, [{ debit: ANA, credit: cash, amountMinor: 1n }], { reverses: draft(2, []).id }),
    ],
  ])('L1 L17 with %s is never made', (_, made) => {
    expect(() => sound(made)).toThrow(InvariantError);
  });

  test('L17 of exactly the cap is made', () => {
    const made = draft(1, [{ debit: cash, credit: ANA, amountMinor: AMOUNT_MINOR_MAX }]);
    expect(sound(made)).toBe(made);
  });
});

describe('balances', () => {
  test('L1 L2 any postings whatever add up to zero over all accounts', () => {
    fc.assert(fc.property(postings, (all) => total(fold(all)) === 0n));
  });

  test('L8 balances are the same in whatever order postings come, and in whatever batches', () => {
    const shuffled = postings.chain((all) =>
      fc.record({
        all: fc.constant(all),
        other: fc.shuffledSubarray(all, { minLength: all.length }),
        cut: fc.nat(all.length),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ all, other, cut }) => {
        const whole = fold(all);
        expect(fold(other)).toEqual(whole);
        expect(fold(other.slice(cut), fold(other.slice(0, cut)))).toEqual(whole);
      }),
    );
  });

  test('L11 an entry and its reversal leave every balance as it was', () => {
    fc.assert(
      fc.property(postings, postings, (before, all) => {
        const start = fold(before);
        const after = fold([...all, ...reversed(all)], start);
        for (const [account, balance] of after) expect(balance).toBe(start.get(account) ?? 0n);
        expect(sound(reversalOf(2, draft(1, all))).postings).toEqual(reversed(all));
      }),
    );
  });

  test('L14 an account below zero on its own side is found, earnings may be a loss', () => {
    const cash = 'cash/savings-pot';
    expect(overdrawn(fold([{ debit: cash, credit: ANA, amountMinor: 100n }]))).toBeUndefined();
    expect(overdrawn(fold([{ debit: 'fines', credit: cash, amountMinor: 1n }]))).toBe('fines');
    expect(overdrawn(fold([{ debit: ANA, credit: 'fines', amountMinor: 1n }]))).toBe(ANA);
    expect(
      overdrawn(fold([{ debit: 'earnings', credit: 'outside-capital', amountMinor: 1n }])),
    ).toBeUndefined();
  });

  test('what she saved is what the group owes her: above zero for people', () => {
    const balances = fold([{ debit: 'cash/savings-pot', credit: ANA, amountMinor: 100n }]);
    expect(balanceOf(balances, ANA)).toBe(100n);
    expect(balanceOf(balances, 'cash/savings-pot')).toBe(100n);
    expect(balanceOf(balances, 'fines')).toBe(0n);
  });
});

test.each([
  ['cash/loan-fund', 'debit'],
  ['cash/savings-pot', 'debit'],
  ['loan/00000000-0000-7000-8000-00000000000a', 'debit'],
  ['interest/00000000-0000-7000-8000-00000000000a', 'credit'],
  [ANA, 'credit'],
  ['fines', 'credit'],
  ['outside-capital', 'credit'],
  ['earnings', 'either'],
] as const)('%s grows on the side of %s', (account, side) => {
  expect(isAccount(account)).toBe(true);
  expect(sideOf(account as Account)).toBe(side);
});

test.each(['cash', 'cash/other', 'savings/', 'savings/Ana', 'Fines', ' fines', 'fines\n', 'loan/x', ''])(
  '%j is no account',
  (name) => {
    expect(isAccount(name)).toBe(false);
  },
);
