import type { MemberId, PaymentId, SecondWordId } from '../domain/ids.ts';
import type { Money } from '../domain/money.ts';
import type { PaymentParts } from '../domain/payment.ts';

/**
 * A change of what was booked or set that one officer asked for and another one has to say too: payments taken back, one
 * corrected (without parts nothing stands instead), a fine that is not owed any more, a tanda that ends before its last
 * round, as the book stands then.
 */
export type Change<Receipt> =
  | { readonly kind: 'undo'; readonly receipts: readonly Receipt[] }
  | { readonly kind: 'correction'; readonly receipt: Receipt; readonly parts: PaymentParts | undefined }
  | { readonly kind: 'fine-off'; readonly memberId: MemberId; readonly amount: Money }
  | { readonly kind: 'tanda-stop' };

export type SecondWord<Receipt> = {
  readonly id: SecondWordId;
  readonly by: MemberId;
  readonly change: Change<Receipt>;
};

export type SecondWordEvent =
  | {
      readonly type: 'second-asked';
      readonly id: SecondWordId;
      readonly by: MemberId;
      readonly change: Change<{ readonly paymentId: PaymentId }>;
    }
  | {
      readonly type: 'second-said';
      readonly id: SecondWordId;
      readonly state: 'done' | 'refused';
      readonly witness: MemberId;
    };
