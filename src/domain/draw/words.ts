import { accept, type Result, refuse } from '../result.ts';

/** Stands in the list of words for a member who gave none: she has a line all the same, so that nobody is left out unseen. */
export const NO_WORD = '-';

/** UTF-16 units of a word after it was put in its form; an emoji is two or more. */
const WORD_CHARS_MAX = 40;

/**
 * With eight throws there are 6^8 = 1,679,616 outcomes. Somebody who tries a million million secrets before she commits
 * to one shifts nobody's chance by three in a thousand: about seven standard deviations of 0.5 / 6^4.
 */
const DICE_MIN = 8;
const DICE_MAX = 60;

export type WordRefusal =
  | { readonly type: 'draw_word_empty' }
  | { readonly type: 'draw_word_long'; readonly max: number };

export type DiceRefusal = { readonly type: 'draw_dice_unclear'; readonly min: number };

/**
 * The form in which a word is hashed: characters that cannot be seen are left out, blanks of every kind and the bar that
 * stands between words become one space, no space at either end, NFC. Upper and lower case stay as she wrote them.
 */
export const normaliseWord = (text: string): string =>
  text
    .replace(/[\p{Cf}\p{Cs}]/gu, '')
    .replace(/[\s\p{Cc}|]+/gu, ' ')
    .trim()
    .normalize('NFC');

/** Reads what a member wrote as her word, a number or a short phrase too. Refused: nothing, "-", above 40 characters. */
export const readWord = (text: string): Result<string, WordRefusal> => {
  const word = normaliseWord(text);
  if (word === '' || word === NO_WORD) return refuse({ type: 'draw_word_empty' });
  if (word.length > WORD_CHARS_MAX) return refuse({ type: 'draw_word_long', max: WORD_CHARS_MAX });
  return accept(word);
};

/** Whether a published word is in the form it is hashed in: else a bar in it could stand for two words. */
export const isWord = (word: string): boolean =>
  word === NO_WORD || (word === normaliseWord(word) && word !== '' && word.length <= WORD_CHARS_MAX);

/** Reads throws of dice in the order they fell ("3 5 2 6 1 1 4 2"): "3-5-2-6-1-1-4-2". Refused: below 8 or above 60. */
export const readDice = (text: string): Result<string, DiceRefusal> => {
  const throws = text.replace(/[\s,.-]+/g, '');
  return /^[1-6]+$/.test(throws) && throws.length >= DICE_MIN && throws.length <= DICE_MAX
    ? accept(throws.split('').join('-'))
    : refuse({ type: 'draw_dice_unclear', min: DICE_MIN });
};

/** Whether a published line of dice is one that `readDice` gives. */
export const isDice = (dice: string): boolean => {
  const read = readDice(dice);
  return read.ok && read.value === dice;
};
