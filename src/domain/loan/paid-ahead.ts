import { filled, least, spread, total } from './open-lines.ts';
import type { OpenLine } from './position.ts';
import { replanned } from './replan.ts';
import type { Parts } from './schedule.ts';
import type { LoanTerms } from './terms.ts';

/**
 * What is open of the coming lines once money in advance is paid.
 *
 * @param ahead by part, in minor units; what is more than these lines ask for is left out
 */
export const paidAhead = (
  terms: LoanTerms,
  coming: readonly OpenLine[],
  ahead: Parts,
): readonly OpenLine[] => {
  const policy = terms.excess ?? 'skip-next';
  // After a correction of earlier money, later money may be more than was asked for: there is no line left to plan anew.
  if (coming.length === 0) return coming;
  if (!isReplanned(terms, coming)) return spread(coming, ahead, { policy, unit: terms.cashUnitMinor });
  const excess = least(ahead.principal, total(coming, 'principal'));
  const parts = replanned(terms, coming, { from: (coming[0]?.n ?? 1) - 1, excess, policy });
  const lines = coming.map((line, index) => ({ ...line, ...parts[index] }));
  return filled(lines, { principal: 0n, interest: ahead.interest });
};

/**
 * Whether money in advance lessens the interest to come: on a declining loan whose terms say what money in advance does,
 * once no interest is put off any more. Elsewhere the interest of the plan was agreed as a sum, and stays.
 */
export const isReplanned = (terms: LoanTerms, coming: readonly OpenLine[]): boolean =>
  terms.interest === 'declining' &&
  terms.excess !== undefined &&
  (coming[0]?.n ?? 1) > (terms.interestPaymentGrace ?? 0);
