import type { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Language } from '../conversation/message.ts';
import { WEEKDAYS, type Weekday } from '../domain/calendar.ts';
import type { LessonHabit } from '../domain/lesson/schedule.ts';
import type { Place } from '../domain/lesson/shelf.ts';
import { clock, id, language } from './json-fields.ts';

/** What it is decided on that a member has in common with others: one object for all of a page who do. */
export type LessonTerms = {
  /** Equal for equal terms. */
  readonly key: string;
  readonly language: Language;
  /** The languages she wants lessons in, the best first. */
  readonly wanted: readonly string[];
  readonly place: Place;
  readonly programmeId: string;
  readonly drafts: boolean;
  readonly languages: readonly string[];
  readonly habit: LessonHabit;
};

const weekday = z.enum(WEEKDAYS);

/** The places of `lesson_terms`, in its order. */
const termsJson = z.tuple([
  language,
  weekday,
  clock,
  z.string(),
  clock,
  z.string().nullable(),
  z.string().nullable(),
  id,
  z.boolean(),
  z.array(z.string()),
  clock.nullable(),
  z.array(weekday),
  z.string().nullable(),
]);

/** Reads what `lesson_terms` answers with. */
export const termsOf = (key: string): LessonTerms => {
  const [
    hers,
    meetsOn,
    meetsAt,
    timeZone,
    reminderTime,
    state,
    municipality,
    programmeId,
    drafts,
    languages,
    hour,
    days,
    wished,
  ] = termsJson.parse(JSON.parse(key));
  return {
    key,
    language: hers,
    wanted: [...(wished ? [wished] : []), hers],
    place: { state: state ?? undefined, municipality: municipality ?? undefined },
    programmeId,
    drafts,
    languages,
    habit: habitOf({ weekday: meetsOn, time: meetsAt, timeZone, reminderTime }, { hour, days }),
  };
};

/** When a group meets and is reminded. */
export type GroupHours = {
  readonly weekday: Weekday;
  readonly time: Temporal.PlainTime;
  readonly timeZone: string;
  readonly reminderTime: Temporal.PlainTime;
};

export const habitOf = (
  group: GroupHours,
  her: { readonly hour: Temporal.PlainTime | null; readonly days: readonly Weekday[] },
): LessonHabit => ({
  meeting: { weekday: group.weekday, time: group.time, timeZone: group.timeZone },
  days: her.days,
  hour: her.hour ?? group.reminderTime,
});
