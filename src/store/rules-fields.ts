// What single rules of a constitution may hold, and how they are read. Amounts and percentages are decimal strings.

import { z } from 'zod';
import { parseRatePer, parseSpan } from '../domain/loan/terms.ts';
import { parseDecimal } from '../domain/money.ts';
import { parsePercent } from '../domain/rate.ts';

/** The most instalments a constitution may name: ten years of weeks. */
const INSTALMENTS_MAX = 520;
/** As `tandaTerms` allows: two years of weeks. */
const ROUNDS = { min: 2, max: 104 };

const isAmount = (text: string): boolean => (parseDecimal(text) ?? -1n) >= 0n;

export const amount = z.string().refine(isAmount, {
  error: 'must be an amount of zero or more as a decimal string, such as "50.00"',
});
const percent = z.string().refine((text) => parsePercent(text) !== undefined, {
  error: 'must be a percentage as a decimal string, such as "4" or "2.5"',
});
const span = z.string().refine((text) => parseSpan(text) !== undefined, {
  error: 'must be a length of time such as "1 week", "2 weeks" or "1 month"',
});
const ratePer = z.string().refine((text) => parseRatePer(text) !== undefined, {
  error: 'must be "period", "loan" or a length of time such as "month" or "4 weeks"',
});
const cap = z.string().refine((text) => text === 'instalment' || isAmount(text), {
  error: 'must be "instalment" or an amount as a decimal string, such as "50.00"',
});
const grace = z
  .int()
  .min(0)
  .max(INSTALMENTS_MAX - 1)
  .default(0);

export const savings = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('free'), weekly: amount }),
  z
    .object({
      kind: z.literal('shares'),
      sharePrice: amount,
      min: z.int().min(0).max(100).default(1),
      max: z.int().min(1).max(100).default(5),
    })
    .refine((s) => s.min <= s.max, { error: 'min must not be above max' })
    .refine((s) => parseDecimal(s.sharePrice) !== 0n, { error: 'sharePrice must be above zero' }),
]);

const lateFee = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), amount, cap: cap.default('instalment') }),
  z.object({
    kind: z.literal('percent'),
    pct: percent,
    of: z.enum(['principal', 'instalment']).default('instalment'),
    cap: cap.default('instalment'),
  }),
]);

export const loans = z.object({
  interest: z.enum(['flat', 'declining', 'upfront']),
  ratePct: percent,
  ratePer,
  every: span,
  n: z.int().min(1).max(INSTALMENTS_MAX),
  equalPrincipal: z.boolean().default(false),
  principalGrace: grace,
  interestPaymentGrace: grace,
  excess: z.enum(['fewer', 'smaller', 'skip-next']).default('fewer'),
  lateFee: lateFee.optional(),
  source: z.enum(['inside', 'outside']).default('inside'),
  multiple: z.int().min(1).max(20).optional(),
  decision: z.enum(['officers', 'vote']).default('officers'),
});

const organiserFee = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('extra-turn'), at: z.enum(['first', 'last']) }),
  z.object({ kind: z.literal('per-pot'), amount }),
]);

export const tanda = z.object({
  rounds: z.int().min(ROUNDS.min).max(ROUNDS.max),
  contribution: amount,
  turns: z.enum(['draw', 'agreement']).default('draw'),
  organiserFee: organiserFee.default({ kind: 'none' }),
});
