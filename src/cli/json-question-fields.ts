// The fields of a question in JSON. Amounts are decimal strings and become whole centavos at once.

import { z } from 'zod';
import { parseDecimal } from '../domain/money.ts';

/** The most members, or weights, of one question. */
const LIST_MAX = 10_000;

/** A message for a field that is absent, and one for a field that is something else. */
export const said =
  (expected: string) =>
  ({ input }: { readonly input?: unknown }): string =>
    input === undefined ? `is missing: it ${expected}` : expected;

const AMOUNT = 'must be an amount of zero or more as a decimal string, such as "1150.00"';
const UNIT = 'must be an amount above zero, such as "0.50" or "5"';
const WEIGHT =
  'must be a number of zero or more with at most 12 digits and 6 decimals, such as 104 or "9.29"';

/** Minor units, >= 0. A JSON number is refused: it may have lost a centavo before it came here. */
export const amountField = z
  .string({ error: said(AMOUNT) })
  .refine((text) => (parseDecimal(text) ?? -1n) >= 0n, { error: AMOUNT })
  .transform((text) => parseDecimal(text) ?? 0n);

/** A decimal string, or a JSON number taken as it is written. JSON's shortest digits are the ones that were written. */
export const decimalText = (expected: string) =>
  z.union([z.string(), z.number().transform(String)], { error: said(expected) });

/** A coin or a multiple in minor units, > 0. */
export const unitField = decimalText(UNIT)
  .refine((text) => (parseDecimal(text) ?? 0n) > 0n, { error: UNIT })
  .transform((text) => parseDecimal(text) ?? 1n);

const WEIGHT_TEXT = /^(\d{1,12})(?:\.(\d{1,6}))?$/;
const WEIGHT_DECIMALS = 6;

/** A weight in millionths: only the proportion between weights counts. */
const weightField = decimalText(WEIGHT)
  .refine((text) => WEIGHT_TEXT.test(text), { error: WEIGHT })
  .transform((text) => {
    const [, whole = '0', part = ''] = WEIGHT_TEXT.exec(text) ?? [];
    return BigInt(`${whole}${part.padEnd(WEIGHT_DECIMALS, '0')}`);
  });

const NO_LIST = `must be a list of 1 to ${LIST_MAX}`;

/** One of `field` for each member. */
const listOf = <Value>(field: z.ZodType<Value>) =>
  z
    .array(field, { error: said(NO_LIST) })
    .min(1, { error: NO_LIST })
    .max(LIST_MAX, { error: NO_LIST });

export const amountsField = listOf(amountField);

export const weightsField = listOf(weightField).refine((weights) => weights.some((weight) => weight > 0n), {
  error: 'must have at least one above zero',
});
