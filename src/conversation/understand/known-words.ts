import { oneLetterLess, withinOneEdit } from './edit-distance.ts';
import type { Lexicon } from './lexicon.ts';
import { phraseKeys } from './normalise.ts';
import { onceFor, remembering } from './remember.ts';

/** Shorter words are too near to too many others to be repaired. */
const REPAIR_LETTERS_MIN = 5;
/** How many words people wrote are remembered with what they may stand for. */
const SPELLED_WORDS_MAX = 10_000;

/** The words of the lexicons, as they sound. */
export type KnownWords = {
  /** Every word: such a word is no misspelling of another. */
  readonly known: ReadonlySet<string>;
  /** The words that mean something in some intent, list or amount. */
  readonly meant: ReadonlySet<string>;
  /** A word as it sounds, first, and the words with a meaning that it may be a misspelling of. */
  readonly spelled: (key: string) => readonly string[];
};

export const compileKnownWords = (pair: readonly Lexicon[]): KnownWords => {
  const meant = new Set(pair.flatMap(meantIn));
  const known = new Set([...meant, ...pair.flatMap(othersIn)]);
  const repairs = repairsAmong(meant);
  const spelled = remembering((key) => (known.has(key) ? [key] : [key, ...repairs(key)]), SPELLED_WORDS_MAX);
  return { known, meant, spelled };
};

const meantIn = onceFor(({ intents, words, numbers }: Lexicon) =>
  keysOf([Object.values(intents), { ...words, ordinary: [] }, numbers]),
);

const othersIn = onceFor(({ nicknames, urgent, words }: Lexicon) =>
  keysOf([nicknames, urgent.ordinary, words.ordinary]),
);

/** Each word of it once, in its order. */
const keysOf = (value: unknown): string[] => [...new Set(stringsOf(value).flatMap(phraseKeys))];

/** Every string anywhere in a lexicon, keys of records too. */
const stringsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsOf(inner)]);
};

/** Finds the words one edit away: two such words are alike when each loses the right letter, or none. */
const repairsAmong = (words: ReadonlySet<string>): ((key: string) => string[]) => {
  const nearly = new Map<string, string[]>();
  let longest = 0;
  for (const word of words) {
    if (word.length < REPAIR_LETTERS_MIN) continue;
    longest = Math.max(longest, word.length);
    for (const less of [word, ...oneLetterLess(word)]) nearly.set(less, [...(nearly.get(less) ?? []), word]);
  }
  return (key) => {
    if (key.length < REPAIR_LETTERS_MIN - 1 || key.length > longest + 1) return [];
    const near = [key, ...oneLetterLess(key)].flatMap((less) => nearly.get(less) ?? []);
    return near.length === 0 ? near : [...new Set(near)].filter((word) => withinOneEdit(word, key));
  };
};
