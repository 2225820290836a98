// One process that runs random group-years one after the other. Compiled beforehand and run by node alone: what a compiler
// puts around each function would be measured too.

import { runYear, type Year } from '../tests/support/group-year.ts';
import type { Draw } from '../tests/support/group-year-rules.ts';
import { runSolidarityYear } from '../tests/support/solidarity-year.ts';
import { runTandaYear } from '../tests/support/tanda-year.ts';
import { seeded } from './seeded.ts';

/** What it is told, as JSON in its only argument: every `step`th seed from `first` on, below `end`. */
export type YearsOrder = {
  readonly of: 'savings-group' | 'solidarity-credit' | 'tanda';
  readonly first: number;
  readonly end: number;
  readonly step: number;
};

/** What it prints, as JSON. `broken`: the seeds whose year broke an invariant, with the reason, a few of them. */
export type YearsReport = {
  readonly years: number;
  readonly entries: number;
  readonly closed: number;
  readonly broken: number;
  readonly reasons: readonly string[];
  readonly cpuSeconds: number;
};

const REASONS_SHOWN = 5;

/** What a closed year must leave: nothing but the emergency pot. */
const leftOf = ({ closed, balances }: Year): string[] =>
  closed
    ? [...balances].flatMap(([account, balance]) =>
        balance === 0n || account === 'social' || account === 'cash/social-fund' ? [] : [account],
      )
    : [];

/** Those of the other two products throw when something is left, and always come to their end. */
const yearOf = (draw: Draw) => {
  if (order.of === 'savings-group') {
    const year = runYear(draw);
    return { entries: year.entries, closed: year.closed, left: leftOf(year) };
  }
  const { entries } = order.of === 'tanda' ? runTandaYear(draw) : runSolidarityYear(draw);
  return { entries, closed: true, left: [] };
};

const order = JSON.parse(process.argv[2] ?? '') as YearsOrder;
const tally = { years: 0, entries: 0, closed: 0, broken: 0 };
const reasons: string[] = [];
const fail = (seed: number, why: string): void => {
  tally.broken += 1;
  if (reasons.length < REASONS_SHOWN) reasons.push(`seed ${seed}: ${why}`);
};
for (let seed = order.first; seed < order.end; seed += order.step) {
  tally.years += 1;
  const random = seeded(seed);
  const draw = (below: number): number => Math.floor(random() * below);
  try {
    const year = yearOf(draw);
    tally.entries += year.entries;
    tally.closed += year.closed ? 1 : 0;
    if (year.left.length > 0) fail(seed, `${year.left.join(', ')} not at zero`);
  } catch (error) {
    fail(seed, error instanceof Error ? error.message : String(error));
  }
}
const { user, system } = process.cpuUsage();
const report: YearsReport = { ...tally, reasons, cpuSeconds: (user + system) / 1e6 };
console.log(JSON.stringify(report));
