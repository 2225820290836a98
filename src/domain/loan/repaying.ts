// What a repayment, a pay-off or a new plan would do to loans, without doing it.

import { Temporal } from 'temporal-polyfill';
import { add, type Money, money, sum } from '../money.ts';
import { claimsDue, claimsOf, feesOpen } from './claims.ts';
import type { Repayment } from './course.ts';
import type { NewPlan } from './replan.ts';
import { type LoanShare } from './share-repayment.ts';
import { courseAt, type LoanStanding } from './standing.ts';

/**
 * What ends all of these loans when it is paid on `on`. On a declining loan interest is asked up to the meeting; of a
 * flat or up-front loan all the interest that was agreed.
 */
export const payOff = (
  loans: readonly LoanStanding[],
  on: Temporal.PlainDate,
): { readonly total: Money; readonly fee: Money; readonly interest: Money; readonly principal: Money } => {
  const claims = loans.flatMap((loan) => claimsOf(courseAt(loan, on), on));
  const currency = loans[0]?.terms.principal.currency;
  const of = (wanted: 'fee' | 'interest' | 'principal'): Money =>
    money(
      claims.filter(({ part }) => part === wanted).reduce((all, { minor }) => all + minor, 0n),
      currency,
    );
  const [fee, interest, principal] = [of('fee'), of('interest'), of('principal')];
  return { total: sum([fee, interest, principal]), fee, interest, principal };
};

/** Her loans after a repayment was shared over them. */
export const afterRepaying = (
  loans: readonly LoanStanding[],
  shares: readonly LoanShare[],
  on: Temporal.PlainDate,
): LoanStanding[] =>
  loans.map((loan) => {
    const share = shares.find(({ loanId }) => loanId === loan.id);
    if (!share) return loan;
    const { fee, interest, principal } = share;
    const came = { on, fee: fee.minor, interest: interest.minor, principal: principal.minor };
    return {
      ...loan,
      paidPrincipal: add(loan.paidPrincipal, principal),
      paidInterest: add(loan.paidInterest, interest),
      repaid: [...(loan.repaid ?? []), { ...came, plans: loan.plans?.length ?? 0 }],
    };
  });

/**
 * The last day after `day` on which something of these loans was handed over, repaid or newly agreed on; undefined when
 * nothing was. Money of `day` that is written down after that would be shared out as if it had not happened.
 */
export const movedAfter = (
  loans: readonly LoanStanding[],
  day: Temporal.PlainDate,
): Temporal.PlainDate | undefined =>
  loans
    .flatMap(({ terms, repaid = [], plans = [] }) => [
      terms.disbursed,
      ...repaid.map(({ on }) => on),
      ...plans.map(({ on }) => on),
    ])
    .toSorted((a, b) => Temporal.PlainDate.compare(b, a))
    .find((on) => Temporal.PlainDate.compare(on, day) > 0);

/** What of a repayment is for instalments that are not due yet. */
export const paidInAdvance = (
  loans: readonly LoanStanding[],
  shares: readonly LoanShare[],
  on: Temporal.PlainDate,
): Money =>
  sum(
    shares.flatMap((share) => {
      const loan = loans.find(({ id }) => id === share.loanId);
      const due = loan ? claimsDue(courseAt(loan, on), on).reduce((all, { minor }) => all + minor, 0n) : 0n;
      const paid = add(add(share.fee, share.interest), share.principal);
      return paid.minor > due ? [money(paid.minor - due, paid.currency)] : [];
    }),
    shares[0]?.principal.currency,
  );

/** What would be paid when by a new plan, and the late fees that stay owed. */
export const plannedAnew = (
  loan: LoanStanding,
  plan: NewPlan,
): {
  readonly rows: readonly {
    readonly date: Temporal.PlainDate;
    readonly due: Money;
    readonly interest: Money;
  }[];
  readonly lateFee: Money;
} => {
  const course = courseAt({ ...loan, plans: [...(loan.plans ?? []), plan] }, plan.on);
  const { currency } = loan.terms.principal;
  const dates = [...new Set(course.lines.map(({ date }) => date.toString()))];
  const rows = dates.map((text) => {
    const lines = course.lines.filter(({ date }) => date.toString() === text);
    const interest = lines.reduce((all, line) => all + line.interest, 0n);
    const principal = lines.reduce((all, line) => all + line.principal, 0n);
    return {
      date: Temporal.PlainDate.from(text),
      due: money(principal + interest, currency),
      interest: money(interest, currency),
    };
  });
  return { rows, lateFee: money(feesOpen(course), currency) };
};

/** The loan as it would be without money that came in on a day: what a correction of it is checked against. */
export const withoutRepayment = (loan: LoanStanding, gone: Repayment): LoanStanding => ({
  ...loan,
  paidPrincipal: money(loan.paidPrincipal.minor - gone.principal, loan.paidPrincipal.currency),
  paidInterest: money(loan.paidInterest.minor - gone.interest, loan.paidInterest.currency),
  repaid: lessOn(loan.repaid ?? [], gone),
});

/** Money of one day is one sum: what came in with others is taken off that sum. */
const lessOn = (repaid: readonly Repayment[], gone: Repayment): Repayment[] => {
  const taken = repaid.findIndex(
    ({ on, principal, interest, fee }) =>
      on.equals(gone.on) && principal >= gone.principal && interest >= gone.interest && fee >= gone.fee,
  );
  return repaid.flatMap((one, index) => {
    if (index !== taken) return [one];
    const [principal, interest, fee] = [
      one.principal - gone.principal,
      one.interest - gone.interest,
      one.fee - gone.fee,
    ];
    return principal + interest + fee > 0n ? [{ ...one, principal, interest, fee }] : [];
  });
};
