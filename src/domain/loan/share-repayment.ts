import { Temporal } from 'temporal-polyfill';
import type { LoanId } from '../ids.ts';
import { type Money, money } from '../money.ts';
import { accept, type Result, refuse } from '../result.ts';
import { claimsOf, feesOpen } from './claims.ts';
import type { Course } from './course.ts';
import { type Claim, dueBy, type OpenLine, splitOver } from './position.ts';
import { courseAt, type LoanStanding } from './standing.ts';

/** One loan's share of a repayment. */
export type LoanShare = {
  readonly loanId: LoanId;
  readonly fee: Money;
  readonly interest: Money;
  readonly principal: Money;
};

/**
 * Shares a repayment over her loans: what is due of each comes first, then the instalments of a meeting that is about to come by
 * their days, and only what is above all of that goes ahead. Within each of these the oldest loan comes first (the order given),
 * up to what ends it on that day.
 * More than all of it together is refused: an overpayment is asked about, never swallowed.
 *
 * @param on the day the money counts for
 */
export const repay = (
  loans: readonly LoanStanding[],
  amount: Money,
  on: Temporal.PlainDate,
): Result<LoanShare[], { readonly type: 'more_than_owed'; readonly owed: Money }> => {
  const { currency } = amount;
  const open = loans.map((loan) => {
    const course = courseAt(loan, on);
    return { loanId: loan.id, course, claims: claimsOf(course, on) };
  });
  const owed = open.map(({ claims }) => totalOf(claims));
  const together = owed.reduce((sum, minor) => sum + minor, 0n);
  if (amount.minor > together) return refuse({ type: 'more_than_owed', owed: money(together, currency) });
  const courses = open.map(({ course }) => course);
  const steps = [...dueDays(courses, on).map((day) => courses.map((course) => dueUpTo(course, day))), owed];
  const parts = filledInSteps(steps, amount.minor);
  const shares: LoanShare[] = [];
  for (const [index, { loanId, claims }] of open.entries()) {
    const part = parts[index] ?? 0n;
    if (part === 0n) continue;
    const split = splitOver(claims, money(part, currency));
    if (!split.ok) return split;
    const { fee, interest, principal } = split.value;
    shares.push({
      loanId,
      fee: money(fee, currency),
      interest: money(interest, currency),
      principal: money(principal, currency),
    });
  }
  return accept(shares);
};

/** The day itself, and those of the instalments that money given on it pays as due, the earliest first. */
const dueDays = (courses: readonly Course[], on: Temporal.PlainDate): Temporal.PlainDate[] => {
  const isDue = dueBy(on);
  const near = courses
    .flatMap(({ lines }) => lines.filter((line) => isDue(line) && !isUpTo(line, on)))
    .map(({ date }) => date)
    .toSorted((a, b) => Temporal.PlainDate.compare(a, b));
  return [on, ...near];
};

/** Late fees, and what is open of the lines up to a day. In minor units. */
const dueUpTo = (course: Course, day: Temporal.PlainDate): bigint =>
  course.lines
    .filter((line) => isUpTo(line, day))
    .reduce((all, { principal, interest }) => all + principal + interest, feesOpen(course));

const isUpTo = ({ n, date }: OpenLine, day: Temporal.PlainDate): boolean =>
  n === 0 || Temporal.PlainDate.compare(date, day) <= 0;

/**
 * What each gets when all are filled up to a first mark, one after the other, then to a second one, and so on.
 *
 * @param steps the marks of each, never falling; in minor units
 */
const filledInSteps = (steps: readonly (readonly bigint[])[], amount: bigint): readonly bigint[] => {
  let left = amount;
  return steps.reduce<readonly bigint[]>(
    (parts, marks) =>
      marks.map((mark, index) => {
        const has = parts[index] ?? 0n;
        const part = left < mark - has ? left : mark - has;
        left -= part;
        return has + part;
      }),
    [],
  );
};

const totalOf = (claims: readonly Claim[]): bigint => claims.reduce((all, { minor }) => all + minor, 0n);
