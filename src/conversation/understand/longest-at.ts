import { fold } from './normalise.ts';

/**
 * How many words the longest of some phrases takes that begins at a place; 0 when none does.
 *
 * @param wordAt the folded word at a place
 */
export const longestAt = (
  phrases: readonly string[],
  at: number,
  wordAt: (at: number) => string | undefined,
): number =>
  Math.max(
    0,
    ...wordsOf(phrases)
      .filter((words) => words.every((word, n) => wordAt(at + n) === word))
      .map(({ length }) => length),
  );

/** A lexicon's list is folded once: it is the same for every text. */
const wordsOf = (phrases: readonly string[]): readonly string[][] => {
  const words = known.get(phrases) ?? phrases.map((phrase) => fold(phrase).split(' '));
  known.set(phrases, words);
  return words;
};

const known = new WeakMap<readonly string[], readonly string[][]>();
