// The measurements, in one run and one table: `npm run bench`, or `npm run bench -- --quick` for a look in minutes;
// `--only WORD` measures the parts alone that have the word in their name, and `--soak 30` watches one process for minutes.
// Compare ratios, not absolute figures, between machines; nothing here is a test.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { loadLocales } from '../src/app/load-locales.ts';
import { type Database, openDatabase } from '../src/store/database.ts';
import { createSecrets } from '../src/store/secrets.ts';
import { broadcastMeasurements } from './broadcast.ts';
import { channelMeasurements, type Measurement } from './channels.ts';
import { floodOthers, floodRows } from './flood.ts';
import { yearsRows } from './group-years.ts';
import { planLessons } from './lessons.ts';
import { listWork } from './lists.ts';
import { fillPeople, type PeopleOptions } from './people.ts';
import { type Planned, planReminders } from './planning.ts';
import { postLists } from './posting.ts';
import { type Answered, askBalances } from './questions.ts';
import { compileResident, runResident } from './resident.ts';
import { findServer, migrateOver, onFreshDatabase, type Server } from './server.ts';
import { timeStart } from './starting.ts';
import { atLeast, atMost, exactly, informed, load, printTable, type Row } from './table.ts';
import { measureUnderstanding, slowestMessage } from './understanding.ts';
import { undoOnSignal } from './undoing.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const MAIN = path.join(ROOT, 'dist/main.js');
/** The same key in every run: the run is seeded, and the people are invented. */
const KEY = Buffer.alloc(32, 7);

/** `--soak` alone is half an hour. */
const withMinutes = (args: readonly string[]): string[] =>
  args.flatMap((arg, n) => (arg === '--soak' && !/^\d/u.test(args[n + 1] ?? '') ? [arg, '30'] : [arg]));

const { values: asked } = parseArgs({
  args: withMinutes(process.argv.slice(2)),
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    soak: { type: 'string', default: '0' },
  },
});
const { quick, only } = asked;
const soakMinutes = Number(asked.soak);
if (!(soakMinutes >= 0)) throw new Error('--soak wants a number of minutes, such as 30');
const time = quick ? { warmUpMs: 500, measureMs: 1_500 } : { warmUpMs: 5_000, measureMs: 15_000 };
const people: PeopleOptions = quick
  ? { groups: 8, members: 216, history: 5 }
  : { groups: 150, members: 4_000, history: 20 };
/**
 * The same people a hundredfold. One in ten is real and may be asked, ten times those of the small measurement; the rest
 * are copies. A past of twenty payments each would be ten gigabytes; a question reads the last two.
 */
const country = { groups: people.groups * 10, members: people.members * 10, history: 2, copies: 9 };

/** So much of a message is enough to find it again. */
const SHOWN_CHARS = 24;

/** Sooner than this much of what is measured is not compiled yet. */
const COMPILED_AFTER_MS = 3_000;

/** How often each of two that are compared is measured. */
const TURNS = 3;

const locales = loadLocales(new URL('../locales/', import.meta.url));
const secrets = createSecrets({ bytes: KEY, created: false, warnings: [] });

const say = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

/** One part; when it fails the others still run, and the table says so. */
const part = async (name: string, work: () => Promise<Row[]>): Promise<Row[]> => {
  if (!name.includes(only)) return [];
  say(`${name} … (${load()})`);
  try {
    return await work();
  } catch (error) {
    return [
      {
        what: name,
        figure: `failed: ${error instanceof Error ? error.message : String(error)}`,
        target: '',
        ok: false,
      },
    ];
  }
};

const latency = ({ p50Ms, p99Ms }: { readonly p50Ms: number; readonly p99Ms: number }): string =>
  `${p50Ms.toFixed(1)} / ${p99Ms.toFixed(1)} ms`;

const trips = ({ trips: made, count }: Answered): Row[] => {
  const per = (...names: string[]): number =>
    names.reduce((sum, name) => sum + (made.get(name) ?? 0), 0) / count;
  const others = [...made.values()].reduce((sum, n) => sum + n, 0) / count;
  const before = per('load-snapshot', 'commit-outcome');
  return [
    atMost('  round trips before the answer', before, { target: 2, unit: '', digits: 2 }),
    informed('  round trips after it (completing, claiming)', (others - before).toFixed(2)),
  ];
};

const questions = (server: Server): Promise<Row[]> =>
  part('balance questions', () =>
    onFreshDatabase(server, 'small', async ({ database }) => {
      const { addresses } = await fillPeople(database, secrets, people);
      const place: Place = { database, addresses };
      if (!quick) return [...smallRows(await ask(place)), ...(await countryRows(server, place))];
      return smallRows(await ask(place));
    }),
  );

type Place = { readonly database: Database; readonly addresses: readonly string[] };

const ask = ({ database, addresses }: Place): Promise<Answered> =>
  askBalances({ database, secrets }, { ...time, addresses, locales });

const smallRows = (small: Answered): Row[] => [
  atLeast(`answered, ${people.members} members in ${people.groups} groups`, small.perSecond, {
    target: 800,
    unit: '/s',
  }),
  informed('  p50 / p99', latency(small)),
  informed('  our own processor time per question', `${small.ownMs.toFixed(2)} ms`),
  ...trips(small),
];

/** Both databases stand side by side and are asked in turn, so that other work on the machine slows both alike. */
const countryRows = (server: Server, small: Place): Promise<Row[]> =>
  onFreshDatabase(server, 'country', async ({ database }) => {
    const { addresses } = await fillPeople(database, secrets, country);
    const { rows } = await database.pool.query<{ members: string; size: string }>(
      `select count(*) as members, pg_size_pretty(pg_database_size(current_database())) as size from member`,
    );
    const large: Place = { database, addresses };
    const pairs: { small: Answered; large: Answered }[] = [];
    for (let turn = 0; turn < TURNS; turn += 1)
      pairs.push({ small: await ask(small), large: await ask(large) });
    const last = pairs.at(-1)?.large;
    const ratios = pairs.map((pair) => pair.large.perSecond / pair.small.perSecond).toSorted((x, y) => x - y);
    return [
      informed(
        `answered, ${rows[0]?.members} members, ${rows[0]?.size}`,
        pairs.map((pair) => `${pair.large.perSecond.toFixed(0)}/s`).join(', '),
      ),
      informed('  p50 / p99', last ? latency(last) : ''),
      informed(
        '  meanwhile with the small one',
        pairs.map((pair) => `${pair.small.perSecond.toFixed(0)}/s`).join(', '),
      ),
      atLeast('  ratio to the small one (middle of the turns)', ratios[Math.floor(TURNS / 2)] ?? 0, {
        target: 0.8,
        unit: '',
        digits: 2,
      }),
    ];
  });

const posting = (server: Server): Promise<Row[]> =>
  part('confirmed lists of 24', () =>
    onFreshDatabase(server, 'posting', async (fresh) => {
      const { leaders } = await fillPeople(fresh.database, secrets, people);
      const work = listWork({ database: fresh.database, secrets }, locales);
      const plan = quick ? { rounds: 1, listsPerGroupAndRound: 3 } : { rounds: 3, listsPerGroupAndRound: 2 };
      const posted = await postLists(work, fresh, { leaders, ...plan });
      const kb = Math.round(posted.documentBytes / 1_000);
      const rows = [
        informed(`lists of 24 committed, ${kb} kB each`, `${posted.app.perSecond.toFixed(0)}/s`),
        informed('  p50 / p99', latency(posted.app)),
      ];
      if (posted.pgbenchPerSecond === undefined)
        return [...rows, informed('  pgbench', 'skipped: there is none')];
      return [
        ...rows,
        informed('  the same by pgbench', `${posted.pgbenchPerSecond.toFixed(0)}/s`),
        atLeast('  ratio to pgbench', posted.app.perSecond / posted.pgbenchPerSecond, {
          target: 0.7,
          unit: '',
          digits: 2,
        }),
      ];
    }),
  );

const flood = (server: Server): Promise<Row[]> =>
  part('flood', () =>
    onFreshDatabase(server, 'flood', async ({ database }) => {
      const { addresses } = await fillPeople(database, secrets, people);
      return floodRows(
        await floodOthers({ database, secrets }, { locales, addresses, measureMs: time.measureMs }),
      );
    }),
  );

/** Everybody in one minute. A quick look is at a tenth of them, and they have a tenth of the time. */
const lessons = (server: Server): Promise<Row[]> =>
  part('lessons', () =>
    onFreshDatabase(server, 'lessons', async ({ database }) => {
      const members = quick ? 10_000 : 100_000;
      const { planSeconds, tellSeconds, told } = await planLessons(database, { secrets, members });
      return [
        exactly(`lessons due: members told`, told, members),
        atMost('  planned and written', tellSeconds, { target: members / 10_000, unit: ' s', digits: 1 }),
        informed('  their next moments worked out', `${planSeconds.toFixed(1)} s`),
      ];
    }),
  );

/** A country is told of its meetings in one minute. A quick look is at a fiftieth of it, which has that part of the time. */
const planning = (server: Server): Promise<Row[]> =>
  part('reminders of a country', () =>
    onFreshDatabase(server, 'planning', async ({ database }) =>
      planningRows(await planReminders(database, { secrets, locales, copies: quick ? 20 : 1_000 })),
    ),
  );

const planningRows = ({ residentMb: [before, first, second], ...planned }: Planned): Row[] => [
  exactly(
    `reminders of ${planned.members} members in ${planned.groups} groups`,
    planned.messages,
    planned.owing,
  ),
  atMost('  planned and written', planned.seconds, {
    target: quick ? 60 / 50 : 60,
    unit: ' s',
    digits: 1,
  }),
  informed('  a second', (planned.messages / planned.seconds).toFixed(0)),
  exactly('  written again a minute later', planned.again, 0),
  informed(
    '  the minute before, with nothing due; the minute after',
    planned.idleSeconds.map((seconds) => `${seconds.toFixed(1)} s`).join(', '),
  ),
  informed('  memory before, and at most in its first half', `${before.toFixed(0)}, ${first.toFixed(0)} MB`),
  atMost('  at most in its second half, against the first', second - first, { target: 30, unit: ' MB' }),
];

const inFolder = async <Value>(work: (folder: string) => Promise<Value>): Promise<Value> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'comadre-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** What runs the program as it is built. */
const built = async (name: string, measurements: () => readonly Measurement[]): Promise<Row[]> => {
  if (!existsSync(MAIN)) return [informed(name, 'skipped: dist/main.js is not built')];
  const rows: Row[][] = [];
  for (const each of measurements()) rows.push(await part(each.name, each.run));
  return rows.flat();
};

const channels = (server: Server): Promise<Row[]> =>
  built('channels', () => channelMeasurements({ server, locales, quick }));

const broadcasts = (server: Server): Promise<Row[]> =>
  built('broadcasts', () => broadcastMeasurements({ server, quick, soakMinutes }));

const embedded = (): Promise<Row[]> =>
  part('the embedded database', () =>
    inFolder(async (folder) => {
      const database = await openDatabase({ folder });
      await migrateOver(database);
      const { addresses } = await fillPeople(database, secrets, people);
      await database.close();
      await compileResident();
      const report = await runResident({
        ...time,
        addresses,
        folder,
        url: undefined,
        keyHex: KEY.toString('hex'),
      });
      return [
        atLeast('embedded: answered', report.perSecond, { target: 150, unit: '/s' }),
        informed('  p50 / p99', latency(report)),
        atMost('  memory of the process', report.residentMb, { target: 550, unit: ' MB' }),
      ];
    }),
  );

const onServerMemory = (server: Server): Promise<Row[]> =>
  part('memory on a server', () =>
    onFreshDatabase(server, 'memory', async ({ database, url }) => {
      const { addresses } = await fillPeople(database, secrets, people);
      await compileResident();
      const report = await runResident({ ...time, addresses, folder: '', url, keyHex: KEY.toString('hex') });
      return [
        informed('compiled, on a server: answered', `${report.perSecond.toFixed(0)}/s`),
        atMost('  memory of the process', report.residentMb, { target: 250, unit: ' MB' }),
      ];
    }),
  );

const starting = (): Promise<Row[]> =>
  part('starting', async () => {
    if (!existsSync(MAIN)) return [informed('start', 'skipped: dist/main.js is not built')];
    return inFolder(async (folder) => [
      atMost('start on an empty folder', (await timeStart(MAIN, folder)) / 1_000, {
        target: 6,
        unit: ' s',
        digits: 1,
      }),
      atMost('start again', (await timeStart(MAIN, folder)) / 1_000, { target: 2, unit: ' s', digits: 1 }),
    ]);
  });

const understanding = (): Promise<Row[]> =>
  part('understanding', async () => {
    const perSecond = measureUnderstanding(locales, Math.max(COMPILED_AFTER_MS, time.measureMs / 3));
    const slowest = slowestMessage(locales, quick ? 300 : 5_000);
    const begins = JSON.stringify(slowest.text.slice(0, SHOWN_CHARS));
    return [
      atLeast('messages understood on one core', perSecond, { target: 20_000, unit: '/s' }),
      atMost(`  the slowest of ${slowest.count}`, slowest.ms, { target: 5, unit: ' ms', digits: 1 }),
      informed('  which begins', begins),
    ];
  });

const groupYears = (): Promise<Row[]> =>
  part('group-years', async () => {
    await compileResident();
    return yearsRows(quick, say);
  });

const measure = async (): Promise<void> => {
  const server = await findServer();
  const begun = load();
  const onServer = server
    ? [
        await questions(server),
        await posting(server),
        await onServerMemory(server),
        await planning(server),
        await flood(server),
        await lessons(server),
        await channels(server),
        await broadcasts(server),
      ]
    : [[informed('everything on a PostgreSQL server', 'skipped: none answers')]];
  const rows = [
    ...onServer.flat(),
    ...(await embedded()),
    ...(await starting()),
    ...(await understanding()),
    ...(await groupYears()),
  ];
  const [cpu] = os.cpus();
  console.log(
    `${os.cpus().length} cores (${cpu?.model ?? 'unknown'}), ${Math.round(os.totalmem() / 1e9)} GB; Node ${process.versions.node}`,
  );
  console.log(
    `PostgreSQL ${server?.version ?? 'not found'}; ${begun} at the start, ${load()} at the end${quick ? '; quick run' : ''}`,
  );
  printTable(rows);
};

undoOnSignal();
await measure();
