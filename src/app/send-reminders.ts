import { Temporal } from 'temporal-polyfill';
import { dateWords, timeWords } from '../content/format.ts';
import type { Template } from '../conversation/message.ts';
import { reply, say } from '../conversation/say.ts';
import type { Contact, GroupFacts, MemberFacts } from '../conversation/snapshot.ts';
import { turnDueOf } from '../conversation/turn.ts';
import { reminderInstant } from '../domain/calendar.ts';
import type { Due } from '../domain/due.ts';
import { firstName } from '../domain/group.ts';
import { add, zero } from '../domain/money.ts';
import { dayAfterTime, reminderDue, reminderTime } from '../domain/reminder.ts';
import { reminderFacts } from '../store/reminders.ts';
import { INVITATION } from './message-way.ts';
import type { StillTrue } from './send-leased.ts';
import type { Store } from './store.ts';
import type { PlannedMessage, Reminding, WeeklyJob } from './weekly-jobs.ts';

/** Who would be told what, for the operator's dry run and for writing it. */
export type PlannedReminder = PlannedMessage & {
  readonly group: GroupFacts;
  readonly member: MemberFacts;
  readonly due: Due;
};

/** The day before the meeting, to each who will owe something. */
export const WEEKLY_REMINDER: WeeklyJob<PlannedReminder> = {
  name: 'reminder',
  daysAfter: -1,
  time: ({ habit }, { meetingDate }, now) => reminderTime(habit, meetingDate, now),
  plan: (reminding, groupId, meetingDate) =>
    planMembers(reminding, { groupId, meetingDate }, ({ group, to }) => ({
      reply: reminderReply(group, to, meetingDate),
      template: reminderTemplate(group, to, meetingDate),
      notBefore: reminderInstant(group.meeting, meetingDate, to.member.reminderTime ?? group.reminderTime),
    })),
};

/** The day after it, once, to each who was due and has not paid; only where the group wants it. */
export const LATE_REMINDER: WeeklyJob<PlannedReminder> = {
  name: 'late',
  daysAfter: 1,
  time: ({ habit }, { at }, now) => dayAfterTime(habit.timeZone, at, now),
  plan: (reminding, groupId, meetingDate) =>
    planMembers(reminding, { groupId, meetingDate }, ({ to: { member, leader } }) => ({
      reply: reply([
        say('late.hello', { name: firstName(member.name) }),
        say('late.more'),
        say('reminder.signed', { leader }),
      ]),
      template: { key: INVITATION, language: member.language, values: [firstName(member.name)] },
    })),
};

type Worded = {
  readonly reply: ReturnType<typeof reply>;
  readonly template: Template;
  readonly notBefore?: Temporal.Instant;
};

const planMembers = async (
  { store, content }: Reminding,
  { groupId, meetingDate }: { readonly groupId: string; readonly meetingDate: Temporal.PlainDate },
  worded: (of: { readonly group: GroupFacts; readonly to: Reminded }) => Worded,
): Promise<PlannedReminder[]> => {
  const { group, officers, members } = await reminderFacts(store, groupId, meetingDate);
  return members.flatMap((member) => {
    const due = dueOf(group, member, meetingDate);
    if (!due) return [];
    const { notBefore, ...words } = worded({ group, to: { member, leader: signerFor(member, officers) } });
    const { text } = content.render(words.reply, member.language);
    const message = { text, choices: [], template: words.template };
    const to = { memberId: member.id, reach: member.reach, message, ...(notBefore && { notBefore }) };
    return [{ ...to, group, member, due }];
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

/**
 * Neutral from the first word to the last: no amount, no group, no money; signed by the leader she knows. What she herself
 * wants to reach is named in her own words, without its amount, below what a locked telephone shows.
 */
const reminderReply = (group: GroupFacts, { member, leader }: Reminded, meetingDate: Temporal.PlainDate) =>
  reply([
    say('reminder.hello', { name: firstName(member.name), date: meetingDate, time: group.meeting.time }),
    say('reminder.more'),
    ...(member.goal?.words ? [say('reminder.goal', { goal: member.goal.words })] : []),
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

/**
 * Asks the book again when a reminder is about to go: whoever has paid since hears nothing. Those of one group that go at
 * the same moment ask together.
 */
export const reminderStillTrue = (store: Store): StillTrue => {
  const asking = new Map<string, ReturnType<typeof reminderFacts>>();
  const ask = (groupId: string, meetingDate: Temporal.PlainDate): ReturnType<typeof reminderFacts> => {
    const key = `${groupId}/${meetingDate.toString()}`;
    const asked =
      asking.get(key) ?? reminderFacts(store, groupId, meetingDate).finally(() => asking.delete(key));
    asking.set(key, asked);
    return asked;
  };
  return async ({ groupId, memberId, meetingOn }) => {
    const meetingDate = Temporal.PlainDate.from(meetingOn);
    const { group, members } = await ask(groupId, meetingDate);
    const member = members.find((m) => m.id === memberId);
    return member !== undefined && dueOf(group, member, meetingDate) !== undefined;
  };
};
