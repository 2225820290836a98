/** A number of four to six digits that a member alone knows. */
const PIN_DIGITS_MIN = 4;
export const PIN_DIGITS_MAX = 6;

/** How long what is hers may be seen on a telephone after she gave it; longer for an officer while a meeting is open. */
export const UNLOCKED_MINUTES = 5;
export const UNLOCKED_MEETING_MINUTES = 15;

const SHAPE = /^\d{4,6}$/u;

/** Why a number is no good: anybody would try it first, it reads as a year of birth, or it is a number of hers. */
export type PinFault = 'length' | 'easy' | 'year' | 'number';

export const isPinShaped = (text: string): boolean => SHAPE.test(text);

/**
 * What is wrong with a number as her PIN; undefined: nothing is.
 *
 * @param numbers numbers that those around her know: her place in the group, her telephone
 */
export const pinFault = (digits: string, numbers: readonly string[]): PinFault | undefined => {
  if (!isPinShaped(digits)) return 'length';
  if (isEasy(digits)) return 'easy';
  if (/^(?:19|20)\d\d/u.test(digits) || (digits.length === PIN_DIGITS_MAX && /(?:19|20)\d\d$/u.test(digits)))
    return 'year';
  return numbers.some((number) => isOf(digits, number)) ? 'number' : undefined;
};

/** One digit or one pair over and over, or digits that count up or down. */
const isEasy = (digits: string): boolean => {
  if (/^(\d)\1*$/u.test(digits) || /^(\d\d)\1+$/u.test(digits) || /^(\d{3})\1$/u.test(digits)) return true;
  return COUNTED.some((row) => row.includes(digits));
};

const COUNTED = ['01234567890', '09876543210'];

/** Her place in the group with noughts before it, or how a telephone begins or ends. */
const isOf = (digits: string, number: string): boolean => {
  const only = number.replace(/\D/gu, '');
  if (only.length <= PIN_DIGITS_MIN - 1) return digits.replace(/^0+/u, '') === only;
  return only.startsWith(digits) || only.endsWith(digits);
};
