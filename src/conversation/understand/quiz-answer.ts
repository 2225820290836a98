import { z } from 'zod';
import { phraseKeys } from './normalise.ts';

const ENTRIES_MAX = 60;
const WORD_CHARS_MAX = 40;
const words = z.array(z.string().min(1).max(WORD_CHARS_MAX)).max(ENTRIES_MAX);

/** What people write in answer to a question with three options, besides the options themselves. */
export const quizAnswerSchema = z.strictObject({
  /** Words for each place: number words, ordinals, letters. */
  places: z.tuple([words, words, words]),
  /** Words around an answer that say nothing of which: "creo que", "la", "opción". */
  around: words,
  /** She does not know, or takes none of them. */
  unsure: words,
  /** A word that is neither an answer nor anything else: "ya". */
  filler: words,
});

type QuizWords = z.infer<typeof quizAnswerSchema>;

/** `sure`: in the words of a whole option or by its place; else by a word that only this option has. */
export type QuizAnswer =
  | { readonly type: 'option'; readonly at: number; readonly sure: boolean }
  | { readonly type: 'unsure' | 'filler' };

/**
 * What she answered to a question with options: one of them whole, its place ("la 2", "la segunda", "b"), or a part of it
 * that no other option has; capitals, accents, punctuation and spelling by ear do not matter. Undefined when it may be
 * something else, or more than one of them.
 *
 * @param labels the options as she sees them, at most three
 */
export const quizAnswer = (
  text: string,
  labels: readonly string[],
  lexicon: QuizWords,
): QuizAnswer | undefined => {
  const said = keysOf(text);
  if (said.length === 0) return undefined;
  const options = labels.map(keysOf);
  const whole = options.findIndex((option) => option.join(' ') === said.join(' '));
  if (whole >= 0) return { type: 'option', at: whole, sure: true };
  const around = new Set(lexicon.around.flatMap(keysOf));
  const core = said.filter((word) => !around.has(word));
  const part = partOf({ said, core, isFiller: isAny(lexicon.filler, [said]) }, options);
  const place = placeOf(said, core, lexicon);
  if (place !== undefined && place < options.length) {
    // "Tres" alone is the third one, unless another one says "tres"; "3" and "c" always are.
    const isClear = part === undefined || part === place || said.length > 1 || said[0]?.length === 1;
    return isClear ? { type: 'option', at: place, sure: true } : undefined;
  }
  const isUnsure = isAny(lexicon.unsure, [said, core]);
  if (part !== undefined && !(isUnsure && said.length > 1)) return { type: 'option', at: part, sure: false };
  if (isUnsure) return { type: 'unsure' };
  return isAny(lexicon.filler, [said, core]) ? { type: 'filler' } : undefined;
};

/** Its words as they sound: "1,300" is "1300", and "don't" is "dont". */
const keysOf = (text: string): string[] =>
  phraseKeys(text.replaceAll(/(?<=\d)[,.](?=\d{3}(?!\d))|['’]/gu, ''));

const isAny = (phrases: readonly string[], said: readonly (readonly string[])[]): boolean => {
  const known = new Set(phrases.map((phrase) => keysOf(phrase).join(' ')));
  return said.some((one) => known.has(one.join(' ')));
};

/** The place that is named, and nothing else: 0 is the first. */
const placeOf = (
  said: readonly string[],
  core: readonly string[],
  { places }: QuizWords,
): number | undefined => {
  const named = core.length > 0 ? core : said;
  const found = places.findIndex((of) => named.length === 1 && of.flatMap(keysOf).includes(named[0] ?? ''));
  return found >= 0 ? found : undefined;
};

type Said = {
  readonly said: readonly string[];
  readonly core: readonly string[];
  readonly isFiller: boolean;
};

/** The one option that has all of it: as it stands, or each of its words that says something. "No" alone is how one begins. */
const partOf = (
  { said, core, isFiller }: Said,
  options: readonly (readonly string[])[],
): number | undefined => {
  if (core.length === 0) return undefined;
  if (isFiller) return only(options, ([first]) => first === said[0]);
  const phrase = ` ${said.join(' ')} `;
  return (
    only(options, (option) => said.length > 1 && ` ${option.join(' ')} `.includes(phrase)) ??
    only(options, (option) => core.every((word) => option.includes(word)))
  );
};

const only = (
  options: readonly (readonly string[])[],
  fits: (option: readonly string[]) => boolean,
): number | undefined => {
  const fitting = options.flatMap((option, at) => (fits(option) ? [at] : []));
  return fitting.length === 1 ? fitting[0] : undefined;
};
