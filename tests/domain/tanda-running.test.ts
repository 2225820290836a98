// A tanda with its money: what is owed, handed over, and left in the box, whatever is given and when.

import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { asId, type MemberId } from '../../src/domain/ids.ts';
import { fold } from '../../src/domain/ledger/balance.ts';
import type { Posting } from '../../src/domain/ledger/entry.ts';
import { money } from '../../src/domain/money.ts';
import { afterHandover, isOver, nextHandover } from '../../src/domain/tanda/handover.ts';
import { givenPostings, handoverPostings, roundsGiven } from '../../src/domain/tanda/postings.ts';
import type { Given } from '../../src/domain/tanda/rounds.ts';
import { startTanda } from '../../src/domain/tanda/rounds.ts';
import {
  currentRound,
  type RunningTanda,
  roundsHanded,
  spread,
  turnDueAt,
  withoutGiven,
} from '../../src/domain/tanda/running.ts';
import { lackOf, organiserReceived, standings } from '../../src/domain/tanda/standing.ts';
import { type OrganiserFee, tandaTerms } from '../../src/domain/tanda/terms.ts';
import { agreedTurns } from '../../src/domain/tanda/turns.ts';

const FIRST = Temporal.PlainDate.from('2026-11-27');
const weekOf = (round: number) => FIRST.add({ weeks: round - 1 });
const idOf = (number: number): MemberId =>
  asId(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`);

const begin = (size: number, minor: bigint, fee: OrganiserFee = { kind: 'none' }): RunningTanda => {
  const numbers = Array.from({ length: size }, (_, at) => at + 1);
  const terms = tandaTerms({
    members: numbers.map((number) => ({ number, turns: 1 })),
    contribution: money(minor),
    fee,
  });
  if (!terms.ok) throw new Error(terms.refusal.type);
  const turns = agreedTurns(terms.value, numbers);
  if (!turns.ok) throw new Error(turns.refusal.type);
  return { tanda: startTanda(terms.value, turns.value), held: [], handedOn: undefined };
};

const withGiven = (running: RunningTanda, given: readonly Given[]): RunningTanda => ({
  ...running,
  tanda: { ...running.tanda, given: [...running.tanda.given, ...given] },
  held: [...running.held, ...given],
});

const gives = (running: RunningTanda, number: number, minor: bigint, round: number): RunningTanda => {
  const parts = spread(running, { number, amount: money(minor), meetingOn: weekOf(round) });
  return parts.ok ? withGiven(running, parts.value) : running;
};

/** Everybody but the missing gives; what there is of the round is handed over. */
const hold = (running: RunningTanda, round: number, missing: readonly number[] = []): RunningTanda => {
  const all = running.tanda.terms.members.map(({ number }) => number);
  const collected = all
    .filter((number) => !missing.includes(number))
    .reduce((now, number) => gives(now, number, 20_000n, round), running);
  const handover = nextHandover(collected);
  if (!handover) throw new Error('nothing to hand over');
  return { ...afterHandover(collected, handover), handedOn: weekOf(round) };
};

describe('a member who missed a round', () => {
  const short = hold(hold(begin(4, 20_000n), 1), 2, [3]);

  test('owes it to the one who received less, beside what is collected now', () => {
    expect(lackOf(short, 2)).toEqual({
      lacks: money(20_000n),
      missing: [{ number: 3, owes: money(20_000n) }],
    });
    expect(turnDueAt(short, 3, weekOf(3))).toEqual(money(40_000n));
    expect(turnDueAt(short, 4, weekOf(3))).toEqual(money(20_000n));
  });

  test('makes one woman wait and not each after her: this round first, then what she missed', () => {
    const parts = spread(short, { number: 3, amount: money(30_000n), meetingOn: weekOf(3) });
    expect(parts).toEqual({
      ok: true,
      value: [
        { number: 3, round: 3, amount: money(20_000n) },
        { number: 3, round: 2, amount: money(10_000n) },
      ],
    });
  });

  test('in the same meeting her money is for the round that was handed over without her', () => {
    const parts = spread(short, { number: 3, amount: money(20_000n), meetingOn: weekOf(2) });
    expect(parts.ok && parts.value.map(({ round }) => round)).toEqual([2]);
    expect(turnDueAt(short, 4, weekOf(2))).toEqual(money(0n));
  });

  test('late money goes to her round before the next one is handed over', () => {
    const late = gives(short, 3, 40_000n, 3);
    expect(nextHandover(late)).toMatchObject({ round: 2, receiver: 2, amount: money(20_000n), isLate: true });
  });

  test('cannot give more than all that is left, and nothing is divided for who is not in it', () => {
    const too = spread(short, { number: 3, amount: money(60_001n), meetingOn: weekOf(3) });
    expect(too).toEqual({ ok: false, refusal: { type: 'more_than_owed', owed: money(60_000n) } });
    expect(spread(short, { number: 9, amount: money(1n), meetingOn: weekOf(3) })).toEqual({
      ok: false,
      refusal: { type: 'tanda_not_in' },
    });
  });
});

test('a receipt that is corrected is worked out as if it had never been', () => {
  const before = begin(3, 20_000n);
  const after = gives(before, 1, 20_000n, 1);
  const without = withoutGiven(after, 1, [{ round: 1, minor: 20_000n }]);
  expect(turnDueAt(without, 1, weekOf(1))).toEqual(money(20_000n));
  expect(nextHandover(without)).toBeUndefined();
});

describe('whatever is given, by whom and when', () => {
  const fees: fc.Arbitrary<OrganiserFee> = fc.oneof(
    fc.constant({ kind: 'none' } as const),
    fc.constantFrom('first', 'last').map((at) => ({ kind: 'extra-turn', at }) as const),
    fc.bigInt({ min: 1n, max: 900n }).map((minor) => ({ kind: 'per-pot', amount: money(minor) }) as const),
  );
  const story = fc.record({
    size: fc.integer({ min: 2, max: 6 }),
    fee: fees,
    acts: fc.array(
      fc.oneof(
        fc.record({ who: fc.integer({ min: 1, max: 6 }), minor: fc.bigInt({ min: 1n, max: 5_000n }) }),
        fc.constant('hand over' as const),
      ),
      { maxLength: 60 },
    ),
  });

  test('the book never pays out what did not come in, and all that was given is handed over, kept or the fee', () => {
    fc.assert(
      fc.property(story, ({ size, fee, acts }) => {
        let running = begin(size, 1_000n, fee);
        const postings: Posting[] = [];
        for (const act of acts) {
          const round = currentRound(running) ?? roundsHanded(running) + 1;
          if (act === 'hand over') {
            const handover = nextHandover(running);
            if (!handover) continue;
            const out = handoverPostings(running, handover, idOf);
            const minor = (all: readonly Posting[]) => all.reduce((sum, one) => sum + one.amountMinor, 0n);
            expect([minor(out.payout), minor(out.fee)]).toEqual([handover.amount.minor, handover.fee.minor]);
            postings.push(...out.payout, ...out.fee);
            running = {
              ...afterHandover(running, handover),
              handedOn: handover.isLate ? running.handedOn : weekOf(round),
            };
          } else if (act.who <= size) {
            const parts = spread(running, {
              number: act.who,
              amount: money(act.minor),
              meetingOn: weekOf(round),
            });
            if (!parts.ok) continue;
            const booked = givenPostings(idOf(act.who), parts.value);
            expect(roundsGiven(booked).reduce((sum, one) => sum + one.minor, 0n)).toBe(act.minor);
            postings.push(...booked);
            running = withGiven(running, parts.value);
          }
          for (const [account, balance] of fold(postings)) {
            expect(account.startsWith('cash/') ? balance >= 0n : balance <= 0n).toBe(true);
          }
        }
        const all = standings(running);
        const sum = (of: (one: (typeof all)[number]) => bigint) =>
          all.reduce((total, one) => total + of(one), 0n);
        const held = running.held.reduce((total, { amount }) => total + amount.minor, 0n);
        const received = sum((one) => one.received.minor) + organiserReceived(running).minor;
        expect(sum((one) => one.given.minor)).toBe(received + held);
        expect(fold(postings).get('cash/savings-pot') ?? 0n).toBe(held);
        if (isOver(running))
          expect([...fold(postings).values()].every((balance) => balance === 0n)).toBe(true);
      }),
    );
  });

  test('when everybody gives and every round is handed over, it is over and the book is at zero', () => {
    const last = [1, 2, 3, 4, 5].reduce((running, round) => hold(running, round), begin(5, 20_000n));
    expect(isOver(last)).toBe(true);
    expect(nextHandover(last)).toBeUndefined();
    expect(isOver(hold(hold(begin(2, 20_000n), 1, [2]), 2))).toBe(false);
  });
});
