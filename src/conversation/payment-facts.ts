import type { Temporal } from 'temporal-polyfill';
import type { DisputeId, EntryId, MemberId, PaymentId } from '../domain/ids.ts';
import type { Balances } from '../domain/ledger/balance.ts';
import type { EntryKind, Posting } from '../domain/ledger/entry.ts';
import type { Money } from '../domain/money.ts';
import type { PaymentParts, PaymentState } from '../domain/payment.ts';

export type WaitingPayment = {
  readonly id: PaymentId;
  readonly memberId: MemberId;
  readonly parts: PaymentParts;
  readonly state: 'reported' | 'signed';
  readonly meetingOn: Temporal.PlainDate;
  readonly batch: string;
  readonly reportedBy: string;
  readonly firstSigner: string | undefined;
};

/**
 * One line of her passbook: what an entry did to her savings, to what she owes with its interest, to what she owes or is
 * owed for covers, to what she gave for a tanda, or a payout that she was handed: of a tanda, or when she left.
 */
export type Movement = {
  readonly seq: bigint;
  readonly on: Temporal.PlainDate;
  readonly kind: EntryKind;
  /** `savings-earned`: what a closing or a leaving added to or took from her savings as gain or loss, apart from what was paid out. */
  readonly account: 'savings' | 'loan' | 'cover' | 'covered' | 'turn' | 'payout' | 'savings-earned';
  /** Signed: savings grow, a loan shrinks, and so does what she owes for covers (`cover`) or is owed for them (`covered`). */
  readonly delta: Money;
};

export type ReceiptFacts = {
  readonly paymentId: PaymentId;
  readonly memberId: MemberId;
  readonly parts: PaymentParts;
  readonly state: PaymentState;
  readonly meetingOn: Temporal.PlainDate;
  readonly nth: number;
  readonly batch: string;
  readonly decidedBy: string | undefined;
  readonly entryId: EntryId | undefined;
  readonly receipt: bigint | undefined;
  readonly occurredOn: Temporal.PlainDate | undefined;
  /** When an officer's word made it a receipt. */
  readonly decidedAt: Temporal.Instant | undefined;
  readonly postings: readonly Posting[];
  /** Where the accounts of its postings stand now. */
  readonly balances: Balances;
  /** The cycle it belongs to was shared out since. */
  readonly isClosed: boolean;
  /** A meeting ended since: all were told balances that it is part of. */
  readonly isTold: boolean;
  readonly disputed: boolean;
};

export type DisputeFacts = {
  readonly id: DisputeId;
  readonly memberId: MemberId;
  readonly payment: ReceiptFacts;
};
