import { AMOUNT_MINOR_MAX, add, type Currency, type Money, money, subtract, sum } from '../money.ts';
import { accept, invariant, type Result, refuse } from '../result.ts';

/** A member of a tanda by her number on the roster. With two turns she pays twice each round and receives twice. */
export type TandaMember = { readonly number: number; readonly turns: number };

/**
 * What the organiser is given, named and agreed beforehand, never inside another figure: nothing; one turn more than the
 * members have, first or last, which she does not pay for; or an amount out of every pot.
 *
 * @see T03: the "number 11" of a tanda of ten
 */
export type OrganiserFee =
  | { readonly kind: 'none' }
  | { readonly kind: 'extra-turn'; readonly at: 'first' | 'last' }
  | { readonly kind: 'per-pot'; readonly amount: Money };

/** What is agreed before the first round. */
export type TandaTerms = {
  readonly members: readonly TandaMember[];
  /** What one turn costs in each round; the same every time, or rising so that who receives late is given more (T04). */
  readonly contributions: readonly Money[];
  readonly fee: OrganiserFee;
};

export type TandaTermsRefusal =
  | { readonly type: 'tanda_too_small' }
  | { readonly type: 'tanda_too_long'; readonly max: number }
  | { readonly type: 'tanda_amount'; readonly max: Money }
  | { readonly type: 'tanda_rounds_differ'; readonly rounds: number }
  | { readonly type: 'tanda_fee_too_high'; readonly pot: Money };

const MEMBERS_MIN = 2;
/** Two years of weeks. */
const ROUNDS_MAX = 104;

type Agreed = {
  readonly members: readonly TandaMember[];
  /** One amount for all rounds, or one for each. */
  readonly contribution: Money | readonly Money[];
  readonly fee: OrganiserFee;
};

/**
 * The terms of a tanda, or why there is none: fewer than two members, more than 104 rounds, a contribution of nothing or
 * above the cap of the book, a list of contributions that is not one per round, a fee that takes a whole pot.
 */
export const tandaTerms = ({ members, contribution, fee }: Agreed): Result<TandaTerms, TandaTermsRefusal> => {
  invariant(
    members.every(({ turns }) => Number.isInteger(turns) && turns >= 1),
    'a member of a tanda has a turn',
  );
  invariant(new Set(members.map(({ number }) => number)).size === members.length, 'a member is listed once');
  if (members.length < MEMBERS_MIN) return refuse({ type: 'tanda_too_small' });
  const rounds = turnCount(members) + (fee.kind === 'extra-turn' ? 1 : 0);
  if (rounds > ROUNDS_MAX) return refuse({ type: 'tanda_too_long', max: ROUNDS_MAX });
  const contributions =
    'minor' in contribution ? Array.from({ length: rounds }, () => contribution) : contribution;
  if (contributions.length !== rounds) return refuse({ type: 'tanda_rounds_differ', rounds });
  const terms = { members, contributions, fee };
  const wrong = amountRefusal(terms);
  return wrong ? refuse(wrong) : accept(terms);
};

const amountRefusal = (terms: TandaTerms): TandaTermsRefusal | undefined => {
  const max = money(AMOUNT_MINOR_MAX, currencyOf(terms));
  for (let round = 1; round <= roundsOf(terms); round += 1) {
    const pot = potOf(terms, round);
    if (contributionOf(terms, round).minor <= 0n || pot.minor > max.minor)
      return { type: 'tanda_amount', max };
    if (terms.fee.kind !== 'per-pot') continue;
    if (terms.fee.amount.minor <= 0n || subtract(pot, terms.fee.amount).minor <= 0n) {
      return { type: 'tanda_fee_too_high', pot };
    }
  }
  return undefined;
};

/** How many turns the members have together: rounds, but for an extra one of the organiser. */
const turnCount = (members: readonly TandaMember[]): number =>
  members.reduce((all, { turns }) => all + turns, 0);

export const roundsOf = ({ contributions }: TandaTerms): number => contributions.length;

export const currencyOf = ({ contributions: [first] }: TandaTerms): Currency => {
  invariant(first, 'a tanda has a round');
  return first.currency;
};

/** What one turn costs in a round, counted from 1. */
const contributionOf = ({ contributions }: TandaTerms, round: number): Money => {
  const contribution = contributions[round - 1];
  invariant(contribution, 'a round of a tanda is one of its rounds');
  return contribution;
};

/** What one member puts in in a round. */
export const dueOf = (terms: TandaTerms, number: number, round: number): Money => {
  const member = terms.members.find((m) => m.number === number);
  invariant(member, 'who puts in is a member of the tanda');
  const { minor, currency } = contributionOf(terms, round);
  return money(minor * BigInt(member.turns), currency);
};

/** What all put in in a round. @see T01: ten times 500 is 5,000 */
export const potOf = (terms: TandaTerms, round: number): Money =>
  sum(
    terms.members.map(({ number }) => dueOf(terms, number, round)),
    currencyOf(terms),
  );

/** All that one turn costs from the first round to the last. */
export const priceOfTurn = ({ contributions }: TandaTerms): Money => contributions.reduce(add);
