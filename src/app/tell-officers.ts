import type { Temporal } from 'temporal-polyfill';
import type { Contact } from '../conversation/contact.ts';
import { CYCLE_NOTICE_DAYS, cycleEnds, digest, signOpening } from '../conversation/flows/by-clock.ts';
import { type Reply, reply, say } from '../conversation/say.ts';
import { localDate } from '../domain/calendar.ts';
import { firstName } from '../domain/group.ts';
import { isQuiet } from '../domain/quiet-hours.ts';
import { dayAfterTime } from '../domain/reminder.ts';
import { cyclesEnding, digestFacts, signersUntold } from '../store/clock-facts.ts';
import { commitWeekly, type ReminderOccurrence } from '../store/reminders.ts';
import { sumOfEach } from './each-apart.ts';
import { INVITATION } from './message-way.ts';
import { type PlannedMessage, type Reminding, rowsOf, type WeeklyJob } from './weekly-jobs.ts';

/** Nobody is told of the end of a cycle when it is over. */
const CYCLE_NOTICE_SECONDS_MAX = 24 * 60 * 60;

/** Who did not sign in three days finds the question in her menu. */
const SIGN_SECONDS_MAX = 3 * 24 * 60 * 60;

/** The same to each officer, opened with words that give nothing away. */
const toOfficers = ({ content }: Reminding, officers: readonly Contact[], said: Reply): PlannedMessage[] =>
  officers.map(({ id, name, language, reach }) => {
    const opened = reply([say('notice.opener', { name: firstName(name) }), ...said.lines], said.offers);
    const template = { key: INVITATION, language, values: [firstName(name)] };
    return { memberId: id, reach, message: { ...content.render(opened, language), template } };
  });

/**
 * The day after the meeting, how the book stands, to its officers; nothing in a week in which nothing was written, unless
 * that day's meeting was left open.
 */
export const WEEKLY_DIGEST: WeeklyJob = {
  name: 'digest',
  daysAfter: 1,
  time: ({ habit }, { at }, now) => dayAfterTime(habit.timeZone, at, now),
  planner: (telling) => async (due) => {
    const told = new Map<string, PlannedMessage[]>();
    for (const { group: of, meetingDate } of due) {
      const facts = await digestFacts(telling.store, of.groupId, meetingDate.add({ days: 1 }));
      if (!facts.written && !facts.open?.equals(meetingDate)) continue;
      told.set(of.groupId, toOfficers(telling, facts.officers, digest(facts.group, facts.open)));
    }
    return told;
  },
};

/** Tells officers once, by day, that their cycle ends soon. Resolves to how many messages are to go out. */
export const announceCycleEnds = async (telling: Reminding, now: Temporal.Instant): Promise<number> => {
  const { store, newId } = telling;
  return sumOfEach(await cyclesEnding(store.pool, now, CYCLE_NOTICE_DAYS), async ({ groupId, ends }) => {
    const { group, officers } = await digestFacts(store, groupId, ends);
    const { timeZone } = group.meeting;
    if (isQuiet(now, timeZone)) return 0;
    const said = cycleEnds(group, ends, localDate(now, timeZone));
    const rows = rowsOf(newId, toOfficers(telling, officers, said), now);
    const occurrence: ReminderOccurrence = {
      groupId,
      // The same for every process that looks today.
      dueAt: localDate(now, timeZone).toZonedDateTime(timeZone).toInstant(),
      meetingDate: ends,
      outcome: 'done',
      reason: undefined,
      rows,
      delaySeconds: 0,
      expiresSeconds: CYCLE_NOTICE_SECONDS_MAX,
    };
    return messagesOf(await commitWeekly(store, 'cycle', [occurrence]));
  });
};

/** Tells those who are to sign what their group's book began with, once and by day. Resolves to how many messages are to go out. */
export const askToSign = async (telling: Reminding, now: Temporal.Instant): Promise<number> => {
  const { store, newId } = telling;
  return sumOfEach(await signersUntold(store.pool), async ({ groupId, since, members }) => {
    const today = localDate(now, 'UTC');
    const { group, officers } = await digestFacts(store, groupId, today);
    if (isQuiet(now, group.meeting.timeZone)) return 0;
    const signers = officers.filter(({ id }) => members.includes(id));
    const occurrence: ReminderOccurrence = {
      groupId,
      // The same for every process that looks.
      dueAt: since,
      meetingDate: today,
      outcome: 'done',
      reason: undefined,
      rows: rowsOf(newId, toOfficers(telling, signers, signOpening(group)), now),
      delaySeconds: 0,
      expiresSeconds: SIGN_SECONDS_MAX,
    };
    return messagesOf(await commitWeekly(store, 'opening', [occurrence]));
  });
};

const messagesOf = (written: readonly { readonly messages: number }[]): number =>
  written.reduce((sum, { messages }) => sum + messages, 0);
