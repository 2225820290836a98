import type { amountsIn } from './amount.ts';
import { phraseAt, type Spelled } from './phrase.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Whether a member says that another amount was written down than she gave: "di 200 y me pusieron 100", "di 200 no 100".
 * Which of the two holds is for a person to find out, so neither is taken. Two different certain amounts must be said,
 * one of them right behind what was written down, or the second right behind a "no"; and she must speak of money she
 * gave, for nothing outside the group.
 */
export const isContradiction = (
  { tokens, amounts }: { tokens: readonly Spelled[]; amounts: ReturnType<typeof amountsIn> },
  vocabulary: Vocabulary,
): boolean => {
  const [first, second, ...more] = amounts.filter(({ amount }) => !amount.counted);
  if (!first || !second || more.length > 0) return false;
  const [one, other] = [first.amount.minor, second.amount.minor];
  if (one === undefined || other === undefined || one === other) return false;
  const tags = new Set(tokens.map((_, at) => phraseAt(vocabulary.report, tokens, at)?.tag));
  if (!tags.has('paid') || tags.has('outside')) return false;
  const before = [first, second].map(({ at }) => wordBefore(tokens, at, vocabulary));
  return before.includes('noted') || before[1] === 'contrast';
};

/** What is said right before an amount, small words and a sign of money aside. */
const wordBefore = (
  tokens: readonly Spelled[],
  amountAt: number,
  vocabulary: Vocabulary,
): 'noted' | 'contrast' | undefined => {
  let end = amountAt;
  while (isSmall(tokens[end - 1], vocabulary)) end -= 1;
  for (let start = end - 1; start >= 0 && start >= end - PHRASE_WORDS_MAX; start -= 1) {
    for (let length = end - start; length <= amountAt - start; length += 1) {
      const found = phraseAt(vocabulary.dispute, tokens, start);
      if (found?.length === length) return found.tag;
    }
  }
  return undefined;
};

const PHRASE_WORDS_MAX = 3;

const isSmall = (token: Spelled | undefined, vocabulary: Vocabulary): boolean =>
  token?.type === 'word' && vocabulary.filler.has(token.keys[0] ?? '');
