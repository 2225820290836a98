import type { Temporal } from 'temporal-polyfill';
import type { Content } from '../content/render.ts';
import type { OutgoingMessage } from '../conversation/message.ts';
import type { Reach } from '../conversation/snapshot.ts';
import { nextWeekly, type Weekly, weeklyBetween } from '../domain/calendar.ts';
import type { ReminderTime } from '../domain/reminder.ts';
import {
  commitWeekly,
  type GroupHabit,
  groupHabits,
  type ReminderRow,
  setNext,
  type WeeklyJobName,
} from '../store/reminders.ts';
import type { Store } from './store.ts';

export type Reminding = {
  readonly store: Store;
  readonly content: Content;
  readonly newId: () => string;
};

/** Somebody who is told something, in words. */
export type PlannedMessage = {
  readonly memberId: string;
  readonly reach: readonly Reach[];
  readonly message: OutgoingMessage;
  /** Not before then, when she wants it later than the others. */
  readonly notBefore?: Temporal.Instant;
};

/** Something that is done once for each meeting of each group. */
export type WeeklyJob<Planned extends PlannedMessage> = {
  readonly name: WeeklyJobName;
  readonly daysAfter: Weekly['daysAfter'];
  /** When what was due at `at` goes out at `now`, or why not any more. */
  time(
    group: GroupHabit,
    due: { meetingDate: Temporal.PlainDate; at: Temporal.Instant },
    now: Temporal.Instant,
  ): ReminderTime;
  /** Who is told what; it is asked only when there is something to send. */
  plan(reminding: Reminding, groupId: string, meetingDate: Temporal.PlainDate): Promise<readonly Planned[]>;
};

/** One occurrence of one group, decided. */
export type PlannedOccurrence<Planned extends PlannedMessage> = {
  readonly groupId: string;
  readonly dueAt: Temporal.Instant;
  readonly meetingDate: Temporal.PlainDate;
  readonly outcome: 'done' | 'skipped';
  readonly reason: string | undefined;
  readonly messages: readonly Planned[];
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
};

/**
 * Writes whatever became due of a job since the last time, once, whatever the number of processes. After downtime at most
 * the latest of a group goes out; the ones before it are recorded as skipped (invariant M11).
 *
 * @returns how many messages are to go out
 */
export const runWeekly = async <Planned extends PlannedMessage>(
  reminding: Reminding,
  job: WeeklyJob<Planned>,
  now: Temporal.Instant,
): Promise<number> => {
  const { pool } = reminding.store;
  let messages = 0;
  for await (const page of groupHabits(pool, { job: job.name, now })) {
    for (const group of page) {
      for (const occurrence of await planGroup(reminding, job, { group, now })) {
        messages += await write(reminding, job, { occurrence, now });
      }
    }
    const next = page.map((group) => ({
      groupId: group.groupId,
      at: nextWeekly(weeklyOf(job, group), now).at,
    }));
    await setNext(pool, job.name, next);
  }
  return messages;
};

/** What would be written at `now`, without writing it. */
export async function* planWeekly<Planned extends PlannedMessage>(
  reminding: Reminding,
  job: WeeklyJob<Planned>,
  now: Temporal.Instant,
): AsyncGenerator<PlannedOccurrence<Planned>> {
  for await (const page of groupHabits(reminding.store.pool)) {
    for (const group of page) yield* await planGroup(reminding, job, { group, now });
  }
}

const weeklyOf = (
  { daysAfter }: Pick<WeeklyJob<PlannedMessage>, 'daysAfter'>,
  { habit, reminderTime }: GroupHabit,
): Weekly => ({ habit, time: reminderTime, daysAfter });

type At = { readonly group: GroupHabit; readonly now: Temporal.Instant };

const planGroup = async <Planned extends PlannedMessage>(
  reminding: Reminding,
  job: WeeklyJob<Planned>,
  { group, now }: At,
): Promise<PlannedOccurrence<Planned>[]> => {
  const moments = weeklyBetween(weeklyOf(job, group), { after: group.after, until: now });
  return Promise.all(
    moments.map(async (due, index): Promise<PlannedOccurrence<Planned>> => {
      const base = { groupId: group.groupId, dueAt: due.at, meetingDate: due.meetingDate };
      const skipped = { ...base, outcome: 'skipped' as const, messages: [], from: now, until: now };
      if (index < moments.length - 1) return { ...skipped, reason: 'superseded' };
      const when = job.time(group, due, now);
      if (when.type === 'skip') return { ...skipped, reason: when.reason };
      const messages = await job.plan(reminding, group.groupId, due.meetingDate);
      return { ...base, outcome: 'done', reason: undefined, messages, from: when.from, until: when.until };
    }),
  );
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

const write = async <Planned extends PlannedMessage>(
  { store, newId }: Reminding,
  job: WeeklyJob<Planned>,
  { occurrence, now }: { readonly occurrence: PlannedOccurrence<Planned>; readonly now: Temporal.Instant },
): Promise<number> => {
  const rows = rowsOf(newId, occurrence.messages, now);
  const written = await commitWeekly(store, {
    ...occurrence,
    job: job.name,
    rows,
    delaySeconds: secondsUntil(occurrence.from, now),
    expiresSeconds: secondsUntil(occurrence.until, now),
  });
  if (written) store.metrics.reminders.inc({ outcome: occurrence.outcome });
  return written ? rows.length : 0;
};

const secondsUntil = (then: Temporal.Instant, now: Temporal.Instant): number =>
  Math.max(0, then.since(now).total('seconds'));
