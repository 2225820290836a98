import { Temporal } from 'temporal-polyfill';
import { localDate, nextMeeting } from '../../domain/calendar.ts';
import { isQuietTime } from '../../domain/quiet-hours.ts';
import { daysBeforeMeeting, isBeforeMeeting, wishedMoment } from '../../domain/reminder.ts';
import type { StepResult } from '../outcome.ts';
import { reply, type Say, say } from '../say.ts';
import { type AskTurn, decide, isOfficerTurn, type MemberTurn } from '../turn.ts';
import { readHour } from '../understand/hour.ts';
import type { Intent } from '../understand/meaning.ts';

/** An hour and a day of the week (ISO, Monday is 1), as far as they were said. */
type Wish = { readonly time?: Temporal.PlainTime; readonly weekday?: number | undefined };
/** When a reminder comes: so many days before the meeting, 0 to 6. */
type Habit = { readonly time: Temporal.PlainTime; readonly daysBefore: number };

/** What is said of reminders, her own or the group's; undefined when it is something else. */
export const remindersSaid = (turn: MemberTurn, intent: Intent): StepResult | undefined => {
  switch (intent) {
    case 'reminders.off':
      return remindersSwitch(turn, false);
    case 'reminders.on':
      return remindersSwitch(turn, true);
    case 'reminders.group-off':
      return groupReminders(turn, false);
    case 'reminders.group-on':
      return groupReminders(turn, true);
    default:
      return undefined;
  }
};

/** Only the weekly reminders; receipts still come. "Recuérdame los martes a las 8" says when as well. */
const remindersSwitch = (turn: AskTurn, reminders: boolean): StepResult => {
  const { me, group } = turn.speaker;
  const memberId = me.id;
  if (!reminders) {
    return decide(turn, {
      replies: [reply([say('reminders.off')])],
      events: [{ type: 'member-changed', memberId, reminders }],
    });
  }
  const wish = wishIn(turn);
  const { time = me.reminderTime ?? group.reminderTime, weekday = me.reminderWeekday } = wish;
  const habit = habitOf(turn, { time, weekday });
  const refused = refusalOf(turn, wish, habit);
  if (refused) return decide(turn, { replies: [reply([refused])] });
  return decide(turn, {
    replies: [
      reply([herAnswer(turn, wish, habit), ...(group.reminders ? [] : [say('reminders.but-group')])]),
    ],
    events: [{ type: 'member-changed', memberId, reminders, ...wished(wish) }],
  });
};

/** "Recordatorio del grupo los jueves a las 6 pm": an officer's word, for all who have no hour or day of their own. */
const groupReminders = (turn: MemberTurn, reminders: boolean): StepResult => {
  if (!isOfficerTurn(turn)) return decide(turn, { replies: [reply([say('reminders.officers')])] });
  if (!reminders) {
    return decide(turn, {
      replies: [reply([say('reminders.group-off')])],
      events: [{ type: 'group-reminders-set', reminders }],
    });
  }
  const { group } = turn.speaker;
  const wish = wishIn(turn);
  const { time = group.reminderTime, weekday = group.reminderWeekday } = wish;
  const habit = habitOf(turn, { time, weekday });
  const refused = refusalOf(turn, wish, habit);
  if (refused) return decide(turn, { replies: [reply([refused])] });
  return decide(turn, {
    replies: [reply([say('reminders.group-next', nextOf(turn, habit)), say('reminders.group-own')])],
    events: [{ type: 'group-reminders-set', reminders, ...wished(wish) }],
  });
};

const wishIn = (turn: AskTurn): Wish => {
  if (turn.input.type !== 'words') return {};
  const time = readHour(turn.input.text);
  const { weekday } = turn.input.meaning;
  return { ...(time && { time }), ...(weekday !== undefined && { weekday }) };
};

const wished = ({ time, weekday }: Wish) => ({
  ...(time && { reminderTime: time }),
  ...(weekday !== undefined && { reminderWeekday: weekday }),
});

const habitOf = (
  { speaker: { group } }: AskTurn,
  { time, weekday = group.reminderWeekday }: Wish & { readonly time: Temporal.PlainTime },
): Habit => ({
  time,
  daysBefore: weekday === undefined ? 1 : daysBeforeMeeting(group.meeting, weekday),
});

/** What cannot be: an hour of the night, or one when the meeting has begun. */
const refusalOf = (turn: AskTurn, wish: Wish, habit: Habit): Say | undefined => {
  const { meeting } = turn.speaker.group;
  if (wish.time && isQuietTime(wish.time)) return say('reminders.night');
  return isBeforeMeeting(meeting, habit) ? undefined : say('reminders.begun', { time: meeting.time });
};

const herAnswer = (turn: AskTurn, wish: Wish, habit: Habit): Say => {
  if (habit.daysBefore !== 1 || wish.weekday !== undefined) return say('reminders.next', nextOf(turn, habit));
  return wish.time ? say('reminders.hour', { time: wish.time }) : say('reminders.on');
};

/** A day and hour as she will have them, so that what was understood can be seen: also of what is planned and has not gone out. */
const nextOf = (turn: AskTurn, habit: Habit): { date: Temporal.PlainDate; time: Temporal.PlainTime } => {
  const { meeting } = turn.speaker.group;
  const { now } = turn.snapshot;
  const { date } = nextMeeting(meeting, now);
  const coming = wishedMoment(meeting, date, habit);
  const next =
    Temporal.Instant.compare(coming, now) > 0 ? coming : wishedMoment(meeting, date.add({ weeks: 1 }), habit);
  return { date: localDate(next, meeting.timeZone), time: habit.time };
};
