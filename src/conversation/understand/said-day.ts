import type { Language } from '../message.ts';
import { daySounds, type Valued } from './day-sounds.ts';
import { isPartOfDay } from './hour.ts';
import type { Lexicon, Lexicons } from './lexicon.ts';
import type { OfDay, SaidDay } from './meaning.ts';
import { type Token, tokenize } from './token.ts';

export type Found = { readonly said: SaidDay; readonly length: number };
type Days = Omit<Lexicon['days'], 'weekdays' | 'months' | 'daysAgo'>;
export type Heard = { readonly tokens: readonly Token[]; readonly lexicon: Lexicon };

const DAYS_MAX = 31;
/** Kinds of words that may come before the list or the meeting that is named. */
const SAID_BEFORE = ['writing', 'joiners', 'last'] as const;
const LANGUAGES: readonly Language[] = ['es', 'en'];

/**
 * "lista del martes pasado: Ana 100", "anotar la reunión del 10 de noviembre", or a list with its day as the title. A
 * day that is said otherwise is none of a list: undefined, and the message is read as if there were no day in it.
 */
export const readOfDay = (text: string, lexicons: Lexicons): OfDay | undefined => {
  const tokens = tokenize(text);
  for (const language of LANGUAGES) {
    const heard = { tokens, lexicon: lexicons[language] };
    const found = named(heard, text) ?? titled(heard, text);
    if (found) return found;
  }
  return undefined;
};

/** The one weekday that is named, ISO: Monday is 1, "sábados" as well as "sábado". Undefined when none is, or several are. */
export const weekdayIn = (text: string, lexicons: Lexicons): number | undefined => {
  const tokens = [text, text.replaceAll(/s(?!\p{L})/gu, '')].flatMap((one) => tokenize(one));
  const said = LANGUAGES.flatMap((language) =>
    tokens.flatMap((_, at) => valueOf({ tokens, lexicon: lexicons[language] }, at, 'weekdays') ?? []),
  );
  const [only, ...others] = new Set(said);
  return others.length === 0 ? only : undefined;
};

/** A weekday, or a part of the day: "martes", "noche", "pm". */
export const isTimeWord = (word: string, lexicons: Lexicons): boolean =>
  isPartOfDay(word) || weekdayIn(word, lexicons) !== undefined;

/** "… lista del <day>", "<day>'s list", with nothing before it but words of asking to write. */
const named = (heard: Heard, text: string): OfDay | undefined => {
  const { tokens } = heard;
  for (const [at, token] of tokens.entries()) {
    const isList = is(heard, at, 'list');
    if (isList || is(heard, at, 'meeting')) {
      const from = afterJoiners(heard, at + 1);
      const found = from > at + 1 || isDayWord(heard, from) ? dayAt(heard, from) : undefined;
      const writes = isList || tokens.slice(0, at).some((_, n) => is(heard, n, 'writes'));
      if (found) return { said: found.said, writes, rest: restOf(text, tokens, from + found.length) };
      const last = lastMeeting(heard, at);
      if (last) return { said: LAST_MEETING, writes, rest: restOf(text, tokens, last) };
    }
    const day = dayAt(heard, at);
    const after = at + (day?.length ?? 0);
    if (day && (is(heard, after, 'list') || is(heard, after, 'meeting'))) {
      return { said: day.said, writes: true, rest: restOf(text, tokens, after + 1) };
    }
    const passes = isList || SAID_BEFORE.some((of) => is(heard, at, of));
    if (token.type !== 'mark' && !passes) return undefined;
  }
  return undefined;
};

const LAST_MEETING: SaidDay = { type: 'last-meeting' };

/** "reunión pasada", "last meeting": where it ends; undefined when it is none. */
const lastMeeting = (heard: Heard, at: number): number | undefined => {
  const from = is(heard, at, 'list') ? afterJoiners(heard, at + 1) : at;
  if (is(heard, from, 'meeting') && is(heard, from + 1, 'last')) return from + 2;
  return is(heard, from - 1, 'last') && is(heard, from, 'meeting') ? from + 1 : undefined;
};

/** "Martes 10 de noviembre", and the list under it. */
const titled = (heard: Heard, text: string): OfDay | undefined => {
  const found = dayAt(heard, 0);
  const next = heard.tokens[found?.length ?? 0];
  if (!found || next?.type !== 'mark' || !['\n', ':'].includes(next.mark)) return undefined;
  return { said: found.said, writes: true, rest: restOf(text, heard.tokens, found.length) };
};

const restOf = (text: string, tokens: readonly Token[], from: number): string =>
  text.slice(tokens[from - 1]?.end ?? 0).replace(/^[\s:,.;–-]+/u, '');

const isDayWord = (heard: Heard, at: number): boolean =>
  valueOf(heard, at, 'weekdays') !== undefined || valueOf(heard, at, 'daysAgo') !== undefined;

const afterJoiners = (heard: Heard, from: number): number => {
  let at = from;
  while (is(heard, at, 'joiners')) at += 1;
  return at;
};

const dayAt = (heard: Heard, at: number): Found | undefined =>
  weekdayAt(heard, at) ?? dateAt(heard, at) ?? agoAt(heard, at);

/** "martes", "martes pasado", "last tuesday", "martes 10 de noviembre". */
export const weekdayAt = (heard: Heard, at: number): Found | undefined => {
  const before = is(heard, at, 'last') ? 1 : 0;
  const weekday = valueOf(heard, at + before, 'weekdays');
  if (weekday === undefined) return undefined;
  const date = before === 0 ? dateAt(heard, at + 1, true) : undefined;
  if (date) return { said: date.said, length: date.length + 1 };
  const after = is(heard, at + before + 1, 'last') ? 1 : 0;
  return { said: { type: 'weekday', weekday, isLast: before + after > 0 }, length: 1 + before + after };
};

/** "10 de noviembre", "november 10", "10/11", "2026-11-10"; a number alone only where it can be nothing but a day. */
export const dateAt = (heard: Heard, at: number, isSure = false): Found | undefined => {
  const { tokens, lexicon } = heard;
  const written = lexicon.language === 'es' ? writtenDate(tokens[at]) : undefined;
  if (written) return { said: written, length: 1 };
  const monthFirst = valueOf(heard, at, 'months');
  if (monthFirst !== undefined) {
    const day = dayNumber(tokens[at + 1]);
    return day === undefined ? undefined : { said: dateOf(day, monthFirst), length: 2 };
  }
  const day = dayNumber(tokens[at]);
  if (day === undefined) return undefined;
  const next = is(heard, at + 1, 'joiners') ? at + 2 : at + 1;
  const month = valueOf(heard, next, 'months');
  if (month !== undefined) return { said: dateOf(day, month), length: next + 1 - at };
  const isDay = isSure || is(heard, at - 1, 'exactly');
  return isDay ? { said: dateOf(day, undefined), length: 1 } : undefined;
};

const dateOf = (day: number, month: number | undefined, year?: number): SaidDay => ({
  type: 'date',
  day,
  month,
  year,
});

/** Day before month, as it is written in Mexico; or as computers write it. */
const writtenDate = (token: Token | undefined): SaidDay | undefined => {
  if (token?.type !== 'odd') return undefined;
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(token.text) ?? [];
  if (day !== undefined) return dateOf(Number(day), Number(month), Number(year));
  const [, first, second, third] = /^(\d{1,2})[/-](\d{1,2})(?:[/-](\d{2}|\d{4}))?$/.exec(token.text) ?? [];
  if (first === undefined) return undefined;
  const full = third?.length === 2 ? `20${third}` : third;
  return dateOf(Number(first), Number(second), full === undefined ? undefined : Number(full));
};

const dayNumber = (token: Token | undefined): number | undefined => {
  if (token?.type !== 'number' && token?.type !== 'odd') return undefined;
  const digits = /^(\d{1,2})(?:st|nd|rd|th|o|ro)?$/.exec(token.text)?.[1];
  const day = Number(digits ?? 0);
  return day >= 1 && day <= DAYS_MAX ? day : undefined;
};

/** "ayer", "semana pasada", "hace dos semanas", "two weeks ago". */
const agoAt = (heard: Heard, at: number): Found | undefined => {
  const days = valueOf(heard, at, 'daysAgo');
  if (days !== undefined) return { said: { type: 'days-ago', days }, length: 1 };
  if (is(heard, at, 'weeks') && is(heard, at + 1, 'last')) return weeksAgo(1, 2);
  if (is(heard, at, 'last') && is(heard, at + 1, 'weeks')) return weeksAgo(1, 2);
  if (is(heard, at, 'weeks') && is(heard, at + 1, 'beforeLast')) return weeksAgo(2, 2);
  const isBefore = is(heard, at, 'ago');
  const from = isBefore ? at + 1 : at;
  const count = countAt(heard, from);
  if (count === undefined || !(isBefore || is(heard, from + 2, 'ago'))) return undefined;
  if (is(heard, from + 1, 'weeks')) return weeksAgo(count, 3);
  return is(heard, from + 1, 'days') ? { said: { type: 'days-ago', days: count }, length: 3 } : undefined;
};

const weeksAgo = (weeks: number, length: number): Found => ({ said: { type: 'weeks-ago', weeks }, length });

const countAt = ({ tokens, lexicon }: Heard, at: number): number | undefined => {
  const token = tokens[at];
  if (token?.type !== 'word') return dayNumber(token);
  const words = lexicon.numbers.words[token.word];
  return words === undefined ? undefined : Number(words);
};

const is = ({ tokens, lexicon }: Heard, at: number, of: keyof Days): boolean => {
  const token = tokens[at];
  return token?.type === 'word' && daySounds(lexicon).kinds.get(of)?.has(token.key) === true;
};

export const valueOf = ({ tokens, lexicon }: Heard, at: number, of: Valued): number | undefined => {
  const token = tokens[at];
  return token?.type === 'word' ? daySounds(lexicon).values[of].get(token.key) : undefined;
};
