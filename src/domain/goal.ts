import { AMOUNT_MINOR_MAX, type Money, money } from './money.ts';
import { accept, type Result, refuse } from './result.ts';

/** What a member wants to have saved. It is hers alone: it books nothing, and nobody is reminded of another's. */
export type Goal = {
  readonly amount: Money;
  /** Her own words for what or when: "diciembre", "una lavadora". */
  readonly words: string | undefined;
};

export type GoalRefusal = { readonly type: 'goal_amount'; readonly max: Money };

/** Longer words than these are no name of a goal. */
const WORDS_CHARS_MAX = 40;

/** One line of words: nothing hidden, no pictures, and no signs that a platform takes for formatting. */
const PLAIN_WORDS = /^[\p{L}\p{M}\p{Nd} '’"“”.,;:!¡?¿()/&-]+$/u;

/**
 * A goal as it may be kept: above zero, and no more than one amount may be. Words that are too long, or more than plain
 * words, are left out.
 */
export const planGoal = (amount: Money, words: string | undefined): Result<Goal, GoalRefusal> => {
  if (amount.minor <= 0n || amount.minor > AMOUNT_MINOR_MAX)
    return refuse({ type: 'goal_amount', max: money(AMOUNT_MINOR_MAX, amount.currency) });
  const kept = words?.normalize('NFC').trim();
  const fits = kept !== undefined && kept.length <= WORDS_CHARS_MAX && PLAIN_WORDS.test(kept);
  return accept({ amount, words: fits ? kept : undefined });
};
