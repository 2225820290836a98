// Confirmed lists of 24: the app's own commit through pg, against pgbench running the same statement.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Pool } from 'pg';
import { commitOutcome, type Decided, outcomeJson } from '../src/store/commit-outcome.ts';
import { decideLists, type ListWork } from './lists.ts';
import { LAST_MEETING } from './people.ts';
import type { Fresh } from './server.ts';
import { type Latency, latencyOf } from './table.ts';

const IN_FLIGHT = 8;
const PGBENCH = 'pgbench';

export type Posting = {
  readonly app: Latency & { readonly perSecond: number };
  /** Undefined when there is no pgbench on this machine. */
  readonly pgbenchPerSecond: number | undefined;
  readonly lists: number;
  readonly documentBytes: number;
};

export type PostingPlan = {
  readonly leaders: readonly string[];
  /** The two take turns, so that both meet the same table sizes and the same neighbours on the machine. */
  readonly rounds: number;
  readonly listsPerGroupAndRound: number;
};

/**
 * Both commit lists of the same groups, decided beforehand, eight at a time; a group's lists stay in order because each
 * group belongs to one of the eight. Not timed: deciding. Timed for the app: sealing, the document, the statement.
 */
export const postLists = async (work: ListWork, fresh: Fresh, plan: PostingPlan): Promise<Posting> => {
  const { pool } = fresh.database;
  const hasPgbench = await promisify(execFile)(PGBENCH, ['--version']).then(
    () => true,
    () => false,
  );
  const appTimes: number[] = [];
  let appSeconds = 0;
  let pgbenchSeconds = 0;
  let pgbenchLists = 0;
  let documentBytes = 0;
  const count = plan.listsPerGroupAndRound;
  for (let round = 0; round < plan.rounds; round += 1) {
    const forApp = await decideAll(work, plan.leaders, { first: 1 + 2 * round * count, count });
    documentBytes = JSON.stringify(outcomeJson(work.store.secrets, forApp[0]?.[0] ?? missing())).length;
    const started = performance.now();
    appTimes.push(...(await commitAll(work, forApp)));
    appSeconds += (performance.now() - started) / 1_000;
    if (!hasPgbench) continue;
    const next = await decideAll(work, plan.leaders, { first: 1 + (2 * round + 1) * count, count });
    const each = await layDocuments(pool, work, next);
    pgbenchSeconds += await runPgbench(fresh.url, each);
    pgbenchLists += each * IN_FLIGHT;
  }
  await refuseWrongBooks(fresh, plan, hasPgbench);
  return {
    app: { perSecond: appTimes.length / appSeconds, ...latencyOf(appTimes) },
    pgbenchPerSecond: hasPgbench ? pgbenchLists / pgbenchSeconds : undefined,
    lists: appTimes.length,
    documentBytes,
  };
};

const missing = (): never => {
  throw new Error('no list was decided');
};

/** The lists of each of the eight: its groups' first lists, then their second ones … All have equally many. */
const decideAll = async (
  work: ListWork,
  leaders: readonly string[],
  weeks: { readonly first: number; readonly count: number },
): Promise<Decided[][]> => {
  const even = leaders.slice(0, leaders.length - (leaders.length % IN_FLIGHT));
  const byGroup: Decided[][] = [];
  for (const leader of even) byGroup.push(await decideLists(work, leader, weeks));
  return Array.from({ length: IN_FLIGHT }, (_, worker) =>
    Array.from({ length: weeks.count }, (_none, week) =>
      byGroup.filter((_lists, n) => n % IN_FLIGHT === worker).flatMap((lists) => lists[week] ?? []),
    ).flat(),
  );
};

const commitAll = async ({ store }: ListWork, lists: readonly Decided[][]): Promise<number[]> => {
  const { database, secrets } = store;
  const times: number[] = [];
  await Promise.all(
    lists.map(async (own) => {
      for (const decided of own) {
        const started = performance.now();
        const { type } = await commitOutcome({ pool: database.pool, secrets }, decided);
        times.push(performance.now() - started);
        if (type !== 'done') throw new Error(`a list was ${type}`);
      }
    }),
  );
  return times;
};

/**
 * pgbench cannot send long documents of its own, so it finds them in a table, uncompressed, by primary key. It runs the
 * same function on the same text, parsed to jsonb by the server all the same, and commits as often. It is spared what
 * the app cannot be: making the document and sending it over the wire. So the comparison leans to pgbench.
 */
const layDocuments = async (
  pool: Pool,
  { store }: ListWork,
  lists: readonly Decided[][],
): Promise<number> => {
  await pool.query('drop table if exists bench_document');
  await pool.query('create table bench_document (worker int, n int, doc text, primary key (worker, n))');
  await pool.query('alter table bench_document alter column doc set storage external');
  for (const [worker, own] of lists.entries()) {
    const docs = own.map((decided) => JSON.stringify(outcomeJson(store.secrets, decided)));
    await pool.query(
      'insert into bench_document select $1::int, n, doc from unnest($2::text[]) with ordinality d(doc, n)',
      [worker, docs],
    );
  }
  await pool.query('vacuum analyze bench_document');
  return lists[0]?.length ?? 0;
};

const SCRIPT = `\\set n :n + 1
select commit_outcome(doc::jsonb) as done from bench_document where worker = :client_id and n = :n;
`;

/** @returns how long it took, without connecting */
const runPgbench = async (url: string, each: number): Promise<number> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'comadre-bench-'));
  try {
    const script = path.join(folder, 'commit.sql');
    writeFileSync(script, SCRIPT);
    const given = [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(IN_FLIGHT),
      '-j',
      '1',
      '-D',
      'n=0',
      '-t',
      String(each),
    ];
    const { stdout } = await promisify(execFile)(PGBENCH, [...given, '-f', script, url]);
    const tps = Number(/tps = ([\d.]+) \(without initial/.exec(stdout)?.[1]);
    const done = Number(/actually processed: (\d+)\//.exec(stdout)?.[1]);
    if (!(tps > 0) || done !== each * IN_FLIGHT) throw new Error(`pgbench did not do its part: ${stdout}`);
    return done / tps;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Speed with a wrong book would be worth nothing. The past in bulk has no chain, so only sums and counts are asked. */
const refuseWrongBooks = async ({ database }: Fresh, plan: PostingPlan, both: boolean): Promise<void> => {
  const wanted = plan.rounds * plan.listsPerGroupAndRound * (both ? 2 : 1);
  const { rows } = await database.pool.query<{ wrong: string; batches: string }>(
    `select (select count(*) from account a where balance_minor <> (
               select coalesce(sum(case when p.debit = a.name then amount_minor else -amount_minor end), 0)
                 from posting p where p.group_id = a.group_id and (p.debit = a.name or p.credit = a.name))) as wrong,
            (select min(n) from (select count(distinct batch) n from payment where meeting_on > $1 group by group_id) b) as batches`,
    [LAST_MEETING],
  );
  if (rows[0]?.wrong !== '0' || Number(rows[0].batches) !== wanted) {
    throw new Error(
      `the book is not right after posting: ${JSON.stringify(rows[0])}, ${wanted} lists wanted`,
    );
  }
};
