import { setTimeout } from 'node:timers/promises';
import { openKeyFile } from '../../../src/store/key-file.ts';
import { createSecrets } from '../../../src/store/secrets.ts';
import { type Audit, audit, readBaseline } from './audit.ts';
import { claimBook } from './claims.ts';
import { drawsFrom } from './draws.ts';
import { type Person, type Phone, phoneOf } from './phone.ts';
import type { Place } from './places.ts';
import { type Program, programIn } from './program.ts';
import { memberReports, officerWrites, type Writer } from './writers.ts';

/**
 * It is killed after at most so many messages were accepted since it started, and at most so long after that one: a slow
 * machine does the same work between two kills as a quick one. On an idle one it is about 0.1 to 1.5 s.
 */
const MESSAGES_MAX = 40;
const KILL_MS_MAX = 100;
const MESSAGES_MS_MAX = 15_000;
/** After each so many kills it is killed once more, while it starts and the database recovers. */
const WHILE_STARTING_EACH = 8;
const STARTING_MS_MAX = 1_500;
/** At the end everything waiting goes out; then nobody hears anything for this long. */
const QUIET_MS = 2_500;
const LOOK_MS = 5;
/** Members of each group who report payments themselves; all the others are only written down. */
const REPORTERS = 2;

export type Run = {
  readonly audit: Audit;
  readonly kills: number;
  readonly startsMs: readonly number[];
  readonly lists: number;
  /** Messages that were on their way when the program was killed. */
  readonly doubts: number;
  /** Messages with a number or an amount of their own that came twice. */
  readonly duplicates: number;
};

/** Lets the people of the demo write while the program is killed so many times; then holds the book to its word. */
export const killRun = async (place: Place, of: { kills: number; seed: number }): Promise<Run> => {
  const program = programIn(place);
  try {
    const people = await seeded(program);
    const before = await withDatabase(place, async (database) => {
      await database.pool.query('update savings_group set time_zone = $1', [zoneOfNoon(new Date())]);
      // Its people answer what they are sent.
      await database.pool.query('update programme set open_notices = true');
      return readBaseline(database);
    });
    const claims = claimBook();
    const phones = people.map((person) => phoneOf(program, person, (who, heard) => claims.hear(who, heard)));
    await load(program, { place, phones, claims, ...of });
    const secrets = createSecrets(openKeyFile(place.keyFile));
    const kept = phones
      .flatMap((phone) => [...phone.accepted])
      .map((id) => secrets.messageIndex('simulator', id));
    return {
      audit: await withDatabase(place, (database) =>
        audit(database, before, { claims, accepted: new Set(kept) }),
      ),
      kills: of.kills,
      startsMs: program.startsMs,
      lists: claims.lists.length,
      doubts: phones.reduce((sum, phone) => sum + phone.doubts(), 0),
      duplicates: phones.reduce((sum, phone) => sum + phone.repeated(), 0),
    };
  } finally {
    await program.kill().catch(() => undefined);
  }
};

/** The first start makes the demo. */
const seeded = async (program: Program): Promise<readonly Person[]> => {
  await program.start();
  const response = await fetch(`${await program.url()}/simulator/people`);
  const people = (await response.json()) as Person[];
  await program.stop();
  return people.filter(({ group }) => group !== '');
};

/** Where it is about noon: at night what nobody asked for waits for the morning, and the test runs at any hour. */
const zoneOfNoon = (now: Date): string => {
  const ahead = 12 - now.getUTCHours();
  return ahead === 0 ? 'Etc/GMT' : `Etc/GMT${ahead > 0 ? '-' : '+'}${Math.abs(ahead)}`; // POSIX counts westward
};

type Load = {
  readonly place: Place;
  readonly phones: readonly Phone[];
  readonly claims: ReturnType<typeof claimBook>;
  readonly kills: number;
  readonly seed: number;
};

const load = async (program: Program, { place, phones, claims, kills, seed }: Load): Promise<void> => {
  let over = false;
  const writing = Promise.all(startWriters({ phones, claims, seed, isOver: () => over }));
  const failed = new AbortController();
  writing.catch(() => failed.abort());
  const draws = drawsFrom(seed);
  for (let kill = 0; kill < kills && !failed.signal.aborted; kill += 1) {
    const before = acceptedBy(phones);
    await startAndConnect(program, phones);
    await accepted(phones, before + Math.floor(draws.between(0, MESSAGES_MAX)));
    await setTimeout(draws.between(0, KILL_MS_MAX));
    await program.kill();
    if (kill % WHILE_STARTING_EACH === 0) await program.startKilled(draws.between(0, STARTING_MS_MAX));
    await place.minutePasses();
  }
  await startAndConnect(program, phones);
  over = true;
  await writing;
  await quiet(phones);
  await program.stop();
};

const acceptedBy = (phones: readonly Phone[]): number =>
  phones.reduce((sum, phone) => sum + phone.accepted.size, 0);

const accepted = async (phones: readonly Phone[], count: number): Promise<void> => {
  const until = performance.now() + MESSAGES_MS_MAX;
  while (acceptedBy(phones) < count && performance.now() < until) await setTimeout(LOOK_MS);
};

const startAndConnect = async (program: Program, phones: readonly Phone[]): Promise<void> => {
  await program.start();
  const url = await program.url();
  await Promise.all(phones.map((phone) => phone.connect(url)));
};

const startWriters = (of: Omit<Load, 'place' | 'kills'> & { isOver: () => boolean }): Promise<void>[] => {
  const { phones, claims, seed, isOver } = of;
  const groups = [...new Set(phones.map(({ person }) => person.group))];
  return groups.flatMap((group, g) => {
    const inGroup = phones.filter(({ person }) => person.group === group);
    const officers = inGroup.filter(({ person }) => person.role !== 'member');
    const members = inGroup.filter(({ person }) => person.role === 'member').map(({ person }) => person);
    const writer = (phone: Phone, n: number): Writer => {
      return { phone, claims, members, isOver, draws: drawsFrom(seed * 1_000 + g * 100 + n) };
    };
    const reporters = inGroup.filter(({ person }) => members.slice(0, REPORTERS).includes(person));
    return [
      ...officers.map((phone, n) => officerWrites(writer(phone, n))),
      ...reporters.map((phone, n) => memberReports(writer(phone, 50 + n))),
    ];
  });
};

const quiet = async (phones: readonly Phone[]): Promise<void> => {
  const count = () => phones.reduce((sum, { heard }) => sum + heard.length, 0);
  for (let before = -1; before !== count(); ) {
    before = count();
    await setTimeout(QUIET_MS);
  }
};

const withDatabase = async <Value>(
  place: Place,
  look: (database: Awaited<ReturnType<Place['open']>>) => Promise<Value>,
): Promise<Value> => {
  const database = await place.open();
  try {
    return await look(database);
  } finally {
    await database.close();
  }
};
