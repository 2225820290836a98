import { Temporal } from 'temporal-polyfill';
import { type MeetingHabit, meetingDateOnOrBefore, nearestMeetingDate } from './calendar.ts';
import { accept, type Result, refuse } from './result.ts';

/** So far back a meeting may still be written down: four of them, what a notebook of one month holds. */
export const CATCH_UP_DAYS = 28;

const DAYS_PER_WEEK = 7;

/** Why a past meeting cannot be written down any more. `nearest`: the meeting that may have been meant. */
export type CatchUpRefusal =
  | { readonly type: 'day_to_come' }
  | { readonly type: 'day_too_old'; readonly days: number }
  | { readonly type: 'no_meeting_day'; readonly nearest: Temporal.PlainDate }
  | { readonly type: 'day_counted'; readonly counted: Temporal.PlainDate };

/** What decides whether a past day is still open. */
export type CatchUpFacts = {
  readonly habit: MeetingHabit;
  /** Today where the group lives. */
  readonly today: Temporal.PlainDate;
  /** The last day on which the box was said to be what the book says: a count, an opening or a closing. */
  readonly counted: Temporal.PlainDate | undefined;
};

/**
 * A past meeting as the day its money is written down for. Refused: a day to come, one of more than `CATCH_UP_DAYS` ago, one
 * on which the group does not meet, and one by which the box was counted: the book said that day what was in it.
 */
export const pastMeeting = (
  day: Temporal.PlainDate,
  { habit, today, counted }: CatchUpFacts,
): Result<Temporal.PlainDate, CatchUpRefusal> => {
  if (isBefore(today, day)) return refuse({ type: 'day_to_come' });
  if (isBefore(day, today.subtract({ days: CATCH_UP_DAYS })))
    return refuse({ type: 'day_too_old', days: CATCH_UP_DAYS });
  if (!meetingDateOnOrBefore(habit, day).equals(day))
    return refuse({ type: 'no_meeting_day', nearest: nearestHeld(habit, day, today) });
  if (counted && !isBefore(counted, day)) return refuse({ type: 'day_counted', counted });
  return accept(day);
};

/** The meetings before the current one that may still be written down, the latest first. */
export const openMeetings = (facts: CatchUpFacts): Temporal.PlainDate[] => {
  const current = nearestMeetingDate(facts.habit, facts.today);
  return Array.from({ length: CATCH_UP_DAYS / DAYS_PER_WEEK }, (_, n) =>
    current.subtract({ days: DAYS_PER_WEEK * (n + 1) }),
  ).filter((day) => pastMeeting(day, facts).ok);
};

const nearestHeld = (
  habit: MeetingHabit,
  day: Temporal.PlainDate,
  today: Temporal.PlainDate,
): Temporal.PlainDate => {
  const nearest = nearestMeetingDate(habit, day);
  return isBefore(today, nearest) ? meetingDateOnOrBefore(habit, day) : nearest;
};

const isBefore = (a: Temporal.PlainDate, b: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(a, b) < 0;
