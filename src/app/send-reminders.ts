import { Temporal } from 'temporal-polyfill';
import { expectedOf } from '../conversation/turn.ts';
import { dayAfterTime, owesAtAGlance, reminderDue, reminderTime, wishedMoment } from '../domain/reminder.ts';
import {
  type Glance,
  heldMeetings,
  lookCloser,
  type MeetingOf,
  type ReminderGroup,
  reminderGlances,
  reminderGroups,
} from '../store/reminder-glances.ts';
import type { GroupHabit } from '../store/reminders.ts';
import { remembered } from './remembered.ts';
import type { Store } from './store.ts';
import type { Due, PlannedMessage, PlanPage, WeeklyJob } from './weekly-jobs.ts';

/** A meeting, and the day and hour of the clock at which a member of that group wants to be reminded of it. */
type AtHour = {
  readonly group: GroupHabit;
  readonly meetingDate: Temporal.PlainDate;
  readonly hour: string;
  readonly daysBefore: number;
};

/** When that is; undefined: when it goes out to all. */
type MomentOf = (at: AtHour) => Temporal.Instant | undefined;

/** Before the meeting, to each who will owe something, on the day and at the hour she wants it. */
export const WEEKLY_REMINDER: WeeklyJob = {
  name: 'reminder',
  daysAfter: -1,
  time: ({ habit }, { meetingDate }, now) => reminderTime(habit, meetingDate, now),
  planner: ({ store }) => {
    const moment = remembered(
      ({ group: { habit }, meetingDate, hour, daysBefore }: AtHour) =>
        [habit.timeZone, habit.time.toString(), meetingDate.toString(), hour, daysBefore].join('|'),
      ({ group: { habit }, meetingDate, hour, daysBefore }) =>
        wishedMoment(habit, meetingDate, { time: Temporal.PlainTime.from(hour), daysBefore }),
    );
    return planOwing(store, moment);
  },
};

/**
 * The day after it, once, to each who was due and has not paid; only where the group wants it, and somebody wrote the meeting down:
 * else all would be told that they are late.
 */
export const LATE_REMINDER: WeeklyJob = {
  name: 'late',
  daysAfter: 1,
  time: ({ habit }, { at }, now) => dayAfterTime(habit.timeZone, at, now),
  planner: ({ store }) => {
    const plan = planOwing(store, () => undefined);
    return async (due) => {
      const held = await heldMeetings(store.pool, due.map(meetingOf));
      return plan(due.filter(({ group }) => held.has(group.groupId)));
    };
  },
};

const meetingOf = ({ group: { groupId }, meetingDate }: Due): MeetingOf => ({ groupId, meetingDate });

/**
 * Of the members of a page of groups, those who owe something: a glance tells of most, so that a whole country is planned
 * in a minute; the others are looked at closely. No words are made here: they would be old when they are sent.
 */
const planOwing =
  (store: Store, momentOf: MomentOf): PlanPage =>
  async (due) => {
    const meetings = new Map(due.map((one) => [one.group.groupId, one]));
    const of = due.map(meetingOf);
    const groups = await reminderGroups(store.pool, [...meetings.keys()]);
    const glances = await reminderGlances(store.pool, of, groups);
    const owing = await owingOf(store, { glances, meetings, groups });
    const told = new Map<string, PlannedMessage[]>();
    for (const glance of glances) {
      const meeting = meetings.get(glance.groupId);
      if (!meeting || !owing(glance)) continue;
      const { memberId, hour, daysBefore, reach } = glance;
      const notBefore = momentOf({ ...meeting, hour, daysBefore });
      const messages = told.get(glance.groupId) ?? [];
      messages.push({ memberId, reach: [reach], ...(notBefore && { notBefore }) });
      told.set(glance.groupId, messages);
    }
    return told;
  };

type Glanced = {
  readonly glances: readonly Glance[];
  readonly meetings: ReadonlyMap<string, { readonly meetingDate: Temporal.PlainDate }>;
  readonly groups: ReadonlyMap<string, ReminderGroup>;
};

/** Who of them owes something for her meeting. */
const owingOf = async (
  store: Store,
  { glances, meetings, groups }: Glanced,
): Promise<(glance: Glance) => boolean> => {
  const seen = glances.map((glance) => {
    const group = groups.get(glance.groupId);
    return { glance, owes: group ? owesAtAGlance(glance, group.rules) : 'owes-nothing' };
  });
  const unclear = seen.flatMap(({ glance: { groupId, memberId }, owes }) => {
    const meetingDate = meetings.get(groupId)?.meetingDate;
    return owes === 'look-closer' && meetingDate ? [{ groupId, memberId, meetingDate }] : [];
  });
  const owing = new Set(seen.flatMap(({ glance, owes }) => (owes === 'owes' ? [glance.memberId] : [])));
  if (unclear.length > 0) {
    for (const { groupId, member, group } of await lookCloser(store, unclear, groups)) {
      const meetingDate = meetings.get(groupId)?.meetingDate;
      if (meetingDate && reminderDue(member, expectedOf(member, group, meetingDate))) owing.add(member.id);
    }
  }
  return ({ memberId }) => owing.has(memberId);
};
