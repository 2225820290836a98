import type { PaymentRefusal } from '../../domain/payment.ts';
import { type Say, say } from '../say.ts';
import { tandaRefusalText } from './tanda-refusal.ts';

/** Why a payment cannot be booked, as a sentence that says what to do. */
export const refusalText = (refusal: PaymentRefusal): Say => {
  switch (refusal.type) {
    case 'nothing_paid':
      return say('refusal.nothing_paid');
    case 'above_cap':
      return say('refusal.above_cap', { max: refusal.max });
    case 'no_loan':
      return say('refusal.no_loan');
    case 'more_than_owed':
      return say('refusal.more_than_owed', { owed: refusal.owed });
    case 'not_whole_shares':
      return say('refusal.not_whole_shares', { price: refusal.price });
    case 'too_many_shares':
      return say('refusal.too_many_shares', { max: refusal.max, price: refusal.price });
    case 'not_in_coins':
      return say('refusal.not_in_coins', { unit: refusal.unit });
    case 'loan_moved_since':
      return say('refusal.loan_moved_since', { date: refusal.on });
    case 'tanda_no_turns':
      return say('refusal.tanda_no_turns');
    case 'tanda_not_in':
    case 'tanda_no_round':
      return tandaRefusalText(refusal);
  }
};
