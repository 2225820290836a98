import { Temporal } from 'temporal-polyfill';
import { invariant } from './result.ts';

/** In the order of ISO 8601: Monday is 1. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

export type Weekday = (typeof WEEKDAYS)[number];

/** "Every Sunday at 10:00", in the group's own time zone. It stays at 10:00 when the clocks change. */
export type MeetingHabit = {
  readonly weekday: Weekday;
  readonly time: Temporal.PlainTime;
  readonly timeZone: string;
};

/** One meeting and one moment that belongs to it: its start, or its reminder. */
export type Occurrence = { readonly date: Temporal.PlainDate; readonly at: Temporal.Instant };
export type Reminder = { readonly meetingDate: Temporal.PlainDate; readonly at: Temporal.Instant };

/** A year of weekly meetings and a little more: what is caught up after an outage never grows past this. */
export const REMINDERS_CAUGHT_UP_MAX = 60;

const DAYS_PER_WEEK = 7;
const ZONE_NAME_CHARS_MAX = 64;

/** IANA names only. An offset such as "+05:00" is refused: it would miss the clock changes. */
const ZONE_NAME = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/;

/** Whether `text` names a time zone this machine knows: "America/Tijuana". */
export const isTimeZone = (text: string): boolean => {
  if (text.length > ZONE_NAME_CHARS_MAX || !ZONE_NAME.test(text)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
};

/** The day on a wall calendar in `timeZone`. */
export const localDate = (now: Temporal.Instant, timeZone: string): Temporal.PlainDate =>
  now.toZonedDateTimeISO(timeZone).toPlainDate();

/**
 * A local wall time as a moment. A time that the clock change skips becomes the same time after the gap (02:30 becomes
 * 03:30), one that comes twice is the first of the two: Temporal's "compatible", which is also what a calendar app does.
 */
export const wallTime = (
  date: Temporal.PlainDate,
  time: Temporal.PlainTime,
  timeZone: string,
): Temporal.Instant =>
  date.toPlainDateTime(time).toZonedDateTime(timeZone, { disambiguation: 'compatible' }).toInstant();

/** The moment at which the meeting of `date` starts. */
export const meetingOn = (habit: MeetingHabit, date: Temporal.PlainDate): Temporal.Instant => {
  invariant(daysSinceWeekday(habit, date) === 0, 'a meeting is on the weekday of its group');
  return wallTime(date, habit.time, habit.timeZone);
};

/** A weekday is all it takes to know on which dates a group meets. */
type MeetsOn = Pick<MeetingHabit, 'weekday'>;

const daysSinceWeekday = (habit: MeetsOn, date: Temporal.PlainDate): number =>
  (date.dayOfWeek - 1 - WEEKDAYS.indexOf(habit.weekday) + DAYS_PER_WEEK) % DAYS_PER_WEEK;

/** The last meeting on or before a day. */
export const meetingDateOnOrBefore = (habit: MeetsOn, date: Temporal.PlainDate): Temporal.PlainDate =>
  date.subtract({ days: daysSinceWeekday(habit, date) });

/** The first meeting strictly after `now`: during a meeting the next one is a week away. */
export const nextMeeting = (habit: MeetingHabit, now: Temporal.Instant): Occurrence => {
  let date = meetingDateOnOrBefore(habit, localDate(now, habit.timeZone));
  let at = meetingOn(habit, date);
  while (Temporal.Instant.compare(at, now) <= 0) {
    date = date.add({ days: DAYS_PER_WEEK });
    at = meetingOn(habit, date);
  }
  return { date, at };
};

/**
 * The meeting that a payment dated `date` belongs to: the nearest one. A list written in the three days after a meeting
 * is that meeting's; money given in the three days before is the coming one's. A tie would go to the past meeting, since
 * a list is written after the money moved; with a week of seven days there is none.
 */
export const nearestMeetingDate = (habit: MeetsOn, date: Temporal.PlainDate): Temporal.PlainDate => {
  const past = meetingDateOnOrBefore(habit, date);
  const daysAfter = past.until(date).days;
  return daysAfter <= DAYS_PER_WEEK - daysAfter ? past : past.add({ days: DAYS_PER_WEEK });
};

/** The day before the meeting at `reminderTime` on the wall, so that it keeps its hour through a clock change. */
export const reminderInstant = (
  habit: MeetingHabit,
  meetingDate: Temporal.PlainDate,
  reminderTime: Temporal.PlainTime,
): Temporal.Instant => wallTime(meetingDate.subtract({ days: 1 }), reminderTime, habit.timeZone);

/** The first reminder moment strictly after `now`, and the meeting it is for. */
const nextReminder = (
  habit: MeetingHabit,
  reminderTime: Temporal.PlainTime,
  now: Temporal.Instant,
): Reminder => {
  const of = (meetingDate: Temporal.PlainDate): Reminder => ({
    meetingDate,
    at: reminderInstant(habit, meetingDate, reminderTime),
  });
  const { date } = nextMeeting(habit, now);
  const coming = of(date);
  return Temporal.Instant.compare(coming.at, now) > 0 ? coming : of(date.add({ days: DAYS_PER_WEEK }));
};

/** The latest reminder moment at or before `now`, and the meeting it is for. */
export const latestReminder = (
  habit: MeetingHabit,
  reminderTime: Temporal.PlainTime,
  now: Temporal.Instant,
): Reminder => {
  // Tomorrow's meeting may already have been announced today; nothing later can have been.
  const tomorrow = localDate(now, habit.timeZone).add({ days: 1 });
  let meetingDate = meetingDateOnOrBefore(habit, tomorrow);
  let at = reminderInstant(habit, meetingDate, reminderTime);
  while (Temporal.Instant.compare(at, now) > 0) {
    meetingDate = meetingDate.subtract({ days: DAYS_PER_WEEK });
    at = reminderInstant(habit, meetingDate, reminderTime);
  }
  return { meetingDate, at };
};

/**
 * The reminders that fell due after `after`, up to and including `until`, oldest first. Of a longer absence only the
 * latest `REMINDERS_CAUGHT_UP_MAX` are given.
 */
export const remindersBetween = (
  habit: MeetingHabit,
  reminderTime: Temporal.PlainTime,
  span: { readonly after: Temporal.Instant; readonly until: Temporal.Instant },
): Reminder[] => {
  const latestFirst: Reminder[] = [];
  let { meetingDate, at } = latestReminder(habit, reminderTime, span.until);
  while (Temporal.Instant.compare(at, span.after) > 0 && latestFirst.length < REMINDERS_CAUGHT_UP_MAX) {
    latestFirst.push({ meetingDate, at });
    meetingDate = meetingDate.subtract({ days: DAYS_PER_WEEK });
    at = reminderInstant(habit, meetingDate, reminderTime);
  }
  return latestFirst.reverse();
};

/** What is done once for each meeting, at a wall time so many days after it (before it, when negative). */
export type Weekly = {
  readonly habit: MeetingHabit;
  readonly time: Temporal.PlainTime;
  readonly daysAfter: number;
};

/** As if the group met on the day after what is done: its reminders are then the moments asked for. */
const asReminders = ({ habit, daysAfter }: Weekly): MeetingHabit => {
  const place = (WEEKDAYS.indexOf(habit.weekday) + daysAfter + 1 + DAYS_PER_WEEK) % DAYS_PER_WEEK;
  return { ...habit, weekday: WEEKDAYS[place] ?? habit.weekday };
};

const ofMeeting =
  ({ daysAfter }: Weekly) =>
  ({ meetingDate, at }: Reminder): Reminder => ({
    meetingDate: meetingDate.subtract({ days: daysAfter + 1 }),
    at,
  });

/** The moments that fell due after `after`, up to and including `until`, oldest first, each with its meeting. */
export const weeklyBetween = (
  weekly: Weekly,
  span: { readonly after: Temporal.Instant; readonly until: Temporal.Instant },
): Reminder[] => remindersBetween(asReminders(weekly), weekly.time, span).map(ofMeeting(weekly));

/** The first such moment strictly after `now`. */
export const nextWeekly = (weekly: Weekly, now: Temporal.Instant): Reminder =>
  ofMeeting(weekly)(nextReminder(asReminders(weekly), weekly.time, now));

/** The earlier of two days. */
export const earlierOf = (a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate =>
  Temporal.PlainDate.compare(a, b) <= 0 ? a : b;
