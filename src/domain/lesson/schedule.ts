import { Temporal } from 'temporal-polyfill';
import { localDate, type MeetingHabit, WEEKDAYS, type Weekday, wallTime } from '../calendar.ts';
import { quietEnds } from '../quiet-hours.ts';

/** Two a week, the second and the fourth day after the meeting: neither its day nor the day of its reminder. */
const DAYS_AFTER_MEETING = [2, 4];
const DAYS_PER_WEEK = 7;
/** Nothing ran when it was due: so long it still goes out, later it is left for the next day of lessons. */
export const LATE_HOURS_MAX = 3;
/** Announcements in a row without an answer; then she is asked, once, whether to go on. */
export const UNANSWERED_MAX = 3;

/** When a member is told of a lesson. */
export type LessonHabit = {
  readonly meeting: MeetingHabit;
  /** Her own days; the two of her group when empty. */
  readonly days: readonly Weekday[];
  /** Her own hour, or the one at which her group is reminded. */
  readonly hour: Temporal.PlainTime;
};

/** The days of the week on which a group's members are told of lessons. */
export const lessonDays = ({ weekday }: MeetingHabit): Weekday[] =>
  DAYS_AFTER_MEETING.map((after) => WEEKDAYS[(WEEKDAYS.indexOf(weekday) + after) % DAYS_PER_WEEK] ?? weekday);

/** The first moment strictly after `now` on one of her days at her hour on the wall; never at night. */
export const nextLessonAt = (habit: LessonHabit, now: Temporal.Instant): Temporal.Instant => {
  const { timeZone } = habit.meeting;
  const days = habit.days.length > 0 ? habit.days : lessonDays(habit.meeting);
  const today = localDate(now, timeZone);
  // From yesterday on: an hour at night is put off to the next morning.
  for (let ahead = -1; ; ahead += 1) {
    const date = today.add({ days: ahead });
    const weekday = WEEKDAYS[date.dayOfWeek - 1];
    if (weekday === undefined || !days.includes(weekday)) continue;
    const at = quietEnds(wallTime(date, habit.hour, timeZone), timeZone);
    if (Temporal.Instant.compare(at, now) > 0) return at;
  }
};

/** Whether what was due at `dueAt` is told no more: nothing ran then, and her hour is over. */
export const isTooLate = (dueAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  now.since(dueAt).total('hours') > LATE_HOURS_MAX;
