import { allocate } from '../money.ts';
import { accept, invariant, type Result, refuse } from '../result.ts';

/**
 * Who earnings go to when a cycle closes. Savings go back to her who saved whatever the method.
 * pro-rata: to each by her shares (or savings): everybody's share is worth the same.
 * equal-profit: the same to every member.
 * rebate: interest goes back to her who paid it; what else was earned (fines) goes by shares.
 * mixed: half as a rebate, half pro rata.
 *
 * @see savings-revolution.org, "Wacky share-outs": the same cycle pays differently under each
 */
export type ShareOutMethod = 'pro-rata' | 'equal-profit' | 'rebate' | 'mixed';

/** What the closing counts of one member. Amounts in minor units, >= 0. */
export type Stake = {
  readonly savings: bigint;
  /** How many shares are hers; in a group without shares, her savings. Only the proportion counts. */
  readonly shares: bigint;
  readonly interestPaid: bigint;
};

export type Closing = {
  readonly method: ShareOutMethod;
  /** What is in the box to be shared out, in minor units, >= 0: savings and earnings together. */
  readonly poolMinor: bigint;
  /** In the order of the members' numbers: at a tie the earlier one gets the coin. */
  readonly stakes: readonly Stake[];
  /** Payouts are whole numbers of this (1, 50, 100 or 500 centavos), >= 1. */
  readonly cashUnitMinor: bigint;
};

/** `payouts` and `residue` add up to the pool exactly. The residue is less than a cash unit and belongs to nobody yet. */
export type ShareOut = { readonly payouts: readonly bigint[]; readonly residue: bigint };

/** Earnings that go by shares where nobody has a share. */
export type ShareOutRefusal = { readonly type: 'no_shares' };

/**
 * Shares the pool out. Each is entitled to her savings and her part of the earnings, exactly; the whole cash units of the
 * pool are then apportioned by those claims to the largest remainders. When the pool is less than what was saved, all
 * bear the loss in proportion to their savings, whatever the method: there are no earnings to be divided.
 *
 * @see A1.10 to A1.13 of savings-group methods: value per share, a loss, the four closings, whole pesos
 */
export const shareOut = (closing: Closing): Result<ShareOut, ShareOutRefusal> => {
  const { poolMinor, stakes, cashUnitMinor } = closing;
  invariant(poolMinor >= 0n && cashUnitMinor >= 1n, 'a pool is zero or more and is paid in whole coins');
  const residue = poolMinor % cashUnitMinor;
  if (poolMinor === 0n) return accept({ payouts: stakes.map(() => 0n), residue });
  const dividends = dividendsOf(closing);
  if (dividends.some(({ weights }) => total(weights) === 0n)) return refuse({ type: 'no_shares' });
  const units = allocate(poolMinor / cashUnitMinor, claims(dividends));
  return accept({ payouts: units.map((count) => count * cashUnitMinor), residue });
};

/** An amount that is divided by one set of weights. Counted in halves of a centavo, for the sake of `mixed`. */
type Dividend = { readonly halves: bigint; readonly weights: readonly bigint[] };

/** Everything in the pool, each part with the weights it goes by. */
const dividendsOf = ({ method, poolMinor, stakes }: Closing): readonly Dividend[] => {
  const savings = stakes.map((stake) => stake.savings);
  const saved = total(savings);
  if (poolMinor < saved) return [{ halves: poolMinor * 2n, weights: savings }];
  const earnings = poolMinor - saved;
  return [{ halves: saved * 2n, weights: savings }, ...earningsOf(method, earnings, stakes)].filter(
    ({ halves }) => halves > 0n,
  );
};

const earningsOf = (
  method: ShareOutMethod,
  earnings: bigint,
  stakes: readonly Stake[],
): readonly Dividend[] => {
  const shares = stakes.map((stake) => stake.shares);
  const interest = stakes.map((stake) => stake.interestPaid);
  const paid = total(interest);
  // Expenses or a bad loan may have eaten part of the interest: what is left goes back in the same proportion.
  const returned = paid < earnings ? paid : earnings;
  switch (method) {
    case 'pro-rata':
      return [{ halves: earnings * 2n, weights: shares }];
    case 'equal-profit':
      return [{ halves: earnings * 2n, weights: stakes.map(() => 1n) }];
    case 'rebate':
      return [
        { halves: returned * 2n, weights: interest },
        { halves: (earnings - returned) * 2n, weights: shares },
      ];
    case 'mixed':
      return [
        { halves: returned, weights: interest },
        { halves: earnings * 2n - returned, weights: shares },
      ];
  }
};

/** What each is entitled to, as whole numbers in the exact proportion: over one denominator, no fraction is left. */
const claims = (dividends: readonly Dividend[]): readonly bigint[] => {
  const over = dividends.reduce((all, { weights }) => all * total(weights), 1n);
  const scaled = dividends.map(({ halves, weights }) => ({
    perWeight: halves * (over / total(weights)),
    weights,
  }));
  const [first] = dividends;
  invariant(first, 'a pool above zero is divided by something');
  return first.weights.map((_, member) =>
    scaled.reduce((all, { perWeight, weights }) => all + perWeight * (weights[member] ?? 0n), 0n),
  );
};

const total = (weights: readonly bigint[]): bigint => weights.reduce((a, b) => a + b, 0n);
