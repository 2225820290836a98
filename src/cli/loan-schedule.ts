import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { wholePeriodDays } from '../domain/loan/period-rate.ts';
import { type Instalment, schedule } from '../domain/loan/schedule.ts';
import {
  INSTALMENTS_MAX,
  type LoanTerms,
  parseDayCount,
  parsePartOfPeriod,
  parseRatePer,
  parseSpan,
  wrongTerm,
} from '../domain/loan/terms.ts';
import { money, toDecimal } from '../domain/money.ts';
import { NO_INTEREST, parsePercent } from '../domain/rate.ts';
import type { JsonQuestion } from './json-question.ts';
import { amountField, decimalText, said, unitField } from './json-question-fields.ts';

const KINDS = ['flat', 'declining', 'upfront'] as const;
const ROUNDINGS = ['half-up', 'half-even'] as const;
const NO_RATE = 'must be a percentage from "0" to "1000" with at most 4 decimals, such as "2.5"';
const NO_N = `must be a whole number from 1 to ${INSTALMENTS_MAX}`;
const NO_GRACE = 'must be a whole number from 0 to n - 1';
const NO_DATE = 'must be a day of the calendar from 1900 to 2199, such as "2026-11-24"';
const NO_DAY_COUNT =
  'must be equal, actual/365, 30/360, or the days of one instalment over those of a year, such as "7/364"';
const YEAR_MAX = 9999;
const DAY = /^(?:19|2[01])\d\d-\d\d-\d\d$/;

/** A text that `parse` reads, or `expected`. */
const readBy = <Value>(parse: (text: string) => Value | undefined, expected: string) =>
  z.string({ error: said(expected) }).transform((text, ctx) => {
    const value = parse(text);
    if (value !== undefined) return value;
    ctx.addIssue({ code: 'custom', message: expected });
    return z.NEVER;
  });

const parseDay = (text: string): Temporal.PlainDate | undefined => {
  if (!DAY.test(text)) return undefined;
  try {
    return Temporal.PlainDate.from(text);
  } catch {
    return undefined;
  }
};

const grace = z.int({ error: said(NO_GRACE) }).min(0, { error: NO_GRACE });

const fields = z.strictObject({
  principal: amountField,
  interest: z.enum(KINDS, { error: said(`must be one of ${KINDS.join(', ')}`) }),
  ratePct: decimalText(NO_RATE).pipe(readBy(parsePercent, NO_RATE)).optional(),
  ratePer: readBy(
    parseRatePer,
    'must be period, month, year, loan, or a length of time such as "4 weeks"',
  ).optional(),
  n: z
    .int({ error: said(NO_N) })
    .min(1, { error: NO_N })
    .max(INSTALMENTS_MAX, { error: NO_N }),
  every: readBy(parseSpan, 'must be a length of time such as "1 week", "15 days" or "1 month"'),
  disbursed: readBy(parseDay, NO_DATE),
  dayCount: z.string({ error: said('must be a text such as "equal" or "actual/365"') }).default('equal'),
  equalPrincipal: z.boolean({ error: said('must be true or false') }).optional(),
  instalmentMultiple: unitField.optional(),
  cashMultiple: unitField.optional(),
  principalGrace: grace.optional(),
  interestPaymentGrace: grace.optional(),
  rounding: z.enum(ROUNDINGS, { error: said(`must be one of ${ROUNDINGS.join(', ')}`) }).default('half-up'),
  charge: amountField.optional(),
});
type Fields = z.output<typeof fields>;

type Counted = Pick<LoanTerms, 'dayCount' | 'firstDue'>;
type Fault = { readonly field: string; readonly message: string };

/** A field that is missing for what the others ask, or that does not go with them. */
const missingOrOdd = ({ charge, interest, ratePct, ratePer }: Fields): Fault | undefined => {
  if (charge !== undefined) {
    if (interest === 'declining')
      return { field: 'charge', message: 'is for flat and upfront loans: leave it out' };
    return ratePct && !ratePer
      ? { field: 'ratePer', message: 'is missing: write what the rate is for' }
      : undefined;
  }
  if (ratePct === undefined) return { field: 'ratePct', message: 'is missing: write "0" for no interest' };
  return ratePer ? undefined : { field: 'ratePer', message: 'is missing: write what the rate is for' };
};

/** How days count. After "30/360, first period 17/31" the first instalment is due after 17 days of a period of 31. */
const countedBy = ({ dayCount: text, every, disbursed }: Fields): Counted | undefined => {
  const [count = '', first, ...more] = text.split(', first period ');
  const dayCount = parseDayCount(count, every);
  if (!dayCount || first === undefined) return dayCount && { dayCount };
  const part = parsePartOfPeriod(first);
  if (!part || more.length > 0) return undefined;
  const firstDue = disbursed.add({ days: part.days });
  return wholePeriodDays(every, firstDue) === part.wholeDays ? { dayCount, firstDue } : undefined;
};

const termsOf = (asked: Fields): Omit<LoanTerms, 'dayCount'> => ({
  principal: money(asked.principal),
  // A stated charge is spread alike whether it is called flat or up-front.
  interest: asked.charge === undefined ? asked.interest : 'upfront',
  rate: asked.ratePct ?? NO_INTEREST,
  ratePer: asked.ratePer ?? 'loan',
  n: asked.n,
  every: asked.every,
  disbursed: asked.disbursed,
  rounding: asked.rounding,
  cashUnitMinor: asked.cashMultiple ?? 1n,
  equalPrincipal: asked.equalPrincipal,
  instalmentMultiple: asked.instalmentMultiple,
  principalGrace: asked.principalGrace,
  interestPaymentGrace: asked.interestPaymentGrace,
  charge: asked.charge === undefined ? undefined : money(asked.charge),
});

/** What a field must be, where only several of them together can be wrong. */
const MUST: Partial<Record<keyof LoanTerms, string>> = {
  principal: 'must be from "0.01" to "10000000000.00"',
  dayCount: 'counts days towards a rate for a length of time: with period or loan leave it out',
  equalPrincipal: 'is for declining loans only: leave it out',
  instalmentMultiple: 'must be a multiple of cashMultiple',
  principalGrace: NO_GRACE,
  interestPaymentGrace: NO_GRACE,
};

const planOf = (asked: Fields): readonly Instalment[] | Fault => {
  const fault = missingOrOdd(asked);
  if (fault) return fault;
  const counted = countedBy(asked);
  if (!counted) return { field: 'dayCount', message: NO_DAY_COUNT };
  const terms = { ...termsOf(asked), ...counted };
  const field = wrongTerm(terms);
  if (field) return { field, message: MUST[field] ?? 'does not go with the other terms' };
  if (terms.charge && terms.rate > 0n) {
    const byRate = totalOf(schedule({ ...terms, charge: undefined }), 'interest');
    if (byRate !== terms.charge.minor) {
      return { field: 'charge', message: 'is not what the rate comes to: leave one of them out' };
    }
  }
  const plan = schedule(terms);
  const endsLate = plan.some(({ date }) => date.year > YEAR_MAX);
  return endsLate ? { field: 'every', message: `times n ends after the year ${YEAR_MAX}` } : plan;
};

const totalOf = (plan: readonly Instalment[], part: 'principal' | 'interest' | 'due'): bigint =>
  plan.reduce((all, line) => all + line[part].minor, 0n);

const form = fields.transform((asked, ctx) => {
  const plan = planOf(asked);
  if (!('field' in plan)) return plan;
  ctx.addIssue({ code: 'custom', path: [plan.field], message: plan.message });
  return z.NEVER;
});

/**
 * The repayment plan of a loan, line by line, and what it adds up to. A stated charge takes the place of the rate; where
 * both are given they must come to the same.
 */
export const scheduleQuestion: JsonQuestion<readonly Instalment[]> = {
  form,
  answer: (plan) => ({
    rows: plan.map((line) => ({
      n: line.n,
      date: line.date.toString(),
      principal: toDecimal(line.principal.minor),
      interest: toDecimal(line.interest.minor),
      due: toDecimal(line.due.minor),
      balance: toDecimal(line.balance.minor),
    })),
    totals: {
      principal: toDecimal(totalOf(plan, 'principal')),
      interest: toDecimal(totalOf(plan, 'interest')),
      due: toDecimal(totalOf(plan, 'due')),
    },
  }),
};
