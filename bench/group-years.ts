// Random years of savings groups in the pure core, split over processes: how many, in how long, and whether one broke an
// invariant. `tests/domain/closing/group-years.test.ts` runs a few of the same kind in every test run.

import { execFile } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { YearsOrder, YearsReport } from './group-years-process.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const COMPILED = path.join(ROOT, 'node_modules/.cache/comadre/bench/bench/group-years-process.js');
/** The first seed: a run can be repeated. */
const SEED = 1;

export type Years = Omit<YearsReport, 'cpuSeconds'> & {
  readonly seconds: number;
  /** Of one core, for a thousand years. */
  readonly cpuSecondsPerThousand: number;
};

/** Runs `years` years on all cores; `bench/tsconfig.json` must have been compiled before. */
export const runYears = async (years: number, cores = os.cpus().length): Promise<Years> => {
  const begun = performance.now();
  const reports = await Promise.all(
    Array.from({ length: cores }, (_, n) => oneProcess({ first: SEED + n, end: SEED + years, step: cores })),
  );
  const sum = (of: (report: YearsReport) => number): number =>
    reports.reduce((all, report) => all + of(report), 0);
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
