import { fold, soundOf } from './normalise.ts';
import type { Vocabulary } from './vocabulary.ts';

const CODE = /^[A-Z0-9]{6,12}$/;
/** "Quiero unirme con el código K7P4QX": how many words may stand around a code. */
const WORDS_MAX = 8;
/** Changes between letters and digits that no word with a number has ("yola300" has one, "K7P4QX" has four). */
const CHANGES_MIN = 2;

/**
 * The invitation code of a message, in capitals and without separators. After a word such as "unirme" a single word
 * will do; alone it must mix letters and digits, so that neither a word nor an amount is taken for one.
 */
export const readJoinCode = (text: string, vocabulary: Vocabulary): string | undefined => {
  const words = text
    .trim()
    .split(/[\s:]+/u)
    .slice(0, WORDS_MAX + 1);
  if (words.length > WORDS_MAX) return undefined;
  const joining = words.findIndex((word) => vocabulary.join.has(lettersOf(word)));
  if (joining < 0) return words.length > 2 ? undefined : bareCode(words, vocabulary);
  const after = words.slice(joining + 1);
  const mixed = after.map(codeOf).find((code) => code !== undefined && /\d/.test(code));
  if (mixed !== undefined) return mixed;
  const [only, ...more] = after;
  const pieces = codeOf(after.join(''));
  if (pieces !== undefined && /\d/.test(pieces)) return pieces;
  if (only === undefined || more.length > 0 || vocabulary.known.has(lettersOf(only))) return undefined;
  return codeOf(only);
};

const lettersOf = (word: string): string => soundOf(fold(word).replace(/[^\p{L}]/gu, ''));

const codeOf = (text: string): string | undefined => {
  const code = text.replace(/[-_.,!*"'`]/gu, '').toUpperCase();
  return CODE.test(code) ? code : undefined;
};

/** A code without a word such as "unirme": one word of it, or two that both have digits ("k7p4q xm3tr"). */
const bareCode = (words: readonly string[], vocabulary: Vocabulary): string | undefined => {
  const single = words.find(
    (word) => codeOf(word) !== undefined && (changesIn(word) >= CHANGES_MIN || isCapital(word, vocabulary)),
  );
  if (single !== undefined)
    return words.length === 1 || changesIn(single) >= CHANGES_MIN ? codeOf(single) : undefined;
  const pieces = words.length > 1 && words.every((word) => changesIn(word) > 0);
  return pieces ? codeOf(words.join('')) : undefined;
};

const changesIn = (word: string): number =>
  word.replace(/[-_.]/gu, '').match(/[a-z](?=\d)|\d(?=[a-z])/gi)?.length ?? 0;

/** "ABC123": capitals as we print codes, and no word or name with a number behind it. */
const isCapital = (word: string, vocabulary: Vocabulary): boolean =>
  changesIn(word) === 1 && word === word.toUpperCase() && !vocabulary.known.has(lettersOf(word));
