import type { Temporal } from 'temporal-polyfill';
import type {
  CoverId,
  DrawId,
  EntryId,
  MemberId,
  MoneyOutId,
  PaymentId,
  ProposalId,
  TandaOrderId,
  TandaPayoutId,
} from '../domain/ids.ts';
import type { OutKind } from '../domain/money-out.ts';
import type { PaymentPurpose } from '../domain/payment.ts';
import type { PinFlow, Unlocked } from './access/pin-facts.ts';
import type { BroadcastFlow } from './broadcast-flow.ts';
import type { LateFlow } from './late-flow.ts';
import type { LessonFlow } from './lesson-flow.ts';
import type { LoanFlow } from './loan-flow.ts';
import type { IncomingBody, Language } from './message.ts';
import type { RightsFlow } from './rights-flow.ts';
import type { TalkFlow } from './talk-flow.ts';
import type { VoteFlow } from './vote-flow.ts';

/** Amounts in a session are decimal digits of minor units: a session is plain JSON between two messages. */
export type Digits = string;

/** A member's money in a proposal, as JSON. */
export type StoredParts = Readonly<Record<PaymentPurpose, Digits>>;

/** A choice as it was offered, with the word it was offered by, so that the word is an answer too. */
export type Offered = { readonly payload: string; readonly label: string };

/** One line of a leader's list, ready to be booked. `again`: she already has a receipt for this meeting. */
export type ListLine = {
  readonly memberId: MemberId;
  readonly parts: StoredParts;
  readonly again: boolean;
};

/** A line whose money still has no purpose: asked about, never guessed. */
export type OpenLine = { readonly memberId: MemberId; readonly amount: Digits };

/** A leader's list while it is being made. Its id is the proposal: the key that books it once. */
export type ListDraft = {
  readonly proposalId: ProposalId;
  readonly meetingOn: string;
  readonly lines: readonly ListLine[];
  readonly open: readonly OpenLine[];
  readonly absent: readonly MemberId[];
};

/** Where a person's dialogue stands. Plain JSON, stored sealed; one question at a time. */
export type Flow =
  | { readonly type: 'idle' }
  /** The privacy notice was shown; nothing of her is kept until she says yes. */
  | { readonly type: 'consent'; readonly code: string | undefined; readonly language: Language }
  | { readonly type: 'code'; readonly language: Language }
  | { readonly type: 'join-name'; readonly code: string; readonly language: Language }
  | { readonly type: 'seat' }
  | { readonly type: 'report-amount' }
  | { readonly type: 'report-purpose'; readonly amount: Digits }
  | { readonly type: 'goal-amount' }
  | LoanFlow
  | { readonly type: 'meeting-roll'; readonly reason: 'absent' | 'late' }
  | {
      readonly type: 'meeting-fines';
      readonly reason: 'absent' | 'late';
      readonly members: readonly MemberId[];
    }
  /** Whose word is asked for: her own, or of a member who has no telephone. */
  | { readonly type: 'draw-word'; readonly drawId: DrawId; readonly memberId: MemberId }
  | { readonly type: 'draw-dice'; readonly drawId: DrawId }
  | { readonly type: 'draw-dice-confirm'; readonly drawId: DrawId; readonly dice: string }
  | { readonly type: 'meeting-differs'; readonly counted: readonly Digits[] }
  | { readonly type: 'cover-how'; readonly debtorId: MemberId }
  | {
      readonly type: 'cover-confirm';
      readonly debtorId: MemberId;
      readonly by: 'equal' | 'pro-rata' | 'pot';
      readonly coverId: CoverId;
    }
  | { readonly type: 'cover-back'; readonly debtorId: MemberId }
  | {
      readonly type: 'cover-back-confirm';
      readonly debtorId: MemberId;
      readonly amount: Digits;
      readonly key: string;
    }
  /** `on`, here and below: the past meeting (ISO date) at which the money changed hands. */
  | { readonly type: 'out-who'; readonly kind: OutKind; readonly on?: string | undefined }
  /** What an expense of this amount was for. */
  | { readonly type: 'out-for'; readonly amount: Digits; readonly on?: string | undefined }
  | {
      readonly type: 'out-confirm';
      readonly kind: OutKind;
      readonly memberId: MemberId | undefined;
      readonly amount: Digits;
      readonly words: string | undefined;
      readonly on?: string | undefined;
      readonly outId: MoneyOutId;
    }
  | { readonly type: 'order-write' }
  | { readonly type: 'order-confirm'; readonly orderId: TandaOrderId; readonly turns: readonly number[] }
  | { readonly type: 'swap-confirm'; readonly orderId: TandaOrderId; readonly other: MemberId }
  | {
      readonly type: 'round-confirm';
      readonly payoutId: TandaPayoutId;
      readonly round: number;
      readonly amount: Digits;
      readonly fee: Digits;
    }
  /** `on`: the past meeting it was set at (ISO date), when it is not the current one. */
  | { readonly type: 'fine-which'; readonly text: string; readonly on?: string | undefined }
  | { readonly type: 'fine-off'; readonly memberId: MemberId; readonly amount: Digits }
  /** `on`: a past meeting (ISO date), when it is not the current one. */
  | { readonly type: 'list-write'; readonly on?: string | undefined }
  /** Which meeting it is of; `text`: the list, when she has written it already. */
  | { readonly type: 'list-day'; readonly text: string }
  | { readonly type: 'list-who'; readonly draft: ListDraft; readonly text: string; readonly whole: string }
  | { readonly type: 'list-purpose'; readonly draft: ListDraft }
  | { readonly type: 'list-confirm'; readonly draft: ListDraft }
  | { readonly type: 'walk'; readonly draft: ListDraft; readonly at: MemberId }
  | { readonly type: 'sign-total'; readonly batch: ProposalId; readonly tries: number }
  | { readonly type: 'dispute-pick' }
  | { readonly type: 'dispute-confirm'; readonly paymentId: PaymentId }
  | { readonly type: 'dispute-cover'; readonly coverId: CoverId }
  | { readonly type: 'correct-amount'; readonly paymentId: PaymentId; readonly entryId: EntryId }
  | { readonly type: 'other-amount'; readonly paymentId: PaymentId }
  | {
      readonly type: 'correct-confirm';
      readonly paymentId: PaymentId;
      readonly entryId: EntryId;
      readonly proposalId: ProposalId;
      readonly parts: StoredParts | undefined;
    }
  | { readonly type: 'undo-confirm'; readonly batch: string; readonly entries: readonly EntryId[] }
  | LateFlow
  | VoteFlow
  | LessonFlow
  | BroadcastFlow
  | { readonly type: 'resume-notices' }
  | PinFlow
  | RightsFlow
  | TalkFlow;

/** What she asked for before she was asked for her PIN, and the question it was an answer to. */
export type Waiting = {
  readonly by: MemberId;
  readonly body: Extract<IncomingBody, { type: 'text' | 'button' }>;
  readonly flow: Flow;
  readonly offered: readonly Offered[];
};

export type Session = {
  /** The member she speaks as, when her address is of several groups. */
  readonly as: MemberId | undefined;
  readonly offered: readonly Offered[];
  readonly flow: Flow;
  /** The last proposal she confirmed: a second press of the same button is recognised, not booked. */
  readonly posted: string | undefined;
  /** The choices of other questions that wait for her beside the one that `offered` belongs to: a bare number may be theirs. */
  readonly others?: readonly (readonly Offered[])[];
  /** She gave her PIN: what is hers may be seen for a while. */
  readonly unlocked?: Unlocked | undefined;
  /** What she asked for and is answered once she has given it. */
  readonly waiting?: Waiting | undefined;
  /** She has a meeting open from this telephone. */
  readonly meeting: boolean;
  /** When the last word was said in it; undefined in one that has not begun. */
  readonly at: Temporal.Instant | undefined;
};

/** So long an open question waits for its answer; after that the answer would be to something she no longer sees. */
const QUESTION_HOURS = 24;

/** The session as it may be gone on with at `now`: a question that was left open too long is closed, nothing of it done. */
export const freshSession = (session: Session, now: Temporal.Instant): Session =>
  session.at === undefined || now.since(session.at).total('hours') < QUESTION_HOURS
    ? session
    : { ...session, offered: [], flow: { type: 'idle' } };

export const EMPTY_SESSION: Session = {
  as: undefined,
  offered: [],
  flow: { type: 'idle' },
  posted: undefined,
  meeting: false,
  at: undefined,
};
