// Everything that reads what comes from outside, with damaged inputs by the million:
// `npx tsx bench/fuzz.ts --runs 10000000 --seed 7`. Bad news is an exception, or an input that takes longer than 20 ms.
// A short run of the same is among the tests.

import { parseArgs } from 'node:util';
import { fuzzAll, type Slow } from '../tests/support/fuzz/run.ts';

const MS_MAX = 20;
const FAULTS_SHOWN = 20;
const SLOWEST_SHOWN = 8;
/** A part at a time, each with a seed of its own, so that something is seen meanwhile. */
const PART = 100_000;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const faults: string[] = [];
const counts = new Map<string, number>();
let slowest: Slow[] = [];
const begun = performance.now();
for (let done = 0; done < runs; done += PART) {
  const part = fuzzAll(Math.min(PART, runs - done), seed + done / PART);
  faults.push(...part.faults);
  for (const [name, count] of part.runs) counts.set(name, (counts.get(name) ?? 0) + count);
  slowest = [...slowest, ...part.slowest].toSorted((a, b) => b.ms - a.ms).slice(0, SLOWEST_SHOWN);
  process.stderr.write(
    `${Math.min(runs, done + PART)} of ${runs}, seed ${seed + done / PART}, ${faults.length} exceptions\n`,
  );
}
const tooSlow = slowest.filter(({ ms }) => ms > MS_MAX).length;
for (const fault of faults.slice(0, FAULTS_SHOWN)) console.log(fault);
for (const [name, count] of counts) console.log(`${String(count).padStart(9)} ${name}`);
for (const { target, ms, input } of slowest) console.log(`${ms.toFixed(1)} ms ${target}: ${input}`);
console.log(
  `${runs} inputs, seed ${seed}: ${faults.length} exceptions, ${tooSlow} over ${MS_MAX} ms; ${((performance.now() - begun) / 1_000).toFixed(0)} s`,
);
process.exitCode = faults.length > 0 || tooSlow > 0 ? 1 : 0;
