import { phraseKeys } from './normalise.ts';
import type { Token } from './token.ts';

/** Words in a row, as they sound, and what they stand for. */
export type Phrase<Tag extends string> = {
  readonly tag: Tag;
  readonly text: string;
  readonly words: readonly string[];
};

/** A phrase in an index. `length`: how many words it has. */
export type PhraseFound<Tag extends string> = Phrase<Tag> & { readonly length: number };

/** Phrases by their first word, the longest first. */
export type PhraseIndex<Tag extends string> = ReadonlyMap<string, readonly PhraseFound<Tag>[]>;

/** A token with everything it may stand for: its own sound first, then what it may be a misspelling of. */
export type Spelled = Token & { readonly keys: readonly string[] };

/** The words of several lists of a lexicon, as they sound. */
export const soundsOf = (lists: readonly (readonly string[])[]): ReadonlySet<string> =>
  new Set(lists.flat().flatMap(phraseKeys));

/** The phrases of a lexicon's lists, each with the name of its list as its tag. */
export const tagged = <Tag extends string>(lists: Partial<Record<Tag, readonly string[]>>): Phrase<Tag>[] => {
  const found: Phrase<Tag>[] = [];
  for (const tag in lists) {
    for (const text of lists[tag] ?? []) found.push({ tag, text, words: phraseKeys(text) });
  }
  return found;
};

export const indexPhrases = <Tag extends string>(phrases: readonly Phrase<Tag>[]): PhraseIndex<Tag> => {
  const index = new Map<string, PhraseFound<Tag>[]>();
  for (const phrase of phrases) {
    const [first] = phrase.words;
    if (first === undefined) continue;
    index.set(first, [...(index.get(first) ?? []), { ...phrase, length: phrase.words.length }]);
  }
  for (const group of index.values()) group.sort((a, b) => b.length - a.length);
  return index;
};

/** The longest phrase that begins exactly here, if any. An own spelling goes before a repaired one. */
export const phraseAt = <Tag extends string>(
  index: PhraseIndex<Tag>,
  tokens: readonly Spelled[],
  at: number,
): PhraseFound<Tag> | undefined => {
  const token = tokens[at];
  if (token?.type !== 'word') return undefined;
  for (const key of token.keys) {
    const group = index.get(key);
    if (!group) continue;
    for (const phrase of group) {
      if (isSaidAt(phrase.words, tokens, at)) return phrase;
    }
  }
  return undefined;
};

const isSaidAt = (words: readonly string[], tokens: readonly Spelled[], at: number): boolean => {
  for (let n = 1; n < words.length; n += 1) {
    if (!tokens[at + n]?.keys.includes(words[n] ?? '')) return false;
  }
  return true;
};

/** The word of each phrase that the fewest of them have: where it was not said, the phrase need not be looked at. */
export const rarestWords = (phrases: readonly (readonly string[])[]): string[] => {
  const count = new Map<string, number>();
  for (const word of phrases.flat()) count.set(word, (count.get(word) ?? 0) + 1);
  return phrases.map((words) =>
    words.reduce(
      (rarest, word) => ((count.get(word) ?? 0) < (count.get(rarest) ?? 0) ? word : rarest),
      words[0] ?? '',
    ),
  );
};

/** Values by a key of each, in their order. */
export const groupedBy = <Value>(
  values: readonly Value[],
  keys: readonly string[],
): ReadonlyMap<string, readonly Value[]> => {
  const groups = new Map<string, Value[]>();
  for (const [n, value] of values.entries()) {
    const key = keys[n] ?? '';
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
};
