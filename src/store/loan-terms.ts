import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { WEEKDAYS } from '../domain/calendar.ts';
import type { AgreedLateFee } from '../domain/loan/agreed.ts';
import { type LoanTerms, parseRatePer, parseSpan } from '../domain/loan/terms.ts';
import { type Currency, type Money, money, parseDecimal, toDecimal } from '../domain/money.ts';
import { parsePercent, toPercent } from '../domain/rate.ts';

/** A loan's terms as the database holds them, in words that a person can check. */
export const loanTermsSchema = z.object({
  principal: z.string(),
  interest: z.enum(['flat', 'declining', 'upfront']),
  ratePct: z.string(),
  ratePer: z.string(),
  every: z.string(),
  n: z.int(),
  disbursed: z.string(),
  firstDue: z.string().optional(),
  meetsOn: z.enum(WEEKDAYS).optional(),
  equalPrincipal: z.boolean().optional(),
  principalGrace: z.int().optional(),
  interestPaymentGrace: z.int().optional(),
  excess: z.enum(['fewer', 'smaller', 'skip-next']).optional(),
  lateFee: z
    .union([
      z.object({ kind: z.literal('fixed'), amount: z.string(), cap: z.string(), from: z.string() }),
      z.object({
        kind: z.literal('percent'),
        pct: z.string(),
        of: z.enum(['principal', 'instalment']),
        cap: z.string(),
        from: z.string(),
      }),
    ])
    .optional(),
  rounding: z.enum(['half-up', 'half-even']),
  cashUnitMinor: z.string(),
});

export type StoredTerms = z.infer<typeof loanTermsSchema>;

const spanText = (span: { count: number; unit: string }): string => `${span.count} ${span.unit}`;

/** @param rounding only the two modes a constitution allows */
export const storeTerms = (terms: LoanTerms): StoredTerms => ({
  principal: toDecimal(terms.principal.minor),
  interest: terms.interest,
  ratePct: toPercent(terms.rate),
  ratePer: typeof terms.ratePer === 'string' ? terms.ratePer : spanText(terms.ratePer),
  every: spanText(terms.every),
  n: terms.n,
  disbursed: terms.disbursed.toString(),
  ...(terms.firstDue ? { firstDue: terms.firstDue.toString() } : {}),
  ...(terms.meetsOn ? { meetsOn: terms.meetsOn } : {}),
  ...(terms.equalPrincipal ? { equalPrincipal: true } : {}),
  ...(terms.principalGrace ? { principalGrace: terms.principalGrace } : {}),
  ...(terms.interestPaymentGrace ? { interestPaymentGrace: terms.interestPaymentGrace } : {}),
  ...(terms.excess ? { excess: terms.excess } : {}),
  ...(terms.lateFee ? { lateFee: storeFee(terms.lateFee) } : {}),
  rounding: terms.rounding === 'half-even' ? 'half-even' : 'half-up',
  cashUnitMinor: terms.cashUnitMinor.toString(),
});

/** @throws when the stored terms cannot be read: a row that was changed from outside */
export const restoreTerms = (stored: StoredTerms, currency: Currency): LoanTerms => {
  return {
    principal: money(known(parseDecimal(stored.principal)), currency),
    interest: stored.interest,
    rate: known(parsePercent(stored.ratePct)),
    ratePer: known(parseRatePer(stored.ratePer)),
    every: known(parseSpan(stored.every)),
    n: stored.n,
    disbursed: Temporal.PlainDate.from(stored.disbursed),
    firstDue: stored.firstDue === undefined ? undefined : Temporal.PlainDate.from(stored.firstDue),
    meetsOn: stored.meetsOn,
    rounding: stored.rounding,
    cashUnitMinor: BigInt(stored.cashUnitMinor),
    dayCount: 'equal',
    equalPrincipal: stored.equalPrincipal,
    principalGrace: stored.principalGrace,
    interestPaymentGrace: stored.interestPaymentGrace,
    excess: stored.excess,
    lateFee: stored.lateFee && restoreFee(stored.lateFee, currency),
  };
};

type StoredFee = NonNullable<StoredTerms['lateFee']>;

const storeFee = (fee: AgreedLateFee): StoredFee => {
  const rest = {
    cap: fee.cap === 'instalment' ? fee.cap : toDecimal(fee.cap.minor),
    from: fee.from.toString(),
  };
  return fee.kind === 'fixed'
    ? { kind: fee.kind, amount: toDecimal(fee.amount.minor), ...rest }
    : { kind: fee.kind, pct: toPercent(fee.rate), of: fee.of, ...rest };
};

const restoreFee = (stored: StoredFee, currency: Currency): AgreedLateFee => {
  const of = (text: string): Money => money(known(parseDecimal(text)), currency);
  const rest = {
    cap: stored.cap === 'instalment' ? ('instalment' as const) : of(stored.cap),
    from: Temporal.PlainDate.from(stored.from),
  };
  return stored.kind === 'fixed'
    ? { kind: stored.kind, amount: of(stored.amount), ...rest }
    : { kind: stored.kind, rate: known(parsePercent(stored.pct)), of: stored.of, ...rest };
};

const known = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('the terms of a loan cannot be read from the database');
  return value;
};
