import { z } from 'zod';
import { fold } from '../../conversation/understand/normalise.ts';
import { remembering } from '../../conversation/understand/remember.ts';

/** More entries than all lists of all languages have. */
const ENTRIES_MAX = 10_000;

const wordList = z.array(z.string().min(1)).readonly();

const lessonWords = z.strictObject({
  /** Never in a title, nor in the first characters of a message; a lesson that has one is opt-in. "violen*" is a stem. */
  sensitive: wordList,
  /** What staff send to nobody unasked besides: of health and the home, which open lessons may speak of. */
  unasked: wordList,
  /** What an opt-in lesson does not end with: the program adds the safety card itself. */
  safety: wordList,
  /** What we do not say to her, and what to write instead. */
  avoid: z.record(z.string().min(1), z.string().min(1)),
  /** The same, but only where a sentence begins. */
  avoidFirst: z.record(z.string().min(1), z.string().min(1)),
  /** Numbers above ten: in figures, so that they have a source. */
  numerals: wordList,
});

/** What is sensitive, wrong or too formal in a language. */
export type LessonWords = z.infer<typeof lessonWords>;

/** Reads a language's lesson-words.json. Throws when it has another shape. */
export const parseLessonWords = (json: unknown): LessonWords => lessonWords.parse(json);

/** The words and phrases of `list` that `text` has, whatever their capitals and accents; "violen*" finds "violencia". */
export const wordsFound = (text: string, list: readonly string[]): string[] => {
  const folded = fold(text);
  return list.filter((entry) => patternOf(entry).test(folded));
};

/** The same, also where somebody hid a word: "v1olencia", "v i o l e n c i a". */
export const wordsMeant = (text: string, list: readonly string[]): string[] => [
  ...new Set([...wordsFound(text, list), ...wordsFound(unhidden(text), list)]),
];

const LETTERS: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
};

/** Digits between letters as the letters they look like; letters that stand alone, one after the other, as a word. */
const unhidden = (text: string): string =>
  text
    .replaceAll(/(?<=\p{L})[013457@$](?=\p{L})/gu, (sign) => LETTERS[sign] ?? sign)
    .replaceAll(/(?<![\p{L}\p{N}])\p{L}(?:[ .*_-]\p{L}(?![\p{L}\p{N}])){2,}/gu, (letters) =>
      letters.replaceAll(/[ .*_-]/gu, ''),
    );

/** Those with which `text` begins. */
export const wordsFirst = (text: string, list: readonly string[]): string[] => {
  const folded = fold(text).replace(/^[^\p{L}\p{N}]+/u, '');
  return list.filter((entry) => folded.search(patternOf(entry)) === 0);
};

/** Of the lists in the locales: each is looked for in every text. */
const patternOf = remembering((entry: string): RegExp => {
  const stem = entry.endsWith('*');
  const words = fold(stem ? entry.slice(0, -1) : entry).replace(/[.+?^${}()|[\]\\]/gu, '\\$&');
  return new RegExp(
    `(?<![\\p{L}\\p{N}])${words.replaceAll(' ', '\\s+')}${stem ? '' : '(?![\\p{L}\\p{N}])'}`,
    'u',
  );
}, ENTRIES_MAX);
