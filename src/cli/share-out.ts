import { z } from 'zod';
import { type Closing, shareOut } from '../domain/closing/share-out.ts';
import { toDecimal } from '../domain/money.ts';
import type { JsonQuestion } from './json-question.ts';
import { amountField, amountsField, said, unitField, weightsField } from './json-question-fields.ts';

const METHODS = ['pro-rata', 'equal-profit', 'rebate'] as const;

const fields = z.strictObject({
  method: z.enum(METHODS, { error: said(`must be one of ${METHODS.join(', ')}`) }),
  pool: amountField.optional(),
  savings: amountsField.optional(),
  profit: amountField.optional(),
  shares: weightsField.optional(),
  interestPaid: amountsField.optional(),
  cashUnit: unitField.optional(),
});
type Fields = z.output<typeof fields>;

/** What is missing or does not fit, or undefined. */
const faultOf = (asked: Fields): string | undefined => {
  const { method, pool, savings, profit, shares, interestPaid } = asked;
  const lists = [savings, shares, interestPaid].flatMap((list) => (list ? [list.length] : []));
  if (new Set(lists).size > 1) return 'needs savings, shares and interestPaid of the same members';
  if (pool === undefined && (!savings || profit === undefined)) {
    return 'needs the pool, or savings and profit';
  }
  if (savings && pool !== undefined && profit !== undefined && pool !== sumOf(savings) + profit) {
    return 'has a pool that is not savings and profit together: leave one of them out';
  }
  if (!savings && profit !== undefined) return 'has a profit without savings: write the savings too';
  if (!savings && !shares) return 'needs shares or savings: who gets how much of the pool';
  if (method === 'equal-profit' && !savings) {
    return 'needs savings for equal-profit: a pool does not tell savings from profit';
  }
  if (method === 'rebate' && !interestPaid) return 'needs interestPaid for rebate';
  if (!savings && interestPaid && pool !== undefined && sumOf(interestPaid) > pool && method === 'rebate') {
    return 'has more interestPaid than pool';
  }
  return undefined;
};

/** Without savings the whole pool goes as earnings do: by shares, after the interest that is given back. */
const closingOf = (asked: Fields): Closing => {
  const { method, pool, savings, profit = 0n, shares, interestPaid, cashUnit = 1n } = asked;
  const members = savings ?? shares ?? [];
  return {
    method,
    poolMinor: pool ?? sumOf(savings ?? []) + profit,
    stakes: members.map((_, member) => ({
      savings: savings?.[member] ?? 0n,
      shares: (shares ?? savings)?.[member] ?? 0n,
      interestPaid: interestPaid?.[member] ?? 0n,
    })),
    cashUnitMinor: cashUnit,
  };
};

const sumOf = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

const form = fields.transform((asked, ctx) => {
  const fault = faultOf(asked);
  const shared = fault === undefined ? shareOut(closingOf(asked)) : undefined;
  if (shared?.ok) return shared.value;
  const message = fault ?? 'has earnings that go by shares, and nobody has a share';
  ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
});

/**
 * What each member gets at the closing of a cycle; payouts and residue add up to the pool. A loss is asked for by a pool
 * that is smaller than the savings.
 */
export const shareOutQuestion: JsonQuestion<z.output<typeof form>> = {
  form,
  answer: ({ payouts, residue }) => ({ payouts: payouts.map(toDecimal), residue: toDecimal(residue) }),
};
