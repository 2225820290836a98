import type { Temporal } from 'temporal-polyfill';
import type { OutRefusal } from '../../domain/money-out.ts';
import { type Say, say } from '../say.ts';

/** Why money cannot leave the box, as a sentence that says what to do. `on`: the past meeting it is of. */
export const outRefusalText = (refusal: OutRefusal, on?: Temporal.PlainDate): Say =>
  (on && pastText(refusal)) ?? nowText(refusal);

/** What a box held then, and since, is not what is in it now. */
const pastText = (refusal: OutRefusal): Say | undefined => {
  if (refusal.type === 'more_than_box' || refusal.type === 'more_than_loan_box')
    return say('late-out.box', { most: refusal.box });
  return refusal.type === 'more_than_free' ? say('late-out.free', { free: refusal.free }) : undefined;
};

const nowText = (refusal: OutRefusal): Say => {
  switch (refusal.type) {
    case 'not_before_closing':
      return say('refusal.not_before_closing');
    case 'more_than_free':
      return say('refusal.more_than_free', { free: refusal.free });
    case 'not_whole_shares':
      return say('refusal.not_whole_shares', { price: refusal.price });
    case 'more_than_box':
      return say('refusal.more_than_box', { box: refusal.box });
    case 'owes_more_than_saved':
      return say('refusal.owes_more_than_saved', { short: refusal.short });
    case 'owes_for_cover':
      return say('refusal.owes_for_cover', { owed: refusal.owed });
    case 'is_owed_for_cover':
      return say('refusal.is_owed_for_cover', { owed: refusal.owed });
    case 'money_underway':
      return say('refusal.money_underway', { amount: refusal.amount });
    case 'payments_waiting':
      return say('refusal.payments_waiting');
    case 'in_tanda':
      return say('refusal.in_tanda');
    case 'no_lender':
      return say('refusal.no_lender');
    case 'capital_too_much':
      return say('refusal.capital_too_much', { most: refusal.most });
    case 'more_than_loan_box':
      return say('refusal.more_than_loan_box', { box: refusal.box });
    case 'more_than_lenders':
      return say('refusal.more_than_lenders', { left: refusal.left });
    case 'not_in_coins':
      return say('refusal.not_in_coins', { unit: refusal.unit });
  }
};
