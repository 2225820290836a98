import { Temporal } from 'temporal-polyfill';
import { WEEKLY_REMINDER } from '../app/send-reminders.ts';
import { planWeekly, runWeekly } from '../app/weekly-jobs.ts';
import { toDecimal } from '../domain/money.ts';
import { makeApp } from '../start.ts';
import { complain, print, withStore } from './command.ts';

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
    let count = 0;
    for await (const occurrence of planWeekly(reminding, WEEKLY_REMINDER, at)) {
      if (occurrence.outcome === 'skipped') {
        print(`Skipped (${occurrence.reason ?? ''}): meeting of ${occurrence.meetingDate.toString()}`);
      }
      for (const { group, member, due, message } of occurrence.messages) {
        count += 1;
        const reach = member.reach.length === 0 ? ', who cannot be reached' : '';
        print(`${group.name}, ${member.number} ${member.name}${reach}, owes ${toDecimal(due.total.minor)}:`);
        print(message.text.replace(/^/gm, '    '));
      }
    }
    print(`${count} reminders.`);
    return 0;
  });
};

const instant = (text: string): Temporal.Instant | undefined => {
  try {
    return Temporal.Instant.from(text);
  } catch {
    return undefined;
  }
};
