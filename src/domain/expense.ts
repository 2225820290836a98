import { accept, type Result, refuse } from './result.ts';

/** Longer words than these say more than what was bought. */
export const EXPENSE_CHARS_MAX = 60;

export type ExpenseRefusal =
  | { readonly type: 'no_words' }
  | { readonly type: 'too_many_words'; readonly most: number };

/**
 * What an expense was for, as it may be kept: on one line, without marks around it, at most `EXPENSE_CHARS_MAX` characters
 * and with at least one letter. Longer words are refused, not cut: half a sentence may say something else.
 */
export const expenseWords = (text: string): Result<string, ExpenseRefusal> => {
  const words = text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N})]+$/gu, '');
  if (!/\p{L}/u.test(words)) return refuse({ type: 'no_words' });
  return Array.from(words).length > EXPENSE_CHARS_MAX
    ? refuse({ type: 'too_many_words', most: EXPENSE_CHARS_MAX })
    : accept(words);
};
