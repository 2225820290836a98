import { expect, test } from 'vitest';
import { drawing } from '../../support/drawing.ts';
import { runSolidarityYear } from '../../support/solidarity-year.ts';
import type { SolidarityHappening } from '../../support/village.ts';

/** `YEARS=10000 npx vitest run tests/domain/closing/solidarity-years.test.ts` for a long run; `SEED` repeats one. */
const YEARS = Number(process.env['YEARS'] ?? 150);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

const SOME: readonly SolidarityHappening[] = [
  'capital-back',
  'reversal',
  'equal',
  'pro-rata',
  'pot',
  'refund',
  'forgiven',
  'loss',
  'counted',
  'lots',
  'pool',
];

test('L3 L12 L13 L14 random years of solidarity groups: two pots never mixed, payouts are the savings pot, and all ends at zero', {
  timeout: 60_000 + YEARS * 50,
}, () => {
  const happened = new Map<SolidarityHappening, number>();
  let entries = 0;
  for (let year = 0; year < YEARS; year += 1) {
    const seed = SEED + year;
    try {
      const result = runSolidarityYear(drawing(seed));
      entries += result.entries;
      for (const what of result.happened) happened.set(what, (happened.get(what) ?? 0) + 1);
    } catch (error) {
      throw new Error(`SEED=${seed} YEARS=1`, { cause: error });
    }
  }
  console.log(`seed ${SEED}: ${YEARS} years, ${entries} entries`, happened);
  if (YEARS < 150) return;
  expect(SOME.filter((what) => !happened.has(what))).toEqual([]);
});
