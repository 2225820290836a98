import { type Money, smaller, subtract, zero } from '../money.ts';
import { roundOf } from './rounds.ts';
import { currentRound, handedOf, heldFor, type RunningTanda, roundsHanded, roundsUpTo } from './running.ts';
import { roundsOf } from './terms.ts';
import type { Receiver } from './turns.ts';

/** Money of one round that can be handed over now. */
export type Handover = {
  readonly round: number;
  /** Who is handed it: the organiser when only her fee is left of the round. */
  readonly receiver: Receiver;
  readonly amount: Money;
  /** The organiser's fee out of the same round, beside `amount`. */
  readonly fee: Money;
  /** Who has not given her part of the round. */
  readonly missing: readonly { readonly number: number; readonly owes: Money }[];
  /** Whether some of the round was handed over before: then this is what came late. */
  readonly isLate: boolean;
};

/** What comes next to be handed over: first what came late for an earlier round, then the round that is collected. */
export const nextHandover = (running: RunningTanda): Handover | undefined => {
  const round = roundsUpTo(roundsOf(running.tanda.terms))
    .filter((one) => one <= roundsHanded(running) + 1)
    .find((one) => heldFor(running, one).minor > 0n);
  return round === undefined ? undefined : handoverOf(running, round);
};

const handoverOf = (running: RunningTanda, round: number): Handover => {
  const { receiver, paidOut, missing } = roundOf(running.tanda, round);
  const handed = handedOf(running, round);
  const held = heldFor(running, round);
  const amount = subtract(paidOut, smaller(handed, paidOut));
  const fee = subtract(held, amount);
  const onlyFee = amount.minor === 0n;
  return {
    round,
    receiver: onlyFee ? 'organiser' : receiver,
    amount: onlyFee ? fee : amount,
    fee: onlyFee ? zero(fee.currency) : fee,
    missing,
    isLate: handed.minor > 0n,
  };
};

/** The tanda once that was handed over: of its round nothing is in the box any more. */
export const afterHandover = (running: RunningTanda, { round }: Handover): RunningTanda => ({
  ...running,
  held: running.held.filter((one) => one.round !== round),
});

/** Whether all is done: every round was handed over, nobody owes and nothing of it is in the box. */
export const isOver = (running: RunningTanda): boolean =>
  currentRound(running) === undefined &&
  roundsUpTo(roundsOf(running.tanda.terms)).every(
    (round) => heldFor(running, round).minor === 0n && roundOf(running.tanda, round).shortBy.minor === 0n,
  );
