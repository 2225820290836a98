import type { Word } from './pattern.ts';
import { phraseAt, type Spelled } from './phrase.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What must be known to tell words from names. */
export type HearingOfWords = {
  readonly vocabulary: Vocabulary;
  /** Sounds of the names in the group: they are no filler and belong to no pattern. */
  readonly names: ReadonlySet<string>;
  /** Sounds of names that people are given. */
  readonly given: ReadonlySet<string>;
};

/** The words of a message as patterns meet them, in order, without its marks. */
export const wordsOf = (tokens: readonly Spelled[], hearing: HearingOfWords): Word[] => {
  const spoken = tokens.filter((token) => token.type !== 'mark');
  const words = spoken.map((token) => wordOf(token, hearing));
  return words.map((word, at) =>
    word.named && isIntroduced(spoken, words, { at, hearing }) ? UNSAID : word,
  );
};

/** "soy Ana López": who speaks is known, so her name says nothing. */
const UNSAID: Word = { keys: [], filler: true, strange: false, named: true };

const isIntroduced = (
  spoken: readonly Spelled[],
  words: readonly Word[],
  { at, hearing }: { at: number; hearing: HearingOfWords },
): boolean => {
  let first = at;
  while (words[first - 1]?.named) first -= 1;
  const { introduces } = hearing.vocabulary;
  return [1, 2, 3].some((length) => phraseAt(introduces, spoken, first - length)?.length === length);
};

const wordOf = (token: Spelled, { vocabulary, names, given }: HearingOfWords): Word => {
  if (token.type !== 'word') return { keys: [token.text], filler: false, strange: false, named: false };
  const meant = token.keys.some((key) => vocabulary.meant.has(key));
  return {
    keys: token.keys,
    filler: vocabulary.filler.has(token.keys[0] ?? ''),
    strange: names.has(token.key) || !meant,
    named: names.has(token.key) || (given.has(token.key) && !meant),
  };
};
