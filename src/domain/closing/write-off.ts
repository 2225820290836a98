import type { Temporal } from 'temporal-polyfill';
import type { LoanId, MemberId } from '../ids.ts';
import type { Posting } from '../ledger/entry.ts';
import { setAgainst } from '../ledger/set-against.ts';
import { type LoanStanding, settlement } from '../loan/standing.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { GroupRules } from '../rules.ts';

/** Of one loan that is ended by vote: what her savings pay of it, and the principal that is lost. In minor units. */
export type LostLoan = {
  readonly loanId: LoanId;
  readonly fee: bigint;
  readonly interest: bigint;
  readonly principal: bigint;
  readonly lost: bigint;
};

/** All she owes today; what her savings pay of it, and what of it ends unpaid. In minor units. */
export type Loss = {
  readonly owed: bigint;
  readonly paid: bigint;
  /** Principal: somebody put it in. */
  readonly lost: bigint;
  /** Interest and late fees: they were never earned, and are nowhere in the book. */
  readonly forgiven: bigint;
  readonly loans: readonly LostLoan[];
};

export type LossRefusal =
  | { readonly type: 'nothing_owed' }
  /** The lender has not that much in this book, or the members' box does not hold what her savings would pay. */
  | { readonly type: 'not_in_the_book' };

/**
 * What becomes of a member's loans when the group votes to end them without her. Her own savings pay first, in the order
 * of a closing: whoever does not pay back takes nothing home that others put in. When they pay all of it, nothing is lost
 * and the rest of them stays hers. What is left of the principal is the loss; interest and fees that her savings do not
 * reach are forgiven.
 *
 * @param held what the lender put in (`outside-capital`) and what the members' box holds, in minor units
 * @see Q04 (a write-off is the outstanding principal), A1.9 (savings are set against debts)
 */
export const planLoss = (
  member: { readonly saved: bigint; readonly loans: readonly LoanStanding[] },
  held: { readonly outsideCapital: bigint; readonly ownBox: bigint },
  { rules, on }: { readonly rules: GroupRules; readonly on: Temporal.PlainDate },
): Result<Loss, LossRefusal> => {
  const debts = settlement(member.loans, on);
  const owed = debts.reduce((all, debt) => all + debt.principal + debt.interest + debt.fee, 0n);
  if (owed === 0n) return refuse({ type: 'nothing_owed' });
  const paid = member.saved < owed ? member.saved : owed;
  let savings = paid;
  const pay = (minor: bigint): bigint => {
    const part = savings < minor ? savings : minor;
    savings -= part;
    return part;
  };
  const loans = debts.map((debt) => {
    const [fee, interest, principal] = [pay(debt.fee), pay(debt.interest), pay(debt.principal)];
    return { loanId: debt.loanId, fee, interest, principal, lost: debt.principal - principal };
  });
  const lost = loans.reduce((all, loan) => all + loan.lost, 0n);
  const isOutside = bearerOf(rules) === 'outside-capital';
  if (isOutside && (lost > held.outsideCapital || paid > held.ownBox))
    return refuse({ type: 'not_in_the_book' });
  return accept({ owed, paid, lost, forgiven: owed - paid - lost, loans });
};

/** Books one loan that is given up. Where the loans are of a box of their own, her savings move into it first. */
export const lossPostings = (
  member: MemberId,
  { loanId, fee, interest, principal, lost }: LostLoan,
  rules: GroupRules,
): Posting[] => [
  ...setAgainst(`savings/${member}`, `late-fee/${loanId}`, { minor: fee, rules }),
  ...setAgainst(`savings/${member}`, `interest/${loanId}`, { minor: interest, rules }),
  ...setAgainst(`savings/${member}`, `loan/${loanId}`, { minor: principal, rules }),
  ...(lost > 0n ? [{ debit: bearerOf(rules), credit: `loan/${loanId}`, amountMinor: lost } as const] : []),
];

/** Whose loss it is: the group's own fund lent it, or the organisation that put in the capital. */
const bearerOf = (rules: GroupRules): 'earnings' | 'outside-capital' =>
  rules.product === 'savings-group' ? 'earnings' : 'outside-capital';
