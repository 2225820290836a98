import type { MemberId } from '../ids.ts';
import type { Posting } from '../ledger/entry.ts';
import { allocate, type Money, money } from '../money.ts';
import { invariant } from '../result.ts';
import { handedOf, heldFor, type RunningTanda, roundsUpTo } from './running.ts';
import { currencyOf, roundsOf } from './terms.ts';

/** A member by her number, and an amount above zero. */
export type Part = { readonly number: number; readonly amount: Money };

/** How a tanda that ends before its last round is settled. */
export type StoppedTanda = {
  /** What lies in the box goes to those who are owed, each in proportion to what she is owed. */
  readonly back: readonly Part[];
  /** What each who received still has to give, and who is to get how much of it. */
  readonly debts: readonly {
    readonly number: number;
    readonly owes: Money;
    readonly shares: readonly Part[];
  }[];
};

/**
 * What a member would be owed if the tanda ended now, in minor units; below zero when she owes. She is owed what she gave
 * less what was handed over of her own rounds, with the organiser's fee that was taken out of them: who received owes the
 * contributions that are left. What she gave for an extra turn of the organiser that was handed over is its price, and
 * does not come back. All of these together are what is in the box.
 *
 * @see X14: ten at 500, received third and stopped after the fifth round: she owes 2,500
 */
export const owedIfStopped = (running: RunningTanda, number: number): bigint => {
  const { given, turns } = running.tanda;
  const minorOf = (
    parts: readonly { readonly number: number; readonly round: number; readonly amount: Money }[],
  ) =>
    parts
      .filter((one) => one.number === number && turns[one.round - 1] === 'organiser')
      .reduce((all, { amount }) => all + amount.minor, 0n);
  const gave = given
    .filter((one) => one.number === number)
    .reduce((all, { amount }) => all + amount.minor, 0n);
  const received = roundsUpTo(roundsOf(running.tanda.terms))
    .filter((round) => turns[round - 1] === number)
    .reduce((all, round) => all + handedOf(running, round).minor, 0n);
  return gave - received - (minorOf(given) - minorOf(running.held));
};

/**
 * Settles a tanda that ends now, to the centavo: the box goes back at once, and each debt is shared out over those who are
 * then still owed. In whole coins where every amount is one.
 *
 * @param unitMinor the group's smallest coin
 */
export const settleStopped = (running: RunningTanda, unitMinor: bigint): StoppedTanda => {
  const currency = currencyOf(running.tanda.terms);
  const stand = running.tanda.terms.members.map(({ number }) => ({
    number,
    minor: owedIfStopped(running, number),
  }));
  const held = heldInAll(running).minor;
  const unit = [held, ...stand.map(({ minor }) => minor)].every((minor) => minor % unitMinor === 0n)
    ? unitMinor
    : 1n;
  const owed = stand.filter(({ minor }) => minor > 0n);
  let left = owed.map(({ minor }) => minor / unit);
  const shareOut = (coins: bigint): Part[] => {
    if (coins === 0n) return [];
    const parts = allocate(coins, left);
    left = left.map((minor, at) => minor - (parts[at] ?? 0n));
    return owed.flatMap(({ number }, at) => {
      const minor = (parts[at] ?? 0n) * unit;
      return minor > 0n ? [{ number, amount: money(minor, currency) }] : [];
    });
  };
  const back = shareOut(held / unit);
  const debts = stand
    .filter(({ minor }) => minor < 0n)
    .map(({ number, minor }) => ({
      number,
      owes: money(-minor, currency),
      shares: shareOut(-minor / unit),
    }));
  invariant(
    left.every((minor) => minor === 0n),
    'what is owed of a tanda is what is in its box and what others owe',
  );
  return { back, debts };
};

/** All that the box holds of a tanda. */
export const heldInAll = (running: RunningTanda): Money =>
  roundsUpTo(roundsOf(running.tanda.terms))
    .map((round) => heldFor(running, round))
    .reduce(
      (all, held) => money(all.minor + held.minor, held.currency),
      money(0n, currencyOf(running.tanda.terms)),
    );

/** Books one debt: hers to the group, and the group's to each who is to get it. They end as those of a cover do. */
export const debtPostings = (
  { number, shares }: StoppedTanda['debts'][number],
  idOf: (number: number) => MemberId,
): Posting[] =>
  shares.map((share) => ({
    debit: `cover/${idOf(number)}`,
    credit: `covered/${idOf(share.number)}`,
    amountMinor: share.amount.minor,
  }));
