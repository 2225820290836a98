import { AMOUNT_MINOR_MAX } from '../../domain/money.ts';
import { TEXT_CHARS_MAX } from '../message.ts';
import type { Lexicons } from './lexicon.ts';
import { readNumberAt } from './number.ts';
import type { NumberWords } from './number-words.ts';
import { phraseAt, type Spelled } from './phrase.ts';
import { spell } from './spell.ts';
import { vocabularyOf } from './vocabulary.ts';

/** `unclear`: money was meant and could not be read with certainty. It is asked for again, never guessed. */
export type AmountReading =
  | { readonly type: 'amount'; readonly minor: bigint }
  | { readonly type: 'none' }
  | { readonly type: 'unclear'; readonly text: string };

/** An amount, or something that should have been one, among the tokens of a message: `length` tokens from here. */
export type AmountFound = {
  readonly length: number;
  readonly minor: bigint | undefined;
  /** A date, an hour, an age: a number, and not money. */
  readonly counted: boolean;
};

/** "1 500" is one amount only where nothing else can be meant: not at the start of a line that may begin with a member's number. */
export type AmountOptions = { readonly spaced: boolean };

/**
 * Reads a whole text that should be an amount: digits as Mexico writes them ("$1,500.50"), or number words in Spanish
 * or English. Unclear: `1.500` and `1,50` (another country's comma), letters or invisible characters among digits,
 * a sign, other currencies, two amounts, and everything above 1,000,000.00.
 */
export const readAmount = (text: string, lexicons: Lexicons): AmountReading => {
  const cut = text.slice(0, TEXT_CHARS_MAX);
  const vocabulary = vocabularyOf(lexicons);
  return readSpelledAmount(cut, spell(cut, vocabulary), vocabulary.numbers);
};

/** `readAmount` of a text whose words are known already. */
export const readSpelledAmount = (
  text: string,
  tokens: readonly Spelled[],
  numbers: NumberWords,
): AmountReading => {
  const found = amountsIn(tokens, numbers);
  const unclear = { type: 'unclear', text: text.trim() } as const;
  const only = found.find(({ amount }) => !amount.counted);
  if (!only) return found.length > 0 || /\p{N}/u.test(text) ? unclear : { type: 'none' };
  const around = tokens.filter((_, at) => at < only.at || at >= only.at + only.amount.length);
  const alone = around.every((token) => standsAround(token, numbers));
  if (only.amount.minor === undefined || found.length > 1 || !alone || /\p{Cf}/u.test(text)) return unclear;
  return { type: 'amount', minor: only.amount.minor };
};

const QUIET_MARKS = new Set('.,!¡*_~"“”()\n:=…;');

const standsAround = (token: Spelled, numbers: NumberWords): boolean =>
  token.type === 'mark'
    ? QUIET_MARKS.has(token.mark) || /\p{Extended_Pictographic}|\p{M}/u.test(token.mark)
    : token.keys.some((key) => numbers.around.has(key));

/** Every amount and every other number of a message, in order. */
export const amountsIn = (
  tokens: readonly Spelled[],
  numbers: NumberWords,
): { at: number; amount: AmountFound }[] => {
  const found: { at: number; amount: AmountFound }[] = [];
  for (let at = 0; at < tokens.length; ) {
    const idiom = phraseAt(numbers.idioms, tokens, at);
    const amount = idiom ? undefined : amountAt(tokens, at, { numbers, spaced: true });
    if (amount) found.push({ at, amount });
    at += idiom?.length ?? amount?.length ?? 1;
  }
  return found;
};

/** What begins at this token, when it is an amount or another number. */
export const amountAt = (
  tokens: readonly Spelled[],
  at: number,
  options: AmountOptions & { readonly numbers: NumberWords },
): AmountFound | undefined => {
  const { numbers } = options;
  const after = phraseAt(numbers.countedAfter, tokens, at);
  if (after) return countedAfter(tokens, at, { length: after.length, numbers });
  const vague = phraseAt(numbers.about, tokens, at);
  if (vague) return spoiled(tokens, at + vague.length, { ...options, before: vague.length });
  const first = tokens[at];
  if (first?.type === 'mark') return afterMark(tokens, at, options);
  if (first?.type === 'word' && has(numbers.otherCurrency, first)) {
    const dollar = isMark(tokens[at + 1], '$') ? 2 : 1;
    return spoiled(tokens, at + dollar, { ...options, before: dollar });
  }
  if (first?.type === 'word' && has(numbers.minus, first))
    return spoiled(tokens, at + 1, { ...options, before: 1 });
  return money(tokens, at, options);
};

const has = (set: ReadonlySet<string>, token: Spelled | undefined): boolean =>
  token?.keys.some((key) => set.has(key)) === true;

const isMark = (token: Spelled | undefined, mark: string): boolean =>
  token?.type === 'mark' && token.mark === mark;

/** "a las 5", "semana cuatro": whatever number follows is no money. */
const countedAfter = (
  tokens: readonly Spelled[],
  at: number,
  { length, numbers }: { length: number; numbers: NumberWords },
): AmountFound | undefined => {
  const next = tokens[at + length];
  if (next?.type === 'odd' || next?.type === 'number')
    return { length: length + 1, minor: undefined, counted: true };
  const number = readNumberAt(tokens, at + length, { numbers, spaced: false });
  return number && { length: length + number.length, minor: undefined, counted: true };
};

/** An amount that something before it made a guess or another currency. */
const spoiled = (
  tokens: readonly Spelled[],
  at: number,
  options: AmountOptions & { readonly numbers: NumberWords; readonly before: number },
): AmountFound | undefined => {
  const amount = money(tokens, at, options) ?? afterMark(tokens, at, options);
  return amount && { ...amount, length: options.before + amount.length, minor: undefined };
};

const afterMark = (
  tokens: readonly Spelled[],
  at: number,
  options: AmountOptions & { readonly numbers: NumberWords },
): AmountFound | undefined => {
  if (isMark(tokens[at], '$')) {
    const amount = money(tokens, at + 1, options);
    return amount && { ...amount, length: amount.length + 1 };
  }
  return undefined;
};

const money = (
  tokens: readonly Spelled[],
  at: number,
  options: AmountOptions & { readonly numbers: NumberWords },
): AmountFound | undefined => {
  const { numbers } = options;
  const first = tokens[at];
  if (first?.type === 'odd') return { length: 1, minor: undefined, counted: first.when };
  const number = readNumberAt(tokens, at, options);
  if (!number) return undefined;
  let next = at + number.length;
  if (has(numbers.counted, tokens[next]) && !opensCount(tokens, next, numbers))
    return { length: number.length + 1, minor: undefined, counted: true };
  const day = dayLength(tokens, next, numbers);
  if (day > 0) return { length: number.length + day, minor: undefined, counted: true };
  let minor = number.sure ? number.minor : undefined;
  const coins = centsAt(tokens, next, numbers);
  if (coins && minor !== undefined && minor % 100n === 0n) {
    minor += coins.minor;
    next += coins.length;
  }
  if (has(numbers.cents, tokens[next])) {
    minor = minor !== undefined && minor < 10_000n && minor % 100n === 0n ? minor / 100n : undefined;
    next += 1;
  }
  while (has(numbers.currency, tokens[next]) || isMark(tokens[next], '$')) next += 1;
  const afterCurrency = centsAt(tokens, next, numbers);
  if (!coins && afterCurrency && minor !== undefined) {
    minor += afterCurrency.minor;
    next += afterCurrency.length;
  }
  if (has(numbers.otherCurrency, tokens[next]))
    return { length: next + 1 - at, minor: undefined, counted: false };
  const half = has(numbers.tensJoiners, tokens[next]) || has(numbers.hundredsJoiners, tokens[next]);
  if (half && has(numbers.halves, tokens[next + 1]))
    return { length: next + 2 - at, minor: undefined, counted: false };
  const tooMuch = minor !== undefined && minor > AMOUNT_MINOR_MAX;
  return { length: next - at, minor: tooMuch ? undefined : minor, counted: false };
};

/** "100 semana 3": the week belongs to the number after it. */
const opensCount = (tokens: readonly Spelled[], at: number, numbers: NumberWords): boolean => {
  const length = phraseAt(numbers.countedAfter, tokens, at)?.length;
  return length !== undefined && countedAfter(tokens, at, { length, numbers }) !== undefined;
};

/** How many tokens make the number before them a day: "de marzo", "marzo de 2026". Zero when it is none. */
const dayLength = (tokens: readonly Spelled[], at: number, numbers: NumberWords): number => {
  const joined = has(numbers.dateJoiners, tokens[at]) ? 1 : 0;
  if (!has(numbers.months, tokens[at + joined])) return 0;
  const after = at + joined + 1;
  const yearAt = has(numbers.dateJoiners, tokens[after]) ? after + 1 : after;
  const year = tokens[yearAt];
  const isYear = year?.type === 'number' && year.plain && /^20\d\d$/.test(year.whole);
  return (isYear ? yearAt + 1 : after) - at;
};

/** "con cincuenta centavos": the coins of an amount, in minor units. */
const centsAt = (
  tokens: readonly Spelled[],
  at: number,
  numbers: NumberWords,
): { minor: bigint; length: number } | undefined => {
  if (!has(numbers.centsJoiners, tokens[at])) return undefined;
  const coins = readNumberAt(tokens, at + 1, { numbers, spaced: false });
  if (!coins?.sure || coins.minor >= 10_000n || coins.minor % 100n !== 0n) return undefined;
  if (!has(numbers.cents, tokens[at + 1 + coins.length])) return undefined;
  return { minor: coins.minor / 100n, length: coins.length + 2 };
};
