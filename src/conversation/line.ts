import type { MemberId, PaymentId } from '../domain/ids.ts';
import type { PaymentParts } from '../domain/payment.ts';
import type { MemberFacts } from './member-facts.ts';
import type { ReceiptFacts } from './payment-facts.ts';

/** One member's money to be booked. */
export type Line = {
  readonly member: MemberFacts;
  readonly parts: PaymentParts;
  readonly nth: number;
  /** The receipt that this takes the place of, when it corrects one. */
  readonly instead?: ReceiptFacts;
  /** The claim this confirms, when there was one before; otherwise a new payment is made. */
  readonly claim?: { readonly id: PaymentId; readonly was: 'reported' | 'signed' };
};

export type Signatures = { readonly author: MemberId; readonly witness: MemberId | undefined };
