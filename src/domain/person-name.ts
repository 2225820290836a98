import { accept, type Result, refuse } from './result.ts';

/** Graphemes: what people count as letters. */
const NAME_CHARS = { min: 2, max: 40 };
/** Code units for one grapheme at most: a letter may carry marks, but not a heap of them. */
const UNITS_PER_CHAR = 3;
const MARKS_IN_A_ROW_MAX = 2;

/** `name_form`: not letters, or too few or too many. `name_look_alike`: letters that look like others, or that nobody sees. */
export type NameRefusal = { readonly type: 'name_form' | 'name_look_alike' };

const PERSON_NAME = /^\p{L}[\p{L}\p{M} '’.-]*$/u;
/** Names of groups and programmes may also hold numbers: "Grupo 3". */
const TITLE = /^[\p{L}\d][\p{L}\p{M}\d '’.,&()-]*$/u;

/** Shown as nothing: fillers, joiners, variation selectors. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/u;
const HEAP_OF_MARKS = new RegExp(`\\p{M}{${MARKS_IN_A_ROW_MAX + 1}}`, 'u');

/** Writing systems whose letters are taken for one another's: a name is in one of them, or in another one altogether. */
const SCRIPTS = [
  /^\p{Script=Latin}$/u,
  /^\p{Script=Cyrillic}$/u,
  /^\p{Script=Greek}$/u,
  /^\p{Script=Armenian}$/u,
  /^\p{Script=Cherokee}$/u,
];

const GRAPHEMES = new Intl.Segmenter();

/**
 * A person's name as it may be kept: letters of one writing system with their marks, spaces, apostrophes, dots and hyphens,
 * on one line. So it can be no message, link, amount or instruction, and no formatting on any platform; and it is not
 * another name in letters that look alike.
 */
export const readPersonName = (text: string): Result<string, NameRefusal> => readLike(text, PERSON_NAME);

/** The name of a group or a programme: digits, commas, "&" and brackets as well. */
export const readTitle = (text: string): Result<string, NameRefusal> => readLike(text, TITLE);

const readLike = (text: string, form: RegExp): Result<string, NameRefusal> => {
  // Longer than any name: not even looked at.
  if (text.length > 4 * NAME_CHARS.max * UNITS_PER_CHAR) return refuse({ type: 'name_form' });
  // As some keyboards write the apostrophe of Tsotsil and Tzeltal names.
  const name = text.normalize('NFC').trim().replaceAll('ʼ', '’').replace(/ {2,}/g, ' ');
  if (UNSEEN.test(name) || HEAP_OF_MARKS.test(name)) return refuse({ type: 'name_look_alike' });
  if (name.normalize('NFKC') !== name) return refuse({ type: 'name_look_alike' });
  if (!form.test(name) || !hasChars(name)) return refuse({ type: 'name_form' });
  return isOneScript(name) ? accept(name) : refuse({ type: 'name_look_alike' });
};

const hasChars = (name: string): boolean => {
  if (name.length > NAME_CHARS.max * UNITS_PER_CHAR) return false;
  const count = [...GRAPHEMES.segment(name)].length;
  return count >= NAME_CHARS.min && count <= NAME_CHARS.max;
};

const isOneScript = (name: string): boolean => {
  const scripts = new Set(
    (name.match(/\p{L}/gu) ?? []).map((letter) => SCRIPTS.findIndex((s) => s.test(letter))),
  );
  return scripts.size <= 1;
};
