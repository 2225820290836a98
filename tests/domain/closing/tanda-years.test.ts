import { expect, test } from 'vitest';
import { drawing } from '../../support/drawing.ts';
import type { TandaHappening } from '../../support/tanda-going.ts';
import { runTandaYear } from '../../support/tanda-year.ts';

/** `YEARS=10000 npx vitest run tests/domain/closing/tanda-years.test.ts` for a long run; `SEED` repeats one. */
const YEARS = Number(process.env['YEARS'] ?? 150);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

const SOME: readonly TandaHappening[] = [
  'swap',
  'missed',
  'late',
  'ahead',
  'reversal',
  'fee',
  'extra-turn',
  'two-turns',
  'stop',
  'debt',
  'forgiven',
];

test('L3 L12 L13 L14 random tandas: nobody gets another sum than hers, and all ends at zero', {
  timeout: 60_000 + YEARS * 50,
}, () => {
  const happened = new Map<TandaHappening, number>();
  let entries = 0;
  for (let year = 0; year < YEARS; year += 1) {
    const seed = SEED + year;
    try {
      const result = runTandaYear(drawing(seed));
      entries += result.entries;
      for (const what of result.happened) happened.set(what, (happened.get(what) ?? 0) + 1);
    } catch (error) {
      throw new Error(`SEED=${seed} YEARS=1`, { cause: error });
    }
  }
  console.log(`seed ${SEED}: ${YEARS} tandas, ${entries} entries`, happened);
  if (YEARS < 150) return;
  expect(SOME.filter((what) => !happened.has(what))).toEqual([]);
});
