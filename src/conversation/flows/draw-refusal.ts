import type { DrawRefusal } from '../../domain/draw/draw.ts';
import { type Say, say } from '../say.ts';

/** Why a step of a draw is not taken, as a sentence that says what to do. */
export const drawRefusalText = (refusal: DrawRefusal): Say => {
  switch (refusal.type) {
    case 'draw_word_long':
      return say('refusal.draw_word_long', { max: refusal.max });
    case 'draw_dice_unclear':
      return say('refusal.draw_dice_unclear', { min: refusal.min });
    case 'draw_needs_words':
      return say('refusal.draw_needs_words', { min: refusal.min });
    default:
      return say(`refusal.${refusal.type}`);
  }
};
