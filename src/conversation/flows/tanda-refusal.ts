import type { GiveRefusal } from '../../domain/tanda/rounds.ts';
import type { TandaTermsRefusal } from '../../domain/tanda/terms.ts';
import type { TurnsRefusal } from '../../domain/tanda/turns.ts';
import { type Say, say } from '../say.ts';

/** Why something is not done in a tanda, as a sentence that says what to do. */
export const tandaRefusalText = (refusal: TandaTermsRefusal | TurnsRefusal | GiveRefusal): Say => {
  switch (refusal.type) {
    case 'tanda_too_long':
      return say('refusal.tanda_too_long', { max: refusal.max });
    case 'tanda_amount':
      return say('refusal.tanda_amount', { max: refusal.max });
    case 'tanda_rounds_differ':
      return say('refusal.tanda_rounds_differ', { rounds: refusal.rounds });
    case 'tanda_fee_too_high':
      return say('refusal.tanda_fee_too_high', { pot: refusal.pot });
    case 'tanda_no_round':
      return say('refusal.tanda_no_round', { rounds: refusal.rounds });
    case 'more_than_owed':
      return say('refusal.more_than_owed', { owed: refusal.owed });
    default:
      return say(`refusal.${refusal.type}`);
  }
};
