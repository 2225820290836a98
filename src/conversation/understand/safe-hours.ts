import { Temporal } from 'temporal-polyfill';
import type { SafeHours } from '../../domain/quiet-hours.ts';
import { hourWords, isHour, readHour } from './hour.ts';
import { fold } from './normalise.ts';

/** Hours as they are said in words; "una" only after an article. */
const SPOKEN: Readonly<Record<string, string>> = Object.fromEntries(
  [
    ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve'],
    ['una', 'dos', 'tres', 'cuatro', 'cinco', 'seis', 'siete', 'ocho', 'nueve', 'diez', 'once', 'doce'],
  ].flatMap((words) => words.map((word, at) => [word, String(at + 1)])),
);
const MIDDAY: ReadonlySet<string> = new Set(['mediodia', 'noon', 'midday']);
const ARTICLES: ReadonlySet<string> = new Set([
  'la',
  'las',
  'at',
  'from',
  'to',
  'and',
  'between',
  'after',
  'before',
]);
const ARTICLED: ReadonlySet<string> = new Set(['una', 'one']);
const NOT: ReadonlySet<string> = new Set(['no', 'not', 'dont', 'nunca', 'never', 'nada']);
const AFTER: ReadonlySet<string> = new Set(['despues', 'after', 'desde', 'partir', 'pasadas']);
const BEFORE: ReadonlySet<string> = new Set(['antes', 'before', 'hasta', 'until']);

/** The parts of a day: when each begins and ends by the clock. */
const PARTS: Readonly<Record<string, readonly [number, number]>> = {
  manana: [7, 12],
  mananas: [7, 12],
  morning: [7, 12],
  mornings: [7, 12],
  tarde: [12, 19],
  tardes: [12, 19],
  afternoon: [12, 19],
  afternoons: [12, 19],
  dia: [7, 19],
  day: [7, 19],
  noche: [19, 7],
  noches: [19, 7],
  night: [19, 7],
  nights: [19, 7],
  evening: [19, 7],
  madrugada: [21, 7],
};
/** "So late", "so early": then it is not the afternoon that is meant. */
const TOO: Readonly<Record<string, readonly [number, number]>> = {
  tarde: [19, 7],
  late: [19, 7],
  temprano: [21, 9],
  early: [21, 9],
};
const TOO_WORDS: ReadonlySet<string> = new Set(['tan', 'muy', 'so', 'too', 'very']);
/** What is left open of a day begins and ends so. */
const DAY = { from: 7, until: 21 };

type Said = { readonly at: number; readonly time: Temporal.PlainTime; readonly hasPart: boolean };

/** Whatever hour it is, in these very words. */
const AT_ANY: ReadonlySet<string> = new Set(
  [
    'a cualquier hora',
    'cualquier hora',
    'a toda hora',
    'a todas horas',
    'at any time',
    'any time',
    'anytime',
  ].flatMap((words) => [
    words,
    `escribeme ${words}`,
    `me puedes escribir ${words}`,
    `write to me ${words}`,
    `write ${words}`,
  ]),
);

/** What we are asked to do, or not to do, at those hours. */
const WRITING: ReadonlySet<string> = new Set([
  'escribeme',
  'escribanme',
  'escribas',
  'escriban',
  'escribirme',
  'mandame',
  'mandes',
  'manden',
  'write',
  'message',
  'text',
]);

/** Whether hours are named to be written to in: "escríbeme solo de 10 a 2". */
export const namesSafeHours = (text: string): boolean =>
  hourWords(text).some((word) => WRITING.has(word)) && readSafeHours(text) !== undefined;

/** "A cualquier hora": no hours of her own. */
export const saysAnyHour = (text: string): boolean => AT_ANY.has(fold(text).replace(/[.!¡]/gu, '').trim());

/**
 * The hours in which somebody wants to be written to: "de 10 a 2", "solo en la mañana", "no me escribas después de las 8".
 * Without a part of the day each hour is read as `readHour` says; it is stated back to her. Undefined: none that is certain.
 */
export const readSafeHours = (text: string): SafeHours | undefined => {
  const words = hourWords(text).map((word, at, all) => numeral(word, all[at - 1]));
  const isNot = words.some((word) => NOT.has(word.replace(/['’]/gu, '')));
  const [first, second, ...more] = hoursIn(words);
  if (more.length > 0) return undefined;
  const said = first ? (second ? between(first, second) : oneSide(words, first, isNot)) : part(words);
  // One side of an hour is turned round where it is read.
  return said && isNot && !(first && !second) ? { from: said.until, until: said.from } : said;
};

const numeral = (word: string, before: string | undefined): string => {
  if (MIDDAY.has(word)) return '12';
  if (ARTICLED.has(word) && !ARTICLES.has(before ?? '')) return word;
  return Object.hasOwn(SPOKEN, word) ? (SPOKEN[word] ?? word) : word;
};

/** Each hour that is named, with the part of the day that is said of it. */
const hoursIn = (words: readonly string[]): Said[] => {
  const places = words.flatMap((word, at) => (isHour(word) ? [at] : []));
  return places.flatMap((at, n): Said[] => {
    const own = words.slice(at, places[n + 1]);
    const time = readHour(own.join(' '));
    return time
      ? [
          {
            at,
            time,
            hasPart: /[ap]m$/u.test(own[0] ?? '') || own.some((word) => Object.hasOwn(PARTS, word)),
          },
        ]
      : [];
  });
};

/** "De 8 a 10 de la noche": what is said of the second is meant of both, where the first comes before it. */
const between = (one: Said, other: Said): SafeHours | undefined => {
  const isSame = other.hasPart && !one.hasPart && one.time.hour % 12 < other.time.hour % 12;
  const from = isSame
    ? one.time.with({ hour: (one.time.hour % 12) + (other.time.hour >= 12 ? 12 : 0) })
    : one.time;
  return window(from, other.time);
};

/** "Después de las 5", "antes de las 12": the rest of the day; of an hour alone nothing is certain. */
const oneSide = (words: readonly string[], { at, time }: Said, isNot: boolean): SafeHours | undefined => {
  const side = words.slice(Math.max(0, at - 4), at);
  const isAfter = side.some((word) => AFTER.has(word));
  if (!isAfter && !side.some((word) => BEFORE.has(word))) return undefined;
  return isAfter === isNot ? window(hour(DAY.from), time) : window(time, hour(DAY.until));
};

const part = (words: readonly string[]): SafeHours | undefined => {
  const found = words.flatMap((word, at) => {
    const table = TOO_WORDS.has(words[at - 1] ?? '') ? TOO : PARTS;
    return Object.hasOwn(table, word) ? [table[word]] : [];
  });
  const [only, ...more] = found;
  return only && more.length === 0 ? window(hour(only[0]), hour(only[1])) : undefined;
};

const window = (from: Temporal.PlainTime, until: Temporal.PlainTime): SafeHours | undefined =>
  from.equals(until) ? undefined : { from, until };

const hour = (of: number): Temporal.PlainTime => Temporal.PlainTime.from({ hour: of });
