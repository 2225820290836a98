import type { LoanRequestId, MeetingId, MemberId } from '../domain/ids.ts';
import type { LoanPurpose } from '../domain/loan/request.ts';

/** A past meeting (ISO date) that is not in the book yet, and whose boxes are being written down. */
type LateMeeting = { readonly id: MeetingId; readonly on: string };

/**
 * The count of the boxes, of this meeting or a past one; and a loan that was handed over at a past meeting (`on`, ISO date): to whom
 * and how much, what for, in how many payments, and whether it was so. Amounts are decimal digits of minor units.
 */
export type LateFlow =
  /** What was counted so far, in the order of `boxesOf`. */
  | {
      readonly type: 'meeting-count';
      readonly counted: readonly string[];
      readonly late?: LateMeeting | undefined;
    }
  /** Which member, of those who came, says that it was counted so. */
  | { readonly type: 'count-witness' }
  | { readonly type: 'late-loan'; readonly on: string }
  | {
      readonly type: 'late-loan-purpose';
      readonly on: string;
      readonly memberId: MemberId;
      readonly amount: string;
    }
  | {
      readonly type: 'late-loan-length';
      readonly on: string;
      readonly memberId: MemberId;
      readonly amount: string;
      readonly purpose: LoanPurpose;
    }
  | {
      readonly type: 'late-loan-confirm';
      readonly on: string;
      readonly memberId: MemberId;
      readonly amount: string;
      readonly n: number;
      readonly purpose: LoanPurpose;
      readonly requestId: LoanRequestId;
    };
