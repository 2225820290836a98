import { Temporal } from 'temporal-polyfill';
import type { LoanId } from '../ids.ts';
import { type Money, money, sum } from '../money.ts';
import { feesOpen } from './claims.ts';
import { type Course, courseOf, type Repayment } from './course.ts';
import { type LoanPosition, positionOf } from './position.ts';
import type { NewPlan } from './replan.ts';
import type { LoanTerms } from './terms.ts';

/** A loan as the book knows it: what was agreed, and what has been paid of it so far. */
export type LoanStanding = {
  readonly id: LoanId;
  readonly terms: LoanTerms;
  /** All that was repaid, with what was repaid before this book. */
  readonly paidPrincipal: Money;
  readonly paidInterest: Money;
  /** What of it came in when, with the late fees paid. What is not in it was repaid before this book. */
  readonly repaid?: readonly Repayment[];
  /** The new plans that were agreed on for it, the earliest first. */
  readonly plans?: readonly NewPlan[];
};

/** What she owes over all her loans. `dueNow` includes what should have been paid before. */
export type Owing = Pick<LoanPosition, 'owed' | 'dueNow' | 'arrears' | 'lateFee' | 'next'>;

/** Where its plan and its late fees stand on a day. */
export const courseAt = (loan: LoanStanding, day: Temporal.PlainDate): Course => {
  const repaid = loan.repaid ?? [];
  const dated = (part: 'principal' | 'interest'): bigint => repaid.reduce((all, one) => all + one[part], 0n);
  return courseOf(
    {
      terms: loan.terms,
      before: {
        principal: loan.paidPrincipal.minor - dated('principal'),
        interest: loan.paidInterest.minor - dated('interest'),
      },
      repaid,
      plans: loan.plans ?? [],
    },
    day,
  );
};

const standsAt = (loan: LoanStanding, asOf: Temporal.PlainDate): LoanPosition => {
  const course = courseAt(loan, asOf);
  return positionOf(course.lines, { asOf, lateFee: money(feesOpen(course), loan.terms.principal.currency) });
};

/** What she owes on `asOf`, summed over her loans; next is all that is due of them on the earliest of their days. */
export const owing = (loans: readonly LoanStanding[], asOf: Temporal.PlainDate): Owing => {
  const positions = loans.map((loan) => standsAt(loan, asOf));
  const nexts = positions
    .flatMap(({ next }) => (next ? [next] : []))
    .toSorted((a, b) => Temporal.PlainDate.compare(a.date, b.date));
  const date = nexts[0]?.date;
  return {
    owed: sum(positions.map((p) => p.owed)),
    dueNow: sum(positions.map((p) => p.dueNow)),
    arrears: sum(positions.map((p) => p.arrears)),
    lateFee: sum(positions.map((p) => p.lateFee)),
    next: date && { date, due: sum(nexts.filter((next) => next.date.equals(date)).map(({ due }) => due)) },
  };
};

/** Whether anything is still owed on any of these loans: one that is paid off is a loan no more. */
export const isOwing = (loans: readonly LoanStanding[]): boolean =>
  loans.some((loan) => {
    // A plan always comes to what was lent, so nothing need be replayed to see that some of it is left.
    if (loan.paidPrincipal.minor < loan.terms.principal.minor) return true;
    const course = courseAt(loan, lastDay(loan));
    return feesOpen(course) > 0n || course.lines.some((line) => line.principal + line.interest > 0n);
  });

const lastDay = ({ terms, repaid = [] }: LoanStanding): Temporal.PlainDate =>
  repaid.reduce((last, { on }) => (Temporal.PlainDate.compare(on, last) > 0 ? on : last), terms.disbursed);

/**
 * What the closing of a cycle takes off for each of her loans on `on`: all that was lent and not returned, the interest due
 * by then, and the late fees. Interest of instalments that lie ahead is not asked for: it is the group that ends the
 * loan early. In minor units; loans that are paid off are left out.
 */
export const settlement = (
  loans: readonly LoanStanding[],
  on: Temporal.PlainDate,
): {
  readonly loanId: LoanId;
  readonly principal: bigint;
  readonly interest: bigint;
  readonly fee: bigint;
}[] =>
  loans.flatMap((loan) => {
    const { outstandingPrincipal, interestDue, lateFee } = standsAt(loan, on);
    const owed = { principal: outstandingPrincipal.minor, interest: interestDue.minor, fee: lateFee.minor };
    return owed.principal + owed.interest + owed.fee > 0n ? [{ loanId: loan.id, ...owed }] : [];
  });
