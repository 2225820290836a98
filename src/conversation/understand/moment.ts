import type { Temporal } from 'temporal-polyfill';
import type { Language } from '../message.ts';
import { hourWords, isHour, isPartOfDay, readHour } from './hour.ts';
import type { Lexicon, Lexicons } from './lexicon.ts';
import { longestAt } from './longest-at.ts';
import { dateIn, dateNear } from './near-date.ts';
import { fold, soundOf } from './normalise.ts';
import { dateAt, type Heard, valueOf, weekdayAt } from './said-day.ts';
import { type Token, tokenize } from './token.ts';

const TEXT_CHARS_MAX = 120;
const DAYS_PER_WEEK = 7;
/** "El 30", said on the 31st: a month that has it is not further away than this. */
const MONTHS_AHEAD_MAX = 2;
const LANGUAGES: readonly Language[] = ['es', 'en'];

/** A moment of a wall clock, wherever that is. */
export type Moment = { readonly date: Temporal.PlainDate; readonly time: Temporal.PlainTime };

/**
 * A day and an hour to come: "mañana a las 9", "el viernes a las 18:00", "el 30 de noviembre a las 8 am". Without a part
 * of the day the hour is read as `readHour` says. A weekday is the next one, today counted; a date without a year is the
 * one nearest to today, be it past: whoever asks says so. Undefined when a day or an hour is missing, when there are two
 * of one, or when anything else is said.
 */
export const readMoment = (
  text: string,
  today: Temporal.PlainDate,
  lexicons: Lexicons,
): Moment | undefined => {
  if (text.length > TEXT_CHARS_MAX) return undefined;
  const tokens = tokenize(text);
  for (const language of LANGUAGES) {
    const heard = { tokens, lexicon: lexicons[language] };
    const [day, ...others] = daysIn(heard, today);
    if (!day?.date || others.length > 0) continue;
    const time = timeIn(`${text.slice(0, day.start)} ${text.slice(day.end)}`, heard.lexicon);
    if (time) return { date: day.date, time };
  }
  return undefined;
};

/** `length`: how many tokens say it; without a date when it is one that no calendar has. */
type Day = { readonly date: Temporal.PlainDate | undefined; readonly length: number };
type Placed = Day & { readonly start: number; readonly end: number };

const daysIn = (heard: Heard, today: Temporal.PlainDate): Placed[] => {
  const { tokens } = heard;
  const days: Placed[] = [];
  for (let at = 0; at < tokens.length; ) {
    const day = aheadAt(heard, at, today) ?? weekdayFrom(heard, at, today) ?? dateFrom(heard, at, today);
    const end = tokens[at + (day?.length ?? 1) - 1]?.end ?? 0;
    if (day) days.push({ ...day, start: tokens[at]?.start ?? 0, end });
    at += day?.length ?? 1;
  }
  return days;
};

/** "Hoy", "pasado mañana", "esta tarde". "De la mañana" is a part of the day. */
const aheadAt = ({ tokens, lexicon }: Heard, at: number, today: Temporal.PlainDate): Day | undefined => {
  const { ahead, thisPart, partOf } = lexicon.moment;
  const next = tokens[at + 1];
  if (isOf(thisPart, tokens[at]) && next?.type === 'word' && isPartOfDay(next.word))
    return { date: today, length: 1 };
  if (isOf(partOf, tokens[at - 1])) return undefined;
  const [longest] = Object.entries(ahead)
    .map(([phrase, days]) => ({ days, length: lengthAt([phrase], tokens, at) }))
    .filter(({ length }) => length > 0)
    .toSorted((a, b) => b.length - a.length);
  return longest && { date: today.add({ days: longest.days }), length: longest.length };
};

/** "El viernes", "el próximo viernes", "viernes que viene", "viernes 27 de noviembre" when that is a Friday. */
const weekdayFrom = (heard: Heard, at: number, today: Temporal.PlainDate): Day | undefined => {
  const before = nextAt(heard, at);
  const found = weekdayAt(heard, at + before);
  if (!found) return undefined;
  const { said } = found;
  const after = nextAt(heard, at + before + found.length);
  const length = before + found.length + after;
  if (said.type === 'date') {
    const date = dateSaid(said, today);
    const isThatDay = date?.dayOfWeek === valueOf(heard, at + before, 'weekdays');
    return { date: isThatDay ? date : undefined, length };
  }
  if (said.type !== 'weekday' || said.isLast) return { date: undefined, length };
  const days = (said.weekday - today.dayOfWeek + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  const isNext = before + after > 0;
  return { date: today.add({ days: days === 0 && isNext ? DAYS_PER_WEEK : days }), length };
};

const nextAt = ({ tokens, lexicon }: Heard, at: number): number => lengthAt(lexicon.moment.next, tokens, at);

/** "30 de noviembre", "30/11", and "el 30". */
const dateFrom = (heard: Heard, at: number, today: Temporal.PlainDate): Day | undefined => {
  const { on, at: hourAfter } = heard.lexicon.moment;
  if (isOf(hourAfter, heard.tokens[at - 1])) return undefined;
  const found = dateAt(heard, at, isOf(on, heard.tokens[at - 1]));
  if (found?.said.type !== 'date') return undefined;
  return { date: dateSaid(found.said, today), length: found.length };
};

type DateSaid = {
  readonly day: number;
  readonly month: number | undefined;
  readonly year: number | undefined;
};

/** Without a month, the next such day, today counted. */
const dateSaid = (
  { day, month, year }: DateSaid,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined =>
  month === undefined
    ? Array.from({ length: MONTHS_AHEAD_MAX + 1 }, (_, months) => today.with({ day: 1 }).add({ months }))
        .flatMap((first) => dateIn(first, { day }))
        .find((date) => date.since(today).days >= 0)
    : dateNear(today, { day, month, year });

/** The one hour of a text in which nothing else is said: "a las 9 y media de la noche", "at nine am". */
const timeIn = (text: string, lexicon: Lexicon): Temporal.PlainTime | undefined => {
  const around = new Set(lexicon.moment.around.map(fold));
  const words = withMinutes(hourWords(text).map(bare).filter(Boolean), lexicon);
  const hours = words.filter(isHour);
  if (hours.length !== 1 || words.some((word) => !isHour(word) && !around.has(word))) return undefined;
  return readHour(words.join(' '));
};

const bare = (word: string): string => word.replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

/** Hours in digits, with the half or the quarter said after them: "nueve y media" is 9:30. */
const withMinutes = (words: readonly string[], { moment, numbers }: Lexicon): string[] => {
  const said: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const digits = Object.hasOwn(numbers.words, word) ? (numbers.words[word] ?? word) : word;
    const half = longestAt(moment.half, at + 1, (place) => words[place]);
    const quarter = longestAt(moment.quarter, at + 1, (place) => words[place]);
    const isWhole = /^\d{1,2}$/.test(digits);
    if (isWhole && half > 0) said.push(`${digits}:30`);
    else if (isWhole && quarter > 0) said.push(`${digits}:15`);
    else said.push(digits);
    if (isWhole) at += half || quarter;
  }
  return said;
};

const lengthAt = (phrases: readonly string[], tokens: readonly Token[], at: number): number =>
  longestAt(phrases, at, (place) => {
    const token = tokens[place];
    return token?.type === 'word' ? token.word : undefined;
  });

const isOf = (words: readonly string[], token: Token | undefined): boolean =>
  token?.type === 'word' && words.some((word) => soundOf(fold(word)) === token.key);
