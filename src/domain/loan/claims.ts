import type { Temporal } from 'temporal-polyfill';
import type { Course } from './course.ts';
import { isReplanned } from './paid-ahead.ts';
import {
  type Claim,
  dueBy,
  dueInOrder,
  inTurnAhead,
  interestOf,
  type OpenLine,
  principalOf,
} from './position.ts';
import type { LoanTerms } from './terms.ts';

/** Late fees that were charged and are unpaid, in minor units. */
export const feesOpen = ({ feesCharged, feesPaid }: Course): bigint =>
  feesCharged > feesPaid ? feesCharged - feesPaid : 0n;

/**
 * What money given on a day pays, in order: late fees, interest due, principal due, then what lies ahead as the terms say.
 * On a declining loan that is principal alone, so everything together is what ends the loan; on another the interest
 * agreed is paid too, line by line, or (where the rest is made smaller) after the principal.
 *
 * @see A6: fee, then interest, then principal (W05); L22 (pay-off of a declining loan)
 */
export const claimsOf = (course: Course, on: Temporal.PlainDate): Claim[] => {
  const isDue = dueBy(on);
  const coming = course.lines.filter((line) => !isDue(line));
  return [...claimsDue(course, on), ...claimsAhead(course.terms, coming)];
};

/** Of what money given on a day pays, what is not in advance. */
export const claimsDue = (course: Course, on: Temporal.PlainDate): Claim[] => [
  { part: 'fee', minor: feesOpen(course) },
  ...dueInOrder(course.lines, on),
];

const claimsAhead = (terms: LoanTerms, coming: readonly OpenLine[]): Claim[] => {
  if (isReplanned(terms, coming)) return coming.map(principalOf);
  switch (terms.excess ?? 'skip-next') {
    case 'skip-next':
      return inTurnAhead(coming);
    case 'fewer':
      return inTurnAhead(coming.toReversed());
    case 'smaller':
      return [...coming.map(principalOf), ...coming.map(interestOf)];
  }
};
