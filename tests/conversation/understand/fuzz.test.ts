// Messages nobody wrote. `npm run understand:fuzz` does the same a million times.

import { expect, test } from 'vitest';
import { fuzz } from '../../support/understand/fuzz.ts';
import { saysAmount } from '../../support/understand/oracle.ts';

const count = Number(process.env['COMADRE_FUZZ_COUNT'] ?? 4_000);
const seed = Number(process.env['COMADRE_FUZZ_SEED'] ?? Date.now() % 1_000_000);

test(`${count} damaged messages give no exception and no amount that is not written (COMADRE_FUZZ_SEED=${seed})`, () => {
  const { faults, withAmount } = fuzz(count, seed);
  expect(faults).toEqual([]);
  expect(withAmount).toBeGreaterThan(count / 100);
});

test.each([
  ['Ana 100', 10_000n, true],
  ['Ana 100', 1_000n, false],
  ['Ana 100, Petra 50', 15_000n, false],
  ['1,500', 150_000n, true],
  ['1 500.50', 150_050n, true],
  ['1.500', 150_000n, false],
  ['1,50', 15_000n, false],
  ['2k', 200_000n, true],
  ['2', 200_000n, false],
  ['dos mil quinientos', 250_000n, true],
  ['doscientos', 20_000n, true],
  ['docientos sincuenta', 25_000n, true],
  ['doscientos', 30_000n, false],
  ['two hundred and fifty', 25_000n, true],
  ['100 con cincuenta centavos', 10_050n, true],
  ['٥٠', 5_000n, true],
  ['nada', 0n, false],
])('"%s" can say %s centavos: %s', (text, minor, expected) => {
  expect(saysAmount(text, minor)).toBe(expected);
});
