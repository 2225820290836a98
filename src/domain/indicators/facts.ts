import type { LoanRecord } from './loan-record.ts';

/** What the indicators of one group on one day are worked out of. Money in minor units, time in seconds. */
export type IndicatorFacts = {
  /** In the group now: active or invited. */
  readonly members: bigint;
  /** Over the last meetings with a roll or a list: who was there, of those who were named. */
  readonly present: bigint;
  readonly named: bigint;
  readonly membersAtStart: bigint;
  /** Of `membersAtStart`, those who are in the group no more. */
  readonly left: bigint;
  /** The savings of `members`; `saved` is everybody's, of those who left too. */
  readonly membersSaved: bigint;
  readonly saved: bigint;
  /** What was saved at the end of each week since the cycle (or the book, if later) began, added up; how many weeks. */
  readonly savedAtWeekEnds: bigint;
  readonly bookWeeks: bigint;
  /** Earned in this cycle; negative after a loss. */
  readonly profit: bigint;
  /** Weeks of the cycle that have begun; 0 when no cycle runs on the day. */
  readonly cycleWeeks: bigint;
  readonly loanFundCash: bigint;
  /** Of `members`, those with principal to repay. */
  readonly membersWithLoan: bigint;
  readonly loans: readonly LoanRecord[];
  /** Meetings of this cycle at which the box was counted, those where it was not as expected, and by how much in all. */
  readonly counts: bigint;
  readonly differingCounts: bigint;
  readonly difference: bigint;
  readonly receipts: bigint;
  readonly disputes: bigint;
  /** How long each decided objection of this cycle waited. */
  readonly disputeSeconds: readonly bigint[];
  readonly bookings: bigint;
  readonly bookingSeconds: bigint;
  /** Members who had joined before the last meetings, and those of them who saved nothing in these. */
  readonly longMembers: bigint;
  readonly zeroSavers: bigint;
  /** False for a tanda: what is given there goes to one of them at once, and nothing is saved, lent or earned. */
  readonly saves: boolean;
};
