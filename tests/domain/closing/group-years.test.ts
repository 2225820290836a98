import { expect, test } from 'vitest';
import { drawing } from '../../support/drawing.ts';
import { type Happening, runYear } from '../../support/group-year.ts';

/** `YEARS=100000 npx vitest run tests/domain/closing/group-years.test.ts` for the long run; `SEED` repeats one. */
const YEARS = Number(process.env['YEARS'] ?? 300);
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

test('L3 L12 L13 L14 random group-years: no account below zero, payouts are the box, and all ends at zero', {
  timeout: 60_000 + YEARS * 10,
}, () => {
  const tally = { closed: 0, entries: 0 };
  const happened = new Map<Happening, number>();
  for (let year = 0; year < YEARS; year += 1) {
    const seed = SEED + year;
    let result: ReturnType<typeof runYear>;
    try {
      result = runYear(drawing(seed));
    } catch (error) {
      throw new Error(`SEED=${seed} YEARS=1`, { cause: error });
    }
    tally.entries += result.entries;
    for (const what of result.happened) happened.set(what, (happened.get(what) ?? 0) + 1);
    if (!result.closed) continue;
    tally.closed += 1;
    const left = [...result.balances].filter(
      ([account, balance]) => balance !== 0n && account !== 'social' && account !== 'cash/social-fund',
    );
    expect({ seed, left }).toEqual({ seed, left: [] });
  }
  console.log(`seed ${SEED}: ${YEARS} years, ${tally.entries} entries, ${tally.closed} closed`, happened);
  expect(tally.closed).toBeGreaterThan(YEARS / 2);
  if (YEARS < 300) return;
  const some: Happening[] = ['grant', 'leaving', 'loss', 'reversal', 'withdrawal'];
  expect(some.filter((what) => !happened.has(what))).toEqual([]);
});
