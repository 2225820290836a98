import type { Lexicon, Lexicons } from './lexicon.ts';
import { fold } from './normalise.ts';
import { readNumberAt } from './number.ts';
import type { NumberWords } from './number-words.ts';
import type { Spelled } from './phrase.ts';

/** From this age on, in years, she is of age. */
const OF_AGE_YEARS = 18n;
type AgeWords = Record<keyof Lexicon['age'], ReadonlySet<string>>;

const wordsOf = ({ es, en }: Lexicons): AgeWords => {
  const both = (list: keyof Lexicon['age']) => new Set([...es.age[list], ...en.age[list]]);
  return {
    self: both('self'),
    bare: both('bare'),
    not: both('not'),
    between: both('between'),
    years: both('years'),
    next: both('next'),
  };
};

type Said = { readonly word: string; readonly at: number };

/**
 * Whether she says of herself that she is younger than 18: "tengo 15 años", "I'm 16", "no tengo 18 años". Of nobody else
 * ("mi hija tiene 15 años"), and of no other years ("tengo 15 años de casada"). "Tengo 15" alone may be money.
 */
export const saysMinor = (tokens: readonly Spelled[], numbers: NumberWords, lexicons: Lexicons): boolean => {
  const words = wordsOf(lexicons);
  const said = tokens.flatMap((token, at): Said[] =>
    token.type === 'mark' ? [] : [{ word: token.type === 'word' ? fold(token.word) : '', at }],
  );
  return said.some(({ word }, place) => {
    if (!words.self.has(word)) return false;
    const rest = said.slice(place + 1);
    const first = rest.findIndex((one) => !words.between.has(one.word) && !words.not.has(one.word));
    const around = [...said.slice(Math.max(0, place - 2), place), ...rest.slice(0, Math.max(0, first))];
    const age = ageAt(tokens, rest.slice(Math.max(0, first)), {
      numbers,
      words,
      needsYears: !words.bare.has(word),
    });
    const denied = around.some((one) => words.not.has(one.word));
    return age !== undefined && (denied ? age === OF_AGE_YEARS : age < OF_AGE_YEARS);
  });
};

/** The whole years that these words begin with, when they are an age and nothing else is said of them. */
const ageAt = (
  tokens: readonly Spelled[],
  [first, ...rest]: readonly Said[],
  {
    numbers,
    words,
    needsYears,
  }: { readonly numbers: NumberWords; readonly words: AgeWords; readonly needsYears: boolean },
): bigint | undefined => {
  const number = first && readNumberAt(tokens, first.at, { numbers, spaced: false });
  if (!first || !number?.sure) return undefined;
  const after = rest.filter(({ at }) => at >= first.at + number.length);
  const next = after.find(({ word }) => !words.years.has(word));
  const hasYears = after[0] !== undefined && next !== after[0];
  if ((needsYears && !hasYears) || (next && !words.next.has(next.word))) return undefined;
  return number.minor / 100n;
};
