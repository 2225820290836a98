import { Temporal } from 'temporal-polyfill';
import { type Money, money, subtract } from '../money.ts';
import { accept, invariant, type Result, refuse } from '../result.ts';
import type { Instalment } from './schedule.ts';

/**
 * 0.50: an instalment of which no more is missing counts as paid. Coins are not as fine as a plan is.
 *
 * @see tolerance of arrears in amount (Mambu, Fineract; savings-group practice A6)
 */
export const MISSING_MINOR_MAX = 50n;

/** A loan's plan and what the ledger says was repaid of it so far. */
export type RepaidSoFar = {
  readonly schedule: readonly Instalment[];
  readonly paidPrincipal: Money;
  readonly paidInterest: Money;
};

/** Where a loan stands on a day. */
export type LoanPosition = {
  readonly outstandingPrincipal: Money;
  readonly outstandingInterest: Money;
  /** Everything still to be paid by the plan. */
  readonly owed: Money;
  /** Due up to and including the day, and unpaid. */
  readonly dueNow: Money;
  /** Due before the day, and unpaid: an instalment is not late on its own day. */
  readonly arrears: Money;
  /** The interest in `dueNow`. */
  readonly interestDue: Money;
  /** The first instalment on or after the day that is not wholly paid, with what is missing of it. */
  readonly next: { readonly date: Temporal.PlainDate; readonly due: Money } | undefined;
};

export type MoreThanOwed = { readonly type: 'more_than_owed'; readonly owed: Money };

/** What is still unpaid of one instalment, in minor units. */
type Unpaid = { readonly date: Temporal.PlainDate; readonly principal: bigint; readonly interest: bigint };

/** Throws when more was repaid than the plan asks: `allocateRepayment` never lets it happen. */
export const loanPosition = (loan: RepaidSoFar & { readonly asOf: Temporal.PlainDate }): LoanPosition => {
  const { currency } = loan.paidPrincipal;
  const unpaid = unpaidParts(loan);
  const total = (parts: readonly Unpaid[]): Money => money(totalOf(parts), currency);
  const daysFrom = (part: Unpaid): number => Temporal.PlainDate.compare(part.date, loan.asOf);
  const next = unpaid.find((part) => daysFrom(part) >= 0 && part.principal + part.interest > 0n);
  const outstandingPrincipal = money(
    unpaid.reduce((all, part) => all + part.principal, 0n),
    currency,
  );
  const owed = total(unpaid);
  return {
    outstandingPrincipal,
    outstandingInterest: subtract(owed, outstandingPrincipal),
    owed,
    dueNow: total(unpaid.filter((part) => daysFrom(part) <= 0)),
    arrears: total(unpaid.filter((part) => daysFrom(part) < 0)),
    interestDue: money(
      unpaid.filter((part) => daysFrom(part) <= 0).reduce((all, part) => all + part.interest, 0n),
      currency,
    ),
    next: next && { date: next.date, due: total([next]) },
  };
};

/**
 * Splits a repayment into interest and principal. First the interest of all instalments due on the day, then their
 * principal, then the coming instalments one by one, each with its interest before its principal. Fines come before
 * all of it and are taken off by whoever calls. Refused above what is owed: a surplus is given back, never absorbed.
 *
 * @param repayment.amount above zero
 * @see the horizontal order (overdue interest before any principal) and "next instalment" for money in advance
 */
export const allocateRepayment = (
  repayment: RepaidSoFar & { readonly amount: Money; readonly on: Temporal.PlainDate },
): Result<{ readonly interest: Money; readonly principal: Money }, MoreThanOwed> => {
  const { amount, on } = repayment;
  invariant(amount.minor > 0n, 'a repayment is above zero');
  const unpaid = unpaidParts(repayment);
  const owed = money(totalOf(unpaid), repayment.paidPrincipal.currency);
  const surplus = subtract(amount, owed);
  if (surplus.minor > 0n) return refuse({ type: 'more_than_owed', owed });
  let left = amount.minor;
  let interest = 0n;
  for (const claim of claimsInOrder(unpaid, on)) {
    const taken = left < claim.minor ? left : claim.minor;
    left -= taken;
    if (claim.part === 'interest') interest += taken;
  }
  const paid = money(interest, amount.currency);
  return accept({ interest: paid, principal: subtract(amount, paid) });
};

type Claim = { readonly part: 'interest' | 'principal'; readonly minor: bigint };

const claimsInOrder = (unpaid: readonly Unpaid[], on: Temporal.PlainDate): Claim[] => {
  const isDue = (part: Unpaid): boolean => Temporal.PlainDate.compare(part.date, on) <= 0;
  const interestOf = (part: Unpaid): Claim => ({ part: 'interest', minor: part.interest });
  const principalOf = (part: Unpaid): Claim => ({ part: 'principal', minor: part.principal });
  const due = unpaid.filter(isDue);
  const coming = unpaid.filter((part) => !isDue(part));
  return [
    ...due.map(interestOf),
    ...due.map(principalOf),
    ...coming.flatMap((part) => [interestOf(part), principalOf(part)]),
  ];
};

/** The ledger keeps totals, not instalments: what was paid fills the plan from its first line. */
const unpaidParts = ({ schedule, paidPrincipal, paidInterest }: RepaidSoFar): Unpaid[] => {
  const { currency } = paidPrincipal;
  invariant(
    currency === paidInterest.currency && schedule.every((line) => line.due.currency === currency),
    'one loan keeps one currency',
  );
  const principal = remainders(
    schedule.map((line) => line.principal.minor),
    paidPrincipal.minor,
  );
  const interest = remainders(
    schedule.map((line) => line.interest.minor),
    paidInterest.minor,
  );
  return schedule.map((line, index) => ({
    date: line.date,
    principal: principal[index] ?? 0n,
    interest: interest[index] ?? 0n,
  }));
};

const remainders = (asked: readonly bigint[], paid: bigint): bigint[] => {
  invariant(paid >= 0n, 'what was repaid is zero or more');
  let left = paid;
  const unpaid = asked.map((minor) => {
    const taken = left < minor ? left : minor;
    left -= taken;
    return minor - taken;
  });
  invariant(left === 0n, 'no more is repaid than the plan asks');
  return unpaid;
};

const totalOf = (parts: readonly Unpaid[]): bigint =>
  parts.reduce((all, part) => all + part.principal + part.interest, 0n);
