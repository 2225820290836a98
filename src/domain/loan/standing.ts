import type { Temporal } from 'temporal-polyfill';
import type { LoanId } from '../ids.ts';
import { add, type Money, money, smaller, subtract, sum, zero } from '../money.ts';
import { accept, type Result, refuse } from '../result.ts';
import { allocateRepayment, loanPosition } from './position.ts';
import { type Instalment, schedule } from './schedule.ts';
import type { LoanTerms } from './terms.ts';

/** A loan as the book knows it: what was agreed, and what has been paid of it so far. */
export type LoanStanding = {
  readonly id: LoanId;
  readonly terms: LoanTerms;
  readonly paidPrincipal: Money;
  readonly paidInterest: Money;
};

/** What she owes over all her loans. `dueNow` includes what should have been paid before. */
export type Owing = {
  readonly owed: Money;
  readonly dueNow: Money;
  readonly arrears: Money;
  readonly next: { readonly date: Temporal.PlainDate; readonly due: Money } | undefined;
};

/** One loan's share of a repayment. */
export type LoanShare = { readonly loanId: LoanId; readonly interest: Money; readonly principal: Money };

// A schedule depends on its terms alone; one message asks for the same one several times.
const schedules = new WeakMap<LoanTerms, readonly Instalment[]>();

const scheduleOf = (terms: LoanTerms): readonly Instalment[] => {
  const known = schedules.get(terms);
  if (known) return known;
  const made = schedule(terms);
  schedules.set(terms, made);
  return made;
};

const positionOf = (loan: LoanStanding, asOf: Temporal.PlainDate) =>
  loanPosition({
    schedule: scheduleOf(loan.terms),
    paidPrincipal: loan.paidPrincipal,
    paidInterest: loan.paidInterest,
    asOf,
  });

/** What she owes on `asOf`, summed over her loans; the next instalment is the earliest of all. */
export const owing = (loans: readonly LoanStanding[], asOf: Temporal.PlainDate): Owing => {
  const positions = loans.map((loan) => positionOf(loan, asOf));
  const nexts = positions.flatMap((p) => (p.next ? [p.next] : []));
  return {
    owed: sum(positions.map((p) => p.owed)),
    dueNow: sum(positions.map((p) => p.dueNow)),
    arrears: sum(positions.map((p) => p.arrears)),
    next: nexts.toSorted((a, b) => (a.date.toString() < b.date.toString() ? -1 : 1))[0],
  };
};

/** Whether anything is still owed on any of these loans: one that is paid off is a loan no more. */
export const isOwing = (loans: readonly LoanStanding[]): boolean =>
  loans.some((loan) => positionOf(loan, loan.terms.disbursed).owed.minor > 0n);

/**
 * Shares a repayment over her loans, oldest first (the order given), each up to what is still owed on it.
 * More than all of it together is refused: an overpayment is asked about, never swallowed.
 */
export const repay = (
  loans: readonly LoanStanding[],
  amount: Money,
  on: Temporal.PlainDate,
): Result<LoanShare[], { readonly type: 'more_than_owed'; readonly owed: Money }> => {
  let left = amount;
  let owed = zero(amount.currency);
  const shares: LoanShare[] = [];
  for (const loan of loans) {
    const here = positionOf(loan, on).owed;
    owed = add(owed, here);
    const part = smaller(left, here);
    if (part.minor === 0n) continue;
    const split = allocateRepayment({
      schedule: scheduleOf(loan.terms),
      paidPrincipal: loan.paidPrincipal,
      paidInterest: loan.paidInterest,
      amount: part,
      on,
    });
    if (!split.ok) return split;
    shares.push({ loanId: loan.id, ...split.value });
    left = subtract(left, part);
  }
  return left.minor > 0n
    ? refuse({ type: 'more_than_owed', owed: money(owed.minor, amount.currency) })
    : accept(shares);
};

/**
 * What must be paid to end each of her loans on `on`: all that was lent and not returned, and the interest due by then.
 * Interest of instalments that lie ahead is not asked for. In minor units; loans that are paid off are left out.
 */
export const settlement = (
  loans: readonly LoanStanding[],
  on: Temporal.PlainDate,
): { readonly loanId: LoanId; readonly principal: bigint; readonly interest: bigint }[] =>
  loans.flatMap((loan) => {
    const { outstandingPrincipal, interestDue } = positionOf(loan, on);
    const owed = { principal: outstandingPrincipal.minor, interest: interestDue.minor };
    return owed.principal + owed.interest > 0n ? [{ loanId: loan.id, ...owed }] : [];
  });
