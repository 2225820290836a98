import { withinOneEdit } from './edit-distance.ts';
import { fold, soundOf } from './normalise.ts';

/** Shorter words are never taken for a misspelling of another. */
const NEAR_LETTERS_MIN = 5;

/** A word of a text. `before`: whether a comma, or a mark that we cannot read, stands between it and the last one. */
export type HeardWord = {
  readonly word: string;
  readonly key: string;
  readonly start: number;
  readonly end: number;
  readonly before: 'nothing' | 'list' | 'odd';
};

const WORD = /\p{N}+|[\p{L}\p{M}\p{Cf}'’´]+/gu;

/** The words of a text, with where each stood. */
export const heardWords = (text: string): HeardWord[] => {
  const words: HeardWord[] = [];
  let last = 0;
  for (const found of text.matchAll(WORD)) {
    const word = fold(found[0]).replace(/['’´]/gu, '');
    if (word === '') continue;
    const before = between(text.slice(last, found.index), words.length > 0);
    last = found.index + found[0].length;
    words.push({ word, key: soundOf(word), start: found.index, end: last, before });
  }
  return words;
};

/** A dash that begins a line is a list's; elsewhere it may mean "without". */
const between = (marks: string, isInside: boolean): HeardWord['before'] => {
  if (!isInside) return 'nothing';
  if (/[,;\n/&+]/.test(marks)) return 'list';
  return /[-–—−=≠<>¬~]/u.test(marks) ? 'odd' : 'nothing';
};

const MISSPELT = 2;

/** How far a word is from a known one: 0 when it is it, more when it is misspelt. A comma ends a name that has none there: "Sol, Luna" is not "Sol Luna". */
export const wordOff = (
  known: HeardWord | undefined,
  said: HeardWord | undefined,
  isInside: boolean,
): number | undefined => {
  if (!known || !said || (isInside && said.before === 'list' && known.before !== 'list')) return undefined;
  if (known.key === said.key) return 0;
  const isLong = Math.min(known.word.length, said.word.length) >= NEAR_LETTERS_MIN;
  return isLong && withinOneEdit(known.word, said.word) ? MISSPELT : undefined;
};

/** What may be meant by a word: the values whose own word it is, or is a misspelling of. */
export type Meant<Value> = (said: HeardWord | undefined) => readonly Value[];

export const meantBy = <Value>(
  values: readonly Value[],
  wordOf: (value: Value) => HeardWord | undefined,
): Meant<Value> => {
  const known = new Map<string, { readonly word: HeardWord; readonly values: Value[] }>();
  for (const value of values) {
    const word = wordOf(value);
    const others = word && known.get(word.word);
    if (others) others.values.push(value);
    else if (word) known.set(word.word, { word, values: [value] });
  }
  const looked = new Map<string, readonly Value[]>();
  return (said) => {
    if (!said) return [];
    const before = looked.get(said.word);
    if (before) return before;
    const meant = [...known.values()]
      .filter(({ word }) => wordOff(word, said, false) !== undefined)
      .flatMap((one) => one.values);
    looked.set(said.word, meant);
    return meant;
  };
};
