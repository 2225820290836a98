import { Temporal } from 'temporal-polyfill';
import type { MemberId } from '../ids.ts';
import { courseOf } from '../loan/course.ts';
import { MISSING_MINOR_MAX, positionOf } from '../loan/position.ts';
import { type Instalment, schedule } from '../loan/schedule.ts';
import type { LoanTerms } from '../loan/terms.ts';
import { zero } from '../money.ts';

/** Money that came in on a loan. Amounts in minor units. */
export type Repayment = {
  readonly on: Temporal.PlainDate;
  /** cover: others paid her instalment; it lessens the debt and is no record of hers. */
  readonly by: 'herself' | 'cover';
  readonly principal: bigint;
  readonly interest: bigint;
};

/** A loan as the book has it on a day; nothing later is in it. Amounts in minor units. */
export type LoanHistory = {
  readonly memberId: MemberId;
  readonly terms: LoanTerms;
  /** Repaid before this book began. */
  readonly before: { readonly principal: bigint; readonly interest: bigint };
  readonly repaid: readonly Repayment[];
  /** Principal lent and not repaid, nor written off. */
  readonly outstanding: bigint;
  /** When a closing or a write-off ended it: the plan asks nothing after that. */
  readonly endedOn: Temporal.PlainDate | undefined;
};

/** What the indicators need of a loan. Amounts in minor units. */
export type LoanRecord = {
  readonly memberId: MemberId;
  readonly outstanding: bigint;
  /** Days since the oldest instalment that is not paid; 0 when none is late. */
  readonly daysLate: number;
  /** Principal of instalments before the day that is unpaid. */
  readonly overdue: bigint;
  /** Instalments due in the time looked at, and what of them she had paid by their day. */
  readonly due: { readonly count: bigint; readonly minor: bigint };
  readonly onTime: { readonly count: bigint; readonly minor: bigint };
  /** Paid by others in the time looked at. */
  readonly covered: bigint;
};

/**
 * Days in arrears and the record of paying on time, from the plan and what was repaid day by day. Money pays the oldest
 * instalment first. An instalment is not late on its own day, so the time looked at ends the day before `day`.
 *
 * Late fees are left out, and so are new plans: a loan is measured by the plan it was given with, so that agreeing on a
 * new one makes nothing healthy. Money in advance counts as the loan's own terms say.
 *
 * @param time.from the first day whose instalments count
 * @see savings-group practice A6: portfolio at risk takes the whole balance of a loan with a late instalment
 */
export const loanRecord = (
  history: LoanHistory,
  time: { readonly day: Temporal.PlainDate; readonly from: Temporal.PlainDate | undefined },
): LoanRecord => {
  const loan = { ...history, terms: { ...history.terms, lateFee: undefined } };
  const plan = schedule(loan.terms);
  const lines = plan.filter((line) => isCounted(loan, line, time));
  const unpaid = lines.map((line) => unpaidOnItsDay(loan, line));
  const { from } = time;
  const covers = loan.repaid.filter(({ by, on }) => by === 'cover' && from && !isBefore(on, from));
  return {
    memberId: loan.memberId,
    outstanding: loan.outstanding,
    ...arrearsOf(loan, plan, time.day),
    due: { count: BigInt(lines.length), minor: total(lines.map(({ due }) => due.minor)) },
    onTime: {
      count: BigInt(unpaid.filter((minor) => minor <= MISSING_MINOR_MAX).length),
      minor: total(lines.map(({ due }, n) => due.minor - (unpaid[n] ?? 0n))),
    },
    covered: total(covers.map(({ principal, interest }) => principal + interest)),
  };
};

const isCounted = (
  { endedOn }: LoanHistory,
  { date, due }: Instalment,
  { day, from }: Parameters<typeof loanRecord>[1],
): boolean =>
  due.minor > 0n &&
  from !== undefined &&
  !isBefore(date, from) &&
  isBefore(date, day) &&
  !(endedOn && isBefore(endedOn, date));

/** A loan without principal to repay is not at risk, whatever interest its plan still names. */
const arrearsOf = (
  loan: LoanHistory,
  plan: readonly Instalment[],
  day: Temporal.PlainDate,
): Pick<LoanRecord, 'daysLate' | 'overdue'> => {
  const late =
    loan.outstanding > 0n &&
    plan.find(
      ({ date }) =>
        isBefore(date, day) && positionOn(loan, { asOf: date, until: day }).dueNow.minor > MISSING_MINOR_MAX,
    );
  if (!late) return { daysLate: 0, overdue: 0n };
  const { dueNow, interestDue } = positionOn(loan, { asOf: day.subtract({ days: 1 }), until: day });
  return { daysLate: late.date.until(day).days, overdue: dueNow.minor - interestDue.minor };
};

/** What was missing of one instalment at the end of its day; a cover of that day or later does not fill it. */
const unpaidOnItsDay = (loan: LoanHistory, line: Instalment): bigint => {
  const hers = loan.repaid.filter(({ by, on }) => by === 'herself' || isBefore(on, line.date));
  const { dueNow, arrears } = positionOn(
    { ...loan, repaid: hers },
    {
      asOf: line.date,
      until: line.date,
    },
  );
  return dueNow.minor - arrears.minor;
};

const positionOn = (
  { before, repaid, terms }: LoanHistory,
  { asOf, until }: { readonly asOf: Temporal.PlainDate; readonly until: Temporal.PlainDate },
) => {
  const came = repaid
    .filter(({ on }) => !isBefore(until, on))
    .map(({ on, principal, interest }) => ({ on, principal, interest, fee: 0n }));
  const { lines } = courseOf({ terms, before, repaid: came, plans: [] }, asOf);
  return positionOf(lines, { asOf, lateFee: zero(terms.principal.currency) });
};

const isBefore = (a: Temporal.PlainDate, b: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(a, b) < 0;

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);
