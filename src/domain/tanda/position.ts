import { add, type Money, money, subtract, sum } from '../money.ts';
import { givenUpTo, roundOf, type Tanda } from './rounds.ts';
import { currencyOf, priceOfTurn, roundsOf } from './terms.ts';

/** Where everybody stands: what she received less what she put in. The members and the organiser's fee add up to zero. */
export type Positions = { readonly members: ReadonlyMap<number, Money>; readonly organiser: Money };

/**
 * Positions after round `round` (0 is before the first), of what really came in and went out for the rounds so far.
 *
 * @see X15: four at 100, the second to receive stands at -100, 200, 100 and 0
 */
export const positionsAfter = (tanda: Tanda, round: number): Positions => {
  const currency = currencyOf(tanda.terms);
  const rounds = Array.from({ length: round }, (_, at) => roundOf(tanda, at + 1));
  const received = (number: number): Money =>
    sum(
      rounds.filter(({ receiver }) => receiver === number).map(({ paidOut }) => paidOut),
      currency,
    );
  return {
    members: new Map(
      tanda.terms.members.map(({ number }) => [
        number,
        subtract(received(number), givenUpTo(tanda, number, round)),
      ]),
    ),
    organiser: sum(
      rounds.map(({ fee }) => fee),
      currency,
    ),
  };
};

/** What is between a member who stops and the others. */
export type Settlement =
  | { readonly type: 'owes'; readonly amount: Money }
  | { readonly type: 'is-owed'; readonly amount: Money }
  | { readonly type: 'even' };

/**
 * What a member who stops after round `round` owes or is owed: the whole price of each turn she has received, less all
 * that she put in. So one who has received owes the contributions that are left; one who has not is owed what she paid.
 * What others missed in her own round they owe her beside this.
 *
 * @see X14: ten at 500, received third and stopped after the fifth round: she owes 2,500
 */
export const settlementAfter = (tanda: Tanda, number: number, round: number): Settlement => {
  const turnsReceived = tanda.turns.slice(0, round).filter((who) => who === number).length;
  const price = priceOfTurn(tanda.terms);
  const cost = money(price.minor * BigInt(turnsReceived), price.currency);
  const balance = subtract(cost, givenUpTo(tanda, number, roundsOf(tanda.terms)));
  if (balance.minor > 0n) return { type: 'owes', amount: balance };
  if (balance.minor < 0n) return { type: 'is-owed', amount: money(-balance.minor, balance.currency) };
  return { type: 'even' };
};

/** What a member owes for the rounds up to `round`: her missed contributions, which stay hers until she brings them. */
export const missedUpTo = (tanda: Tanda, number: number, round: number): Money =>
  Array.from({ length: round }, (_, at) => roundOf(tanda, at + 1))
    .flatMap(({ missing }) => missing.filter((one) => one.number === number))
    .reduce((all, { owes }) => add(all, owes), money(0n, currencyOf(tanda.terms)));
