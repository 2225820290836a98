import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { closeByLots } from '../../../src/domain/closing/close-by-lots.ts';
import { closeCycle } from '../../../src/domain/closing/close-cycle.ts';
import { type ClosingBook, potOf } from '../../../src/domain/closing/pool.ts';
import { asId, type MemberId } from '../../../src/domain/ids.ts';
import type { Account } from '../../../src/domain/ledger/account.ts';
import { balanceOf, fold } from '../../../src/domain/ledger/balance.ts';
import type { Posting } from '../../../src/domain/ledger/entry.ts';
import { AMOUNT_MINOR_MAX } from '../../../src/domain/money.ts';
import { constitutionSchema, rulesOf } from '../../../src/store/constitution.ts';

const ON = Temporal.PlainDate.from('2026-11-24');
const idOf = (n: number): MemberId => asId(`00000000-0000-7000-8000-${String(n).padStart(12, '0')}`);
const rulesWith = (cashUnit: string) =>
  rulesOf(
    constitutionSchema.parse({
      product: 'solidarity-credit',
      savings: { kind: 'free', weekly: '50.00' },
      cashUnit,
      closing: 'lots',
    }),
    'MXN',
  );

type Case = {
  readonly saved: readonly bigint[];
  readonly winner: number;
  readonly book: Pick<ClosingBook, 'fines' | 'earnings'>;
  readonly cashUnit: string;
};

const membersOf = (saved: readonly bigint[]) =>
  saved.map((minor, n) => ({ id: idOf(n), saved: minor, loans: [], interestPaid: 0n }));

/** The book as it stands before the closing: everything lies in the savings pot. */
const opening = ({ saved, book }: Case): Posting[] => {
  const loss = book.earnings < 0n;
  const amounts: readonly (readonly [Account, bigint])[] = [
    ...saved.map((minor, n) => [`savings/${idOf(n)}`, minor] as const),
    ['fines', book.fines],
    ['earnings', loss ? -book.earnings : book.earnings],
  ];
  return amounts.flatMap(([account, amountMinor]): Posting[] => {
    if (amountMinor === 0n) return [];
    return loss && account === 'earnings'
      ? [{ debit: account, credit: 'cash/savings-pot', amountMinor }]
      : [{ debit: 'cash/savings-pot', credit: account, amountMinor }];
  });
};

const close = ({ saved, winner, book, cashUnit }: Case) =>
  closeByLots(
    membersOf(saved),
    { interest: [], lateFees: [], ...book },
    { rules: rulesWith(cashUnit), winner: idOf(winner), on: ON },
  );

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    saved: fc.array(fc.bigInt({ min: 0n, max: AMOUNT_MINOR_MAX }), { minLength: 2, maxLength: 30 }),
    winner: fc.nat(29),
    fines: fc.bigInt({ min: 0n, max: 50_000n }),
    earnings: fc.bigInt({ min: -1_000n, max: 50_000n }),
    cashUnit: fc.constantFrom('0.01', '0.50', '1', '5'),
  })
  .map(({ saved: some, winner, fines, earnings, cashUnit }) => {
    const saved = [1_000n + (some[0] ?? 0n) / 2n, ...some.slice(1)];
    return { saved, winner: winner % saved.length, book: { fines, earnings }, cashUnit };
  });

describe('a cycle closed by lots', () => {
  test('pays the whole pot to her who won, to the last coin, and leaves every account of members at zero', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const closed = close(given);
        if (!closed.ok) throw new Error(closed.refusal.type);
        const { payouts, residue, gifts, postings } = closed.value;
        const pool = given.saved.reduce((a, b) => a + b, 0n) + given.book.fines + given.book.earnings;
        expect(payouts.map(({ cash }) => cash).reduce((a, b) => a + b) + residue).toBe(pool);
        const said = potOf(
          membersOf(given.saved),
          { interest: [], lateFees: [], ...given.book },
          rulesWith(given.cashUnit),
        );
        expect(payouts[given.winner]?.cash).toBe(said);
        for (const [n, payout] of payouts.entries()) {
          expect(payout.savings).toBe(given.saved[n]);
          expect(payout.savings + payout.gift + payout.gain - payout.owed).toBe(payout.cash);
          if (n !== given.winner) expect(payout.cash).toBe(0n);
        }
        expect(payouts.reduce((all, { gift }) => all + gift, 0n)).toBe(0n);
        const all = [...gifts, ...postings];
        expect(all.every(({ amountMinor }) => amountMinor > 0n && amountMinor <= AMOUNT_MINOR_MAX)).toBe(
          true,
        );
        const after = fold([...opening(given), ...all]);
        for (const n of given.saved.keys()) expect(balanceOf(after, `savings/${idOf(n)}`)).toBe(0n);
        for (const account of ['fines', 'earnings', 'cash/savings-pot'] as const)
          expect(balanceOf(after, account)).toBe(0n);
      }),
    );
  });

  test('gives one posting from each who saved, and none from her who did not', () => {
    const closed = close({
      saved: [10_000n, 0n, 5_000n],
      winner: 2,
      book: { fines: 0n, earnings: 0n },
      cashUnit: '0.50',
    });
    expect(closed).toMatchObject({
      ok: true,
      value: {
        residue: 0n,
        gifts: [{ debit: `savings/${idOf(0)}`, credit: `savings/${idOf(2)}`, amountMinor: 10_000n }],
        postings: [{ debit: `savings/${idOf(2)}`, credit: 'cash/savings-pot', amountMinor: 15_000n }],
      },
    });
  });

  test('is refused when there is nothing to give', () => {
    const nothing = close({
      saved: [0n, 0n],
      winner: 0,
      book: { fines: 0n, earnings: 0n },
      cashUnit: '0.50',
    });
    expect(nothing).toEqual({ ok: false, refusal: { type: 'nothing_saved' } });
  });

  test('throws when the winner is nobody of the group', () => {
    expect(() =>
      close({ saved: [100n, 100n], winner: 7, book: { fines: 0n, earnings: 0n }, cashUnit: '0.50' }),
    ).toThrow('who won the draw is a member of the group');
  });

  test('a closing by any other way has no gifts', () => {
    const closed = closeCycle(
      membersOf([10_000n, 5_000n]),
      { interest: [], lateFees: [], fines: 0n, earnings: 0n },
      { rules: rulesWith('0.50'), method: 'pro-rata', on: ON },
    );
    expect(closed).toMatchObject({ ok: true, value: { gifts: [], payouts: [{ gift: 0n }, { gift: 0n }] } });
  });
});
