import type { Temporal } from 'temporal-polyfill';
import type {
  CoverId,
  ElectionId,
  EntryId,
  LoanId,
  LoanRequestId,
  MemberId,
  PaymentId,
  SecondWordId,
} from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { PaymentParts } from '../domain/payment.ts';
import type { Hands, Vote } from '../domain/vote.ts';

/**
 * A change of what was booked or set that one officer asked for and another one has to say too: payments taken back, one
 * corrected (without parts nothing stands instead), a fine that is not owed any more, a tanda that ends before its last
 * round, as the book stands then.
 */
export type Change<Receipt> =
  | { readonly kind: 'undo'; readonly receipts: readonly Receipt[] }
  | { readonly kind: 'correction'; readonly receipt: Receipt; readonly parts: PaymentParts | undefined }
  | { readonly kind: 'fine-off'; readonly memberId: MemberId; readonly amount: Money }
  | { readonly kind: 'tanda-stop' }
  /** The meeting of this day was closed, and is to be opened once more. */
  | { readonly kind: 'reopen'; readonly on: Temporal.PlainDate }
  /** What a show of hands came to, about a question that concerns one member. */
  | {
      readonly kind: 'hands';
      readonly memberId: MemberId;
      readonly about: HandsAbout;
      readonly subjectId: VoteSubject;
      readonly hands: Hands;
    }
  /** Her PIN was tried too often, and it was she: she may set another. */
  | { readonly kind: 'pin-reset'; readonly memberId: MemberId }
  /** A new telephone speaks for her, after a day. */
  | { readonly kind: 'new-phone'; readonly memberId: MemberId }
  /** She has no vote and is lent nothing for now; or has both again. */
  | { readonly kind: 'suspend' | 'let-back'; readonly memberId: MemberId }
  /** What she owes for covers, all of it, is not to be given back. */
  | { readonly kind: 'forgive'; readonly memberId: MemberId; readonly amount: Money }
  /** What she gives back of it today. */
  | { readonly kind: 'refund'; readonly memberId: MemberId; readonly amount: Money }
  /** That she gave it back was noted by mistake. */
  | OffEntry<'refund-off'>
  /** So was that others gave for her. */
  | OffEntry<'cover-off'>;

type OffEntry<Kind> = {
  readonly kind: Kind;
  readonly memberId: MemberId;
  readonly amount: Money;
  readonly entryId: EntryId;
};

/** What a group votes on. */
export const HANDS_ABOUT = ['loan', 'cover', 'loss', 'forgive', 'office'] as const;
export type HandsAbout = (typeof HANDS_ABOUT)[number];

export type VoteSubject = LoanRequestId | LoanId | CoverId | SecondWordId | ElectionId;

export type SecondWord<Receipt> = {
  readonly id: SecondWordId;
  readonly by: MemberId;
  readonly change: Change<Receipt>;
  /** It is for staff of the programme to say, and for no officer. */
  readonly toStaff: boolean;
  /** What the members voted on it, where it is theirs to decide. */
  readonly votes: readonly Vote[];
  readonly hands: Hands | undefined;
};

export type SecondWordEvent =
  | {
      readonly type: 'second-asked';
      readonly id: SecondWordId;
      readonly by: MemberId;
      readonly change: Change<{ readonly paymentId: PaymentId }>;
      readonly toStaff?: boolean;
    }
  | {
      readonly type: 'second-said';
      readonly id: SecondWordId;
      readonly state: 'done' | 'refused';
      readonly witness: MemberId;
    };
