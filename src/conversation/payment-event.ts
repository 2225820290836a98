import type { Temporal } from 'temporal-polyfill';
import type { DisputeId, EntryId, MemberId, PaymentId } from '../domain/ids.ts';
import type { PaymentParts, PaymentState } from '../domain/payment.ts';

/** A payment of a member, from her word to its receipt, and her objection to one. */
export type PaymentEvent =
  | { readonly type: 'payment-made'; readonly payment: MadePayment }
  | { readonly type: 'payment-moved'; readonly step: PaymentStep }
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
