import type { MemberId } from '../ids.ts';
import type { Account, Pot } from '../ledger/account.ts';
import type { Posting } from '../ledger/entry.ts';
import type { LoanShare } from '../loan/share-repayment.ts';
import { type Money, sum } from '../money.ts';
import { invariant } from '../result.ts';
import type { Cover, Coverer, CoverShare } from './cover.ts';
import type { Refund } from './refund.ts';

/**
 * Books a cover: the lender's fund receives the gap from who covered it, and her instalment becomes a debt to the group.
 * The money of the savings pot moves to the fund's box only here, by a vote (two pots are never mixed).
 *
 * @param pays the instalment that the cover pays, loan by loan; it adds up to the gap, else it throws
 */
export const coverPostings = (cover: Cover, pays: readonly LoanShare[]): Posting[] => {
  const paid = pays.flatMap(({ fee, interest, principal }) => [fee, interest, principal]);
  invariant(
    sum(paid, cover.gap.currency).minor === cover.gap.minor,
    'a cover pays its gap, no more, no less',
  );
  const owes = `cover/${cover.debtor}` as const;
  return above(
    ...cover.shares.map((share) => posting('cash/loan-fund', sourceOf(share.by), share.amount)),
    ...pays.flatMap(({ loanId, fee, interest, principal }) => [
      posting(owes, `late-fee/${loanId}`, fee),
      posting(owes, `interest/${loanId}`, interest),
      posting(owes, `loan/${loanId}`, principal),
    ]),
  );
};

/**
 * Books money she gives back: into the box first, then to each who covered her. A part of the savings pot stays there.
 *
 * @param box where the members' own money is, which in a solidarity group is never the lender's fund (`potFor` savings)
 */
export const refundPostings = (debtor: MemberId, refund: Refund, box: Pot): Posting[] =>
  refund.shares.flatMap((share) => back(debtor, share, box));

const back = (debtor: MemberId, { by, amount }: CoverShare, box: Pot): Posting[] => {
  const owes = `cover/${debtor}` as const;
  return by === 'savings-pot'
    ? above(posting('cash/savings-pot', owes, amount))
    : above(posting(`cash/${box}`, owes, amount), posting(`covered/${by}`, `cash/${box}`, amount));
};

/**
 * Books that she need not give it back: who covered her is owed nothing any more, and what the savings pot covered is a loss
 * of all who share in it.
 */
export const forgivePostings = (debtor: MemberId, shares: readonly CoverShare[]): Posting[] =>
  above(
    ...shares.map(({ by, amount }) =>
      posting(by === 'savings-pot' ? 'earnings' : `covered/${by}`, `cover/${debtor}`, amount),
    ),
  );

const sourceOf = (by: Coverer): Account => (by === 'savings-pot' ? 'cash/savings-pot' : `covered/${by}`);

const posting = (debit: Account, credit: Account, amount: Money): Posting => ({
  debit,
  credit,
  amountMinor: amount.minor,
});

const above = (...postings: readonly Posting[]): Posting[] =>
  postings.filter(({ amountMinor }) => amountMinor > 0n);
