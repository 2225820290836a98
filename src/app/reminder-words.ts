import { Temporal } from 'temporal-polyfill';
import { dateWords, timeWords } from '../content/format.ts';
import type { Content } from '../content/render.ts';
import type { Contact } from '../conversation/contact.ts';
import type { GroupFacts } from '../conversation/group-facts.ts';
import type { MemberFacts } from '../conversation/member-facts.ts';
import type { OutgoingMessage, Template } from '../conversation/message.ts';
import { type Reply, reply, say } from '../conversation/say.ts';
import { expectedOf } from '../conversation/turn.ts';
import type { Due } from '../domain/due.ts';
import { firstName } from '../domain/group.ts';
import { reminderDue } from '../domain/reminder.ts';
import { type ReminderFacts, reminderFacts } from '../store/reminders.ts';
import type { ReminderOf } from '../store/row-words.ts';
import { INVITATION } from './message-way.ts';
import type { Store } from './store.ts';

/** Who is told what of a meeting. */
export type WordedReminder = {
  readonly group: GroupFacts;
  readonly member: MemberFacts;
  readonly due: Due;
  readonly message: OutgoingMessage;
};

type Reminded = { readonly member: MemberFacts; readonly leader: string };

/** Every member of a group who owes something for the meeting of `meetingDate`, with the words she is sent. */
export const remindersOf = async (
  { store, content }: { readonly store: Store; readonly content: Content },
  kind: ReminderOf['kind'],
  { groupId, meetingDate }: { readonly groupId: string; readonly meetingDate: Temporal.PlainDate },
): Promise<WordedReminder[]> => {
  const facts = await reminderFacts(store, groupId, meetingDate);
  return facts.members.flatMap((member) => {
    const worded = reminderTo(content, { kind, meetingDate }, { facts, member });
    return worded ? [worded] : [];
  });
};

/** The words of a reminder as the book stands; undefined when it holds no more. */
export type ReminderWords = (reminder: ReminderOf) => Promise<OutgoingMessage | undefined>;

/**
 * Asks the book when a reminder is about to go: whoever has paid since it was planned hears nothing. Those of one group
 * that go at the same moment ask together.
 */
export const reminderWords = (store: Store, content: Content): ReminderWords => {
  const asking = new Map<string, Promise<ReminderFacts>>();
  const ask = (groupId: string, meetingDate: Temporal.PlainDate): Promise<ReminderFacts> => {
    const key = `${groupId}/${meetingDate.toString()}`;
    const asked =
      asking.get(key) ?? reminderFacts(store, groupId, meetingDate).finally(() => asking.delete(key));
    asking.set(key, asked);
    return asked;
  };
  return async ({ kind, groupId, memberId, meetingOn }) => {
    const meetingDate = Temporal.PlainDate.from(meetingOn);
    const facts = await ask(groupId, meetingDate);
    const member = facts.members.find((m) => m.id === memberId);
    return member && reminderTo(content, { kind, meetingDate }, { facts, member })?.message;
  };
};

const reminderTo = (
  content: Content,
  { kind, meetingDate }: { readonly kind: ReminderOf['kind']; readonly meetingDate: Temporal.PlainDate },
  { facts: { group, officers }, member }: { readonly facts: ReminderFacts; readonly member: MemberFacts },
): WordedReminder | undefined => {
  const due = reminderDue(member, expectedOf(member, group, meetingDate));
  if (!due || !group.reminders) return undefined;
  const to: Reminded = { member, leader: signerFor(member, officers) };
  const words =
    kind === 'late'
      ? { reply: lateReply(to), template: lateTemplate(to) }
      : { reply: reminderReply(group, to, meetingDate), template: reminderTemplate(group, to, meetingDate) };
  const { text } = content.render(words.reply, member.language);
  return { group, member, due, message: { text, choices: [], template: words.template } };
};

const lateReply = ({ member, leader }: Reminded): Reply =>
  reply([
    say('late.hello', { name: firstName(member.name) }),
    say('late.more'),
    say('reminder.signed', { leader }),
  ]);

const lateTemplate = ({ member }: Reminded): Template => ({
  key: INVITATION,
  language: member.language,
  values: [firstName(member.name)],
});

/**
 * Neutral from the first word to the last: no amount, no group, no money; signed by the leader she knows. What she herself
 * wants to reach is named in her own words, without its amount, below what a locked telephone shows.
 */
const reminderReply = (
  group: GroupFacts,
  { member, leader }: Reminded,
  meetingDate: Temporal.PlainDate,
): Reply =>
  reply([
    say('reminder.hello', { name: firstName(member.name), date: meetingDate, time: group.meeting.time }),
    say('reminder.more'),
    ...(member.goal?.words ? [say('reminder.goal', { goal: member.goal.words })] : []),
    say('reminder.signed', { leader }),
  ]);

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
