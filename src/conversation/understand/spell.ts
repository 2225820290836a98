import type { Spelled } from './phrase.ts';
import { type Token, tokenize } from './token.ts';
import type { Vocabulary } from './vocabulary.ts';

const NO_NAMES: ReadonlySet<string> = new Set();
const NO_KEYS: readonly string[] = [];

/**
 * The tokens of a text, each word with the known words it may be a misspelling of.
 *
 * @param names sounds of words that are never repaired
 */
export const spell = (
  text: string,
  vocabulary: Vocabulary,
  names: ReadonlySet<string> = NO_NAMES,
): Spelled[] => tokenize(text).map((token) => ({ ...token, keys: keysOf(token, vocabulary, names) }));

const keysOf = (token: Token, vocabulary: Vocabulary, names: ReadonlySet<string>): readonly string[] => {
  if (token.type !== 'word') return NO_KEYS;
  const short = vocabulary.abbreviations.get(token.word);
  if (short !== undefined) return short;
  return names.has(token.key) ? [token.key] : vocabulary.spelled(token.key);
};
