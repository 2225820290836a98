import type { GroupRules } from '../rules.ts';
import { type Account, potFor } from './account.ts';
import type { Posting } from './entry.ts';

/**
 * Sets a member's savings against what she owes on a loan. Where the loans are of a box of their own, what she owes there
 * is taken out of the members' box and put into it: the two are never mixed.
 *
 * @param of.minor in minor units, >= 0; nothing is booked for zero
 */
export const setAgainst = (
  savings: Account,
  owed: Account,
  of: { readonly minor: bigint; readonly rules: GroupRules },
): Posting[] => {
  const own = `cash/${potFor(of.rules, 'savings')}` as const;
  const lender = `cash/${potFor(of.rules, 'loan')}` as const;
  if (of.minor === 0n) return [];
  return own === lender
    ? [{ debit: savings, credit: owed, amountMinor: of.minor }]
    : [
        { debit: savings, credit: own, amountMinor: of.minor },
        { debit: lender, credit: owed, amountMinor: of.minor },
      ];
};
