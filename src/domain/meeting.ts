import type { Temporal } from 'temporal-polyfill';
import type { MeetingId, MemberId } from './ids.ts';
import type { Pot } from './ledger/account.ts';
import type { Posting } from './ledger/entry.ts';
import { type Money, subtract } from './money.ts';
import type { GroupRules } from './rules.ts';

/**
 * open: roll call, payments and loans. differs: the box was counted, is not what the book says, and a second officer has
 * not agreed yet. agreed: both officers say what was counted, and the book says it too. closed: the balances were told.
 */
export type MeetingState = 'open' | 'differs' | 'agreed' | 'closed';

/** Why a box is not what the book says: a closed set, so that no words about a person are kept. */
export const DIFFERENCE_REASONS = ['change', 'expense', 'unwritten', 'unknown'] as const;
export type DifferenceReason = (typeof DIFFERENCE_REASONS)[number];

/** A meeting that was opened and is not closed. */
export type OpenMeeting = {
  readonly id: MeetingId;
  readonly on: Temporal.PlainDate;
  readonly state: Exclude<MeetingState, 'closed'>;
  readonly openedBy: MemberId;
  readonly counted: Money | undefined;
  readonly countedBy: MemberId | undefined;
  readonly reason: DifferenceReason | undefined;
};

/**
 * What the count of the box changes in the book: what is missing is a loss of the group's earnings, what is over is
 * earned. Nothing when it is as expected.
 *
 * @see cash identity of the meeting (savings-group rule, X17): a difference never closes silently
 */
export const differencePostings = (expected: Money, counted: Money, rules: GroupRules): Posting[] => {
  const difference = subtract(counted, expected).minor;
  const cash = `cash/${mainPot(rules)}` as const;
  if (difference === 0n) return [];
  return difference > 0n
    ? [{ debit: cash, credit: 'earnings', amountMinor: difference }]
    : [{ debit: 'earnings', credit: cash, amountMinor: -difference }];
};

/** The box that the members' own money is in. */
export const mainPot = (rules: GroupRules): Pot =>
  rules.product === 'savings-group' ? 'loan-fund' : 'savings-pot';

/** A fine that was set at a meeting and is owed until it is paid. */
export const FINE_REASONS = ['absent', 'late', 'other'] as const;
export type FineReason = (typeof FINE_REASONS)[number];
