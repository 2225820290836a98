import { Temporal } from 'temporal-polyfill';
import { fold } from './normalise.ts';

/** "6", "6:30", "18.30", "6pm", "6:30pm": a word that is an hour, with its half of the day when it has one. */
const HOUR = /^(\d{1,2})(?:[:.]([0-5]\d))?(am|pm|hrs)?$/u;
/** Twelve of these is midnight. */
const MIDNIGHT: ReadonlySet<string> = new Set(['am', 'madrugada', 'noche', 'night']);
const MORNING: ReadonlySet<string> = new Set(['am', 'manana', 'madrugada', 'morning']);
const LATER: ReadonlySet<string> = new Set([
  'pm',
  'mediodia',
  'tarde',
  'noche',
  'noon',
  'afternoon',
  'evening',
  'night',
]);
/** Without a part of the day, an hour up to this one is in the afternoon. */
const AFTERNOON_UNTIL = 6;

/**
 * The hour that is said: "a las 6 de la tarde", "18:30", "at 9 am". Without a part of the day 1 to 6 are in the
 * afternoon and 7 to 12 before noon; it is stated back to her anyway. Undefined when there is none, or none of the clock.
 */
export const readHour = (text: string): Temporal.PlainTime | undefined => {
  const words = hourWords(text);
  const [hour, minute, half] = words.map(hourIn).find((found) => found !== undefined) ?? [];
  if (hour === undefined || hour > 23) return undefined;
  const said = [...words, half ?? ''];
  const isMorning = said.some((word) => MORNING.has(word));
  const isLater = said.some((word) => LATER.has(word));
  const afternoon = isLater || (!isMorning && hour >= 1 && hour <= AFTERNOON_UNTIL);
  const isMidnight = said.some((word) => MIDNIGHT.has(word));
  return Temporal.PlainTime.from({ hour: onClock(hour, { afternoon, isMidnight }), minute: minute ?? 0 });
};

/** The folded words of a text, "a. m." as one. */
export const hourWords = (text: string): string[] =>
  fold(text)
    .replaceAll(/\b([ap])\.? ?m\b\.?/gu, '$1m')
    .split(/[\s,;]+/u)
    .map((word) => word.replace(/[.!?]$/u, ''));

/** Whether a folded word may be an hour: "6", "18:30". */
export const isHour = (word: string): boolean => hourIn(word) !== undefined;

/** "noche", "pm": which half of the day an hour is in. */
export const isPartOfDay = (word: string): boolean =>
  [MIDNIGHT, MORNING, LATER].some((words) => words.has(fold(word)));

const onClock = (hour: number, at: { readonly afternoon: boolean; readonly isMidnight: boolean }): number => {
  if (hour < 12) return at.afternoon ? hour + 12 : hour;
  return hour === 12 && at.isMidnight ? 0 : hour;
};

const hourIn = (word: string): readonly [number, number, string] | undefined => {
  const found = HOUR.exec(word);
  return found ? [Number(found[1]), Number(found[2] ?? 0), found[3] ?? ''] : undefined;
};
