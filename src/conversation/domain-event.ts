import type { Temporal } from 'temporal-polyfill';
import type { Goal } from '../domain/goal.ts';
import type { AddressId, CycleId, InviteId, LoanId, MemberId, StaffId } from '../domain/ids.ts';
import type { EntryDraft } from '../domain/ledger/entry.ts';
import type { Vote } from '../domain/vote.ts';
import type { PinEvent } from './access/pin-facts.ts';
import type { BroadcastEvent } from './broadcast-event.ts';
import type { CoverEvent } from './cover-event.ts';
import type { DangerEvent } from './danger-event.ts';
import type { DrawEvent } from './draw-event.ts';
import type { ElectionEvent } from './election-event.ts';
import type { LessonEvent } from './lesson-event.ts';
import type { LoanEvent } from './loan-event.ts';
import type { MeetingEvent } from './meeting-event.ts';
import type { Language } from './message.ts';
import type { MoneyOutEvent } from './money-out-event.ts';
import type { PaymentEvent } from './payment-event.ts';
import type { QuietEvent } from './quiet-event.ts';
import type { RightsEvent } from './rights-event.ts';
import type { SecondWordEvent, VoteSubject } from './second-word.ts';
import type { TalkEvent } from './talk-event.ts';
import type { TandaEvent } from './tanda-event.ts';
import type { TelephoneEvent } from './telephone-event.ts';

/** A decided fact, in the past tense. */
export type DomainEvent =
  | { readonly type: 'entry-posted'; readonly entry: EntryDraft }
  | PaymentEvent
  | MeetingEvent
  | CoverEvent
  | MoneyOutEvent
  | LoanEvent
  | BroadcastEvent
  | LessonEvent
  | {
      readonly type: 'vote-cast';
      readonly subjectId: VoteSubject;
      readonly vote: Vote;
      /** Of an election: how many votes were known when it was decided whether this one ends it. */
      readonly seen?: number;
    }
  | ElectionEvent
  /** The group ended it by vote; `repaid` when her savings paid all of it. */
  | {
      readonly type: 'loan-lost';
      readonly loanId: LoanId;
      readonly state: 'repaid' | 'written_off';
    }
  | SecondWordEvent
  | PinEvent
  | TelephoneEvent
  | {
      readonly type: 'opening-signed';
      readonly memberId: MemberId;
      readonly state: 'signed' | 'refused';
    }
  | DrawEvent
  | TalkEvent
  | DangerEvent
  | QuietEvent
  | RightsEvent
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
      readonly was?: 'invited' | 'pending' | 'active' | 'suspended';
      readonly state?: 'active' | 'pending' | 'suspended' | 'left';
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
  | { readonly type: 'address-linked'; readonly memberId: MemberId; readonly addressId?: AddressId };

/** A code that opens one member's place, once. */
export type MadeInvite = {
  readonly id: InviteId;
  readonly memberId: MemberId;
  readonly code: string;
  readonly by: MemberId | StaffId;
  readonly expiresAt: Temporal.Instant;
};
