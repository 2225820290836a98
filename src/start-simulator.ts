// The simulator's part of the start: who is on its phones, its clock, and what it saves.

import { Temporal } from 'temporal-polyfill';
import type { App } from './app/app.ts';
import { refuseHalfDemo, seedDemo } from './app/demo.ts';
import { loadLocales } from './app/load-locales.ts';
import { transcriptOf } from './app/save-transcript.ts';
import { type SimulatorClock, stepFrom } from './app/simulator-clock.ts';
import type { SimulatorChannel } from './channels/simulator/simulator.ts';
import { type Config, hasRealChannel } from './config.ts';
import { type Opened, ROOT } from './start.ts';
import { noteOperator } from './store/audit.ts';
import { type GroupHabit, groupHabits } from './store/reminders.ts';
import { openingOf } from './store/simulator-opening.ts';
import { isEmpty, linkToSimulator, listPeople, type Person, speakersAt } from './store/simulator-people.ts';
import type { ClockMove, SimulatorOptions } from './web/simulator-options.ts';

/** Who goes on with one telephone is not written down at each message. */
const SAME_LOOK_MINUTES = 60;

type Codes = readonly { readonly name: string; readonly code: string }[];

export type SimulatorPeople = {
  readonly known: readonly Person[];
  /** Of those who have not come yet, while the process that made the demo runs. */
  readonly codes: Codes;
};

/** Fills an empty database with the demo when nothing real is configured, and gives everyone a place to write from. */
export const simulatorPeople = async (config: Config, opened: Opened, app: App): Promise<SimulatorPeople> => {
  if (!config.simulator) return { known: [], codes: [] };
  const { database, store } = opened;
  await refuseHalfDemo(store, config.dataDir);
  const locales = loadLocales(new URL('locales/', ROOT));
  const demo =
    (await isEmpty(store.pool)) && !hasRealChannel(config)
      ? await seedDemo({ database, store, locales, folder: new URL('demo/', ROOT) }, Temporal.Now.instant())
      : { codes: [] };
  // Its page shows everybody's name and speaks as any of them, on whatever books these are.
  await noteOperator(store.pool, {
    action: 'simulator-opened',
    subject: undefined,
    now: Temporal.Now.instant(),
  });
  const known = await listPeople(store);
  await linkToSimulator(store, known, { newId: app.newId, consent: false });
  return { known, codes: demo.codes };
};

type Running = {
  readonly opened: Opened;
  readonly app: App;
  readonly clock: SimulatorClock;
  readonly channel: SimulatorChannel;
  readonly codes: Codes;
};

/** What the web server shows of it; nothing where the channel does not run. */
export const simulatorOptions = (
  program: Omit<Running, 'channel'>,
  channel: SimulatorChannel | undefined,
): SimulatorOptions | undefined => {
  if (!channel) return undefined;
  const running: Running = { ...program, channel };
  const { clock } = running;
  const { store } = running.opened;
  return {
    channel,
    programme: '',
    people: async () => {
      const zones = new Map((await habits(running)).map(({ groupId, habit }) => [groupId, habit.timeZone]));
      return (await listPeople(store)).map((person) => ({
        address: person.id,
        name: person.name,
        role: person.role,
        group: person.group,
        // Staff live where the first of their groups does.
        timeZone: zones.get(person.groupId ?? '') ?? [...zones.values()][0],
        note: '',
        suggestions: [],
      }));
    },
    spokenAs: noteSpeakers(store),
    clock: {
      now: () => isoOf(clock.now()),
      mayMove: () => clock.mayMove(),
      move: (step) => moveClock(running, step),
    },
    transcript: (page) => savedTranscript(running, page),
  };
};

/** A row for each whose telephone it is, by the real clock: that of the phones may be moved. */
const noteSpeakers = (store: Opened['store']): SimulatorOptions['spokenAs'] => {
  const noted = new Map<string, Temporal.Instant>();
  return async (address) => {
    const now = Temporal.Now.instant();
    for (const subject of await speakersAt(store, address)) {
      const before = noted.get(subject);
      if (before && Temporal.Instant.compare(before.add({ minutes: SAME_LOOK_MINUTES }), now) > 0) continue;
      noted.set(subject, now);
      await noteOperator(store.pool, { action: 'spoken-as', subject, now });
    }
  };
};

const isoOf = (at: Temporal.Instant): string => at.toString({ smallestUnit: 'millisecond' });

const habits = async ({ opened }: Running): Promise<GroupHabit[]> => {
  const pages: GroupHabit[][] = [];
  for await (const page of groupHabits(opened.store.pool)) pages.push([...page]);
  return pages.flat();
};

/** Moves on by the clock of her group, or of the first one, and does at once what is due by then. */
const moveClock = async (running: Running, { to, address }: ClockMove): Promise<boolean> => {
  const { opened, app, clock, channel } = running;
  const all = await habits(running);
  const person = (await listPeople(opened.store)).find(({ id }) => id === address);
  const group = all.find(({ groupId }) => groupId === person?.groupId) ?? all[0];
  if (!group || !(await clock.moveTo(stepFrom(clock.now(), to, group)))) return false;
  channel.story.add({ type: 'clock', at: isoOf(clock.now()) });
  await app.tick();
  app.delivery.wake(); // what waited for a morning that has come
  return true;
};

/** Only the groups of those who said or heard something: the others are not part of the story. */
const savedTranscript = async (
  { opened, channel, codes }: Running,
  page: string,
): Promise<string | undefined> => {
  const told = channel.story.since(page);
  if (!told) return undefined;
  const people = await listPeople(opened.store);
  const took = new Set(told.happenings.flatMap((one) => (one.type === 'clock' ? [] : [one.address])));
  const present = people.filter((person) => took.has(person.id));
  const groupIds = [
    ...new Set((present.length > 0 ? present : people).flatMap(({ groupId }) => groupId ?? [])),
  ];
  return transcriptOf({
    at: told.at,
    happenings: told.happenings,
    groups: await openingOf(opened.store, groupIds, told.since),
    staff: present.filter(({ role }) => role === 'staff').map(({ name }) => name),
    people: people.filter(({ groupId }) => groupId === undefined || groupIds.includes(groupId)),
    codes,
  });
};
