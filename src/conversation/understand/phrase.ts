import type { Token } from './token.ts';

/** Words in a row, as they sound, and what they stand for. */
export type Phrase<Tag extends string> = {
  readonly tag: Tag;
  readonly text: string;
  readonly words: readonly string[];
};

/** Phrases by their first word, the longest first. */
export type PhraseIndex<Tag extends string> = ReadonlyMap<string, readonly Phrase<Tag>[]>;

/** A token with everything it may stand for: its own sound first, then what it may be a misspelling of. */
export type Spelled = Token & { readonly keys: readonly string[] };

export type PhraseFound<Tag extends string> = Phrase<Tag> & { readonly length: number };

export const indexPhrases = <Tag extends string>(phrases: readonly Phrase<Tag>[]): PhraseIndex<Tag> => {
  const index = new Map<string, Phrase<Tag>[]>();
  for (const phrase of phrases) {
    const [first] = phrase.words;
    if (first === undefined) continue;
    index.set(first, [...(index.get(first) ?? []), phrase]);
  }
  for (const group of index.values()) group.sort((a, b) => b.words.length - a.words.length);
  return index;
};

/** The longest phrase that begins exactly here, if any. An own spelling goes before a repaired one. */
export const phraseAt = <Tag extends string>(
  index: PhraseIndex<Tag>,
  tokens: readonly Spelled[],
  at: number,
): PhraseFound<Tag> | undefined => {
  for (const key of tokens[at]?.keys ?? []) {
    for (const phrase of index.get(key) ?? []) {
      if (phrase.words.every((word, n) => tokens[at + n]?.keys.includes(word))) {
        return { ...phrase, length: phrase.words.length };
      }
    }
  }
  return undefined;
};
