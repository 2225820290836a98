import { Temporal } from 'temporal-polyfill';
import type { Weekday } from '../calendar.ts';
import type { Money, Rounding } from '../money.ts';
import type { Rate } from '../rate.ts';
import type { AgreedLateFee, ExcessPolicy } from './agreed.ts';

/** A length of time as people agree on it: "1 week", "15 days", "1 month". */
export type Span = { readonly count: number; readonly unit: SpanUnit };
export type SpanUnit = 'day' | 'week' | 'month' | 'year';

/** What the rate is for: a length of time, one instalment's period, or the whole loan. */
export type RatePer = Span | 'period' | 'loan';

/**
 * How long a period counts.
 * equal: every period the same; a rate for another length is converted by 12 months, 52 weeks or 365 days to the year.
 * nominal: a month counts 30 days and a week 7, of a year of `yearDays` ("30/360", "7/364", "15/360").
 * actual: the days of the calendar, of a year of `yearDays` ("actual/365"; a leap year's 29 February counts).
 */
export type DayCount =
  | 'equal'
  | { readonly type: 'nominal'; readonly yearDays: number }
  | { readonly type: 'actual'; readonly yearDays: number };

/**
 * flat: interest on the sum lent for the whole term, spread evenly over the instalments.
 * declining: interest on what is still owed.
 * upfront: one service charge, owed from the day the money is handed over and never worked out again (VSLA 2.x);
 * spread over the instalments as in flat.
 */
export type InterestKind = 'flat' | 'declining' | 'upfront';

/** What was agreed for one loan. `wrongTerm` says whether it can be worked out. */
export type LoanTerms = {
  readonly principal: Money;
  readonly interest: InterestKind;
  readonly rate: Rate;
  readonly ratePer: RatePer;
  /** One instalment every so often. */
  readonly every: Span;
  /** How many instalments: 1 to `INSTALMENTS_MAX`. */
  readonly n: number;
  readonly disbursed: Temporal.PlainDate;
  readonly rounding: Rounding;
  /** Every figure is a whole number of these, in minor units: 1 is to the centavo, 50 to the half peso. */
  readonly cashUnitMinor: bigint;
  readonly dayCount: DayCount;
  /** The date of the first instalment, when it is not one `every` after the disbursement: the next meeting. */
  readonly firstDue?: Temporal.PlainDate | undefined;
  /**
   * The weekday on which its group meets, when the loan is by anything but weeks: each date is then that of the meeting
   * nearest to it, since money changes hands at meetings only. Interest is not changed by it.
   */
  readonly meetsOn?: Weekday | undefined;
  /** Declining only: the same principal in each instalment, instead of the same instalment. */
  readonly equalPrincipal?: boolean | undefined;
  /** Each instalment but the last is a multiple of this, in minor units; a multiple of `cashUnitMinor`. */
  readonly instalmentMultiple?: bigint | undefined;
  /** So many instalments at the start carry interest only. n - 1 of them: everything lent comes back at the end. */
  readonly principalGrace?: number | undefined;
  /** The interest of so many instalments at the start is put off, not forgiven: it comes with the one after them. */
  readonly interestPaymentGrace?: number | undefined;
  /** Up-front only: the charge as a stated amount, in place of the rate. */
  readonly charge?: Money | undefined;
  /** What money in advance does to the plan. Undefined: it pays the coming instalments in turn, and the plan stays. */
  readonly excess?: ExcessPolicy | undefined;
  /** Undefined when paying late costs nothing more. */
  readonly lateFee?: AgreedLateFee | undefined;
};

/** Fifty years of months. */
export const INSTALMENTS_MAX = 600;
const SPAN_COUNT_MAX = 366;

/** The most the arithmetic is asked for. What a group may lend is decided elsewhere, far below this. */
export const PRINCIPAL_MINOR_MAX = 1_000_000_000_000n;

const SPAN = /^(?:(\d{1,3}) )?(day|week|month|year)s?$/;
const DAYS_OVER_YEAR = /^(actual|\d{1,3})\/(36[0-6])$/;
const PART_OF_PERIOD = /^(\d{1,3})\/(\d{1,5})$/;
const NOMINAL_DAYS = { day: 1, week: 7, month: 30, year: 360 } as const;

const isSpanUnit = (text: string | undefined): text is SpanUnit => text !== undefined && text in NOMINAL_DAYS;

/** Reads "1 week", "15 days", "month". Undefined for anything else, and for a count of 0 or above 366. */
export const parseSpan = (text: string): Span | undefined => {
  const [, count = '1', unit] = SPAN.exec(text) ?? [];
  const span = isSpanUnit(unit) ? { count: Number(count), unit } : undefined;
  return span && isSpan(span) ? span : undefined;
};

/** Reads "period", "loan" or a span. */
export const parseRatePer = (text: string): RatePer | undefined =>
  text === 'period' || text === 'loan' ? text : parseSpan(text);

/**
 * Reads "equal", "actual/365", "30/360", or the days of one period over those of a year: "7/364" for a week.
 * Undefined when the days are not those of `every`.
 */
export const parseDayCount = (text: string, every: Span): DayCount | undefined => {
  if (text === 'equal') return 'equal';
  const [, days, year] = DAYS_OVER_YEAR.exec(text) ?? [];
  const yearDays = Number(year);
  if (days === undefined) return undefined;
  if (days === 'actual') return { type: 'actual', yearDays };
  const fits = text === '30/360' || Number(days) === nominalDays(every);
  return fits ? { type: 'nominal', yearDays } : undefined;
};

/** A period that is shorter or longer than the others, in days of the calendar. */
export type PartOfPeriod = { readonly days: number; readonly wholeDays: number };

/** Reads "17/31": 17 days where a whole period has 31. Undefined for anything else, and for no days. */
export const parsePartOfPeriod = (text: string): PartOfPeriod | undefined => {
  const [, count = '0', days] = PART_OF_PERIOD.exec(text) ?? [];
  const part = { days: Number(count), wholeDays: Number(days) };
  return part.days > 0 ? part : undefined;
};

/** The days of a span when a month has 30. */
export const nominalDays = (span: Span): number => span.count * NOMINAL_DAYS[span.unit];

/** The field that keeps `terms` from being worked out, or undefined when all is well. */
export const wrongTerm = (terms: LoanTerms): keyof LoanTerms | undefined =>
  wrongNeeded(terms) ?? wrongOptional(terms);

const wrongNeeded = (terms: LoanTerms): keyof LoanTerms | undefined => {
  if (terms.principal.minor <= 0n || terms.principal.minor > PRINCIPAL_MINOR_MAX) return 'principal';
  if (terms.rate < 0n) return 'rate';
  if (!isCount(terms.n, 1, INSTALMENTS_MAX)) return 'n';
  if (!isSpan(terms.every)) return 'every';
  if (typeof terms.ratePer !== 'string' && !isSpan(terms.ratePer)) return 'ratePer';
  if (terms.cashUnitMinor < 1n) return 'cashUnitMinor';
  return dayCountFits(terms) ? undefined : 'dayCount';
};

const wrongOptional = (terms: LoanTerms): keyof LoanTerms | undefined => {
  const { firstDue, instalmentMultiple: multiple, charge, interest } = terms;
  if (firstDue && Temporal.PlainDate.compare(firstDue, terms.disbursed) <= 0) return 'firstDue';
  if (terms.equalPrincipal && interest !== 'declining') return 'equalPrincipal';
  if (multiple !== undefined && (multiple < 1n || multiple % terms.cashUnitMinor !== 0n))
    return 'instalmentMultiple';
  if (!isCount(terms.principalGrace ?? 0, 0, terms.n - 1)) return 'principalGrace';
  if (!isCount(terms.interestPaymentGrace ?? 0, 0, terms.n - 1)) return 'interestPaymentGrace';
  if (charge === undefined) return undefined;
  const fits = interest === 'upfront' && charge.minor >= 0n && charge.currency === terms.principal.currency;
  return fits ? undefined : 'charge';
};

/** Days can only be counted towards a rate for a length of time. */
const dayCountFits = ({ dayCount, ratePer }: LoanTerms): boolean =>
  dayCount === 'equal' || (typeof ratePer !== 'string' && isCount(dayCount.yearDays, 360, 366));

const isCount = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

const isSpan = (span: Span): boolean => isCount(span.count, 1, SPAN_COUNT_MAX);
