import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { asId, type LoanId, type MemberId } from '../../src/domain/ids.ts';
import {
  type Cover,
  type CoverBy,
  type Coverer,
  type CoverShare,
  gapOf,
  outstanding,
  owedForCovers,
  planCover,
} from '../../src/domain/joint/cover.ts';
import { punctuality, type TowardInstalment } from '../../src/domain/joint/on-time.ts';
import { coverPostings, forgivePostings, refundPostings } from '../../src/domain/joint/postings.ts';
import { planRefund } from '../../src/domain/joint/refund.ts';
import type { Posting } from '../../src/domain/ledger/entry.ts';
import { type Money, money, parseDecimal, toDecimal } from '../../src/domain/money.ts';
import { InvariantError, type Result } from '../../src/domain/result.ts';

const pesos = (text: string): Money => money(parseDecimal(text) ?? -1n);
const member = (n: number) => asId<MemberId>(`00000000-0000-7000-8000-${n.toString().padStart(12, '0')}`);
const LOAN = asId<LoanId>('00000000-0000-7000-8000-0000000000f1');
const CENTAVO = pesos('0.01');
const DEBTOR = member(8);
const SEVEN = [1, 2, 3, 4, 5, 6, 7].map(member);

const done = <Value>(result: Result<Value, { type: string }>): Value => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.type}`);
  return result.value;
};
const refusal = (result: Result<unknown, { type: string }>) => (result.ok ? 'accepted' : result.refusal);
const amounts = (shares: readonly CoverShare[]) => shares.map(({ amount }) => toDecimal(amount.minor));
const decide = (by: CoverBy, gap = '65.00', unit = CENTAVO, votePassed = true) =>
  planCover({ debtor: DEBTOR, gap: pesos(gap), by, votePassed }, unit);
const x11 = (): Cover => done(decide({ kind: 'equal', among: SEVEN }));

/** Debits less credits by account. */
const fold = (postings: readonly Posting[], start = new Map<string, bigint>()) => {
  const balances = new Map(start);
  for (const { debit, credit, amountMinor } of postings) {
    balances.set(debit, (balances.get(debit) ?? 0n) + amountMinor);
    balances.set(credit, (balances.get(credit) ?? 0n) - amountMinor);
  }
  return balances;
};

describe('X11: eight owe 125.00, one brings 60.00', () => {
  test('the seven cover the missing 65.00 equally: 9.29 four times, 9.28 three times', () => {
    expect(toDecimal(gapOf(pesos('125.00'), pesos('60.00')).minor)).toBe('65.00');
    expect(amounts(x11().shares)).toEqual(['9.29', '9.29', '9.29', '9.29', '9.28', '9.28', '9.28']);
    expect(x11().shares.map(({ by }) => by)).toEqual(SEVEN);
  });

  test('the lender receives 1,000.00, the seven are owed 65.00, and so much does she owe', () => {
    const pays = [{ loanId: LOAN, fee: pesos('0.00'), interest: pesos('15.00'), principal: pesos('50.00') }];
    const balances = fold(coverPostings(x11(), pays));
    const brought = 7n * 12_500n + 6_000n;
    expect(brought + (balances.get('cash/loan-fund') ?? 0n)).toBe(100_000n);
    expect(balances.get(`cover/${DEBTOR}`)).toBe(6_500n);
    expect(SEVEN.map((who) => balances.get(`covered/${who}`))).toEqual(
      [9_29n, 9_29n, 9_29n, 9_29n, 9_28n, 9_28n, 9_28n].map((minor) => -minor),
    );
    expect([balances.get(`loan/${LOAN}`), balances.get(`interest/${LOAN}`)]).toEqual([-5_000n, -1_500n]);
  });

  test('she did not pay on time, and did not pay', () => {
    const dueOn = Temporal.PlainDate.from('2026-11-22');
    const toward: TowardInstalment[] = [
      { from: 'herself', on: dueOn, amount: pesos('60.00') },
      { from: 'cover', on: dueOn, amount: pesos('65.00') },
    ];
    const of = (all: TowardInstalment[]) => punctuality({ due: pesos('125.00'), dueOn }, all);
    expect(of(toward)).toEqual({
      kept: 'unpaid',
      byHerself: pesos('60.00'),
      covered: pesos('65.00'),
      owing: pesos('65.00'),
    });
    const givenBack = { from: 'herself', on: dueOn.add({ weeks: 1 }), amount: pesos('65.00') } as const;
    expect(of([...toward, givenBack])).toMatchObject({ kept: 'late', owing: pesos('0.00') });
    expect(of([{ from: 'herself', on: dueOn, amount: pesos('125.00') }]).kept).toBe('on-time');
  });
});

describe('X12: she later brings 40.00', () => {
  const owed = outstanding([x11()], []);
  const refund = () => done(planRefund(owed, pesos('40.00'), CENTAVO));

  test('5.72 goes to three and 5.71 to four; 25.00 is left', () => {
    expect(amounts(refund().shares)).toEqual(['5.72', '5.72', '5.72', '5.71', '5.71', '5.71', '5.71']);
    expect(toDecimal(refund().stillOwed.minor)).toBe('25.00');
  });

  test('booked, her debt and what each is owed are less by that, and no money stays in the box', () => {
    const pays = [{ loanId: LOAN, fee: pesos('0.00'), interest: pesos('0.00'), principal: pesos('65.00') }];
    const before = fold(coverPostings(x11(), pays));
    const after = fold(refundPostings(DEBTOR, refund(), 'savings-pot'), before);
    expect(after.get(`cover/${DEBTOR}`)).toBe(2_500n);
    expect(after.get('cash/savings-pot')).toBe(0n);
    expect(SEVEN.map((who) => after.get(`covered/${who}`))).toEqual(
      [357n, 357n, 357n, 358n, 357n, 357n, 357n].map((minor) => -minor),
    );
  });

  test('the last 25.00 clear everybody', () => {
    const left = outstanding([x11()], refund().shares);
    expect(done(planRefund(left, pesos('25.00'), CENTAVO)).stillOwed).toEqual(pesos('0.00'));
    const all = [...refund().shares, ...done(planRefund(left, pesos('25.00'), CENTAVO)).shares];
    expect(outstanding([x11()], all)).toEqual([]);
  });
});

describe('a cover', () => {
  test('by weights is shared in proportion to them, in whole coins; who has no share is not in it', () => {
    const weights = [300n, 100n, 0n].map((weight, at) => ({ member: member(at + 1), weight }));
    const cover = done(decide({ kind: 'pro-rata', among: weights }, '65.00', pesos('0.50')));
    expect(cover.shares).toEqual([
      { by: member(1), amount: pesos('49.00') }, // 97.5 coins: the tie goes to who is named first
      { by: member(2), amount: pesos('16.00') },
    ]);
  });

  test('from the savings pot moves its money to the fund, and she owes the pot', () => {
    const cover = done(decide({ kind: 'pot' }));
    expect(cover.shares).toEqual([{ by: 'savings-pot', amount: pesos('65.00') }]);
    const pays = [{ loanId: LOAN, fee: pesos('0.00'), interest: pesos('15.00'), principal: pesos('50.00') }];
    expect(coverPostings(cover, pays)).toEqual([
      { debit: 'cash/loan-fund', credit: 'cash/savings-pot', amountMinor: 6_500n },
      { debit: `cover/${DEBTOR}`, credit: `interest/${LOAN}`, amountMinor: 1_500n },
      { debit: `cover/${DEBTOR}`, credit: `loan/${LOAN}`, amountMinor: 5_000n },
    ]);
    const refund = done(planRefund(outstanding([cover], []), pesos('65.00'), CENTAVO));
    expect(refundPostings(DEBTOR, refund, 'savings-pot')).toEqual([
      { debit: 'cash/savings-pot', credit: `cover/${DEBTOR}`, amountMinor: 6_500n },
    ]);
  });

  test.each<[string, Result<Cover, { type: string }>, object]>([
    ['without a gap', decide({ kind: 'pot' }, '0.00'), { type: 'cover_no_gap' }],
    ['without a vote', decide({ kind: 'pot' }, '65.00', CENTAVO, false), { type: 'cover_not_voted' }],
    ['by herself', decide({ kind: 'equal', among: [member(1), DEBTOR] }), { type: 'cover_by_herself' }],
    ['by nobody', decide({ kind: 'equal', among: [] }), { type: 'cover_by_nobody' }],
    [
      'by members without weight',
      decide({ kind: 'pro-rata', among: [{ member: member(1), weight: 0n }] }),
      { type: 'cover_by_nobody' },
    ],
    [
      'of a gap that coins do not make up',
      decide({ kind: 'equal', among: SEVEN }, '65.25', pesos('0.50')),
      { type: 'not_in_coins', unit: pesos('0.50') },
    ],
  ])('%s is refused', (_, result, expected) => {
    expect(refusal(result)).toEqual(expected);
  });

  test('is of nothing when she brought more than was due', () => {
    expect(gapOf(pesos('125.00'), pesos('130.00'))).toEqual(pesos('0.00'));
  });

  test('by somebody named twice, or of another sum than what it pays, is our own mistake', () => {
    expect(() => decide({ kind: 'equal', among: [member(1), member(1)] })).toThrow(InvariantError);
    const pays = [{ loanId: LOAN, fee: pesos('0.00'), interest: pesos('0.00'), principal: pesos('64.99') }];
    expect(() => coverPostings(x11(), pays)).toThrow(InvariantError);
  });
});

describe('giving back', () => {
  const owed = (text: string, unit = CENTAVO) =>
    outstanding([done(decide({ kind: 'equal', among: SEVEN.slice(0, 2) }, text, unit))], []);

  test.each<[string, Result<unknown, { type: string }>, object]>([
    ['nothing', planRefund(owed('65.00'), pesos('0.00'), CENTAVO), { type: 'nothing_paid' }],
    [
      'more than she owes',
      planRefund(owed('65.00'), pesos('65.01'), CENTAVO),
      { type: 'more_than_owed', owed: pesos('65.00') },
    ],
    [
      'when she owes nothing',
      planRefund([], pesos('1.00'), CENTAVO),
      { type: 'more_than_owed', owed: pesos('0.00') },
    ],
    [
      'an amount that coins do not make up',
      planRefund(owed('65.00', pesos('0.50')), pesos('0.75'), pesos('0.50')),
      { type: 'not_in_coins', unit: pesos('0.50') },
    ],
  ])('%s is refused', (_, result, expected) => {
    expect(refusal(result)).toEqual(expected);
  });

  test('what was covered in centavos is given back in centavos after the group went over to larger coins', () => {
    const refund = done(planRefund(owed('65.01'), pesos('65.01'), pesos('0.50')));
    expect(amounts(refund.shares)).toEqual(['32.51', '32.50']);
  });

  test('the pot has its part beside the members', () => {
    const covers = [
      done(decide({ kind: 'pot' }, '30.00')),
      done(decide({ kind: 'equal', among: [member(1)] }, '10.00')),
    ];
    const refund = done(planRefund(outstanding(covers, []), pesos('8.00'), CENTAVO));
    expect(refund.shares).toEqual([
      { by: 'savings-pot', amount: pesos('6.00') },
      { by: member(1), amount: pesos('2.00') },
    ]);
    expect(refundPostings(DEBTOR, refund, 'social-fund')).toEqual([
      { debit: 'cash/savings-pot', credit: `cover/${DEBTOR}`, amountMinor: 600n },
      { debit: 'cash/social-fund', credit: `cover/${DEBTOR}`, amountMinor: 200n },
      { debit: `covered/${member(1)}`, credit: 'cash/social-fund', amountMinor: 200n },
    ]);
  });

  test('more to somebody than she covered is our own mistake', () => {
    const tooMuch = [{ by: member(1), amount: pesos('9.30') }];
    expect(() => outstanding([x11()], tooMuch)).toThrow(InvariantError);
  });
});

describe('whatever is covered, and given back in whatever steps', () => {
  const units = fc.constantFrom(1n, 50n, 100n, 500n);
  const gaps = fc.record({
    coins: fc.integer({ min: 1, max: 5_000 }),
    weights: fc.array(fc.bigInt({ min: 1n, max: 100_000n }), { minLength: 1, maxLength: 10 }),
    how: fc.constantFrom('equal', 'pro-rata', 'pot'),
  });
  const coverOf = (gap: { coins: number; weights: bigint[]; how: string }, unit: bigint): Cover => {
    const among = gap.weights.map((weight, at) => ({ member: member(at + 11), weight }));
    const by: CoverBy =
      gap.how === 'equal'
        ? { kind: 'equal', among: among.map((one) => one.member) }
        : gap.how === 'pro-rata'
          ? { kind: 'pro-rata', among }
          : { kind: 'pot' };
    const sum = money(BigInt(gap.coins) * unit);
    return done(planCover({ debtor: DEBTOR, gap: sum, by, votePassed: true }, money(unit)));
  };

  test('shares are whole coins and add up to the gap', () => {
    fc.assert(
      fc.property(gaps, units, (gap, unit) => {
        const cover = coverOf(gap, unit);
        expect(owedForCovers(cover.shares, 'MXN')).toEqual(cover.gap);
        for (const { amount } of cover.shares) expect(amount.minor % unit).toBe(0n);
        expect(cover.shares.every(({ amount }) => amount.minor > 0n)).toBe(true);
      }),
    );
  });

  test('nobody gets back more than she gave, the book follows, and all of it back leaves nothing owed', () => {
    const payments = fc.array(fc.integer({ min: 1, max: 3_000 }), { maxLength: 12 });
    fc.assert(
      fc.property(fc.array(gaps, { minLength: 1, maxLength: 4 }), units, payments, (all, unit, paying) => {
        const covers = all.map((gap) => coverOf(gap, unit));
        let refunds: CoverShare[] = [];
        let book = fold(
          covers.flatMap((cover) =>
            coverPostings(cover, [
              { loanId: LOAN, fee: money(0n), interest: money(0n), principal: cover.gap },
            ]),
          ),
        );
        const pay = (paid: Money): void => {
          const plan = planRefund(outstanding(covers, refunds), paid, money(unit));
          if (!plan.ok) return;
          refunds = [...refunds, ...plan.value.shares];
          book = fold(refundPostings(DEBTOR, plan.value, 'savings-pot'), book);
          const left = outstanding(covers, refunds);
          expect(owedForCovers(left, 'MXN')).toEqual(plan.value.stillOwed);
          expect(book.get(`cover/${DEBTOR}`)).toBe(plan.value.stillOwed.minor);
          const owedTo = (by: Coverer) => left.find((share) => share.by === by)?.amount.minor ?? 0n;
          for (const [account, balance] of book) {
            if (account.startsWith('covered/')) {
              expect(-balance).toBe(owedTo(asId<MemberId>(account.slice('covered/'.length))));
            }
          }
        };
        for (const coins of paying) pay(money(BigInt(coins) * unit));
        const rest = owedForCovers(outstanding(covers, refunds), 'MXN');
        if (rest.minor > 0n) pay(rest);
        expect(outstanding(covers, refunds)).toEqual([]);
        expect(book.get('cash/savings-pot') ?? 0n).toBe(0n);
      }),
    );
  });

  test('a cover changes nothing of how she kept to an instalment', () => {
    const day = fc
      .integer({ min: -30, max: 30 })
      .map((days) => Temporal.PlainDate.from('2026-11-22').add({ days }));
    const payment = (from: TowardInstalment['from']): fc.Arbitrary<TowardInstalment> =>
      fc.record({
        from: fc.constant(from),
        on: day,
        amount: fc.bigInt({ min: 1n, max: 20_000n }).map((minor) => money(minor)),
      });
    fc.assert(
      fc.property(fc.array(payment('herself')), fc.array(payment('cover')), (hers, covers) => {
        const instalment = { due: pesos('125.00'), dueOn: Temporal.PlainDate.from('2026-11-22') };
        const without = punctuality(instalment, hers);
        const { covered, ...rest } = punctuality(instalment, [...covers, ...hers]);
        expect({ ...rest, covered: money(0n) }).toEqual(without);
        expect(covered.minor).toBe(covers.reduce((all, { amount }) => all + amount.minor, 0n));
      }),
    );
  });
});

test('what is forgiven ends on both sides; what the savings pot paid is a loss of all', () => {
  expect(
    forgivePostings(DEBTOR, [
      { by: member(1), amount: pesos('9.29') },
      { by: 'savings-pot', amount: pesos('20.00') },
    ]),
  ).toEqual([
    { debit: `covered/${member(1)}`, credit: `cover/${DEBTOR}`, amountMinor: 929n },
    { debit: 'earnings', credit: `cover/${DEBTOR}`, amountMinor: 2000n },
  ]);
});
