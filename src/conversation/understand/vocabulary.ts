import type { Language } from '../message.ts';
import { oneLetterLess, withinOneEdit } from './edit-distance.ts';
import type { Lexicon, Lexicons, ListWord } from './lexicon.ts';
import { INTENTS, type Intent, type Purpose } from './meaning.ts';
import { fold, phraseKeys, soundOf } from './normalise.ts';
import { indexPhrases, type Phrase, type PhraseIndex } from './phrase.ts';

/** Shorter words are too near to too many others to be repaired. */
const REPAIR_LETTERS_MIN = 5;

export type PurposeWord = Extract<Purpose, 'savings' | 'loan' | 'fine' | 'social'>;
export type ReportWord = 'paid' | 'claim' | 'against' | 'receiver' | 'outside' | 'filler' | 'purpose';

export type NumberWords = {
  readonly values: ReadonlyMap<string, bigint>;
  readonly idioms: PhraseIndex<'idiom'>;
  readonly countedAfter: PhraseIndex<'counted'>;
  readonly about: PhraseIndex<'about'>;
} & Readonly<Record<NumberSet, ReadonlySet<string>>>;

type NumberSet =
  | 'hundreds'
  | 'thousands'
  | 'millions'
  | 'tensJoiners'
  | 'hundredsJoiners'
  | 'currency'
  | 'otherCurrency'
  | 'cents'
  | 'centsJoiners'
  | 'halves'
  | 'minus'
  | 'counted'
  | 'months'
  | 'dateJoiners'
  | 'around';

export type IntentPattern = {
  readonly intent: string;
  readonly language: Language;
  readonly words: readonly string[];
  readonly inOrder: boolean;
};

type IntentRules = { readonly unless: ReadonlySet<string>; readonly free: boolean };

/** Phrases of danger, and their words once each: exact ones and stems ("amenaz*" without the star) by length. */
type UrgentPhrases = {
  readonly phrases: readonly (readonly string[])[];
  readonly wordsByLength: ReadonlyMap<number, readonly string[]>;
  readonly stems: readonly string[];
};

/** Both lexicons, the context's language first, compiled to sounds and look-ups. */
export type Vocabulary = {
  readonly numbers: NumberWords;
  readonly list: PhraseIndex<ListWord>;
  readonly purposes: PhraseIndex<PurposeWord>;
  readonly report: PhraseIndex<ReportWord>;
  readonly filler: ReadonlySet<string>;
  readonly aim: ReadonlySet<string>;
  readonly join: ReadonlySet<string>;
  readonly abbreviations: ReadonlyMap<string, string>;
  readonly languages: PhraseIndex<Language>;
  readonly topics: PhraseIndex<string>;
  /** By the word they begin with. */
  readonly patterns: ReadonlyMap<string, readonly IntentPattern[]>;
  readonly rules: ReadonlyMap<string, IntentRules>;
  readonly urgent: UrgentPhrases;
  readonly urgentOrdinary: ReadonlySet<string>;
  readonly urgentNever: PhraseIndex<'never'>;
  /** Every word of both lexicons, as it sounds: such a word is no misspelling of another. */
  readonly known: ReadonlySet<string>;
  /** The words that mean something in some intent, list or amount. */
  readonly meant: ReadonlySet<string>;
  /** A word with one letter left out, to the known words that give it. */
  readonly nearly: ReadonlyMap<string, readonly string[]>;
};

const compiled = new WeakMap<Lexicons, Map<Language, Vocabulary>>();

/** The vocabulary of a pair of lexicons: compiled once for each language that comes first, then remembered. */
export const vocabularyOf = (lexicons: Lexicons, first: Language = 'es'): Vocabulary => {
  const byLanguage = compiled.get(lexicons) ?? new Map<Language, Vocabulary>();
  compiled.set(lexicons, byLanguage);
  const known = byLanguage.get(first);
  if (known) return known;
  const vocabulary = compile(first === 'es' ? [lexicons.es, lexicons.en] : [lexicons.en, lexicons.es]);
  byLanguage.set(first, vocabulary);
  return vocabulary;
};

const compile = (pair: readonly Lexicon[]): Vocabulary => {
  const known = knownWords(pair);
  return {
    numbers: compileNumbers(pair),
    list: indexPhrases(pair.flatMap((lexicon) => tagged(lexicon.words.list))),
    purposes: indexPhrases(pair.flatMap((lexicon) => tagged(lexicon.words.purposes))),
    report: indexPhrases(pair.flatMap(reportPhrases)),
    filler: setOf(pair.map((lexicon) => lexicon.words.filler)),
    aim: setOf(pair.map((lexicon) => lexicon.words.aim)),
    join: setOf(pair.map((lexicon) => lexicon.words.join)),
    abbreviations: new Map(
      pair.flatMap(({ words }) =>
        Object.entries(words.abbreviations).map(([a, b]) => [fold(a), soundOf(fold(b))]),
      ),
    ),
    languages: indexPhrases(pair.flatMap((lexicon) => tagged(lexicon.words.languages))),
    topics: indexPhrases(pair.flatMap((lexicon) => tagged(lexicon.words.topics))),
    patterns: byFirstWord(pair.flatMap(intentPatterns)),
    rules: compileRules(pair),
    urgent: compileUrgent(pair),
    urgentOrdinary: new Set([...known.words, ...setOf(pair.map((lexicon) => lexicon.urgent.ordinary))]),
    urgentNever: indexPhrases(pair.flatMap((lexicon) => tagged({ never: lexicon.urgent.never }))),
    known: known.words,
    meant: known.targets,
    nearly: known.nearly,
  };
};

const setOf = (lists: readonly (readonly string[])[]): ReadonlySet<string> =>
  new Set(lists.flat().flatMap(phraseKeys));

const tagged = <Tag extends string>(lists: Partial<Record<Tag, readonly string[]>>): Phrase<Tag>[] => {
  const found: Phrase<Tag>[] = [];
  for (const tag in lists) {
    for (const text of lists[tag] ?? []) found.push({ tag, text, words: phraseKeys(text) });
  }
  return found;
};

const reportPhrases = (lexicon: Lexicon): Phrase<ReportWord>[] => [
  ...tagged<ReportWord>(lexicon.words.report),
  ...tagged<ReportWord>({ purpose: Object.values(lexicon.words.purposes).flat() }),
];

const intentPatterns = ({ intents, language }: Lexicon): IntentPattern[] =>
  Object.entries(intents).flatMap(([intent, { phrases, keywords }]) => [
    ...phrases.map((text) => ({ intent, language, words: phraseKeys(text), inOrder: true })),
    ...keywords.map((set) => ({ intent, language, words: set.flatMap(phraseKeys), inOrder: false })),
  ]);

const compileUrgent = (pair: readonly Lexicon[]): UrgentPhrases => {
  const phrases = pair.flatMap((lexicon) => lexicon.urgent.phrases.map(phraseKeys));
  const all = [...new Set(phrases.flat())];
  const wordsByLength = new Map<number, string[]>();
  for (const word of all) {
    if (!word.endsWith('*'))
      wordsByLength.set(word.length, [...(wordsByLength.get(word.length) ?? []), word]);
  }
  const stems = all.filter((word) => word.endsWith('*')).map((word) => word.slice(0, -1));
  return { phrases, wordsByLength, stems };
};

const byFirstWord = (patterns: readonly IntentPattern[]): Map<string, IntentPattern[]> => {
  const index = new Map<string, IntentPattern[]>();
  for (const pattern of patterns) {
    const [first] = pattern.words;
    if (first === undefined) continue;
    const group = index.get(first);
    if (group) group.push(pattern);
    else index.set(first, [pattern]);
  }
  return index;
};

const compileRules = (pair: readonly Lexicon[]): Map<string, IntentRules> => {
  const rulesOf = (name: Intent): IntentRules => ({
    unless: setOf(pair.map((lexicon) => lexicon.intents[name]?.unless ?? [])),
    free: pair.some((lexicon) => lexicon.intents[name]?.free === true),
  });
  return new Map(INTENTS.map((name) => [name, rulesOf(name)]));
};

const compileNumbers = (pair: readonly Lexicon[]): NumberWords => {
  const set = (name: NumberSet): ReadonlySet<string> => setOf(pair.map((lexicon) => lexicon.numbers[name]));
  return {
    values: new Map(
      pair.flatMap(({ numbers }) =>
        Object.entries(numbers.words).map(([word, digits]) => [soundOf(fold(word)), BigInt(digits)]),
      ),
    ),
    idioms: indexPhrases(pair.flatMap(({ numbers }) => tagged({ idiom: numbers.idioms }))),
    countedAfter: indexPhrases(pair.flatMap(({ numbers }) => tagged({ counted: numbers.countedAfter }))),
    about: indexPhrases(pair.flatMap(({ numbers }) => tagged({ about: numbers.about }))),
    hundreds: set('hundreds'),
    thousands: set('thousands'),
    millions: set('millions'),
    tensJoiners: set('tensJoiners'),
    hundredsJoiners: set('hundredsJoiners'),
    currency: set('currency'),
    otherCurrency: set('otherCurrency'),
    cents: set('cents'),
    centsJoiners: set('centsJoiners'),
    halves: set('halves'),
    minus: set('minus'),
    counted: set('counted'),
    months: set('months'),
    dateJoiners: set('dateJoiners'),
    around: set('around'),
  };
};

/** Every string anywhere in a lexicon, keys of records too. */
const stringsOf = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(stringsOf);
  return Object.entries(value).flatMap(([key, inner]) => [key, ...stringsOf(inner)]);
};

const knownWords = (
  pair: readonly Lexicon[],
): {
  words: Set<string>;
  targets: Set<string>;
  nearly: Map<string, string[]>;
} => {
  const keysOf = (value: unknown) => stringsOf(value).flatMap(phraseKeys);
  const targets = new Set(
    pair.flatMap(({ intents, words, numbers }) =>
      keysOf([Object.values(intents), { ...words, ordinary: [] }, numbers]),
    ),
  );
  const others = pair.flatMap(({ nicknames, urgent, words }) =>
    keysOf([nicknames, urgent.ordinary, words.ordinary]),
  );
  const nearly = new Map<string, string[]>();
  for (const word of targets) {
    if (word.length < REPAIR_LETTERS_MIN) continue;
    for (const less of [word, ...oneLetterLess(word)]) nearly.set(less, [...(nearly.get(less) ?? []), word]);
  }
  return { words: new Set([...targets, ...others]), targets, nearly };
};

/** The known words one edit away from a word that is not known itself. */
export const repairsOf = (key: string, vocabulary: Vocabulary): string[] => {
  if (key.length < REPAIR_LETTERS_MIN - 1 || vocabulary.known.has(key)) return [];
  const near = [key, ...oneLetterLess(key)].flatMap((less) => vocabulary.nearly.get(less) ?? []);
  return [...new Set(near)].filter((word) => withinOneEdit(word, key));
};
