import { fold, soundOf } from './normalise.ts';
import type { Spelled } from './phrase.ts';
import { type Token, tokenize } from './token.ts';
import { repairsOf, type Vocabulary } from './vocabulary.ts';

/** The tokens of a text, each word with the known words it may be a misspelling of. `names` are never repaired. */
export const spell = (text: string, vocabulary: Vocabulary, names: readonly string[] = []): Spelled[] => {
  const kept = new Set(names.flatMap((name) => fold(name).split(/[^\p{L}]+/u)).map(soundOf));
  const heard = new Map<string, string[]>();
  return tokenize(text).map((token) => {
    const keys = heard.get(token.text) ?? keysOf(token, vocabulary, kept);
    heard.set(token.text, keys);
    return { ...token, keys };
  });
};

const keysOf = (token: Token, vocabulary: Vocabulary, names: ReadonlySet<string>): string[] => {
  if (token.type !== 'word') return [];
  const short = vocabulary.abbreviations.get(token.word);
  if (short !== undefined) return [short];
  return names.has(token.key) ? [token.key] : [token.key, ...repairsOf(token.key, vocabulary)];
};
