import type { Temporal } from 'temporal-polyfill';
import type { Goal } from '../domain/goal.ts';
import type {
  AddressId,
  CoverId,
  CycleId,
  DisputeId,
  EntryId,
  InviteId,
  LoanId,
  LoanRequestId,
  MeetingId,
  MemberId,
  MoneyOutId,
  PaymentId,
} from '../domain/ids.ts';
import type { Cover, CoverShare } from '../domain/joint/cover.ts';
import type { EntryDraft } from '../domain/ledger/entry.ts';
import type { CountedBox, DifferenceReason, FineReason, MeetingState } from '../domain/meeting.ts';
import type { Money } from '../domain/money.ts';
import type { OutKind } from '../domain/money-out.ts';
import type { PaymentParts, PaymentState } from '../domain/payment.ts';
import type { Vote } from '../domain/vote.ts';
import type { BroadcastEvent } from './broadcast-event.ts';
import type { DrawEvent } from './draw-event.ts';
import type { LessonEvent } from './lesson-event.ts';
import type { LoanEvent } from './loan-event.ts';
import type { Language } from './message.ts';
import type { SecondWordEvent } from './second-word.ts';
import type { TalkEvent } from './talk-event.ts';
import type { TandaEvent } from './tanda-event.ts';

/** A decided fact, in the past tense. */
export type DomainEvent =
  | { readonly type: 'entry-posted'; readonly entry: EntryDraft }
  | { readonly type: 'payment-made'; readonly payment: MadePayment }
  | { readonly type: 'payment-moved'; readonly step: PaymentStep }
  | LoanEvent
  | BroadcastEvent
  | LessonEvent
  | { readonly type: 'vote-cast'; readonly subjectId: LoanRequestId | LoanId | CoverId; readonly vote: Vote }
  | {
      readonly type: 'meeting-opened';
      readonly id: MeetingId;
      readonly on: Temporal.PlainDate;
      readonly by: MemberId;
    }
  | { readonly type: 'meeting-moved'; readonly step: MeetingStep }
  | { readonly type: 'cover-proposed'; readonly cover: ProposedCover }
  | {
      readonly type: 'cover-moved';
      readonly id: CoverId;
      readonly state: 'booked' | 'refused';
      readonly witness: MemberId;
      readonly entryId: EntryId | undefined;
    }
  | {
      readonly type: 'cover-refunded';
      readonly debtor: MemberId;
      readonly entryId: EntryId;
      readonly shares: readonly CoverShare[];
    }
  | {
      readonly type: 'money-out-proposed';
      readonly out: {
        readonly id: MoneyOutId;
        readonly kind: OutKind;
        readonly memberId: MemberId | undefined;
        readonly amount: Money;
        readonly by: MemberId;
      };
    }
  | {
      readonly type: 'money-out-moved';
      readonly id: MoneyOutId;
      readonly was: 'proposed' | 'seconded';
      readonly state: 'seconded' | 'booked' | 'refused';
      /** Undefined when she who proposed it takes it back. */
      readonly witness: MemberId | undefined;
      readonly entryId: EntryId | undefined;
    }
  /** The group ended it by vote; `repaid` when her savings paid all of it. */
  | {
      readonly type: 'loan-lost';
      readonly loanId: LoanId;
      readonly state: 'repaid' | 'written_off';
    }
  | SecondWordEvent
  | {
      readonly type: 'opening-signed';
      readonly memberId: MemberId;
      readonly state: 'signed' | 'refused';
    }
  | DrawEvent
  | TalkEvent
  | TandaEvent
  | { readonly type: 'closing-proposed'; readonly cycleId: CycleId; readonly by: MemberId | undefined }
  | {
      readonly type: 'cycle-closed';
      readonly cycleId: CycleId;
      readonly next: {
        readonly id: CycleId;
        readonly starts: Temporal.PlainDate;
        readonly ends: Temporal.PlainDate;
      };
    }
  | { readonly type: 'fine-set'; readonly fine: SetFine }
  | { readonly type: 'attendance-taken'; readonly attendance: Attendance }
  | {
      readonly type: 'dispute-opened';
      readonly id: DisputeId;
      readonly memberId: MemberId;
      readonly paymentId: PaymentId;
    }
  | {
      readonly type: 'dispute-decided';
      readonly paymentId: PaymentId;
      readonly state: 'corrected' | 'kept';
      readonly by: MemberId;
    }
  | { readonly type: 'consent-given'; readonly language: Language; readonly noticeVersion: number }
  | { readonly type: 'invite-used'; readonly inviteId: InviteId }
  | { readonly type: 'invite-made'; readonly invite: MadeInvite }
  | {
      readonly type: 'member-came';
      readonly memberId: MemberId;
      readonly number: number;
      readonly name: string;
      readonly on: Temporal.PlainDate;
    }
  | {
      readonly type: 'member-changed';
      readonly memberId: MemberId;
      readonly was?: 'invited' | 'pending' | 'active';
      readonly state?: 'active' | 'pending' | 'invited' | 'left';
      readonly consented?: boolean;
      readonly language?: Language;
      readonly reminders?: boolean;
      readonly reminderTime?: Temporal.PlainTime;
      /** ISO: Monday is 1. */
      readonly reminderWeekday?: number;
      /** The day she left, of her whose state becomes `left` after she was in. */
      readonly leftOn?: Temporal.PlainDate;
    }
  /** When the members of the group are reminded, and whether they are. */
  | {
      readonly type: 'group-reminders-set';
      readonly reminders: boolean;
      readonly reminderTime?: Temporal.PlainTime;
      readonly reminderWeekday?: number;
    }
  | { readonly type: 'goal-set'; readonly memberId: MemberId; readonly goal: Goal | undefined }
  | { readonly type: 'address-linked'; readonly memberId: MemberId; readonly addressId?: AddressId }
  | { readonly type: 'address-unlinked'; readonly memberId: MemberId };

/** A code that opens one member's place, once. */
export type MadeInvite = {
  readonly id: InviteId;
  readonly memberId: MemberId;
  readonly code: string;
  readonly by: MemberId;
  readonly expiresAt: Temporal.Instant;
};

export type MadePayment = {
  readonly id: PaymentId;
  readonly memberId: MemberId;
  readonly parts: PaymentParts;
  readonly state: PaymentState;
  readonly meetingOn: Temporal.PlainDate;
  readonly nth: number;
  readonly batch: string;
  readonly reportedBy: MemberId;
  readonly signer: MemberId | undefined;
  readonly decidedBy: MemberId | undefined;
  readonly entryId: EntryId | undefined;
};

export type PaymentStep = {
  readonly id: PaymentId;
  readonly was: PaymentState;
  readonly state: PaymentState;
  readonly signer?: MemberId;
  readonly by?: MemberId;
  readonly entryId?: EntryId;
  readonly nth?: number;
};

export type ProposedCover = Cover & {
  readonly id: CoverId;
  readonly by: 'equal' | 'pro-rata' | 'pot';
  readonly proposedBy: MemberId;
};

/** A step of a meeting; what is not named stays as it was. */
export type MeetingStep = {
  readonly id: MeetingId;
  readonly was: MeetingState;
  readonly state: MeetingState;
  readonly boxes?: readonly CountedBox[];
  readonly countedBy?: MemberId;
  readonly witness?: MemberId;
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
