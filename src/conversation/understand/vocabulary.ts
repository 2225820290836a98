import { LANGUAGES, type Language } from '../message.ts';
import { compileKnownWords, type KnownWords } from './known-words.ts';
import type { Lexicon, Lexicons, ListWord } from './lexicon.ts';
import { INTENTS, type Intent, type OutWord, type Purpose } from './meaning.ts';
import { fold, phraseKeys, soundOf } from './normalise.ts';
import { compileNumbers, type NumberWords } from './number-words.ts';
import {
  groupedBy,
  indexPhrases,
  type Phrase,
  type PhraseIndex,
  rarestWords,
  soundsOf,
  tagged,
} from './phrase.ts';
import { onceFor } from './remember.ts';
import { compileUrgent, type UrgentPhrases } from './urgent-phrases.ts';

export type PurposeWord = Extract<Purpose, 'savings' | 'loan' | 'fine' | 'social'>;
export type ReportWord =
  | 'paid'
  | 'claim'
  | 'against'
  | 'receiver'
  | 'outside'
  | 'filler'
  | 'purpose'
  | 'place';
export type DisputeWord = 'noted' | 'contrast';

/** Words that show an intent. `order`: its place among all patterns. */
export type IntentPattern = {
  readonly order: number;
  readonly intent: string;
  readonly language: Language;
  readonly words: readonly string[];
  readonly inOrder: boolean;
};

type IntentRules = { readonly unless: ReadonlySet<string>; readonly free: boolean; readonly names: boolean };

/** Both lexicons, the context's language first, compiled to sounds and look-ups. */
export type Vocabulary = {
  readonly numbers: NumberWords;
  readonly list: PhraseIndex<ListWord>;
  readonly purposes: PhraseIndex<PurposeWord>;
  readonly report: PhraseIndex<ReportWord>;
  readonly dispute: PhraseIndex<DisputeWord>;
  readonly filler: ReadonlySet<string>;
  readonly introduces: PhraseIndex<'introduces'>;
  readonly aim: ReadonlySet<string>;
  readonly join: ReadonlySet<string>;
  readonly shares: ReadonlySet<string>;
  /** What money is called that is saved. */
  readonly saving: string;
  /** A folded word to the sound of what it is short for, in a list of its own. */
  readonly abbreviations: ReadonlyMap<string, readonly string[]>;
  readonly languages: PhraseIndex<Language>;
  readonly outs: PhraseIndex<OutWord>;
  readonly topics: PhraseIndex<string>;
  /** By the word that the fewest of them have. */
  readonly patterns: ReadonlyMap<string, readonly IntentPattern[]>;
  readonly rules: ReadonlyMap<string, IntentRules>;
  readonly urgent: UrgentPhrases;
  readonly urgentNever: PhraseIndex<'never'>;
} & KnownWords;

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

/** Compiles them for every language now, which takes most of a second: before anybody waits for an answer. */
export const compileVocabularies = (lexicons: Lexicons): void => {
  for (const language of LANGUAGES) vocabularyOf(lexicons, language);
};

const compile = (pair: readonly Lexicon[]): Vocabulary => {
  const words = compileKnownWords(pair);
  const urgentOrdinary = soundsOf(pair.map((lexicon) => lexicon.urgent.ordinary));
  return {
    numbers: compileNumbers(pair),
    list: indexPhrases(pair.flatMap((lexicon) => tagged(lexicon.words.list))),
    purposes: indexPhrases(pair.flatMap((lexicon) => tagged(lexicon.words.purposes))),
    report: indexPhrases(pair.flatMap(reportPhrases)),
    dispute: indexPhrases(pair.flatMap((lexicon) => tagged(lexicon.words.dispute))),
    filler: soundsOf(pair.map((lexicon) => lexicon.words.filler)),
    introduces: indexPhrases(pair.flatMap((lexicon) => tagged({ introduces: lexicon.words.introduces }))),
    aim: soundsOf(pair.map((lexicon) => lexicon.words.aim)),
    join: soundsOf(pair.map((lexicon) => lexicon.words.join)),
    shares: soundsOf(pair.map((lexicon) => lexicon.words.shares)),
    saving: pair[0]?.words.purposes.savings[0] ?? '',
    abbreviations: new Map(
      pair.flatMap(({ words }) =>
        Object.entries(words.abbreviations).map(([a, b]) => [fold(a), [soundOf(fold(b))]]),
      ),
    ),
    languages: indexPhrases(pair.flatMap((lexicon) => tagged(lexicon.words.languages))),
    outs: indexPhrases(pair.flatMap((lexicon) => tagged(lexicon.words.outs))),
    topics: indexPhrases(pair.flatMap((lexicon) => tagged(lexicon.words.topics))),
    patterns: compilePatterns(pair),
    rules: compileRules(pair),
    urgent: compileUrgent(pair, new Set([...words.known, ...urgentOrdinary])),
    urgentNever: indexPhrases(pair.flatMap((lexicon) => tagged({ never: lexicon.urgent.never }))),
    ...words,
  };
};

const reportPhrases = (lexicon: Lexicon): Phrase<ReportWord>[] => [
  ...tagged<ReportWord>(lexicon.words.report),
  ...tagged<ReportWord>({ purpose: Object.values(lexicon.words.purposes).flat() }),
];

const compilePatterns = (pair: readonly Lexicon[]): Vocabulary['patterns'] => {
  const patterns = pair
    .flatMap(intentPatterns)
    .filter(({ words }) => words.length > 0)
    .map((pattern, order) => ({ ...pattern, order }));
  return groupedBy(patterns, rarestWords(patterns.map(({ words }) => words)));
};

const intentPatterns = onceFor(({ intents, language }: Lexicon): Omit<IntentPattern, 'order'>[] =>
  Object.entries(intents).flatMap(([intent, { phrases, keywords }]) => [
    ...phrases.map((text) => ({ intent, language, words: phraseKeys(text), inOrder: true })),
    ...keywords.map((set) => ({ intent, language, words: set.flatMap(phraseKeys), inOrder: false })),
  ]),
);

const compileRules = (pair: readonly Lexicon[]): Map<string, IntentRules> => {
  const rulesOf = (name: Intent): IntentRules => ({
    unless: soundsOf(pair.map((lexicon) => lexicon.intents[name]?.unless ?? [])),
    free: pair.some((lexicon) => lexicon.intents[name]?.free === true),
    names: pair.some((lexicon) => lexicon.intents[name]?.names === true),
  });
  return new Map(INTENTS.map((name) => [name, rulesOf(name)]));
};
