// What a running group brings into its new book: from the counted box and each member's balances to one opening entry.

import type { LoanId, MemberId } from '../domain/ids.ts';
import type { Posting } from '../domain/ledger/entry.ts';
import { parseDecimal } from '../domain/money.ts';
import type { Constitution } from './constitution.ts';
import type { GroupForm, MemberForm } from './import-schema.ts';
import { collectedMinor } from './import-tanda.ts';

/** What she has saved so far, in minor units: an amount, or shares at the group's price. */
export const savedMinor = (member: MemberForm, constitution: Constitution): bigint => {
  const { savings, shares } = member.opening;
  if (shares === undefined || constitution.savings.kind !== 'shares') return savings ?? 0n;
  return BigInt(shares) * (parseDecimal(constitution.savings.sharePrice) ?? 0n);
};

/** The sums a group opens with, in minor units. */
export type OpeningTotals = {
  readonly saved: bigint;
  readonly outstanding: bigint;
  readonly loanFund: bigint;
  readonly savingsPot: bigint;
  readonly social: bigint;
  readonly earnings: bigint;
  readonly outsideCapital: bigint;
  /** What is in the box for rounds of a tanda. */
  readonly rounds: bigint;
};

/**
 * What belongs to whom, before anything is checked. Capital that the file does not state is what the book needs: in a
 * savings group the loans lent from outside, else those and what waits in the loan box.
 */
export const openingTotals = (group: GroupForm, outstanding: bigint): OpeningTotals => {
  const { constitution, countedBox: box, earnings } = group;
  const saved = group.members.reduce((all, member) => all + savedMinor(member, constitution), 0n);
  const loanFund = box?.loanFund ?? 0n;
  const outside = constitution.loans?.source === 'outside' ? outstanding : 0n;
  const needed = oneBox(group) ? outside : outside + loanFund;
  return {
    saved,
    outstanding,
    loanFund,
    savingsPot: box?.savingsPot ?? 0n,
    social: box?.socialFund ?? 0n,
    earnings,
    outsideCapital: group.outsideCapital ?? needed,
    rounds: collectedMinor(group),
  };
};

/** A savings group keeps savings and loans in one box; the others never mix the loan capital with the savings pot. */
const oneBox = (group: GroupForm): boolean => group.constitution.product === 'savings-group';

export type BoxFault = {
  readonly box: 'loanFund' | 'savingsPot';
  readonly countedMinor: bigint;
  readonly expectedMinor: bigint;
};

/** The first box that does not hold what the balances say, if any. */
export const boxFault = (group: GroupForm, totals: OpeningTotals): BoxFault | undefined => {
  const { saved, earnings, outsideCapital, outstanding, loanFund, savingsPot } = totals;
  const lendable = outsideCapital - outstanding;
  const expected = oneBox(group)
    ? { loanFund: saved + earnings + lendable, savingsPot: 0n }
    : { loanFund: lendable, savingsPot: saved + earnings + totals.rounds };
  if (loanFund !== expected.loanFund) {
    return { box: 'loanFund', countedMinor: loanFund, expectedMinor: expected.loanFund };
  }
  if (savingsPot !== expected.savingsPot) {
    return { box: 'savingsPot', countedMinor: savingsPot, expectedMinor: expected.savingsPot };
  }
  return undefined;
};

export type OpeningBalances = {
  readonly saved: readonly { readonly memberId: MemberId; readonly minor: bigint }[];
  readonly loans: readonly { readonly loanId: LoanId; readonly minor: bigint }[];
  /** What each gave for rounds of a tanda that are not handed over. */
  readonly rounds: readonly { readonly memberId: MemberId; readonly round: number; readonly minor: bigint }[];
  readonly totals: OpeningTotals;
};

/**
 * The postings of the opening entry: first what came into the boxes, then what was lent out of them. A loan from
 * outside never was in the group's box.
 */
export const openingPostings = (group: GroupForm, balances: OpeningBalances): Posting[] => {
  const { saved, loans, totals } = balances;
  const outside = group.constitution.loans?.source === 'outside';
  const savingsCash = oneBox(group) ? 'cash/loan-fund' : 'cash/savings-pot';
  const capitalInBox = totals.outsideCapital - (outside ? totals.outstanding : 0n);
  const postings: Posting[] = [
    ...saved.map(
      ({ memberId, minor }): Posting => ({
        debit: savingsCash,
        credit: `savings/${memberId}`,
        amountMinor: minor,
      }),
    ),
    ...balances.rounds.map(
      ({ memberId, round, minor }): Posting => ({
        debit: savingsCash,
        credit: `round/${round}/${memberId}`,
        amountMinor: minor,
      }),
    ),
    into(savingsCash, 'earnings', totals.earnings),
    into('cash/loan-fund', 'outside-capital', capitalInBox),
    ...loans.map(
      ({ loanId, minor }): Posting => ({
        debit: `loan/${loanId}`,
        credit: outside ? 'outside-capital' : 'cash/loan-fund',
        amountMinor: minor,
      }),
    ),
    into('cash/social-fund', 'social', totals.social),
  ];
  return postings.filter((posting) => posting.amountMinor > 0n);
};

/** Money of `owner` in a box; the other way round when it is less than nothing. */
const into = (box: Posting['debit'], owner: Posting['credit'], minor: bigint): Posting =>
  minor < 0n
    ? { debit: owner, credit: box, amountMinor: -minor }
    : { debit: box, credit: owner, amountMinor: minor };
