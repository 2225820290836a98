import { z } from 'zod';

const WORDS_MAX = 100;
const WORD_CHARS_MAX = 20;
const MONTHS = 12;

const word = z.string().min(1).max(WORD_CHARS_MAX);
const words = z.array(word).max(WORDS_MAX);
const values = z.record(word, z.int().min(1).max(MONTHS));

/** Single words: how people name the day of a meeting they write down later. */
export const daysSchema = z.strictObject({
  /** What is of that day: a list, or the meeting itself. */
  list: words,
  meeting: words,
  /** Between that and the day: "lista del", "list of the". */
  joiners: words,
  /** A number alone after one of these is a day: "del 17". */
  exactly: words,
  /** What may be said before it; and the ones that say that something is to be written. */
  writing: words,
  writes: words,
  /** ISO: Monday is 1. */
  weekdays: values,
  months: values,
  last: words,
  beforeLast: words,
  daysAgo: values,
  ago: words,
  days: words,
  weeks: words,
});
