import { withinOneEdit } from './edit-distance.ts';
import type { Lexicon } from './lexicon.ts';
import { phraseKeys } from './normalise.ts';
import { groupedBy, rarestWords } from './phrase.ts';
import { remembering } from './remember.ts';

/** A cry for help is heard through a misspelling of any word this long; other words need one letter more. */
const REPAIR_LETTERS_MIN = 4;
/** "mepega": a phrase written as one word counts from this length. */
export const JOINED_LETTERS_MIN = 6;
/** How many words people wrote are remembered with the words of danger they may be. */
const HEARD_WORDS_MAX = 10_000;

/**
 * A phrase of danger. `order`: its place among all. `words`: exact ones and stems ("amenaz*"). `alone`: it counts only
 * when nothing else is said.
 */
export type UrgentPhrase = {
  readonly order: number;
  readonly words: readonly string[];
  /** Written as one word; undefined where that would be too short to tell. */
  readonly joined: string | undefined;
  readonly alone: boolean;
};

/** The phrases of danger, ready to be searched. */
export type UrgentPhrases = {
  /** By the word that the fewest of them have. */
  readonly byRarest: ReadonlyMap<string, readonly UrgentPhrase[]>;
  /** Those that can be written as one word, by the first `JOINED_LETTERS_MIN` letters of it. */
  readonly byJoined: ReadonlyMap<string, readonly UrgentPhrase[]>;
  /** The words of the phrases that a word, as it sounds, may be: itself, misspelt, or beginning as a stem does. */
  readonly heardAs: (key: string) => readonly string[];
};

/** @param ordinary sounds of words that are no misspelling of a word of danger */
export const compileUrgent = (pair: readonly Lexicon[], ordinary: ReadonlySet<string>): UrgentPhrases => {
  const phrases = pair
    .flatMap(({ urgent }) => [
      ...urgent.phrases.map((text) => ({ words: phraseKeys(text), alone: false })),
      ...urgent.alone.map((text) => ({ words: phraseKeys(text), alone: true })),
    ])
    .map(({ words, alone }, order): UrgentPhrase => {
      return { order, words, alone, joined: alone ? undefined : joinedOf(words) };
    });
  const joined = phrases.filter((phrase) => phrase.joined !== undefined);
  return {
    byRarest: groupedBy(phrases, rarestWords(phrases.map(({ words }) => words))),
    byJoined: groupedBy(
      joined,
      joined.map((phrase) => phrase.joined?.slice(0, JOINED_LETTERS_MIN) ?? ''),
    ),
    heardAs: hearing([...new Set(phrases.flatMap(({ words }) => words))], ordinary),
  };
};

const joinedOf = (words: readonly string[]): string | undefined => {
  const joined = words.join('');
  const told = words.length >= 2 && joined.length >= JOINED_LETTERS_MIN && !joined.includes('*');
  return told ? joined : undefined;
};

const hearing = (all: readonly string[], ordinary: ReadonlySet<string>): UrgentPhrases['heardAs'] => {
  const exact = new Set(all.filter((word) => !word.endsWith('*')));
  const long = [...exact].filter((word) => word.length >= REPAIR_LETTERS_MIN);
  const stems = all.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1));
  return remembering((key) => {
    if (key === '') return [];
    const repaired = !ordinary.has(key);
    const words = repaired ? long.filter((word) => word !== key && withinOneEdit(key, word)) : [];
    if (exact.has(key)) words.push(key);
    const begun = stems.filter((stem) => key.startsWith(stem) || (repaired && beginsNearly(key, stem)));
    return [...words, ...begun.map((stem) => `${stem}*`)];
  }, HEARD_WORDS_MAX);
};

const beginsNearly = (key: string, stem: string): boolean =>
  stem.length > REPAIR_LETTERS_MIN &&
  key.length >= stem.length - 1 &&
  [stem.length - 1, stem.length, stem.length + 1].some((letters) =>
    withinOneEdit(key.slice(0, letters), stem),
  );
