import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { beginDraw } from '../../src/domain/draw/draw.ts';
import { closeWords, giveWord, revealDraw } from '../../src/domain/draw/steps.ts';
import { type Money, money, parseDecimal, toDecimal } from '../../src/domain/money.ts';
import { InvariantError, type Result } from '../../src/domain/result.ts';
import { missedUpTo, positionsAfter, settlementAfter } from '../../src/domain/tanda/position.ts';
import { give, owedBy, roundOf, startTanda, type Tanda } from '../../src/domain/tanda/rounds.ts';
import {
  type OrganiserFee,
  potOf,
  roundsOf,
  type TandaTerms,
  tandaTerms,
} from '../../src/domain/tanda/terms.ts';
import { agreedTurns, drawnTurns, lotsOf, swapTurns, type Turns } from '../../src/domain/tanda/turns.ts';
import { sha256 } from '../support/ledger.ts';

const pesos = (text: string): Money => money(parseDecimal(text) ?? -1n);
const text = (amount: Money | undefined) => (amount ? toDecimal(amount.minor) : 'nothing');
const done = <Value>(result: Result<Value, { type: string }>): Value => {
  if (!result.ok) throw new Error(`refused: ${result.refusal.type}`);
  return result.value;
};
const refusal = (result: Result<unknown, { type: string }>) => (result.ok ? 'accepted' : result.refusal);

const NO_FEE: OrganiserFee = { kind: 'none' };
const upTo = (n: number): number[] => Array.from({ length: n }, (_, at) => at + 1);
const members = (n: number) => upTo(n).map((number) => ({ number, turns: 1 }));
const termsOf = (n: number, contribution: Money | Money[], fee: OrganiserFee = NO_FEE): TandaTerms =>
  done(tandaTerms({ members: members(n), contribution, fee }));

/** A tanda in the order of the numbers. */
const tanda = (terms: TandaTerms): Tanda => startTanda(terms, done(agreedTurns(terms, lotsOf(terms))));
/** Everybody puts in what she owes in these rounds, but for those left out. */
const allGive = (begun: Tanda, rounds: readonly number[], without: readonly number[] = []): Tanda =>
  rounds
    .flatMap((round) => begun.terms.members.map(({ number }) => ({ number, round })))
    .filter(({ number }) => !without.includes(number))
    .reduce(
      (all, { number, round }) => done(give(all, { number, round, amount: owedBy(all, number, round) })),
      begun,
    );

describe('the published tandas', () => {
  test('T01: ten at 500 are ten rounds of 5,000', () => {
    const terms = termsOf(10, pesos('500.00'));
    expect([roundsOf(terms), text(potOf(terms, 1)), text(potOf(terms, 10))]).toEqual([
      10,
      '5000.00',
      '5000.00',
    ]);
    const over = allGive(tanda(terms), upTo(10));
    expect([...positionsAfter(over, 10).members.values()].map(text)).toEqual(upTo(10).map(() => '0.00'));
  });

  test('T03: the "number 11" is one more pot that the ten pay to the organiser', () => {
    const terms = termsOf(10, pesos('200.00'), { kind: 'extra-turn', at: 'last' });
    expect([roundsOf(terms), text(potOf(terms, 11))]).toEqual([11, '2000.00']);
    const over = allGive(tanda(terms), upTo(11));
    expect(roundOf(over, 11)).toMatchObject({ receiver: 'organiser', fee: pesos('2000.00') });
    expect([...positionsAfter(over, 11).members.values()].map(text)).toEqual(upTo(10).map(() => '-200.00'));
    expect(text(positionsAfter(over, 11).organiser)).toBe('2000.00');
  });

  test('T04: contributions of 25, 26, 27 and 28 are pots of 100, 104, 108 and 112', () => {
    const terms = termsOf(4, ['25.00', '26.00', '27.00', '28.00'].map(pesos));
    expect(upTo(4).map((round) => text(potOf(terms, round)))).toEqual([
      '100.00',
      '104.00',
      '108.00',
      '112.00',
    ]);
    const over = allGive(tanda(terms), upTo(4));
    expect([...positionsAfter(over, 4).members.values()].map(text)).toEqual([
      '-6.00',
      '-2.00',
      '2.00',
      '6.00',
    ]);
  });

  test('X14: ten at 500, the third to receive stops after the fifth round and owes 2,500', () => {
    const fifth = allGive(tanda(termsOf(10, pesos('500.00'))), upTo(5));
    expect(text(roundOf(fifth, 3).paidOut)).toBe('5000.00');
    expect(settlementAfter(fifth, 3, 5)).toEqual({ type: 'owes', amount: pesos('2500.00') });
    const sixth = allGive(fifth, [6], [3]);
    expect(roundOf(sixth, 6)).toMatchObject({
      shortBy: pesos('500.00'),
      missing: [{ number: 3, owes: pesos('500.00') }],
      paidOut: pesos('4500.00'),
      receiverLacks: pesos('500.00'),
    });
    expect(text(missedUpTo(sixth, 3, 6))).toBe('500.00');
  });

  test('X14: one who stops before her turn is owed what she paid', () => {
    const fifth = allGive(tanda(termsOf(10, pesos('500.00'))), upTo(5));
    expect(settlementAfter(fifth, 7, 5)).toEqual({ type: 'is-owed', amount: pesos('2500.00') });
  });

  test('X15: four at 100, the second to receive stands at -100, 200, 100 and 0', () => {
    const over = allGive(tanda(termsOf(4, pesos('100.00'))), upTo(4));
    expect(upTo(4).map((round) => text(positionsAfter(over, round).members.get(2)))).toEqual([
      '-100.00',
      '200.00',
      '100.00',
      '0.00',
    ]);
  });
});

describe('terms', () => {
  const made = (contribution: Money | Money[], fee: OrganiserFee = NO_FEE, n = 3) =>
    tandaTerms({ members: members(n), contribution, fee });
  test.each([
    ['one member', made(pesos('10.00'), NO_FEE, 1), { type: 'tanda_too_small' }],
    ['105 rounds', made(pesos('10.00'), NO_FEE, 105), { type: 'tanda_too_long', max: 104 }],
    [
      '104 members and an extra turn',
      made(pesos('10.00'), { kind: 'extra-turn', at: 'first' }, 104),
      { type: 'tanda_too_long', max: 104 },
    ],
    ['nothing to put in', made(pesos('0.00')), { type: 'tanda_amount', max: pesos('1000000.00') }],
    ['a pot above the cap', made(pesos('333333.34')), { type: 'tanda_amount', max: pesos('1000000.00') }],
    [
      'two contributions for three rounds',
      made([pesos('10.00'), pesos('11.00')]),
      { type: 'tanda_rounds_differ', rounds: 3 },
    ],
    [
      'three contributions for three rounds and an extra one',
      made([pesos('10.00'), pesos('11.00'), pesos('12.00')], { kind: 'extra-turn', at: 'last' }),
      { type: 'tanda_rounds_differ', rounds: 4 },
    ],
    [
      'a fee that takes the pot',
      made(pesos('10.00'), { kind: 'per-pot', amount: pesos('30.00') }),
      { type: 'tanda_fee_too_high', pot: pesos('30.00') },
    ],
    [
      'a fee that takes one of rising pots',
      made([pesos('10.00'), pesos('5.00'), pesos('12.00')], { kind: 'per-pot', amount: pesos('15.00') }),
      { type: 'tanda_fee_too_high', pot: pesos('15.00') },
    ],
  ])('with %s are refused', (_, result, expected) => {
    expect(refusal(result)).toEqual(expected);
  });

  test('of exactly 104 rounds and a pot of exactly the cap are taken', () => {
    expect(made(pesos('10.00'), NO_FEE, 104).ok).toBe(true);
    expect(made(pesos('500000.00'), NO_FEE, 2).ok).toBe(true);
  });

  test('with somebody listed twice, or without a turn, are our own mistake', () => {
    const contribution = pesos('10.00');
    const wrong = [
      [
        { number: 1, turns: 1 },
        { number: 1, turns: 1 },
      ],
      [
        { number: 1, turns: 0 },
        { number: 2, turns: 1 },
      ],
    ];
    for (const members of wrong) {
      expect(() => tandaTerms({ members, contribution, fee: NO_FEE })).toThrow(InvariantError);
    }
  });
});

describe('turns', () => {
  const terms = termsOf(3, pesos('100.00'));
  const turns: Turns = [2, 3, 1];

  test('are those agreed, and the organiser has hers where the terms say', () => {
    expect(agreedTurns(terms, [2, 3, 1])).toEqual({ ok: true, value: turns });
    const first = termsOf(3, pesos('100.00'), { kind: 'extra-turn', at: 'first' });
    expect(agreedTurns(first, [2, 3, 1])).toEqual({ ok: true, value: ['organiser', 2, 3, 1] });
  });

  test.each([[[1, 2]], [[1, 2, 2]], [[1, 2, 4]], [[1, 2, 3, 3]], [[]]])(
    '%j are not those of three members',
    (order) => {
      expect(refusal(agreedTurns(terms, order))).toEqual({ type: 'tanda_turns_differ' });
    },
  );

  test('come from a draw with a lot for each turn', () => {
    const two = done(
      tandaTerms({
        members: [
          { number: 4, turns: 2 },
          { number: 2, turns: 1 },
        ],
        contribution: pesos('100.00'),
        fee: NO_FEE,
      }),
    );
    expect(lotsOf(two)).toEqual([2, 4, 4]);
    const secret = '00112233445566778899aabbccddeeff';
    const now = Temporal.Instant.from('2026-11-22T09:00:00Z');
    const until = { wordsUntil: now.add({ hours: 1 }), revealUntil: now.add({ hours: 2 }) };
    const draw = (purpose: 'turns' | 'gift') => {
      const plan = {
        purpose,
        by: 'words',
        commit: sha256(secret),
        members: [2, 4],
        lots: lotsOf(two),
        ...until,
      } as const;
      const one = done(giveWord(done(beginDraw(plan, undefined)), { number: 2, text: 'sol', now }));
      const both = done(giveWord(one, { number: 4, text: 'mar', now }));
      return done(revealDraw(sha256, done(closeWords(both, now)), { secret, now }));
    };
    expect(drawnTurns(two, draw('turns'))).toEqual({ ok: true, value: draw('turns').order });
    expect(refusal(drawnTurns(terms, draw('turns')))).toEqual({ type: 'tanda_turns_differ' });
    expect(refusal(drawnTurns(two, draw('gift')))).toEqual({ type: 'tanda_turns_differ' });
  });

  test('of two who both say yes change places', () => {
    const swap = { rounds: [1, 3], consents: [1, 2], roundsPaidOut: 0 } as const;
    expect(swapTurns(turns, swap)).toEqual({ ok: true, value: [1, 3, 2] });
  });

  test.each([
    ['one of them has not said yes', turns, [1, 3], [2], 0, 'tanda_swap_needs_both'],
    ['others said yes for her', turns, [1, 3], [2, 3], 0, 'tanda_swap_needs_both'],
    ['one of the rounds was paid out', turns, [1, 3], [1, 2], 1, 'tanda_turn_passed'],
    ['both turns are hers', [2, 2, 1], [1, 2], [2], 0, 'tanda_swap_same'],
    ['it is the same round', turns, [2, 2], [3], 0, 'tanda_swap_same'],
    ['a round is past the last', turns, [1, 4], [1, 2], 0, 'tanda_swap_needs_both'],
    ["it is the organiser's fee", ['organiser', 2, 3], [1, 2], [2], 0, 'tanda_swap_needs_both'],
  ] as const)('are not changed when %s', (...[, given, rounds, consents, roundsPaidOut, expected]) => {
    expect(refusal(swapTurns(given, { rounds, consents, roundsPaidOut }))).toEqual({ type: expected });
  });
});

describe('what is put in', () => {
  const begun = tanda(termsOf(3, pesos('100.00')));
  const gives = (number: number, round: number, amount: string, of = begun) =>
    give(of, { number, round, amount: pesos(amount) });

  test.each([
    ['by somebody else', gives(9, 1, '100.00'), { type: 'tanda_not_in' }],
    ['for a round before the first', gives(1, 0, '100.00'), { type: 'tanda_no_round', rounds: 3 }],
    ['for a round after the last', gives(1, 4, '100.00'), { type: 'tanda_no_round', rounds: 3 }],
    ['as nothing', gives(1, 1, '0.00'), { type: 'nothing_paid' }],
    ['beyond what she owes', gives(1, 1, '100.01'), { type: 'more_than_owed', owed: pesos('100.00') }],
    [
      'beyond what she still owes',
      gives(1, 1, '60.01', done(gives(1, 1, '40.00'))),
      { type: 'more_than_owed', owed: pesos('60.00') },
    ],
  ])('%s is refused', (_, result, expected) => {
    expect(refusal(result)).toEqual(expected);
  });

  test('late goes to the one whose pot was short', () => {
    const short = allGive(begun, [1], [3]);
    expect(roundOf(short, 1)).toMatchObject({ paidOut: pesos('200.00'), receiverLacks: pesos('100.00') });
    const late = done(gives(3, 1, '100.00', short));
    expect(roundOf(late, 1)).toMatchObject({
      paidOut: pesos('300.00'),
      receiverLacks: pesos('0.00'),
      missing: [],
    });
  });

  test('with a fee per pot: the receiver has her part before the organiser has hers', () => {
    const withFee = tanda(termsOf(3, pesos('100.00'), { kind: 'per-pot', amount: pesos('30.00') }));
    expect(roundOf(allGive(withFee, [1]), 1)).toMatchObject({
      paidOut: pesos('270.00'),
      fee: pesos('30.00'),
    });
    const short = done(gives(3, 1, '80.00', allGive(withFee, [1], [3])));
    expect(roundOf(short, 1)).toMatchObject({
      paidOut: pesos('270.00'),
      fee: pesos('10.00'),
      shortBy: pesos('20.00'),
      receiverLacks: pesos('0.00'),
    });
  });

  test('before the first round stands everybody at zero, and a tanda without a turn per round is our mistake', () => {
    expect([...positionsAfter(begun, 0).members.values()].map(text)).toEqual(['0.00', '0.00', '0.00']);
    expect(settlementAfter(begun, 1, 0)).toEqual({ type: 'even' });
    expect(() => startTanda(begun.terms, [1, 2])).toThrow(InvariantError);
  });
});

describe('whatever is put in, by whom and when', () => {
  const fees: fc.Arbitrary<OrganiserFee> = fc.oneof(
    fc.constant(NO_FEE),
    fc.constantFrom('first', 'last').map((at) => ({ kind: 'extra-turn', at }) as const),
    fc.bigInt({ min: 1n, max: 99n }).map((minor) => ({ kind: 'per-pot', amount: money(minor) }) as const),
  );
  const tandas = fc
    .record({
      turns: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 2, maxLength: 8 }),
      amounts: fc.array(fc.bigInt({ min: 50n, max: 90_000n }), { minLength: 17, maxLength: 17 }),
      fee: fees,
      gifts: fc.array(
        fc.tuple(fc.nat(7), fc.integer({ min: 1, max: 17 }), fc.bigInt({ min: 1n, max: 180_000n })),
        {
          maxLength: 80,
        },
      ),
    })
    .map(({ turns, amounts, fee, gifts }) => {
      const women = turns.map((count, at) => ({ number: at + 1, turns: count }));
      const rounds = turns.reduce((a, b) => a + b, 0) + (fee.kind === 'extra-turn' ? 1 : 0);
      const contribution = amounts.slice(0, rounds).map((minor) => money(minor));
      const begun = tanda(done(tandaTerms({ members: women, contribution, fee })));
      return gifts.reduce((all, [number, round, minor]) => {
        const given = give(all, { number: number + 1, round, amount: money(minor) });
        return given.ok ? given.value : all;
      }, begun);
    });

  test('positions with the fee add up to zero after every round', () => {
    fc.assert(
      fc.property(tandas, (any) => {
        for (let round = 0; round <= roundsOf(any.terms); round += 1) {
          const { members: all, organiser } = positionsAfter(any, round);
          expect([...all.values()].reduce((sum, { minor }) => sum + minor, organiser.minor)).toBe(0n);
        }
      }),
    );
  });

  test('a pot is what came in and what is owed; nobody is paid more than came in', () => {
    fc.assert(
      fc.property(tandas, (any) => {
        for (const round of upTo(roundsOf(any.terms))) {
          const { pot, collected, shortBy, paidOut, fee, receiver } = roundOf(any, round);
          expect(collected.minor + shortBy.minor).toBe(pot.minor);
          expect(receiver === 'organiser' ? paidOut : money(paidOut.minor + fee.minor)).toEqual(collected);
          expect(fee.minor >= 0n && paidOut.minor >= 0n).toBe(true);
        }
      }),
    );
  });

  test('in the end each owes what she missed: her settlement is that, and the order of payments does not matter', () => {
    fc.assert(
      fc.property(tandas, (any) => {
        const last = roundsOf(any.terms);
        const turned = { ...any, given: any.given.toReversed() };
        for (const { number } of any.terms.members) {
          const missed = missedUpTo(any, number, last);
          expect(settlementAfter(any, number, last)).toEqual(
            missed.minor === 0n ? { type: 'even' } : { type: 'owes', amount: missed },
          );
          expect(positionsAfter(turned, last).members.get(number)).toEqual(
            positionsAfter(any, last).members.get(number),
          );
        }
      }),
    );
  });
});
