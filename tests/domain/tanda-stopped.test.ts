// A tanda that ends before its last round: who is owed, who owes, and that it adds up to the centavo.

import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { asId, type MemberId } from '../../src/domain/ids.ts';
import { fold } from '../../src/domain/ledger/balance.ts';
import { money } from '../../src/domain/money.ts';
import { afterHandover, nextHandover } from '../../src/domain/tanda/handover.ts';
import { givenPostings, handoverPostings, heldPostings } from '../../src/domain/tanda/postings.ts';
import { startTanda } from '../../src/domain/tanda/rounds.ts';
import { type RunningTanda, spread } from '../../src/domain/tanda/running.ts';
import { debtPostings, heldInAll, owedIfStopped, settleStopped } from '../../src/domain/tanda/stopped.ts';
import { type OrganiserFee, roundsOf, tandaTerms } from '../../src/domain/tanda/terms.ts';
import { agreedTurns } from '../../src/domain/tanda/turns.ts';

const FIRST = Temporal.PlainDate.from('2026-11-27');
const idOf = (number: number): MemberId =>
  asId(`00000000-0000-7000-8000-${String(number).padStart(12, '0')}`);

const begin = (size: number, minor: bigint, fee: OrganiserFee): RunningTanda => {
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

/** What each gives at each meeting, in a row: `amountOf(round, number)`, nothing below one. The last round stays in the box. */
const play = (
  start: RunningTanda,
  { rounds, amountOf }: { rounds: number; amountOf: (round: number, number: number) => bigint },
) => {
  let running = start;
  let balances: ReturnType<typeof fold> = new Map();
  for (let round = 1; round <= rounds; round += 1) {
    const meetingOn = FIRST.add({ weeks: round });
    for (const { number } of running.tanda.terms.members) {
      const given = spread(running, { number, amount: money(amountOf(round, number)), meetingOn });
      if (!given.ok) continue;
      balances = fold(givenPostings(idOf(number), given.value), balances);
      running = {
        ...running,
        tanda: { ...running.tanda, given: [...running.tanda.given, ...given.value] },
        held: [...running.held, ...given.value],
      };
    }
    if (round === rounds) break;
    for (let handover = nextHandover(running); handover; handover = nextHandover(running)) {
      const { payout, fee } = handoverPostings(running, handover, idOf);
      balances = fold([...payout, ...fee], balances);
      const wasLate = handover.isLate;
      running = { ...afterHandover(running, handover), handedOn: meetingOn };
      if (!wasLate) break;
    }
  }
  return { running, balances };
};

test('X14: ten at 500, received third and stopped after the fifth round: she owes 2,500, and who waits is owed 2,500', () => {
  const { running } = play(begin(10, 50_000n, { kind: 'none' }), {
    rounds: 6,
    amountOf: (round) => (round < 6 ? 50_000n : 0n),
  });
  expect(owedIfStopped(running, 3)).toBe(-250_000n);
  expect(owedIfStopped(running, 9)).toBe(250_000n);
});

test.each([
  [
    'out of every pot, those who received bear it',
    { kind: 'per-pot', amount: money(3_000n) },
    [-20_000n, 60_000n],
  ],
  [
    'an extra first turn, all who gave for it bear it',
    { kind: 'extra-turn', at: 'first' },
    [-40_000n, 40_000n],
  ],
] as const)('the fee of the organiser: %s', (_, fee, [first, last]) => {
  const { running } = play(begin(4, 20_000n, fee), {
    rounds: 4,
    amountOf: (round) => (round < 4 ? 20_000n : 0n),
  });
  expect([owedIfStopped(running, 1), owedIfStopped(running, 4)]).toEqual([first, last]);
});

test('L13 whatever was given, the box goes back, every debt has its creditors, and all accounts end at zero', () => {
  const fees: OrganiserFee[] = [
    { kind: 'none' },
    { kind: 'extra-turn', at: 'first' },
    { kind: 'extra-turn', at: 'last' },
    { kind: 'per-pot', amount: money(1_000n) },
  ];
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 8 }),
      fc.constantFrom(...fees),
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.constantFrom(0n, 5_000n, 7_350n, 20_000n, 40_000n), { minLength: 64, maxLength: 64 }),
      (size, fee, stop, amounts) => {
        const start = begin(size, 20_000n, fee);
        const rounds = Math.min(stop, roundsOf(start.tanda.terms));
        const { running, balances } = play(start, {
          rounds,
          amountOf: (round, number) => amounts[(round * 8 + number) % 64] ?? 0n,
        });
        const settled = settleStopped(running, 100n);
        const back = settled.back.reduce((all, { amount }) => all + amount.minor, 0n);
        expect(back).toBe(heldInAll(running).minor);
        for (const { owes, shares } of settled.debts)
          expect(shares.reduce((all, { amount }) => all + amount.minor, 0n)).toBe(owes.minor);
        for (const { number } of running.tanda.terms.members) {
          const gets = [settled.back, ...settled.debts.map(({ shares }) => shares)]
            .flat()
            .filter((part) => part.number === number)
            .reduce((all, { amount }) => all + amount.minor, 0n);
          const owes = settled.debts.find((debt) => debt.number === number)?.owes.minor ?? 0n;
          expect(gets - owes).toBe(owedIfStopped(running, number));
        }
        const stopped = fold(
          [...heldPostings(running.held, idOf), ...settled.debts.flatMap((debt) => debtPostings(debt, idOf))],
          balances,
        );
        // Everybody brings what she owes, and it goes to those it is owed to.
        const paid = settled.debts.flatMap((debt) =>
          debtPostings(debt, idOf).map(({ debit, credit, amountMinor }) => ({
            debit: credit,
            credit: debit,
            amountMinor,
          })),
        );
        const left = [...fold(paid, stopped)].filter(([, minor]) => minor !== 0n);
        expect(left).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});
