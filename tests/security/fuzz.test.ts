// Whatever comes from outside is read or refused, and never stops the program. The long run of this is bench/fuzz.ts.

import { expect, test } from 'vitest';
import { fuzzAll } from '../support/fuzz/run.ts';
import { fuzzTargets } from '../support/fuzz/targets.ts';

const RUNS = 20_000;
const SEED = 20_261_122;

test('twenty thousand damaged inputs, of every kind: no exception', () => {
  const { runs, faults } = fuzzAll(RUNS, SEED);
  expect(faults.slice(0, 5)).toEqual([]);
  expect([...runs.keys()].toSorted()).toEqual(
    fuzzTargets()
      .map(({ name }) => name)
      .toSorted(),
  );
});
