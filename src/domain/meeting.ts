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
  /** Held with paper alone: its boxes are written down later, as they were on its day. */
  readonly late: boolean;
  /** It is not in the book yet: the first step of it opens it too. */
  readonly isNew?: boolean;
  readonly state: Exclude<MeetingState, 'closed'>;
  readonly openedBy: MemberId;
  /** What the officers say was counted; none while nobody has said so. */
  readonly boxes: readonly CountedBox[] | undefined;
  readonly countedBy: MemberId | undefined;
  readonly reason: DifferenceReason | undefined;
  /** The first count of this meeting that was not what the book said: it stays, whatever is counted afterwards. */
  readonly first?: readonly CountedBox[] | undefined;
  /** A member whose word was asked for on what was counted, every other officer being away; `stoodIn`: it was hers that counted. */
  readonly standIn?: MemberId | undefined;
  readonly stoodIn?: boolean;
};

/** One box as it was counted. `expected`: what the book said was in it then. */
export type CountedBox = { readonly pot: Pot; readonly expected: Money; readonly counted: Money };

/** The boxes of a group and what the book says is in each. They are counted apart, for they are never mixed. */
export const boxesOf = (group: {
  readonly rules: GroupRules;
  readonly ownCash: Money;
  readonly loanCash: Money;
  readonly socialCash: Money;
}): readonly Omit<CountedBox, 'counted'>[] => {
  const { rules, ownCash, loanCash, socialCash } = group;
  const hasSocial = socialCash.minor > 0n || rules.socialWeekly.minor > 0n;
  return [
    ...(rules.product === 'solidarity-credit' ? [{ pot: 'loan-fund' as const, expected: loanCash }] : []),
    { pot: mainPot(rules), expected: ownCash },
    ...(hasSocial ? [{ pot: 'social-fund' as const, expected: socialCash }] : []),
  ];
};

/**
 * What the count of the boxes changes in the book. What is missing is a loss of the group's earnings, what is over is
 * earned, also in a loan box that holds a lender's money: the group answers for it. The emergency pot is not shared out,
 * so what it lacks or has over stays its own. Nothing of a box that is as expected.
 *
 * @see cash identity of the meeting (savings-group rule, X17): a difference never closes silently
 */
export const differencePostings = (boxes: readonly CountedBox[]): Posting[] =>
  boxes.flatMap(({ pot, expected, counted }): Posting[] => {
    const difference = subtract(counted, expected).minor;
    const cash = `cash/${pot}` as const;
    const bearer = pot === 'social-fund' ? 'social' : 'earnings';
    if (difference === 0n) return [];
    return difference > 0n
      ? [{ debit: cash, credit: bearer, amountMinor: difference }]
      : [{ debit: bearer, credit: cash, amountMinor: -difference }];
  });

/** The box that the members' own money is in. */
export const mainPot = (rules: GroupRules): Pot =>
  rules.product === 'savings-group' ? 'loan-fund' : 'savings-pot';

/** A fine that was set at a meeting and is owed until it is paid. */
export const FINE_REASONS = ['absent', 'late', 'other'] as const;
export type FineReason = (typeof FINE_REASONS)[number];
