// Whatever comes from outside is read or refused, and never stops the program. The long run of this is bench/fuzz.ts.

import { expect, test } from 'vitest';
import { fuzzAll } from '../support/fuzz/run.ts';
import { fuzzTargets } from '../support/fuzz/targets.ts';

const RUNS = 20_000;
const MS_MAX = 20;
const SEED = 20_261_122;

test('twenty thousand damaged inputs, of every kind: no exception, and none takes long', () => {
  const { runs, faults, slowest } = fuzzAll(RUNS, SEED);
  const slow = slowest.filter(({ ms }) => ms > MS_MAX);
  console.log(`damaged inputs: ${RUNS}, ${faults.length} exceptions, ${slow.length} over ${MS_MAX} ms`);
  expect(faults.slice(0, 5)).toEqual([]);
  expect(slow).toEqual([]);
  expect([...runs.keys()].toSorted()).toEqual(
    fuzzTargets()
      .map(({ name }) => name)
      .toSorted(),
  );
});
