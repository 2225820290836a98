import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CAPITAL_KINDS, lendersOwn, planCapital } from '../../src/domain/capital.ts';
import { fold, overdrawn } from '../../src/domain/ledger/balance.ts';
import type { Posting } from '../../src/domain/ledger/entry.ts';
import { AMOUNT_MINOR_MAX, money as moneyIn } from '../../src/domain/money.ts';

const money = (minor: bigint) => moneyIn(minor, 'MXN');
const lender = (put: bigint, returned = 0n, earned = 0n) => ({
  put: money(put),
  returned: money(returned),
  earned: money(earned),
});
const facts = (loanCash: bigint, of = lender(600_000n)) => ({
  lender: of,
  loanCash: money(loanCash),
  unitMinor: 50n,
});

describe('capital of an organisation', () => {
  test('what is put in lies in the loan box and is owed to the organisation', () => {
    expect(planCapital('capital-in', money(1_000_000n), facts(0n))).toMatchObject({
      ok: true,
      value: {
        postings: [{ debit: 'cash/loan-fund', credit: 'outside-capital', amountMinor: 1_000_000n }],
      },
    });
  });

  test('what is given back leaves the loan box and is never more than was there', () => {
    expect(planCapital('capital-back', money(400_000n), facts(400_000n))).toMatchObject({
      ok: true,
      value: {
        postings: [{ debit: 'capital-returned', credit: 'cash/loan-fund', amountMinor: 400_000n }],
      },
    });
    expect(planCapital('capital-back', money(400_050n), facts(400_000n))).toEqual({
      ok: false,
      refusal: { type: 'more_than_loan_box', box: money(400_000n) },
    });
  });

  test('interest that members paid is the lender’s too; what a count found over is not', () => {
    const earned = lender(600_000n, 0n, 24_000n);
    expect(planCapital('capital-back', money(624_000n), facts(630_000n, earned)).ok).toBe(true);
    expect(planCapital('capital-back', money(624_050n), facts(630_000n, earned))).toEqual({
      ok: false,
      refusal: { type: 'more_than_lenders', left: money(624_000n) },
    });
  });

  test.each([
    ['nothing', 0n, { type: 'not_in_coins', unit: money(50n) }],
    ['less than nothing', -50n, { type: 'not_in_coins', unit: money(50n) }],
    ['what no coin is', 75n, { type: 'not_in_coins', unit: money(50n) }],
    [
      'more than a book takes',
      AMOUNT_MINOR_MAX + 50n,
      { type: 'capital_too_much', most: money(AMOUNT_MINOR_MAX) },
    ],
  ])('%s is refused, in and back', (_, minor, refusal) => {
    for (const kind of CAPITAL_KINDS)
      expect(planCapital(kind, money(minor), facts(AMOUNT_MINOR_MAX))).toEqual({ ok: false, refusal });
  });

  test('a group without an outside lender takes none', () => {
    for (const kind of CAPITAL_KINDS)
      expect(
        planCapital(kind, money(100n), { lender: undefined, loanCash: money(100n), unitMinor: 50n }),
      ).toEqual({ ok: false, refusal: { type: 'no_lender' } });
  });

  test('whatever is put in and given back, no account falls below zero and the box holds what is the lender’s', () => {
    const step = fc.tuple(fc.constantFrom(...CAPITAL_KINDS), fc.bigInt({ min: 1n, max: 20_000n }));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const booked: Posting[] = [];
        const balance = (name: Posting['debit']) => fold(booked).get(name) ?? 0n;
        for (const [kind, coins] of steps) {
          const now = lender(-balance('outside-capital'), balance('capital-returned'));
          const planned = planCapital(kind, money(coins * 50n), facts(balance('cash/loan-fund'), now));
          if (planned.ok) booked.push(...planned.value.postings);
        }
        const end = lender(-balance('outside-capital'), balance('capital-returned'));
        expect(overdrawn(fold(booked))).toBeUndefined();
        expect(balance('cash/loan-fund')).toBe(lendersOwn(end).minor);
      }),
    );
  });
});
