import type { NameKind, Phrases, Said } from './audience-phrases.ts';
import { type HeardWord, wordOff } from './heard-word.ts';

/** Shorter words are no part of a name by themselves. */
const PART_OF_NAME_LETTERS_MIN = 4;

/** The one thing that so many words say; without `said`, they may say several and nobody can tell which. */
export type Match = { readonly length: number; readonly said: Said | undefined };

/**
 * The longest phrase or name that begins here; of the longest the best spelt. Several that are equally good and say
 * different things: nobody can tell. `only`: names of one kind.
 */
export const phraseFrom = (
  { starts }: Phrases,
  heard: readonly HeardWord[],
  { at, only }: { readonly at: number; readonly only?: NameKind },
): Match | undefined =>
  best(
    starts(heard[at])
      .filter(({ said }) => only === undefined || isNameOf(said, only))
      .flatMap((entry) => {
        const off = offAt(entry.words, heard, at);
        return off === undefined ? [] : [{ ...entry, length: entry.words.length, off: entry.rank + off }];
      }),
  );

/** A part of one name and of no other: its first words, or its last ones. */
export const partOfName = (
  { within }: Phrases,
  heard: readonly HeardWord[],
  { at, only }: { readonly at: number; readonly only?: NameKind },
): Match | undefined =>
  best(
    within(heard[at])
      .filter(({ entry: { said } }) => only === undefined || isNameOf(said, only))
      .flatMap(({ entry, from }) => {
        const length = runFrom(entry.words, from, { heard, at });
        const isEdge = from === 0 || from + length === entry.words.length;
        const run = heard.slice(at, at + length);
        if (!isEdge || !run.some(({ word }) => word.length >= PART_OF_NAME_LETTERS_MIN)) return [];
        const off = offAt(entry.words.slice(from, from + length), heard, at) ?? 0;
        return [{ ...entry, length, off }];
      }),
  );

const isNameOf = (said: Said, kind: NameKind): boolean => said.type === 'named' && said.kind === kind;

type Candidate = { readonly length: number; readonly off: number; readonly id: string; readonly said: Said };

const best = (candidates: readonly Candidate[]): Match | undefined => {
  const length = Math.max(...candidates.map((one) => one.length));
  const longest = candidates.filter((one) => one.length === length);
  const off = Math.min(...longest.map((one) => one.off));
  const [first, ...others] = longest.filter((one) => one.off === off);
  if (!first) return undefined;
  return { length, said: others.every(({ id }) => id === first.id) ? first.said : undefined };
};

const runFrom = (
  words: readonly HeardWord[],
  from: number,
  { heard, at }: { readonly heard: readonly HeardWord[]; readonly at: number },
): number => {
  let length = 0;
  while (
    from + length < words.length &&
    wordOff(words[from + length], heard[at + length], length > 0) !== undefined
  )
    length += 1;
  return length;
};

/** How far what is said here is from these words: 0 when it is they, 2 when one or more is misspelt. */
const offAt = (words: readonly HeardWord[], heard: readonly HeardWord[], at: number): number | undefined => {
  let worst = 0;
  for (const [n, word] of words.entries()) {
    const off = wordOff(word, heard[at + n], n > 0);
    if (off === undefined) return undefined;
    worst = Math.max(worst, off);
  }
  return worst;
};
