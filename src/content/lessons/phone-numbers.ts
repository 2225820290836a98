/** Seven digits or more that belong together: "800 911 2000", "(664) 608-8200". */
const LONG = /(?<![\d$.,*])[+*(]?\d(?:[\s().-]{0,2}\d){6,}(?!\d|[.,]\d)/gu;
/** Thrown dice, "3 5 2 6 1 1 4", are no number to dial. */
const SINGLE = /^\d(?:\D+\d)*$/u;
/** What services have: "911", "079", "*0311". */
const SHORT = /(?<![\d$.,])(?:\*\d{3,4}|0\d{2,3}|911)(?!\d|[.,]\d)/gu;
/** Three or four digits soon after a word of calling. */
const CALLED =
  /(?<=(?:llam\p{L}*|marca\p{L}*|tel[eé]fono|call|dial|phone)(?:[^\p{L}\p{N}]+\p{L}+){0,3}[^\p{L}\p{N}]+)\d{3,4}(?!\d|[.,]\d)/giu;

/** What in a text looks like a telephone number, as it is written there. */
export const phoneNumbersIn = (text: string): string[] => {
  const long = (text.match(LONG) ?? []).filter((number) => !SINGLE.test(number));
  const rest = text.replace(LONG, ' ');
  return [...new Set([...long, ...(rest.match(SHORT) ?? []), ...(rest.match(CALLED) ?? [])])];
};

/** The digits alone, by which numbers are compared. */
export const dialled = (number: string): string => number.replace(/[^\d*]/gu, '');

/** The text without what looks like a telephone number. */
export const withoutPhoneNumbers = (text: string): string =>
  phoneNumbersIn(text).reduce((rest, number) => rest.replaceAll(number, ' '), text);
