import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { type LoanTerms, parseRatePer, parseSpan } from '../domain/loan/terms.ts';
import { type Currency, money, parseDecimal, toDecimal } from '../domain/money.ts';
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
  equalPrincipal: z.boolean().optional(),
  principalGrace: z.int().optional(),
  interestPaymentGrace: z.int().optional(),
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
  ...(terms.equalPrincipal ? { equalPrincipal: true } : {}),
  ...(terms.principalGrace ? { principalGrace: terms.principalGrace } : {}),
  ...(terms.interestPaymentGrace ? { interestPaymentGrace: terms.interestPaymentGrace } : {}),
  rounding: terms.rounding === 'half-even' ? 'half-even' : 'half-up',
  cashUnitMinor: terms.cashUnitMinor.toString(),
});

/** @throws when the stored terms cannot be read: a row that was changed from outside */
export const restoreTerms = (stored: StoredTerms, currency: Currency): LoanTerms => {
  const principal = parseDecimal(stored.principal);
  const rate = parsePercent(stored.ratePct);
  const ratePer = parseRatePer(stored.ratePer);
  const every = parseSpan(stored.every);
  if (principal === undefined || rate === undefined || ratePer === undefined || every === undefined) {
    throw new Error('the terms of a loan cannot be read from the database');
  }
  return {
    principal: money(principal, currency),
    interest: stored.interest,
    rate,
    ratePer,
    every,
    n: stored.n,
    disbursed: Temporal.PlainDate.from(stored.disbursed),
    firstDue: stored.firstDue === undefined ? undefined : Temporal.PlainDate.from(stored.firstDue),
    rounding: stored.rounding,
    cashUnitMinor: BigInt(stored.cashUnitMinor),
    dayCount: 'equal',
    equalPrincipal: stored.equalPrincipal,
    principalGrace: stored.principalGrace,
    interestPaymentGrace: stored.interestPaymentGrace,
  };
};
