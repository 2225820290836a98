import { Temporal } from 'temporal-polyfill';
import { remindersOf } from '../app/reminder-words.ts';
import { WEEKLY_REMINDER } from '../app/send-reminders.ts';
import { type Reminding, runWeekly, type WeeklyOccurrence, weeklyDue } from '../app/weekly-jobs.ts';
import { toDecimal } from '../domain/money.ts';
import { makeApp } from '../start.ts';
import { complain, noteNames, print, withStore } from './command.ts';

/** Who would be told what at a moment; without --dry-run it is written to the outbox, each occurrence once. */
export const remindersCommand = async (options: {
  readonly at: string;
  readonly dryRun: boolean;
}): Promise<number> => {
  const at = instant(options.at);
  if (!at) {
    complain(
      `--at "${options.at}" is not a moment. Write it like 2026-11-23T18:00:00-08:00, with its offset or Z.`,
    );
    return 2;
  }
  if (!options.dryRun && Temporal.Instant.compare(at, Temporal.Now.instant()) > 0) {
    complain('That moment has not come: only --dry-run looks ahead.');
    return 2;
  }
  return withStore(async ({ store }) => {
    const app = makeApp(store, []);
    const reminding = { store, content: app.content, newId: app.newId };
    if (!options.dryRun) {
      print(`${await runWeekly(reminding, WEEKLY_REMINDER, at)} reminders were put in the outbox.`);
      return 0;
    }
    await noteNames({ store }, 'reminders');
    let count = 0;
    for await (const page of weeklyDue(store, WEEKLY_REMINDER, at)) {
      for (const occurrence of page) count += await show(reminding, occurrence);
    }
    print(`${count} reminders.`);
    return 0;
  });
};

/** Prints what one group would be told. Resolves to the number of reminders. */
const show = async (
  reminding: Reminding,
  { group: { groupId }, meetingDate, time }: WeeklyOccurrence,
): Promise<number> => {
  if (time.type === 'skip') {
    print(`Skipped (${time.reason}): meeting of ${meetingDate.toString()}`);
    return 0;
  }
  const reminders = await remindersOf(reminding, 'reminder', { groupId, meetingDate });
  for (const { group, member, due, message } of reminders) {
    const reach = member.reach.length === 0 ? ', who cannot be reached' : '';
    print(`${group.name}, ${member.number} ${member.name}${reach}, owes ${toDecimal(due.total.minor)}:`);
    print(message.text.replace(/^/gm, '    '));
  }
  return reminders.length;
};

const instant = (text: string): Temporal.Instant | undefined => {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
};
