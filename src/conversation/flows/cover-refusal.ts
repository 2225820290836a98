import type { CoverRefusal } from '../../domain/joint/cover.ts';
import type { RefundRefusal } from '../../domain/joint/refund.ts';
import { type Say, say } from '../say.ts';

/** Why a gap is not covered, or a cover not paid back, as a sentence that says what to do. */
export const coverRefusalText = (refusal: CoverRefusal | RefundRefusal): Say => {
  switch (refusal.type) {
    case 'more_than_owed':
      return say('refusal.more_than_owed', { owed: refusal.owed });
    case 'pot_short':
      return say('refusal.pot_short', { held: refusal.held });
    case 'not_in_coins':
      return say('refusal.not_in_coins', { unit: refusal.unit });
    default:
      return say(`refusal.${refusal.type}`);
  }
};
