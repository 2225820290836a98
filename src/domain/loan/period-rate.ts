import type { Temporal } from 'temporal-polyfill';
import { nearestMeetingDate } from '../calendar.ts';
import { HUNDRED_PERCENT } from '../rate.ts';
import { type LoanTerms, nominalDays, type Span, type SpanUnit } from './terms.ts';

/** An exact number: no figure of a loan passes through a float. @param den > 0 */
export type Fraction = { readonly num: bigint; readonly den: bigint };

/** Customary lengths for a rate: a month's rate on a weekly loan is rate * 12 / 52 a week. */
const PER_YEAR = { day: 365n, week: 52n, month: 12n, year: 1n } as const;
const DAYS_PER_WEEK = 7n;

/**
 * The date of instalment `k` (from 1). Months are counted from the first date, so 31 January does not drift to the 28th;
 * in a group, each date so counted is moved to the nearest meeting.
 */
export const dueDate = (terms: LoanTerms, k: number): Temporal.PlainDate => {
  const date = countedDate(terms, k);
  const { meetsOn: weekday } = terms;
  return weekday ? nearestMeetingDate({ weekday }, date) : date;
};

const countedDate = (terms: LoanTerms, k: number): Temporal.PlainDate =>
  terms.firstDue ? plus(terms.firstDue, terms.every, k - 1) : plus(terms.disbursed, terms.every, k);

const plus = (date: Temporal.PlainDate, span: Span, times: number): Temporal.PlainDate => {
  const count = span.count * times;
  switch (span.unit) {
    case 'day':
      return date.add({ days: count });
    case 'week':
      return date.add({ weeks: count });
    case 'month':
      return date.add({ months: count });
    case 'year':
      return date.add({ years: count });
  }
};

/** The interest on one peso for each of the `n` periods, exactly. */
export const periodRates = (terms: LoanTerms): readonly Fraction[] =>
  Array.from({ length: terms.n }, (_, index) => {
    const length = periodLength(terms, index + 1);
    return reduced({ num: terms.rate * length.num, den: HUNDRED_PERCENT * length.den });
  });

/** How many times the rate applies to period `k`. */
const periodLength = (terms: LoanTerms, k: number): Fraction => {
  const { ratePer, dayCount, every } = terms;
  if (ratePer === 'loan') return { num: 1n, den: BigInt(terms.n) };
  if (ratePer === 'period') return times({ num: 1n, den: 1n }, partOfPeriod(terms, k));
  if (dayCount === 'equal') return times(spansIn(every, ratePer), partOfPeriod(terms, k));
  const perYear = { num: PER_YEAR[ratePer.unit], den: BigInt(ratePer.count) };
  if (dayCount.type === 'actual') {
    const start = k === 1 ? terms.disbursed : dueDate(terms, k - 1);
    return times(perYear, over(start.until(dueDate(terms, k)).days, dayCount.yearDays));
  }
  return times(times(perYear, over(nominalDays(every), dayCount.yearDays)), partOfPeriod(terms, k));
};

const spansIn = (every: Span, ratePer: Span): Fraction =>
  times(unitsIn(every.unit, ratePer.unit), over(every.count, ratePer.count));

/** How many `b` there are in one `a`. Only days and weeks have an exact answer, the rest goes by the year. */
const unitsIn = (a: SpanUnit, b: SpanUnit): Fraction => {
  if (a === 'week' && b === 'day') return { num: DAYS_PER_WEEK, den: 1n };
  if (a === 'day' && b === 'week') return { num: 1n, den: DAYS_PER_WEEK };
  return { num: PER_YEAR[b], den: PER_YEAR[a] };
};

/**
 * A first period that is shorter or longer than the others counts by its days: handed over on 15 January, first due on
 * 1 February, is 17/31 of a month. A flat or up-front loan charges the periods agreed, whatever the first date.
 */
const partOfPeriod = (terms: LoanTerms, k: number): Fraction => {
  if (k !== 1 || terms.firstDue === undefined || terms.interest !== 'declining') return { num: 1n, den: 1n };
  return over(terms.disbursed.until(terms.firstDue).days, wholePeriodDays(terms.every, terms.firstDue));
};

/** The days of the calendar in one period that ends on `date`. */
export const wholePeriodDays = (every: Span, date: Temporal.PlainDate): number =>
  plus(date, every, -1).until(date).days;

const over = (num: number, den: number): Fraction => ({ num: BigInt(num), den: BigInt(den) });

const times = (a: Fraction, b: Fraction): Fraction => ({ num: a.num * b.num, den: a.den * b.den });

/** Small numbers keep `levelInstalment` fast over hundreds of periods. */
const reduced = ({ num, den }: Fraction): Fraction => {
  let [a, b] = [num, den];
  while (b > 0n) [a, b] = [b, a % b];
  return { num: num / a, den: den / a };
};

/** The exact sum, kept small. */
export const sumOf = (fractions: readonly Fraction[]): Fraction =>
  fractions.reduce((a, b) => reduced({ num: a.num * b.den + b.num * a.den, den: a.den * b.den }), {
    num: 0n,
    den: 1n,
  });

/**
 * The equal instalment that repays `principal` with interest on what is still owed, before rounding:
 * P * product(1 + r) / (sum over k of the product of (1 + r) for the periods after k). With one rate for all periods
 * that is the annuity P * r / (1 - (1 + r)^-n), and at no interest it is P / n. Whole numbers throughout: with each
 * 1 + r written as a / b, `grown` is the product so far and `weight` the sum so far, both over the product of the b.
 *
 * @param rates at least one
 */
export const levelInstalment = (principal: bigint, rates: readonly Fraction[]): Fraction => {
  let grown = 1n;
  let weight = 0n;
  let scale = 1n;
  for (const { num, den } of rates) {
    grown *= den + num;
    scale *= den;
    weight = weight * (den + num) + scale;
  }
  return { num: principal * grown, den: weight };
};
