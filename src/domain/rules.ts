import type { ExcessPolicy, LateFee } from './loan/agreed.ts';
import type { LoanTerms } from './loan/terms.ts';
import type { Money, Rounding } from './money.ts';
import type { OrganiserFee } from './tanda/terms.ts';

export type Product = 'savings-group' | 'solidarity-credit' | 'tanda';

/** Free contributions with a weekly minimum, or whole shares of a fixed price (VSLA: 1 to 5 a meeting). */
export type SavingsRule =
  | { readonly kind: 'free'; readonly weekly: Money }
  | { readonly kind: 'shares'; readonly sharePrice: Money; readonly min: number; readonly max: number };

/** Where the money of loans comes from: the members' own fund, or capital of an organisation outside. */
export type LoanSource = 'inside' | 'outside';

export type LoanRule = Pick<LoanTerms, 'interest' | 'rate' | 'ratePer' | 'every' | 'n'> & {
  /** Declining interest only: the same principal in each instalment, in place of the same instalment. */
  readonly equalPrincipal: boolean;
  /** So many first instalments carry interest only: 0 to n - 1. */
  readonly principalGrace: number;
  /** The interest of so many first instalments is put off to the one after them: 0 to n - 1. */
  readonly interestPaymentGrace: number;
  readonly excess: ExcessPolicy;
  /** Undefined when paying late costs nothing more. */
  readonly lateFee: LateFee | undefined;
  readonly source: LoanSource;
  /** A loan is at most this many times her savings; undefined when the group sets no multiple. */
  readonly multiple: number | undefined;
  /** Who says yes to a loan: an officer other than the borrower, or the members by vote. */
  readonly decision: 'officers' | 'vote';
};

/**
 * When a member may take out of her savings: only when the cycle closes, or at any meeting, as far as the box and her
 * loans allow.
 */
export type Withdrawals = 'at-closing' | 'any-meeting';

/**
 * What is paid to a member who leaves before the closing: her savings less what she owes; with her part of what was
 * earned until then; or nothing before the others are paid.
 *
 * @see A1.9, vector X21: the usual refund is savings less debts, with no profit
 */
export type LeavingRule = 'savings' | 'savings-and-earnings' | 'at-closing';

/** What a tanda agrees on before its first round. @see A3 */
export type TandaRule = {
  /** All rounds, an extra one of the organiser among them: 2 to 104. */
  readonly rounds: number;
  /** What one turn costs in each round; above zero. */
  readonly contribution: Money;
  readonly turns: 'draw' | 'agreement';
  readonly organiserFee: OrganiserFee;
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
  readonly withdrawals: Withdrawals;
  readonly leaving: LeavingRule;
  /** The language the group agreed to be written to; undefined when it left that to the programme. */
  readonly language: 'es' | 'en' | undefined;
  /** Of the product tanda, and of no other. */
  readonly tanda: TandaRule | undefined;
};
