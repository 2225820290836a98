// One process for a long time, with a steady mix of questions and small broadcasts: does its memory grow, and what stays in
// the database?

import { setTimeout } from 'node:timers/promises';
import { asId, type GroupId } from '../../src/domain/ids.ts';
import type { Database } from '../../src/store/database.ts';
import { counterIn } from '../channels/counts.ts';
import type { Started } from '../program.ts';
import { drawn, seeded } from '../seeded.ts';
import type { Server } from '../server.ts';
import { atMost, informed, type Row } from '../table.ts';
import { withOurs } from './ours.ts';

const PEOPLE = 300;
const PER_SECOND = 30;
const QUESTION_EVERY_MS = 500;
const BROADCAST_EVERY_MS = 60_000;
/** Of 25 women each. */
const BROADCAST_GROUPS = 3;
const SAMPLE_EVERY_MS = 15_000;
/** What is collected is given back to the system by then. */
const COLLECTED_MS = 1_500;
/**
 * Memory is looked at after a collection. Between two of them what the engine keeps in reserve goes up and down by tens of megabytes
 * as it pleases: in half an hour that hides a growth of one an hour, and looks like one that is not there.
 */
const COLLECTS = ['--expose-gc', '--import', new URL('../collecting.mjs', import.meta.url).href];
/**
 * What is compiled, cached and pooled grows until then: as many questions and broadcasts as a run of half an hour has, as fast as the
 * platform takes them, and then a part of the run.
 */
const WARM_UP = { questions: 3_600, everyMs: 40, broadcastEveryMs: 5_000, part: 0.25 } as const;
const SEED = 19;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MB = 1_000_000;
/** A program that is started anew each month ends below a gigabyte. */
const MB_PER_HOUR_MAX = 1;
/** Below this no slope says anything: garbage is collected when it pleases. */
const MINUTES_FOR_A_SLOPE = 20;

/** What was seen at a moment, in milliseconds after the beginning. */
type Sample = { readonly atMs: number; readonly bytes: number };

/** Runs for so many minutes. */
export const soak = (server: Server, minutes: number): Promise<Row[]> =>
  withOurs(
    { server, crowd: { contacts: PEOPLE, blocked: 0, askers: 0, perSecond: PER_SECOND } },
    async ({ stage, place, start, queue, sent }) => {
      // All roles: what the clock does is part of a long run.
      const program = await start({ PROCESS_ROLES: 'web,worker,clock' }, COLLECTS);
      const before = await rowCounts(place.database);
      const ids = await place.database.pool.query<{ id: string }>('select id from savings_group order by id');
      const groups = ids.rows.map(({ id }) => asId<GroupId>(id));
      const draw = seeded(SEED);
      const ask = async (): Promise<void> => {
        stage.api.person(drawn(stage.contacts, draw)).says('saldo');
      };
      const broadcast = () =>
        queue({ groups: Array.from({ length: BROADCAST_GROUPS }, () => drawn(groups, draw)) });
      const warmed = performance.now() + WARM_UP.questions * WARM_UP.everyMs;
      await Promise.all([
        every(WARM_UP.everyMs, warmed, ask),
        every(WARM_UP.broadcastEveryMs, warmed, broadcast),
      ]);
      await sent(MINUTE_MS);
      const end = performance.now() + minutes * MINUTE_MS;
      let asked = 0;
      const [samples] = await Promise.all([
        watch(program, end),
        every(QUESTION_EVERY_MS, end, async () => {
          asked += 1;
          await ask();
        }),
        every(BROADCAST_EVERY_MS, end, broadcast),
      ]);
      await sent(MINUTE_MS);
      const warm = samples.filter(({ atMs }) => atMs >= WARM_UP.part * minutes * MINUTE_MS);
      const slope = (slopeOf(warm) * HOUR_MS) / MB;
      const enough = minutes >= MINUTES_FOR_A_SLOPE;
      return [
        informed(
          `soak of ${minutes} min: questions, and broadcasts to ${BROADCAST_GROUPS} groups`,
          String(asked),
        ),
        enough
          ? atMost('  memory after a collection grows by', slope, {
              target: MB_PER_HOUR_MAX,
              unit: ' MB/h',
              digits: 1,
            })
          : informed(
              `  memory after a collection grows by (too short to say: ${MINUTES_FOR_A_SLOPE} min)`,
              `${slope.toFixed(1)} MB/h`,
            ),
        informed('  memory at the end', `${((samples.at(-1)?.bytes ?? 0) / MB).toFixed(0)} MB`),
        ...(await grownRows(place.database, before)),
      ];
    },
  );

const every = async (ms: number, end: number, act: () => Promise<void>): Promise<void> => {
  for (let due = performance.now() + ms; due < end; due += ms) {
    await setTimeout(Math.max(0, due - performance.now()));
    await act();
  }
};

const watch = async (program: Started, end: number): Promise<Sample[]> => {
  const samples: Sample[] = [];
  const began = performance.now();
  await every(SAMPLE_EVERY_MS, end, async () => {
    program.poke();
    await setTimeout(COLLECTED_MS);
    const metrics = await (await fetch(`${program.url}/metrics`)).text();
    const bytes = counterIn(metrics, 'comadre_process_resident_memory_bytes');
    samples.push({ atMs: performance.now() - began, bytes });
  });
  return samples;
};

/** Bytes a millisecond: the middle one of the slopes between any two samples that are a minute or more apart (Theil and Sen). */
const slopeOf = (samples: readonly Sample[]): number => {
  const slopes = samples.flatMap((from, n) =>
    samples
      .slice(n + 1)
      .filter(({ atMs }) => atMs - from.atMs >= MINUTE_MS)
      .map(({ atMs, bytes }) => (bytes - from.bytes) / (atMs - from.atMs)),
  );
  return slopes.toSorted((a, b) => a - b)[Math.floor(slopes.length / 2)] ?? 0;
};

const rowCounts = async ({ pool }: Database): Promise<ReadonlyMap<string, number>> => {
  const { rows } = await pool.query<{ name: string; count: string }>(
    `select c.relname as name, (xpath('/row/n/text()', query_to_xml(format('select count(*) as n from %I', c.relname), false, true, '')))[1]::text as count
       from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace`,
  );
  return new Map(rows.map(({ name, count }) => [name, Number(count)]));
};

/** A row for each table that has grown: by how much, and whether what is old is deleted from it. */
const grownRows = async (database: Database, before: ReadonlyMap<string, number>): Promise<Row[]> => {
  const pruned = await prunedTables(database);
  const after = await rowCounts(database);
  return [...after]
    .filter(([name, count]) => count > (before.get(name) ?? 0))
    .map(([name, count]) =>
      informed(
        `  rows of ${name}`,
        `${before.get(name) ?? 0} → ${count}; ${pruned.has(name) ? 'what is old is deleted' : 'kept for good'}`,
      ),
    );
};

/** What the daily functions delete from, and what goes with it. */
const prunedTables = async ({ pool }: Database): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ name: string }>(
    `with direct as (
       select distinct (regexp_matches(p.prosrc, 'delete from ("?\\w+"?)', 'g'))[1] as name from pg_proc p where p.proname like 'forget\\_%'
     ) select name from direct
       union select k.conrelid::regclass::text from pg_constraint k join direct d on k.confrelid = d.name::regclass where k.confdeltype = 'c'`,
  );
  return new Set(rows.map(({ name }) => name));
};
