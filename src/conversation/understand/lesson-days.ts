import { z } from 'zod';
import { WEEKDAYS, type Weekday } from '../../domain/calendar.ts';
import { normalise } from './normalise.ts';

const ENTRIES_MAX = 30;
const PHRASE_CHARS_MAX = 60;
const phrases = z.array(z.string().min(1).max(PHRASE_CHARS_MAX)).max(ENTRIES_MAX);

/** What people write of how often lessons come, and on which days. */
export const lessonScheduleSchema = z.strictObject({
  once: phrases,
  twice: phrases,
  /** What stands before the days: "lecciones", "my lessons". */
  lessons: phrases,
  /** Words around the days: "los", "y", "every". */
  joiners: phrases,
});

/** `days` empty: the two of her group. */
export type LessonDays =
  | { readonly type: 'once' }
  | { readonly type: 'days'; readonly days: readonly Weekday[] };

/**
 * "Una lección por semana", "lecciones los lunes y jueves", "lessons on Mondays"; else undefined.
 *
 * @param weekdays the number of each day by its name, Monday is 1
 */
export const lessonDaysSaid = (
  text: string,
  words: z.infer<typeof lessonScheduleSchema>,
  weekdays: Readonly<Record<string, number>>,
): LessonDays | undefined => {
  const said = normalise(text).replaceAll(',', ' ').replaceAll(/\s+/gu, ' ');
  if (words.once.includes(said)) return { type: 'once' };
  if (words.twice.includes(said)) return { type: 'days', days: [] };
  const before = words.lessons
    .filter((phrase) => said.startsWith(`${phrase} `))
    .toSorted((one, other) => other.length - one.length)[0];
  if (before === undefined) return undefined;
  const rest = said
    .slice(before.length + 1)
    .split(' ')
    .filter((word) => !words.joiners.includes(word));
  const named = rest.map((word) => weekdays[word] ?? weekdays[word.replace(/s$/u, '')]);
  if (rest.length === 0 || named.includes(undefined)) return undefined;
  return { type: 'days', days: WEEKDAYS.filter((_, at) => named.includes(at + 1)) };
};
