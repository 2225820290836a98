// Frauds planted among honest groups, for longer than a test has time: `npx tsx bench/odd.ts --weeks 20 --groups 15 --seed 1`.

import { parseArgs } from 'node:util';
import { oddLine, runOdd } from '../tests/support/odd-run.ts';

const { values } = parseArgs({
  options: {
    groups: { type: 'string', default: '15' },
    weeks: { type: 'string', default: '20' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const seed = Number(values.seed);
const run = await runOdd({ seed, honest: Number(values.groups), weeks: Number(values.weeks) });
for (const { fraud, findings } of run.caught)
  console.log(`${findings.length > 0 ? 'seen  ' : 'missed'} ${fraud.sign}: ${fraud.name}`);
for (const { group, week, sign } of run.falseFlags) console.log(`false  ${sign}: ${group}, week ${week}`);
console.log(oddLine(seed, run));
