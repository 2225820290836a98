import { Temporal } from 'temporal-polyfill';
import { type MeetingHabit, meetingOn } from './calendar.ts';
import { type Due, dueAt } from './due.ts';
import type { Member } from './group.ts';
import type { LoanStanding } from './loan/standing.ts';
import type { Money } from './money.ts';
import { isQuiet, quietEnds } from './quiet-hours.ts';
import type { GroupRules } from './rules.ts';

/** What is known of a member when it is decided whether she is reminded. */
export type Reminded = Pick<Member, 'state'> & {
  readonly reminders: boolean;
  readonly loans: readonly LoanStanding[];
  readonly given: { readonly savings: Money; readonly social: Money };
  readonly fined: Money;
  /** What a tanda asks of her at that meeting. */
  readonly turn: Money;
};

/** What a member still owes for a meeting, or undefined when she is not to be reminded of it. */
export const reminderDue = (
  member: Reminded,
  meetingDate: Temporal.PlainDate,
  rules: GroupRules,
): Due | undefined => {
  if (member.state !== 'active' || !member.reminders) return undefined;
  const due = dueAt(meetingDate, {
    rules,
    loans: member.loans,
    given: member.given,
    fined: member.fined,
    turn: member.turn,
  });
  return due.total.minor > 0n ? due : undefined;
};

/** When a reminder that became due at `at` goes out, or why it does not any more. */
export type ReminderTime =
  | { readonly type: 'send'; readonly from: Temporal.Instant; readonly until: Temporal.Instant }
  | { readonly type: 'skip'; readonly reason: 'stale' };

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
