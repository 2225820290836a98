import { z } from 'zod';
import { parseRatePer, parseSpan } from '../domain/loan/terms.ts';
import { type Currency, type Money, money, parseDecimal } from '../domain/money.ts';
import { parsePercent } from '../domain/rate.ts';
import type { GroupRules } from '../domain/rules.ts';
import { QUORUM_PCT_DEFAULT } from '../domain/vote.ts';

/** The most one payment may be when a group's constitution does not say: 10,000.00. */
const PAYMENT_MAX_DEFAULT = '10000.00';

const amount = z.string().refine((text) => (parseDecimal(text) ?? -1n) >= 0n, {
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

const savings = z.discriminatedUnion('kind', [
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

const loans = z.object({
  interest: z.enum(['flat', 'declining', 'upfront']),
  ratePct: percent,
  ratePer,
  every: span,
  n: z.int().min(1).max(520),
  source: z.enum(['inside', 'outside']).default('inside'),
  multiple: z.int().min(1).max(20).optional(),
  decision: z.enum(['officers', 'vote']).default('officers'),
});

/**
 * A group's constitution as programme files and the database hold it: amounts and percentages are decimal strings.
 * Unknown fields are kept, so that a newer file is not cut down by an older program.
 */
export const constitutionSchema = z.looseObject({
  product: z.enum(['savings-group', 'solidarity-credit', 'tanda']),
  savings,
  loans: loans.optional(),
  fines: z
    .object({ late: amount.default('0.00'), absent: amount.default('0.00') })
    .default({ late: '0.00', absent: '0.00' }),
  socialFund: z.object({ weekly: amount }).default({ weekly: '0.00' }),
  quorumPct: z.int().min(1).max(100).default(QUORUM_PCT_DEFAULT),
  signers: z.union([z.literal(1), z.literal(2)]).default(1),
  cashUnit: z.enum(['0.01', '0.50', '1', '5']).default('0.01'),
  rounding: z.enum(['half-up', 'half-even']).default('half-up'),
  closing: z.enum(['pro-rata', 'equal-profit', 'rebate', 'mixed', 'lots', 'annual-pool']).default('pro-rata'),
  paymentMax: amount.default(PAYMENT_MAX_DEFAULT),
});

export type Constitution = z.infer<typeof constitutionSchema>;

/** The rules a constitution states, in the group's currency. */
export const rulesOf = (constitution: Constitution, currency: Currency): GroupRules => {
  const of = (text: string): Money => money(decimal(text), currency);
  const { savings: s, loans: l } = constitution;
  return {
    product: constitution.product,
    savings:
      s.kind === 'free'
        ? { kind: 'free', weekly: of(s.weekly) }
        : { kind: 'shares', sharePrice: of(s.sharePrice), min: s.min, max: s.max },
    loans: l && {
      interest: l.interest,
      rate: known(parsePercent(l.ratePct)),
      ratePer: known(parseRatePer(l.ratePer)),
      every: known(parseSpan(l.every)),
      n: l.n,
      source: l.source,
      multiple: l.multiple,
      decision: l.decision,
    },
    fines: { late: of(constitution.fines.late), absent: of(constitution.fines.absent) },
    socialWeekly: of(constitution.socialFund.weekly),
    signers: constitution.signers,
    quorumPct: constitution.quorumPct,
    cashUnitMinor: decimal(constitution.cashUnit),
    rounding: constitution.rounding,
    closing: constitution.closing,
    paymentMax: of(constitution.paymentMax),
  };
};

const decimal = (text: string): bigint => known(parseDecimal(text));

/** What the schema above has already checked. */
const known = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('a constitution that was not checked by its schema');
  return value;
};
