import type { Temporal } from 'temporal-polyfill';
import type { Goal } from '../domain/goal.ts';
import type { Member } from '../domain/group.ts';
import type { LoanPlanId, MemberId } from '../domain/ids.ts';
import type { LoanStanding } from '../domain/loan/standing.ts';
import type { Money } from '../domain/money.ts';
import type { Reach } from './contact.ts';
import type { Language } from './message.ts';

/** A loan with the new plan that waits for a second officer's word. */
export type LoanOfMember = LoanStanding & {
  readonly proposed?:
    | {
        readonly id: LoanPlanId;
        readonly n: number;
        readonly firstDue: Temporal.PlainDate;
        readonly by: MemberId;
      }
    | undefined;
};

export type GivenAt = {
  readonly meetingOn: Temporal.PlainDate;
  readonly savings: Money;
  readonly social: Money;
  readonly receipt: bigint;
  readonly nth: number;
};

export type MemberFacts = Member & {
  readonly language: Language;
  readonly reminders: boolean;
  /** Her own hour for them; without it the group's. */
  readonly reminderTime: Temporal.PlainTime | undefined;
  /** Her own day for them, ISO: Monday is 1. Undefined for the group's. */
  readonly reminderWeekday: number | undefined;
  readonly reach: readonly Reach[];
  /** She asked to be forgotten: she has no name any more. */
  readonly isForgotten: boolean;
  /** Her telephone was hers no more, after a long silence: only two officers bring her back. */
  readonly takenBack: boolean;
  readonly saved: Money;
  /** What she owes those who covered gaps of hers, or gave more than she did to a tanda that was stopped. */
  readonly coverOwed: Money;
  /** What she is owed of the same. */
  readonly coverDue: Money;
  /** What she wants to have saved, when she has said so. */
  readonly goal: Goal | undefined;
  readonly loans: readonly LoanOfMember[];
  /** Fines that were set and are not paid yet. */
  readonly fined: Money;
  /** Confirmed payments for the meetings of the last days. */
  readonly given: readonly GivenAt[];
};
