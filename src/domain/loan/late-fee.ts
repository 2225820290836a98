import { divide, type Money } from '../money.ts';
import { HUNDRED_PERCENT } from '../rate.ts';
import type { LateFee } from './agreed.ts';
import type { LoanTerms } from './terms.ts';

/** What is missing of one overdue instalment, in minor units. */
type Overdue = { readonly principal: bigint; readonly interest: bigint };

/**
 * What one meeting adds for the instalments that are overdue then, in minor units. A percentage is taken of their sum and
 * rounded once, to the coins of the loan (M6: 5 % of 3 x 333.33 is 50.00).
 */
export const meetingFee = (fee: LateFee, overdue: readonly Overdue[], terms: LoanTerms): bigint => {
  if (fee.kind === 'fixed') return fee.amount.minor * BigInt(overdue.length);
  const base = overdue.reduce(
    (all, { principal, interest }) => all + principal + (fee.of === 'instalment' ? interest : 0n),
    0n,
  );
  const { cashUnitMinor: unit, rounding } = terms;
  return divide(base * fee.rate, HUNDRED_PERCENT * unit, rounding) * unit;
};

/**
 * The most that all late fees of a loan may come to, in minor units.
 *
 * @param agreed the plan agreed when the loan was given; "one instalment" is its first that asks for anything
 */
export const feeCap = (fee: LateFee, agreed: readonly { readonly due: Money }[]): bigint =>
  fee.cap === 'instalment' ? (agreed.find(({ due }) => due.minor > 0n)?.due.minor ?? 0n) : fee.cap.minor;
