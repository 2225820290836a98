import { Temporal } from 'temporal-polyfill';
import { add, type Money, money, subtract, zero } from '../money.ts';
import { accept, invariant, type Result, refuse } from '../result.ts';
import type { Instalment, Parts } from './schedule.ts';

/**
 * 0.50: an instalment of which no more is missing counts as paid. Coins are not as fine as a plan is.
 *
 * @see tolerance of arrears in amount (Mambu, Fineract; savings-group practice A6)
 */
export const MISSING_MINOR_MAX = 50n;

/** As many days before and after it money is given, it counts for a meeting (`nearestMeetingDate`). */
export const MEETING_REACH_DAYS = 3;

/** What is open of one line of a plan. `n` counts from 1; 0 is interest that a new plan found due and unpaid. */
export type OpenLine = Parts & { readonly n: number; readonly date: Temporal.PlainDate };

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
  /** Late fees that were charged and are unpaid: due now, and late. */
  readonly lateFee: Money;
  /** Everything still to be paid by the plan, and the late fees. */
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

/** Throws when more was repaid than the plan asks: `allocateRepayment` never lets it happen. */
export const loanPosition = (loan: RepaidSoFar & { readonly asOf: Temporal.PlainDate }): LoanPosition =>
  positionOf(unpaidParts(loan), { asOf: loan.asOf, lateFee: zero(loan.paidPrincipal.currency) });

/** Where a loan stands whose open lines and unpaid late fees are known. */
export const positionOf = (
  lines: readonly OpenLine[],
  { asOf, lateFee }: { readonly asOf: Temporal.PlainDate; readonly lateFee: Money },
): LoanPosition => {
  const { currency } = lateFee;
  const total = (parts: readonly OpenLine[]): Money => money(totalOf(parts), currency);
  const daysFrom = (part: OpenLine): number => Temporal.PlainDate.compare(part.date, asOf);
  const next = lines.find((part) => daysFrom(part) >= 0 && part.principal + part.interest > 0n)?.date;
  const outstandingPrincipal = money(
    lines.reduce((all, part) => all + part.principal, 0n),
    currency,
  );
  return {
    outstandingPrincipal,
    outstandingInterest: subtract(total(lines), outstandingPrincipal),
    lateFee,
    owed: add(total(lines), lateFee),
    dueNow: add(total(lines.filter((part) => daysFrom(part) <= 0)), lateFee),
    arrears: add(total(lines.filter((part) => daysFrom(part) < 0)), lateFee),
    interestDue: money(
      lines.filter((part) => daysFrom(part) <= 0).reduce((all, part) => all + part.interest, 0n),
      currency,
    ),
    next: next && { date: next, due: total(lines.filter(({ date }) => date.equals(next))) },
  };
};

/**
 * Splits a repayment into interest and principal, without late fees and with nothing agreed about money in advance: see
 * `dueInOrder`. Refused above what is owed: a surplus is given back, never absorbed.
 *
 * @param repayment.amount above zero
 */
export const allocateRepayment = (
  repayment: RepaidSoFar & { readonly amount: Money; readonly on: Temporal.PlainDate },
): Result<{ readonly interest: Money; readonly principal: Money }, MoreThanOwed> => {
  const { amount, on } = repayment;
  const { currency } = repayment.paidPrincipal;
  invariant(amount.currency === currency, 'one group keeps one currency');
  const lines = unpaidParts(repayment);
  const isDue = dueBy(on);
  const ahead = lines.filter((line) => !isDue(line));
  const split = splitOver([...dueInOrder(lines, on), ...inTurnAhead(ahead)], amount);
  return split.ok
    ? accept({
        interest: money(split.value.interest, currency),
        principal: money(split.value.principal, currency),
      })
    : split;
};

/** What a repayment pays next, in minor units. */
export type Claim = { readonly part: 'fee' | 'interest' | 'principal'; readonly minor: bigint };

/** What each part of a loan gets of one payment, in minor units. */
export type Split = Readonly<Record<Claim['part'], bigint>>;

/**
 * Fills claims in order. Refused above all of them together.
 *
 * @param amount above zero
 */
export const splitOver = (claims: readonly Claim[], amount: Money): Result<Split, MoreThanOwed> => {
  invariant(amount.minor > 0n, 'a repayment is above zero');
  const owed = claims.reduce((all, { minor }) => all + minor, 0n);
  if (amount.minor > owed) return refuse({ type: 'more_than_owed', owed: money(owed, amount.currency) });
  let left = amount.minor;
  const split = { fee: 0n, interest: 0n, principal: 0n };
  for (const { part, minor } of claims) {
    const taken = left < minor ? left : minor;
    left -= taken;
    split[part] += taken;
  }
  return accept(split);
};

/**
 * First the interest of all instalments due on the day, then their principal, then an instalment of the meeting that is
 * about to come.
 *
 * @see A6: the horizontal order (overdue interest before any principal)
 */
export const dueInOrder = (lines: readonly OpenLine[], on: Temporal.PlainDate): Claim[] => {
  const isPast = ({ n, date }: OpenLine): boolean => n === 0 || Temporal.PlainDate.compare(date, on) <= 0;
  const isDue = dueBy(on);
  const due = lines.filter(isPast);
  const near = lines.filter((line) => !isPast(line) && isDue(line));
  return [...due.map(interestOf), ...due.map(principalOf), ...inTurnAhead(near)];
};

/** Whether money given on a day pays a line as one that is due: those of the meeting it is given for are. */
export const dueBy = (on: Temporal.PlainDate): ((line: OpenLine) => boolean) => {
  const reach = on.add({ days: MEETING_REACH_DAYS });
  return ({ n, date }) => n === 0 || Temporal.PlainDate.compare(date, reach) <= 0;
};

/** The coming lines one by one, each with its interest before its principal. */
export const inTurnAhead = (coming: readonly OpenLine[]): Claim[] =>
  coming.flatMap((line) => [interestOf(line), principalOf(line)]);

export const interestOf = ({ interest }: OpenLine): Claim => ({ part: 'interest', minor: interest });
export const principalOf = ({ principal }: OpenLine): Claim => ({ part: 'principal', minor: principal });

/** The ledger keeps totals, not instalments: what was paid fills the plan from its first line. */
const unpaidParts = ({ schedule, paidPrincipal, paidInterest }: RepaidSoFar): OpenLine[] => {
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
    n: line.n,
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

const totalOf = (parts: readonly OpenLine[]): bigint =>
  parts.reduce((all, part) => all + part.principal + part.interest, 0n);
