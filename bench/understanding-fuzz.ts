// Damaged messages by the million: `npm run understand:fuzz -- 1000000 7` (how many, with which seed).
// Bad news is any fault at all. A shorter run of the same is among the tests.

import { fuzz } from '../tests/support/understand/fuzz.ts';

const COUNT = 1_000_000;
const FAULTS_SHOWN = 20;
/** A part at a time, each with a seed of its own, so that something is seen meanwhile. */
const PART = 50_000;

const [count = COUNT, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const faults: string[] = [];
let withAmount = 0;
const begun = performance.now();
for (let done = 0; done < count; done += PART) {
  const part = fuzz(Math.min(PART, count - done), seed + done / PART);
  withAmount += part.withAmount;
  faults.push(...part.faults);
  process.stderr.write(`${done + part.count} of ${count}, ${faults.length} faults\n`);
}
const seconds = (performance.now() - begun) / 1_000;
for (const fault of faults.slice(0, FAULTS_SHOWN)) console.log(fault);
console.log(
  `${count} damaged messages, seed ${seed}: ${faults.length} faults; ${withAmount} with an amount; ${seconds.toFixed(0)} s`,
);
process.exitCode = faults.length > 0 ? 1 : 0;
