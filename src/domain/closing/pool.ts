import type { Posting } from '../ledger/entry.ts';
import { mainPot } from '../meeting.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { GroupRules } from '../rules.ts';
import { above, type OnLoan } from './closing-postings.ts';

/** What the two boxes hold, where loans are of a box of their own. In minor units. */
export type Boxes = { readonly own: bigint; readonly loans: bigint };

/** What the group's book holds besides the members' savings. Amounts in minor units, on their own side. */
export type ClosingBook = {
  readonly interest: readonly OnLoan[];
  readonly lateFees: readonly OnLoan[];
  readonly fines: bigint;
  /** Negative after a loss. */
  readonly earnings: bigint;
  /** Where loans are of a box of their own and the pot is handed out now. */
  readonly boxes?: Boxes;
};

/** `short`: what the loan box lacks before the members' pot can be handed out. */
export type LoanBoxShort = { readonly type: 'loan_box_short'; readonly short: bigint };

/**
 * All that a closing hands out or sets against debts, in minor units: savings, fines, earnings, and in a savings group the
 * interest and late fees that came in. Interest that is due and unpaid is taken off her who owes it and shared out: it
 * changes nothing of the sum.
 */
export const poolOf = (
  members: readonly { readonly saved: bigint }[],
  book: ClosingBook,
  rules: GroupRules,
): bigint => {
  const ofLoans = rules.product === 'savings-group' ? [...book.interest, ...book.lateFees] : [];
  const earned = ofLoans.reduce((all, { minor }) => all + minor, book.fines + book.earnings);
  return members.reduce((all, { saved }) => all + saved, earned);
};

/** The pool as it can be handed over in whole coins: what goes to one member when it is given by lots. */
export const potOf = (
  members: readonly { readonly saved: bigint }[],
  book: ClosingBook,
  rules: GroupRules,
): bigint => {
  const pool = poolOf(members, book, rules);
  return pool - (pool % rules.cashUnitMinor);
};

/**
 * What comes out of the loan box before the members' pot is handed out, in minor units; below zero, what goes into it. What
 * a count found over there is the group's, and for what it lacked the group answers (`differencePostings`): until the
 * closing that lies in the other box. Refused while one of them does not hold it.
 */
export const outOfLoanBox = (
  pool: bigint,
  { boxes }: ClosingBook,
  rules: GroupRules,
): Result<bigint, LoanBoxShort> => {
  if (rules.product === 'savings-group') return accept(0n);
  if (pool < 0n) return refuse({ type: 'loan_box_short', short: -pool });
  const over = boxes ? pool - boxes.own : 0n;
  const short = over - (boxes?.loans ?? 0n);
  return over > 0n && short > 0n ? refuse({ type: 'loan_box_short', short }) : accept(over);
};

export const betweenBoxes = (over: bigint, rules: GroupRules): Posting[] => [
  ...above(`cash/${mainPot(rules)}`, 'cash/loan-fund', over),
  ...above('cash/loan-fund', `cash/${mainPot(rules)}`, -over),
];
