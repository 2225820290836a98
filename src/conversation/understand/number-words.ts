import type { Lexicon } from './lexicon.ts';
import { fold, soundOf } from './normalise.ts';
import { indexPhrases, type PhraseIndex, soundsOf, tagged } from './phrase.ts';

/** What the lexicons say about numbers and money, by sound. `values`: whole numbers up to 999. */
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

export const compileNumbers = (pair: readonly Lexicon[]): NumberWords => {
  const set = (name: NumberSet): ReadonlySet<string> =>
    soundsOf(pair.map((lexicon) => lexicon.numbers[name]));
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
