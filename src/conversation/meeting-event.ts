import type { Temporal } from 'temporal-polyfill';
import type { MeetingId, MemberId } from '../domain/ids.ts';
import type { CountedBox, DifferenceReason, FineReason, MeetingState } from '../domain/meeting.ts';
import type { Money } from '../domain/money.ts';

/** What happens at a meeting: who came, what was counted, who was fined. */
export type MeetingEvent =
  | {
      readonly type: 'meeting-opened';
      readonly id: MeetingId;
      readonly on: Temporal.PlainDate;
      readonly late: boolean;
      readonly by: MemberId;
    }
  | { readonly type: 'meeting-moved'; readonly step: MeetingStep }
  /** A member who was asked says whether the boxes were counted so: the same step, by who is no officer. */
  | { readonly type: 'count-witnessed'; readonly step: MeetingStep }
  | { readonly type: 'fine-set'; readonly fine: SetFine }
  | { readonly type: 'attendance-taken'; readonly attendance: Attendance };

/** A step of a meeting; what is not named stays as it was. */
export type MeetingStep = {
  readonly id: MeetingId;
  readonly was: MeetingState;
  readonly state: MeetingState;
  readonly boxes?: readonly CountedBox[];
  /** A first count that is not what the book says: the first one written stays. */
  readonly first?: readonly CountedBox[];
  readonly countedBy?: MemberId;
  readonly witness?: MemberId;
  /** Of `differs`: the member who is asked, where no other officer is there. */
  readonly standIn?: MemberId;
  readonly reason?: DifferenceReason;
};

export type SetFine = {
  readonly id: string;
  readonly memberId: MemberId;
  readonly meetingOn: Temporal.PlainDate;
  readonly reason: FineReason;
  readonly amount: Money;
  readonly by: MemberId;
};

export type Attendance = {
  readonly memberId: MemberId;
  readonly meetingOn: Temporal.PlainDate;
  readonly present: boolean;
  readonly by: MemberId;
};
