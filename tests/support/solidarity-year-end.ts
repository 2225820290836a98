import type { Temporal } from 'temporal-polyfill';
import { closeByLots } from '../../src/domain/closing/close-by-lots.ts';
import { closeCycle } from '../../src/domain/closing/close-cycle.ts';
import { lossPostings, planLoss } from '../../src/domain/closing/write-off.ts';
import type { MemberId } from '../../src/domain/ids.ts';
import type { Posting } from '../../src/domain/ledger/entry.ts';
import { payOff } from '../../src/domain/loan/repaying.ts';
import { repay } from '../../src/domain/loan/share-repayment.ts';
import { isOwing } from '../../src/domain/loan/standing.ts';
import { settleCovers } from './solidarity-covers.ts';
import { at, bookRepaid, cash, standingsOf, type Village } from './village.ts';
import { mustHold } from './year-book.ts';

/** Settles covers and loans, and shares out the savings pot: to all, or by lots to one. */
export const endSolidarity = (village: Village, on: Temporal.PlainDate): void => {
  settleCovers(village);
  for (const member of village.members)
    if (isOwing(standingsOf(village, member))) endLoans(village, member, on);
  const members = village.members.map((id) => ({
    id,
    saved: at(village, `savings/${id}`),
    loans: standingsOf(village, id),
    interestPaid: 0n,
  }));
  const boxes = { own: cash(village, 'savings-pot'), loans: cash(village, 'loan-fund') };
  const book = {
    interest: [],
    lateFees: [],
    fines: at(village, 'fines'),
    earnings: -at(village, 'earnings'),
    boxes,
  };
  const winner = village.members[village.draw(village.members.length)];
  const { rules } = village;
  const byLots = winner !== undefined && village.draw(2) === 0;
  const closed = byLots
    ? closeByLots(members, book, { rules, winner, on })
    : closeCycle(members, book, { rules, method: 'pro-rata', on });
  // Nothing is in the pot, or a member lost more than she had.
  if (!closed.ok)
    throw new Error(`a closing is refused: ${JSON.stringify(closed.refusal, (_, value) => String(value))}`);
  village.happened.add(byLots ? 'lots' : 'pool');
  village.ledger.book(closed.value.gifts);
  village.ledger.book(closed.value.postings);
  const paidOut = closed.value.payouts.reduce((all, payout) => all + payout.cash, 0n);
  const over = village.counted;
  mustHold(paidOut + closed.value.residue === boxes.own + over, 'what is paid out is the savings pot');
  mustHold(cash(village, 'loan-fund') === boxes.loans - over, 'the lender’s box is as it was before counts');
  mustHold(closed.value.fromLoanBox === over, 'what changes boxes is what counts found');
  village.counted = 0n;
};

/** She pays all she owes, or the group votes that it is lost. */
const endLoans = (village: Village, member: MemberId, on: Temporal.PlainDate): void => {
  const loans = standingsOf(village, member);
  const loss = planLoss(
    { saved: at(village, `savings/${member}`), loans },
    { outsideCapital: at(village, 'outside-capital'), ownBox: cash(village, 'savings-pot') },
    { rules: village.rules, on },
  );
  if (village.draw(3) === 0 && loss.ok) {
    for (const loan of loss.value.loans) {
      bookRepaid(village, lossPostings(member, loan, village.rules), on);
      village.over.add(loan.loanId);
    }
    village.happened.add('loss');
    return;
  }
  const whole = repay(loans, payOff(loans, on).total, on);
  mustHold(whole.ok, 'a pay-off is taken');
  const paid = whole.value.flatMap(({ loanId, fee, interest, principal }): Posting[] => [
    { debit: 'cash/loan-fund', credit: `late-fee/${loanId}`, amountMinor: fee.minor },
    { debit: 'cash/loan-fund', credit: `interest/${loanId}`, amountMinor: interest.minor },
    { debit: 'cash/loan-fund', credit: `loan/${loanId}`, amountMinor: principal.minor },
  ]);
  bookRepaid(
    village,
    paid.filter(({ amountMinor }) => amountMinor > 0n),
    on,
  );
  mustHold(!isOwing(standingsOf(village, member)), 'who paid off owes nothing');
};
