// Random years of groups in the pure core, split over processes: how many, in how long, and whether one broke an
// invariant. `tests/domain/closing/group-years.test.ts` runs a few of the same kind in every test run.

import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { YearsOrder, YearsReport } from './group-years-process.ts';
import { atMost, exactly, informed, type Row } from './table.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const COMPILED = path.join(ROOT, 'node_modules/.cache/comadre/bench/bench/group-years-process.js');
/** The first seed: a run can be repeated. */
const SEED = 1;

type Years = Omit<YearsReport, 'cpuSeconds'> & {
  readonly seconds: number;
  /** Of one core, for a thousand years. */
  readonly cpuSecondsPerThousand: number;
};

/** Runs `years` years of one product on all cores; `bench/tsconfig.json` must have been compiled before. */
const runYears = async (
  years: number,
  of: YearsOrder['of'] = 'savings-group',
  cores = os.cpus().length,
): Promise<Years> => {
  const begun = performance.now();
  const reports = await Promise.all(
    Array.from({ length: cores }, (_, n) =>
      oneProcess({ of, first: SEED + n, end: SEED + years, step: cores }),
    ),
  );
  const sum = (part: (report: YearsReport) => number): number =>
    reports.reduce((all, report) => all + part(report), 0);
  return {
    years: sum((one) => one.years),
    entries: sum((one) => one.entries),
    closed: sum((one) => one.closed),
    broken: sum((one) => one.broken),
    reasons: reports.flatMap((one) => one.reasons),
    seconds: (performance.now() - begun) / 1_000,
    cpuSecondsPerThousand: (sum((one) => one.cpuSeconds) / years) * 1_000,
  };
};

const oneProcess = async (order: YearsOrder): Promise<YearsReport> => {
  const { stdout } = await promisify(execFile)(process.execPath, [COMPILED, JSON.stringify(order)]);
  return JSON.parse(stdout) as YearsReport;
};

/** So many years of a group, and in so many seconds on two calm cores. */
const YEARS = { count: 100_000, seconds: 180 };

/** What is told of it; a quick look is at a twentieth. `say`: why an invariant broke. */
export const yearsRows = async (quick: boolean, say: (text: string) => void): Promise<Row[]> => {
  const count = quick ? YEARS.count / 20 : YEARS.count;
  const ran = await runYears(count);
  const others = [
    { name: 'solidarity groups', ran: await runYears(count / 20, 'solidarity-credit') },
    { name: 'tandas', ran: await runYears(count / 20, 'tanda') },
  ];
  for (const reason of [ran, ...others.map((one) => one.ran)].flatMap(({ reasons }) => reasons)) say(reason);
  return [
    atMost(`seconds for ${ran.years} random group-years, ${ran.entries} entries`, ran.seconds, {
      target: YEARS.seconds * (count / YEARS.count),
      unit: ' s',
      digits: 1,
    }),
    exactly('  of them with a broken invariant', ran.broken, 0),
    informed('  closed', `${ran.closed}`),
    informed('  seconds of one core for 1,000', ran.cpuSecondsPerThousand.toFixed(2)),
    ...others.flatMap((one) => [
      exactly(`broken invariants in ${one.ran.years} random years of ${one.name}`, one.ran.broken, 0),
      informed('  seconds of one core for 1,000', one.ran.cpuSecondsPerThousand.toFixed(2)),
    ]),
  ];
};
