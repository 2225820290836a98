import { readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { localDate, type MeetingHabit, meetingOn } from '../domain/calendar.ts';
import type { Database } from '../store/database.ts';
import { demoIsHalfMade, markDemo } from '../store/housekeeping.ts';
import { importProgramme } from '../store/import-programme.ts';
import { programmeFileSchema } from '../store/import-schema.ts';
import { drawInviteCode } from '../store/invite-code.ts';
import { skipUnsent } from '../store/outbox.ts';
import { type GroupHabit, groupHabits } from '../store/reminders.ts';
import { linkToSimulator, listPeople, type Person } from '../store/simulator-people.ts';
import { createApp } from './app.ts';
import type { Locales } from './load-locales.ts';
import { idMaker } from './new-id.ts';
import type { Store } from './store.ts';

/** What the demo's leaders wrote in the weeks before today: the history is made by the program itself. */
const historySchema = z.record(
  z.string(),
  z.object({
    unlinked: z.array(z.string()),
    weeks: z.array(z.object({ weeksAgo: z.int(), says: z.array(z.string()) })),
  }),
);

export type Demo = {
  /** Codes of the members who have not come yet, for trying an arrival. */
  readonly codes: readonly { readonly name: string; readonly code: string }[];
};

/** Somebody ended the program while the demo was being made. The message is for whoever starts it again. */
export const refuseHalfDemo = async (store: Store, folder: string): Promise<void> => {
  if (await demoIsHalfMade(store.pool)) {
    throw new Error(
      `The demo in ${folder} was left half made. Delete that folder and start again: nothing in it is real.`,
    );
  }
};

/**
 * Fills an empty database with an invented programme: two groups, their people on the simulator, and some weeks of
 * payments, written by playing the leaders' messages through the engine with the clock set back.
 *
 * @param folder `demo/`, ending in a slash
 */
export const seedDemo = async (
  seeding: {
    readonly database: Database;
    readonly store: Store;
    readonly locales: Locales;
    readonly folder: URL;
  },
  now: Temporal.Instant,
): Promise<Demo> => {
  const { database, store, folder } = seeding;
  const newId = idMaker();
  const history = historySchema.parse(readJson(folder, 'history.json', now));
  const begun = now.subtract({ hours: 24 * 7 * 6 });
  await markDemo(store.pool, 'begun');
  const report = await importProgramme(database, store.secrets, {
    form: programmeFileSchema.parse(readJson(folder, 'programme.json', now)),
    now: begun,
    newId,
    newCode: drawInviteCode,
  });
  const unlinked = new Set(Object.values(history).flatMap((group) => group.unlinked));
  const people = await listPeople(store);
  const linked = people.filter((person) => !unlinked.has(person.name));
  await linkToSimulator(store, linked, { newId, consent: true });
  await playHistory(seeding, { people, history, now });
  await markDemo(store.pool, 'done');
  return {
    codes: report.invites.flatMap(({ name, code }) => (name && unlinked.has(name) ? [{ name, code }] : [])),
  };
};

/**
 * "{{6 weeks ago}}" becomes a date, and "{{tuesday 6 weeks ago}}" the last Tuesday before it, so that the demo is always
 * about these weeks.
 */
const readJson = (folder: URL, name: string, now: Temporal.Instant): unknown => {
  const today = now.toZonedDateTimeISO('America/Mexico_City').toPlainDate();
  const text = readFileSync(new URL(name, folder), 'utf8');
  return JSON.parse(
    text.replace(
      /\{\{(?:(\w+day) )?(-?\d+) weeks ago\}\}/g,
      (_, weekday: string | undefined, weeks: string) => {
        const day = today.subtract({ weeks: Number(weeks) });
        return (weekday ? day.subtract({ days: daysSince(weekday, day) }) : day).toString();
      },
    ),
  );
};

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const daysSince = (weekday: string, day: Temporal.PlainDate): number =>
  (day.dayOfWeek - 1 - WEEKDAYS.indexOf(weekday) + 7) % 7;

type Played = {
  readonly people: readonly Person[];
  readonly history: z.infer<typeof historySchema>;
  readonly now: Temporal.Instant;
};

const playHistory = async (
  { store, locales }: { readonly store: Store; readonly locales: Locales },
  { people, history, now }: Played,
): Promise<void> => {
  let clock = now;
  let count = 0;
  // No channel: what the engine answers in the past is for nobody to read.
  const app = createApp({ store, locales, channels: [], now: () => clock });
  const habits = (await allHabits(store)).flat();
  for (const [group, { weeks }] of Object.entries(history)) {
    const leader = people.find((p) => p.group === group && p.role === 'leader');
    const habit = habits.find((h) => h.groupId === leader?.groupId)?.habit;
    if (!leader || !habit) continue;
    for (const { weeksAgo, says } of weeks) {
      clock = meetingAgo(habit, weeksAgo, now);
      for (const text of says) {
        count += 1;
        await app.receive({
          channel: 'simulator',
          messageId: `demo-${count}`,
          address: leader.id,
          receivedAt: clock.toString(),
          body: { type: 'text', text },
        });
      }
    }
  }
  await skipUnsent(store.pool, 'demo-history');
};

const allHabits = async (store: Store): Promise<GroupHabit[][]> => {
  const pages: GroupHabit[][] = [];
  for await (const page of groupHabits(store.pool)) pages.push([...page]);
  return pages;
};

/** Two hours after the group's meeting, so many weeks before the last one. */
const meetingAgo = (habit: MeetingHabit, weeksAgo: number, now: Temporal.Instant): Temporal.Instant => {
  const today = localDate(now, habit.timeZone);
  const back = daysSince(habit.weekday, today);
  // The meeting of today counts as the coming one: history ends before it.
  const last = today.subtract({ days: back === 0 ? 7 : back });
  return meetingOn(habit, last.subtract({ weeks: weeksAgo - 1 })).add({ hours: 2 });
};
