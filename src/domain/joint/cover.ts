import type { MemberId } from '../ids.ts';
import { add, allocate, type Currency, type Money, money, sum, zero } from '../money.ts';
import { accept, invariant, type Result, refuse } from '../result.ts';

/**
 * What the group decides about a gap. `pot` is for groups whose savings pot is a box of its own. Weights are whole numbers >= 0, such as what each has saved in centavos.
 */
export type CoverBy =
  | { readonly kind: 'equal'; readonly among: readonly MemberId[] }
  | {
      readonly kind: 'pro-rata';
      readonly among: readonly { readonly member: MemberId; readonly weight: bigint }[];
    }
  | { readonly kind: 'pot' };

/** Who paid for her: a member, or all of them together out of the savings pot. */
export type Coverer = MemberId | 'savings-pot';

/** What one paid for another: who is to get it back, and how much. Above zero. */
export type CoverShare = { readonly by: Coverer; readonly amount: Money };

/** One cover of one member's gap, as it is kept: who owes whom. The shares add up to the gap. */
export type Cover = {
  readonly debtor: MemberId;
  readonly gap: Money;
  readonly shares: readonly CoverShare[];
};

export type CoverRefusal =
  | { readonly type: 'cover_no_gap' }
  | { readonly type: 'cover_not_voted' }
  | { readonly type: 'cover_by_herself' }
  | { readonly type: 'cover_by_nobody' }
  /** The savings pot does not hold that much. */
  | { readonly type: 'pot_short'; readonly held: Money }
  | { readonly type: 'not_in_coins'; readonly unit: Money };

/** What is missing of what was due: never below zero. */
export const gapOf = (due: Money, paid: Money): Money => {
  const missing = add(due, money(-paid.minor, paid.currency));
  return missing.minor > 0n ? missing : zero(due.currency);
};

type Asked = { readonly debtor: MemberId; readonly gap: Money; readonly by: CoverBy };

type Decision = Asked & {
  /** Whether the group's vote on this very cover, held by its own rules, has passed. Nothing is covered without one. */
  readonly votePassed: boolean;
};

/** A voted cover, shared out as `shareCover` does. Without the vote it is refused. */
export const planCover = (decision: Decision, unit: Money): Result<Cover, CoverRefusal> =>
  decision.gap.minor > 0n && !decision.votePassed
    ? refuse({ type: 'cover_not_voted' })
    : shareCover(decision, unit);

/**
 * How a gap would be shared out: what a group is shown before it votes. Shared in whole coins: largest remainder, ties to who is named first. Who would get a share of
 * nothing is left out. The members named are each there once, else it throws.
 *
 * @param unit the group's smallest coin; a gap that is no whole number of them is refused
 * @see X11: 65.00 over seven is 9.29 four times and 9.28 three times
 */
export const shareCover = (decision: Asked, unit: Money): Result<Cover, CoverRefusal> => {
  const { debtor, gap, by } = decision;
  const weights = weightsOf(by);
  invariant(new Set(weights.map(({ who }) => who)).size === weights.length, 'who covers is named once');
  const wrong = coverRefusal(decision, weights, unit);
  if (wrong) return refuse(wrong);
  const coins = allocate(
    gap.minor / unit.minor,
    weights.map(({ weight }) => weight),
  );
  const shares = weights.map(({ who }, at) => ({
    by: who,
    amount: money((coins[at] ?? 0n) * unit.minor, gap.currency),
  }));
  return accept({ debtor, gap, shares: shares.filter(({ amount }) => amount.minor > 0n) });
};

type Weight = { readonly who: Coverer; readonly weight: bigint };

const weightsOf = (by: CoverBy): readonly Weight[] => {
  switch (by.kind) {
    case 'equal':
      return by.among.map((who) => ({ who, weight: 1n }));
    case 'pro-rata':
      return by.among.map(({ member, weight }) => ({ who: member, weight }));
    case 'pot':
      return [{ who: 'savings-pot', weight: 1n }];
  }
};

const coverRefusal = (
  { debtor, gap }: Asked,
  weights: readonly Weight[],
  unit: Money,
): CoverRefusal | undefined => {
  if (gap.minor <= 0n) return { type: 'cover_no_gap' };
  if (weights.some(({ who }) => who === debtor)) return { type: 'cover_by_herself' };
  if (!weights.some(({ weight }) => weight > 0n)) return { type: 'cover_by_nobody' };
  return gap.minor % unit.minor === 0n ? undefined : { type: 'not_in_coins', unit };
};

/** What each who covered is still owed, from all covers of one member and all she gave back, in the order of the first. */
export const outstanding = (
  covers: readonly Pick<Cover, 'shares'>[],
  refunds: readonly CoverShare[],
): CoverShare[] => {
  const owed = new Map<Coverer, Money>();
  const count = ({ by, amount }: CoverShare): void => {
    owed.set(by, add(owed.get(by) ?? zero(amount.currency), amount));
  };
  for (const { shares } of covers) shares.forEach(count);
  for (const { by, amount } of refunds) count({ by, amount: money(-amount.minor, amount.currency) });
  const left = [...owed].map(([by, amount]) => ({ by, amount }));
  invariant(
    left.every(({ amount }) => amount.minor >= 0n),
    'nobody gets back more than she covered',
  );
  return left.filter(({ amount }) => amount.minor > 0n);
};

/** What a member owes those who covered her. */
export const owedForCovers = (shares: readonly CoverShare[], currency: Currency): Money =>
  sum(
    shares.map(({ amount }) => amount),
    currency,
  );
