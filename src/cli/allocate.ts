import { z } from 'zod';
import { allocate, parseDecimal, toDecimal } from '../domain/money.ts';
import type { JsonQuestion } from './json-question.ts';
import { decimalText, weightsField } from './json-question-fields.ts';

const CENTAVOS_PER_WHOLE = 100n;
const TOTAL = 'must be an amount of zero or more as a decimal string, such as "65.00", or a whole number';

const form = z.strictObject({
  total: decimalText(TOTAL).refine((text) => (parseDecimal(text) ?? -1n) >= 0n, { error: TOTAL }),
  weights: weightsField,
});

/**
 * Splits a total by weights to the last unit, largest remainder, ties to the earlier weight. A total that is written with
 * a point is money and split to the centavo; a whole number is split in whole ones (pesos, shares, places).
 *
 * @see R01: 100 by 1, 2 and 3 is 17, 33 and 50
 */
export const allocationQuestion: JsonQuestion<z.output<typeof form>> = {
  form,
  answer: ({ total, weights }) => {
    const minor = parseDecimal(total) ?? 0n;
    const parts = total.includes('.')
      ? allocate(minor, weights).map(toDecimal)
      : allocate(minor / CENTAVOS_PER_WHOLE, weights).map(String);
    return { parts };
  },
};
