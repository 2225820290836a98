import type { Temporal } from 'temporal-polyfill';
import type { Content } from '../content/render.ts';
import type { Reach } from '../conversation/contact.ts';
import type { OutgoingMessage } from '../conversation/message.ts';
import { nextWeekly, type Weekly, weeklyBetween } from '../domain/calendar.ts';
import type { ReminderTime } from '../domain/reminder.ts';
import {
  commitWeekly,
  type GroupHabit,
  groupHabits,
  type ReminderOccurrence,
  type ReminderRow,
  setNext,
  type WeeklyJobName,
} from '../store/reminders.ts';
import { remembered } from './remembered.ts';
import type { Store } from './store.ts';

export type Reminding = {
  readonly store: Store;
  readonly content: Content;
  readonly newId: () => string;
};

/** Somebody who is told something; without words, these are made when it is sent. */
export type PlannedMessage = {
  readonly memberId: string;
  readonly reach: readonly Reach[];
  readonly message?: OutgoingMessage;
  /** Not before then, when she wants it later than the others. */
  readonly notBefore?: Temporal.Instant;
};

/** What is done once for each meeting of each group, and has become due. */
export type Due = {
  readonly group: GroupHabit;
  readonly at: Temporal.Instant;
  readonly meetingDate: Temporal.PlainDate;
};

/** Who is told what of these, by group. */
export type PlanPage = (
  due: readonly Due[],
) => Promise<ReadonlyMap<GroupHabit['groupId'], readonly PlannedMessage[]>>;

/** Something that is done once for each meeting of each group. */
export type WeeklyJob = {
  readonly name: WeeklyJobName;
  readonly daysAfter: Weekly['daysAfter'];
  /** When what was due at `at` goes out at `now`, or why not any more. */
  time(
    group: GroupHabit,
    due: { meetingDate: Temporal.PlainDate; at: Temporal.Instant },
    now: Temporal.Instant,
  ): ReminderTime;
  /** Made anew for each run: what it remembers from page to page is not kept. */
  planner(reminding: Reminding): PlanPage;
};

/** One occurrence of one group: whether it is done, and when what is told of it may go out. */
export type WeeklyOccurrence = Due & { readonly time: ReminderTime | { type: 'skip'; reason: 'superseded' } };

/**
 * Writes whatever became due of a job since the last time, once, whatever the number of processes. After downtime at most
 * the latest of a group goes out; the ones before it are recorded as skipped (invariant M11). Groups are gone through a
 * page at a time, so that memory stays flat whatever their number; while one page is written, the next is read.
 *
 * @returns how many messages are to go out
 */
export const runWeekly = async (
  reminding: Reminding,
  job: WeeklyJob,
  now: Temporal.Instant,
): Promise<number> => {
  const { pool } = reminding.store;
  const pages = groupHabits(pool, { job: job.name, now });
  const plan = job.planner(reminding);
  const weekly = weeklyAt(job, now);
  const nextPage = async (): Promise<Page | undefined> => {
    const page = await pages.next();
    if (page.done === true) return undefined;
    const occurrences = page.value.flatMap((group) => weekly.occurrences(group));
    const told = await plan(occurrences.filter(({ time }) => time.type === 'send'));
    return { groups: page.value, occurrences, told };
  };
  let messages = 0;
  let page = await nextPage();
  while (page) {
    const { groups } = page;
    const [count, following] = await Promise.all([write(reminding, job, { page, now }), nextPage()]);
    await setNext(
      pool,
      job.name,
      groups.map((group) => ({ groupId: group.groupId, at: weekly.next(group) })),
    );
    messages += count;
    page = following;
  }
  return messages;
};

/** What would be written at `now`, without writing it: a page of occurrences at a time. */
export async function* weeklyDue(
  { pool }: Store,
  job: WeeklyJob,
  now: Temporal.Instant,
): AsyncGenerator<readonly WeeklyOccurrence[]> {
  const weekly = weeklyAt(job, now);
  for await (const page of groupHabits(pool)) yield page.flatMap((group) => weekly.occurrences(group));
}

/** The moments of a job. Most groups share theirs with others, and working out a moment of the wall clock is slow. */
const weeklyAt = (job: WeeklyJob, now: Temporal.Instant) => {
  const weeklyOf = ({ habit, reminderTime, daysAfter = job.daysAfter }: GroupHabit): Weekly => ({
    habit,
    time: reminderTime,
    daysAfter,
  });
  const habitKey = ({ habit: { weekday, time, timeZone }, reminderTime, daysAfter }: GroupHabit): string =>
    [weekday, time.toString(), timeZone, reminderTime.toString(), daysAfter].join('|');
  const moments = remembered(
    (group: GroupHabit) => `${habitKey(group)}|${group.after.epochMilliseconds}`,
    (group) =>
      weeklyBetween(weeklyOf(group), { after: group.after, until: now }).map((due, index, all) => ({
        ...due,
        time:
          index < all.length - 1
            ? ({ type: 'skip', reason: 'superseded' } as const)
            : job.time(group, due, now),
      })),
  );
  return {
    occurrences: (group: GroupHabit): WeeklyOccurrence[] => moments(group).map((due) => ({ ...due, group })),
    next: remembered(habitKey, (group: GroupHabit) => nextWeekly(weeklyOf(group), now).at),
  };
};

/** What is written for one message to somebody, at each of her addresses. */
export const rowsOf = (
  newId: () => string,
  planned: readonly PlannedMessage[],
  now: Temporal.Instant,
): ReminderRow[] =>
  planned.flatMap(({ memberId, reach, message, notBefore = now }) => {
    const delaySeconds = secondsUntil(notBefore, now);
    return reach.map(({ addressId, channel }) => ({
      id: newId(),
      addressId,
      channel,
      memberId,
      message,
      delaySeconds,
    }));
  });

type Page = {
  readonly groups: readonly GroupHabit[];
  readonly occurrences: readonly WeeklyOccurrence[];
  readonly told: Awaited<ReturnType<PlanPage>>;
};

const write = async (
  { store, newId }: Reminding,
  job: WeeklyJob,
  { page, now }: { readonly page: Page; readonly now: Temporal.Instant },
): Promise<number> => {
  if (page.occurrences.length === 0) return 0;
  const occurrences = page.occurrences.map(
    ({ group: { groupId }, at, meetingDate, time }): ReminderOccurrence => {
      const base = { groupId, dueAt: at, meetingDate };
      if (time.type === 'skip') {
        return {
          ...base,
          outcome: 'skipped',
          reason: time.reason,
          rows: [],
          delaySeconds: 0,
          expiresSeconds: 0,
        };
      }
      return {
        ...base,
        outcome: 'done',
        reason: undefined,
        rows: rowsOf(newId, page.told.get(groupId) ?? [], now),
        delaySeconds: secondsUntil(time.from, now),
        expiresSeconds: secondsUntil(time.until, now),
      };
    },
  );
  let messages = 0;
  for (const written of await commitWeekly(store, job.name, occurrences)) {
    store.metrics.reminders.inc({ outcome: written.outcome }, written.occurrences);
    messages += written.messages;
  }
  return messages;
};

const secondsUntil = (then: Temporal.Instant, now: Temporal.Instant): number =>
  Math.max(0, (then.epochMilliseconds - now.epochMilliseconds) / 1_000);
