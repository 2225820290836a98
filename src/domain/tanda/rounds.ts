import { add, type Money, money, smaller, subtract, sum, zero } from '../money.ts';
import { accept, invariant, type Result, refuse } from '../result.ts';
import { currencyOf, dueOf, potOf, roundsOf, type TandaTerms } from './terms.ts';
import type { Receiver, Turns } from './turns.ts';

/** What a member put in for one round, on time or later. Only added to; never above what she owes for that round. */
export type Given = { readonly number: number; readonly round: number; readonly amount: Money };

export type Tanda = { readonly terms: TandaTerms; readonly turns: Turns; readonly given: readonly Given[] };

export type GiveRefusal =
  | { readonly type: 'tanda_not_in' }
  | { readonly type: 'tanda_no_round'; readonly rounds: number }
  | { readonly type: 'nothing_paid' }
  | { readonly type: 'more_than_owed'; readonly owed: Money };

/** One round as it stands. What is missing is owed by who is missing, and nobody's money fills it unasked. */
export type Round = {
  readonly receiver: Receiver;
  readonly pot: Money;
  readonly collected: Money;
  readonly shortBy: Money;
  readonly missing: readonly { readonly number: number; readonly owes: Money }[];
  /** What the receiver is handed of what came in, and what she still lacks. */
  readonly paidOut: Money;
  readonly receiverLacks: Money;
  /** What the organiser has of this round. Her fee waits until the receiver has her whole part. */
  readonly fee: Money;
};

/** A tanda before its first round. Throws when the turns are not one per round. */
export const startTanda = (terms: TandaTerms, turns: Turns): Tanda => {
  invariant(turns.length === roundsOf(terms), 'a tanda has a turn for each round');
  return { terms, turns, given: [] };
};

/** Records money put in for a round, in part or in advance too. Refused: nothing, or more than she owes for it. */
export const give = (tanda: Tanda, given: Given): Result<Tanda, GiveRefusal> => {
  const { terms } = tanda;
  if (!terms.members.some(({ number }) => number === given.number)) return refuse({ type: 'tanda_not_in' });
  if (given.round < 1 || given.round > roundsOf(terms)) {
    return refuse({ type: 'tanda_no_round', rounds: roundsOf(terms) });
  }
  if (given.amount.minor <= 0n) return refuse({ type: 'nothing_paid' });
  const owed = owedBy(tanda, given.number, given.round);
  if (given.amount.minor > owed.minor) return refuse({ type: 'more_than_owed', owed });
  return accept({ ...tanda, given: [...tanda.given, given] });
};

/** What a member still has to put in for one round. */
export const owedBy = (tanda: Tanda, number: number, round: number): Money =>
  subtract(dueOf(tanda.terms, number, round), givenBy(tanda, number, round));

/** One round, counted from 1: the pot as it was agreed, what came in of it and who is missing. */
export const roundOf = (tanda: Tanda, round: number): Round => {
  const { terms, turns } = tanda;
  const receiver = turns[round - 1];
  invariant(receiver !== undefined, 'a round of a tanda is one of its rounds');
  const owed = terms.members.map(({ number }) => ({ number, owes: owedBy(tanda, number, round) }));
  const missing = owed.filter(({ owes }) => owes.minor > 0n);
  const pot = potOf(terms, round);
  const shortBy = sum(
    missing.map(({ owes }) => owes),
    pot.currency,
  );
  const collected = subtract(pot, shortBy);
  const hers = receiver === 'organiser' ? pot : subtract(pot, feePerPot(terms));
  const paidOut = smaller(collected, hers);
  return {
    receiver,
    pot,
    collected,
    shortBy,
    missing,
    paidOut,
    receiverLacks: subtract(hers, paidOut),
    fee: receiver === 'organiser' ? paidOut : subtract(collected, paidOut),
  };
};

const feePerPot = (terms: TandaTerms): Money =>
  terms.fee.kind === 'per-pot' ? terms.fee.amount : zero(currencyOf(terms));

const givenBy = (tanda: Tanda, number: number, round: number): Money =>
  tanda.given
    .filter((given) => given.number === number && given.round === round)
    .reduce((all, { amount }) => add(all, amount), zero(currencyOf(tanda.terms)));

/** All that a member has put in for the rounds up to `round`. */
export const givenUpTo = (tanda: Tanda, number: number, round: number): Money =>
  money(
    tanda.given
      .filter((given) => given.number === number && given.round <= round)
      .reduce((all, { amount }) => all + amount.minor, 0n),
    currencyOf(tanda.terms),
  );
