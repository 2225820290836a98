import { add, type Money, money, smaller, zero } from '../money.ts';
import { owedBy, roundOf } from './rounds.ts';
import { handedOf, missedRounds, type RunningTanda, roundsUpTo } from './running.ts';
import { currencyOf, roundsOf } from './terms.ts';

/** Where one woman stands today: what she gave, what she was really handed, and the rounds she gave wholly. */
export type Standing = {
  readonly number: number;
  readonly given: Money;
  readonly received: Money;
  readonly roundsGiven: number;
  readonly missed: Money;
};

/** Everybody's standing today. What they gave is what they were handed, what is in the box, and the organiser's fee. */
export const standings = (running: RunningTanda): Standing[] =>
  running.tanda.terms.members.map(({ number }) => standingOf(running, number));

export const standingOf = (running: RunningTanda, number: number): Standing => {
  const { tanda } = running;
  const none = zero(currencyOf(tanda.terms));
  const rounds = roundsUpTo(roundsOf(tanda.terms));
  return {
    number,
    given: tanda.given
      .filter((one) => one.number === number)
      .map(({ amount }) => amount)
      .reduce(add, none),
    received: rounds
      .filter((round) => tanda.turns[round - 1] === number)
      .map((round) => receivedOf(running, round))
      .reduce(add, none),
    roundsGiven: rounds.filter((round) => owedBy(tanda, number, round).minor === 0n).length,
    missed: missedRounds(running, number)
      .map((round) => owedBy(tanda, number, round))
      .reduce(add, none),
  };
};

/** What who receives a round was handed of it so far, without the organiser's fee. */
const receivedOf = (running: RunningTanda, round: number): Money =>
  smaller(handedOf(running, round), roundOf(running.tanda, round).paidOut);

/** What the organiser was handed so far: her extra turn, or her part of every pot. */
export const organiserReceived = (running: RunningTanda): Money => {
  const minor = roundsUpTo(roundsOf(running.tanda.terms)).reduce((all, round) => {
    const handed = handedOf(running, round).minor;
    return (
      all +
      (running.tanda.turns[round - 1] === 'organiser' ? handed : handed - receivedOf(running, round).minor)
    );
  }, 0n);
  return money(minor, currencyOf(running.tanda.terms));
};

/** What who received a round still lacks of it, and who owes it to her. */
export const lackOf = (
  running: RunningTanda,
  round: number,
): {
  readonly lacks: Money;
  readonly missing: readonly { readonly number: number; readonly owes: Money }[];
} => {
  const { receiverLacks, missing } = roundOf(running.tanda, round);
  return { lacks: receiverLacks, missing };
};
