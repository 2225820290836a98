import type { MemberId } from './ids.ts';
import type { Money } from './money.ts';

/** What was done at the meeting that is open, as the book knows it. */
export type MeetingWork = {
  /** Who came and who did not is written down. */
  readonly rolled: boolean;
  readonly absent: readonly MemberId[];
  /** Loans that were approved and are not handed over. */
  readonly loans: number;
  /** What the group paid for since the balances were told last. */
  readonly expenses: readonly Expense[];
};

/** `words`: what it was for, in the officers' words; undefined where nobody said so. */
export type Expense = { readonly amount: Money; readonly words: string | undefined };

/** The steps of a meeting, in their order. */
export type MeetingStep = 'roll' | 'payments' | 'pending' | 'loans' | 'round' | 'count';

/**
 * What comes next at a meeting, by what was done: roll and fines, then everybody's money (fines, social fund, savings and
 * repayments are one list), then what waits for a word, then loans or the tanda's round, and the count of the box.
 *
 * @param left what is still to do of each: members who came and gave nothing yet, words that wait for this officer, loans to
 *   hand over, and whether a round of a tanda is due
 * @see order of a meeting (savings-group rule, VSLA meeting steps 1 to 9)
 */
export const nextStep = (left: {
  readonly rolled: boolean;
  readonly unpaid: number;
  readonly waiting: number;
  readonly loans: number;
  readonly round: boolean;
}): MeetingStep => {
  if (!left.rolled) return 'roll';
  if (left.unpaid > 0) return 'payments';
  if (left.waiting > 0) return 'pending';
  if (left.round) return 'round';
  return left.loans > 0 ? 'loans' : 'count';
};
