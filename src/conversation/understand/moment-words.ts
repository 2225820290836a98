import { z } from 'zod';

const WORDS_MAX = 100;
const WORD_CHARS_MAX = 30;
const DAYS_AHEAD_MAX = 7;

const words = z.array(z.string().min(1).max(WORD_CHARS_MAX)).max(WORDS_MAX);

/** How people name a moment to come, beside the days of `days.json`. */
export const momentSchema = z.strictObject({
  /** Phrases: today is 0. */
  ahead: z.record(z.string().min(1).max(WORD_CHARS_MAX), z.int().min(0).max(DAYS_AHEAD_MAX)),
  /** Before a part of today: "esta noche". */
  thisPart: words,
  /** Before an hour: a number after it is no day. */
  at: words,
  /** Before "mañana", which is then the morning: "de la mañana". */
  partOf: words,
  /** Before a number that is a day: "el 30". */
  on: words,
  /** Around a weekday: not today. */
  next: words,
  half: words,
  quarter: words,
  /** Nothing else may stand around the day and the hour. */
  around: words,
});
