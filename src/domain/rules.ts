import type { LoanTerms } from './loan/terms.ts';
import type { Money, Rounding } from './money.ts';

export type Product = 'savings-group' | 'solidarity-credit' | 'tanda';

/** Free contributions with a weekly minimum, or whole shares of a fixed price (VSLA: 1 to 5 a meeting). */
export type SavingsRule =
  | { readonly kind: 'free'; readonly weekly: Money }
  | { readonly kind: 'shares'; readonly sharePrice: Money; readonly min: number; readonly max: number };

/** Where the money of loans comes from: the members' own fund, or capital of an organisation outside. */
export type LoanSource = 'inside' | 'outside';

export type LoanRule = Pick<LoanTerms, 'interest' | 'rate' | 'ratePer' | 'every' | 'n'> & {
  readonly source: LoanSource;
  /** A loan is at most this many times her savings; undefined when the group sets no multiple. */
  readonly multiple: number | undefined;
  /** Who says yes to a loan: an officer other than the borrower, or the members by vote. */
  readonly decision: 'officers' | 'vote';
};

/**
 * A group's constitution (reglamento), one version of it. It changes only by a new version; entries keep the version
 * they were made under.
 */
export type GroupRules = {
  readonly product: Product;
  readonly savings: SavingsRule;
  readonly loans: LoanRule | undefined;
  readonly fines: { readonly late: Money; readonly absent: Money };
  /** What each member gives to the emergency pot every week; zero when the group has none. */
  readonly socialWeekly: Money;
  /** How many different officers must state a payment before it counts: 1, or 2 who state the same amount. */
  readonly signers: 1 | 2;
  /** How many of every hundred members must vote for a vote to count. */
  readonly quorumPct: number;
  readonly cashUnitMinor: bigint;
  readonly rounding: Rounding;
  readonly closing: 'pro-rata' | 'equal-profit' | 'rebate' | 'mixed' | 'lots' | 'annual-pool';
  /** No single payment in the chat is larger: a slip of a zero is asked about, not booked. */
  readonly paymentMax: Money;
};
