import { Temporal } from 'temporal-polyfill';
import { dateWords, timeWords } from '../content/format.ts';
import type { Content } from '../content/render.ts';
import type { Template } from '../conversation/message.ts';
import { reply, say } from '../conversation/say.ts';
import type { Contact, GroupFacts, MemberFacts } from '../conversation/snapshot.ts';
import { turnDueOf } from '../conversation/turn.ts';
import { remindersBetween } from '../domain/calendar.ts';
import type { Due } from '../domain/due.ts';
import { firstName } from '../domain/group.ts';
import { add, zero } from '../domain/money.ts';
import { reminderDue, reminderTime } from '../domain/reminder.ts';
import {
  commitReminders,
  type GroupHabit,
  groupHabits,
  type ReminderRow,
  reminderFacts,
} from '../store/reminders.ts';
import type { StillTrue } from './send-leased.ts';
import type { Store } from './store.ts';

export type Reminding = {
  readonly store: Store;
  readonly content: Content;
  readonly newId: () => string;
};

/** Who would be told what, for the operator's dry run and for writing it. */
export type PlannedReminder = {
  readonly group: GroupFacts;
  readonly member: MemberFacts;
  readonly due: Due;
  readonly text: string;
  /** The same in prepared words. */
  readonly template: Template;
};

/** One occurrence of one group, decided. */
export type PlannedOccurrence = {
  readonly groupId: string;
  readonly dueAt: Temporal.Instant;
  readonly meetingDate: Temporal.PlainDate;
  readonly outcome: 'done' | 'skipped';
  readonly reason: string | undefined;
  readonly reminders: readonly PlannedReminder[];
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
};

/**
 * Writes every reminder that became due since the last time, once, whatever the number of processes. After downtime
 * at most the latest of a group goes out; the ones before it are recorded as skipped (invariant M11).
 */
export const sendReminders = async (reminding: Reminding, now: Temporal.Instant): Promise<number> => {
  let messages = 0;
  for await (const page of groupHabits(reminding.store.pool)) {
    for (const group of page) {
      for (const occurrence of await planGroup(reminding, group, now)) {
        messages += await write(reminding, occurrence, now);
      }
    }
  }
  return messages;
};

/** What would be written at `now`, without writing it. */
export async function* planReminders(
  reminding: Reminding,
  now: Temporal.Instant,
): AsyncGenerator<PlannedOccurrence> {
  for await (const page of groupHabits(reminding.store.pool)) {
    for (const group of page) yield* await planGroup(reminding, group, now);
  }
}

const planGroup = async (
  reminding: Reminding,
  group: GroupHabit,
  now: Temporal.Instant,
): Promise<PlannedOccurrence[]> => {
  const moments = remindersBetween(group.habit, group.reminderTime, { after: group.after, until: now });
  return Promise.all(
    moments.map(async ({ meetingDate, at }, index): Promise<PlannedOccurrence> => {
      const base = { groupId: group.groupId, dueAt: at, meetingDate };
      const skipped = { ...base, outcome: 'skipped' as const, reminders: [], from: now, until: now };
      if (index < moments.length - 1) return { ...skipped, reason: 'superseded' };
      const when = reminderTime(group.habit, meetingDate, now);
      if (when.type === 'skip') return { ...skipped, reason: when.reason };
      const reminders = await planMembers(reminding, group.groupId, meetingDate);
      return { ...base, outcome: 'done', reason: undefined, reminders, from: when.from, until: when.until };
    }),
  );
};

const planMembers = async (
  reminding: Reminding,
  groupId: string,
  meetingDate: Temporal.PlainDate,
): Promise<PlannedReminder[]> => {
  const { group, officers, members } = await reminderFacts(reminding.store, groupId, meetingDate);
  return members.flatMap((member) => {
    const due = dueOf(group, member, meetingDate);
    if (!due) return [];
    const to = { member, leader: signerFor(member, officers) };
    const { text } = reminding.content.render(reminderReply(group, to, meetingDate), member.language);
    return [{ group, member, due, text, template: reminderTemplate(group, to, meetingDate) }];
  });
};

const dueOf = (group: GroupFacts, member: MemberFacts, meetingDate: Temporal.PlainDate): Due | undefined => {
  const given = member.given.filter((g) => g.meetingOn.equals(meetingDate));
  const none = zero(group.currency);
  return reminderDue(
    {
      state: member.state,
      reminders: member.reminders,
      loans: member.loans,
      fined: member.fined,
      turn: turnDueOf(member, group, meetingDate),
      given: {
        savings: given.map((g) => g.savings).reduce(add, none),
        social: given.map((g) => g.social).reduce(add, none),
      },
    },
    meetingDate,
    group.rules,
  );
};

/** Neutral from the first word to the last: no amount, no group, no money; signed by the leader she knows. */
const reminderReply = (group: GroupFacts, { member, leader }: Reminded, meetingDate: Temporal.PlainDate) =>
  reply([
    say('reminder.hello', { name: firstName(member.name), date: meetingDate, time: group.meeting.time }),
    say('reminder.more'),
    say('reminder.signed', { leader }),
  ]);

type Reminded = { readonly member: MemberFacts; readonly leader: string };

/** The first name of the officer she knows: her leader, unless that is herself. */
const signerFor = (member: MemberFacts, officers: readonly Contact[]): string => {
  const others = officers.filter((o) => o.id !== member.id);
  const leader = others.find((o) => o.role === 'leader') ?? others[0] ?? officers[0];
  return firstName(leader?.name ?? '');
};

/** What may go in its place on a platform that takes only prepared words: her name, the day and hour, who signs. */
const reminderTemplate = (
  group: GroupFacts,
  { member, leader }: Reminded,
  meetingDate: Temporal.PlainDate,
): Template => {
  const { language } = member;
  const { time } = group.meeting;
  return {
    key: 'reminder',
    language,
    values: [firstName(member.name), dateWords(meetingDate, language), timeWords(time, language), leader],
  };
};

const write = async (
  reminding: Reminding,
  occurrence: PlannedOccurrence,
  now: Temporal.Instant,
): Promise<number> => {
  const rows = occurrence.reminders.flatMap(({ member, text, template }) =>
    member.reach.map(
      (reach): ReminderRow => ({
        id: reminding.newId(),
        addressId: reach.addressId,
        channel: reach.channel,
        memberId: member.id,
        message: { text, choices: [], template },
      }),
    ),
  );
  const written = await commitReminders(reminding.store, {
    ...occurrence,
    rows,
    delaySeconds: secondsUntil(occurrence.from, now),
    expiresSeconds: secondsUntil(occurrence.until, now),
  });
  if (written) reminding.store.metrics.reminders.inc({ outcome: occurrence.outcome });
  return written ? rows.length : 0;
};

const secondsUntil = (then: Temporal.Instant, now: Temporal.Instant): number =>
  Math.max(0, then.since(now).total('seconds'));

/** Asks the book again when a reminder is about to go: whoever has paid since hears nothing. */
export const reminderStillTrue =
  (store: Store): StillTrue =>
  async ({ groupId, memberId, meetingOn }) => {
    const meetingDate = Temporal.PlainDate.from(meetingOn);
    const { group, members } = await reminderFacts(store, groupId, meetingDate);
    const member = members.find((m) => m.id === memberId);
    return member !== undefined && dueOf(group, member, meetingDate) !== undefined;
  };
