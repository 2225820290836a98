import { Temporal } from 'temporal-polyfill';
import { type MeetingHabit, meetingOn, WEEKDAYS, wallTime } from './calendar.ts';
import { contributionsDue, type Due } from './due.ts';
import type { Member } from './group.ts';
import type { Money } from './money.ts';
import { isQuiet, quietEnds } from './quiet-hours.ts';
import type { GroupRules } from './rules.ts';

/**
 * What of all that is expected of her for a meeting a member is reminded of, or undefined when she is not to be reminded.
 *
 * @param due what she has not given yet
 */
export const reminderDue = (
  member: Pick<Member, 'state'> & { readonly reminders: boolean },
  due: Due,
): Due | undefined =>
  member.state === 'active' && member.reminders && due.total.minor > 0n ? due : undefined;

/** What is known of a member at a glance. */
export type Glimpsed = {
  readonly given: { readonly savings: Money; readonly social: Money };
  /** Whether loans, fines or a tanda may ask more of her. */
  readonly mayOweMore: boolean;
};

/**
 * Whether an active member who wants reminders owes something for a meeting, as far as a glance tells. What she gives
 * each week is known at a glance; only when that is all given must her loans, fines and rounds be looked at
 * (`reminderDue`). The two never disagree.
 */
export const owesAtAGlance = (
  { given, mayOweMore }: Glimpsed,
  rules: GroupRules,
): 'owes' | 'owes-nothing' | 'look-closer' => {
  const { savings, social } = contributionsDue({ rules, given });
  if (savings.minor + social.minor > 0n) return 'owes';
  return mayOweMore ? 'look-closer' : 'owes-nothing';
};

/** When a reminder that became due at `at` goes out, or why it does not any more. */
export type ReminderTime =
  | { readonly type: 'send'; readonly from: Temporal.Instant; readonly until: Temporal.Instant }
  | { readonly type: 'skip'; readonly reason: 'stale' };

const DAYS_PER_WEEK = 7;

/** How many days before its meeting a group meets that weekday (ISO, Monday is 1): 0 to 6, and 0 is the meeting's own day. */
export const daysBeforeMeeting = ({ weekday }: Pick<MeetingHabit, 'weekday'>, isoWeekday: number): number =>
  (WEEKDAYS.indexOf(weekday) + 1 - isoWeekday + DAYS_PER_WEEK) % DAYS_PER_WEEK;

/** Whether a wish is one before the meeting: on its own day only an hour before it begins. */
export const isBeforeMeeting = (
  { time }: Pick<MeetingHabit, 'time'>,
  wish: { readonly time: Temporal.PlainTime; readonly daysBefore: number },
): boolean => wish.daysBefore > 0 || Temporal.PlainTime.compare(wish.time, time) < 0;

/**
 * When a member is reminded of the meeting of `meetingDate`: at the hour she wants, so many days before. What would come
 * with the meeting or after it, since that was moved, comes a day earlier.
 */
export const wishedMoment = (
  habit: MeetingHabit,
  meetingDate: Temporal.PlainDate,
  wish: { readonly time: Temporal.PlainTime; readonly daysBefore: number },
): Temporal.Instant => {
  const days = isBeforeMeeting(habit, wish) ? wish.daysBefore : 1;
  return wallTime(meetingDate.subtract({ days }), wish.time, habit.timeZone);
};

/** What is said the day after a meeting is of no use a day later. */
const DAY_AFTER_HOURS = 24;

/** When what became due at `at`, after a meeting, goes out: never at night, and not a day late. */
export const dayAfterTime = (timeZone: string, at: Temporal.Instant, now: Temporal.Instant): ReminderTime => {
  const until = at.add({ hours: DAY_AFTER_HOURS });
  const from = quietEnds(now, timeZone);
  return Temporal.Instant.compare(from, until) < 0
    ? { type: 'send', from, until }
    : { type: 'skip', reason: 'stale' };
};

/**
 * A reminder that is late, because nothing ran when it was due, still goes out as long as the meeting is ahead; never
 * at night (invariant M9), and not so late that it would arrive with the meeting.
 */
export const reminderTime = (
  habit: MeetingHabit,
  meetingDate: Temporal.PlainDate,
  now: Temporal.Instant,
): ReminderTime => {
  const until = meetingOn(habit, meetingDate);
  const from = isQuiet(now, habit.timeZone) ? quietEnds(now, habit.timeZone) : now;
  return Temporal.Instant.compare(from, until) < 0
    ? { type: 'send', from, until }
    : { type: 'skip', reason: 'stale' };
};
