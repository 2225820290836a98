import type { Temporal } from 'temporal-polyfill';
import type { MemberId } from '../ids.ts';
import type { Posting } from '../ledger/entry.ts';
import { type LoanStanding, settlement } from '../loan/standing.ts';
import { mainPot } from '../meeting.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { GroupRules } from '../rules.ts';
import {
  above,
  collect,
  interestDue,
  leftOver,
  principalOwed,
  shareOf,
  withDue,
} from './closing-postings.ts';
import { betweenBoxes, type ClosingBook, type LoanBoxShort, outOfLoanBox, poolOf } from './pool.ts';
import { type ShareOutMethod, shareOut } from './share-out.ts';

/** What the closing knows of one member. Amounts in minor units. */
export type ClosingMember = {
  readonly id: MemberId;
  readonly saved: bigint;
  readonly loans: readonly LoanStanding[];
  /** Interest she paid in this cycle, on all her loans. */
  readonly interestPaid: bigint;
  /** Fines that were set in this cycle and are not paid; none unless said. */
  readonly fined?: bigint;
};

/** What one member gets. `savings + gift + gain - owed - fined = cash`, all in minor units; a gain may be a loss. */
export type Payout = {
  readonly memberId: MemberId;
  readonly savings: bigint;
  /** By lots only: what the others leave her; below zero, what she leaves to her who won. */
  readonly gift: bigint;
  readonly gain: bigint;
  /** Principal, interest due and late fees of her loans, taken off. */
  readonly owed: bigint;
  /** Unpaid fines, taken off as far as what she saved goes; the rest is `forgiven`: nothing of a cycle is asked for in the next. */
  readonly fined: bigint;
  readonly forgiven: bigint;
  readonly cash: bigint;
};

export type Closed = {
  readonly payouts: readonly Payout[];
  /** Less than a coin: it goes to the emergency pot. */
  readonly residue: bigint;
  /** What a count found over in the loan box; below zero, what it lacked and the members' pot makes good. */
  readonly fromLoanBox: bigint;
  /** By lots only: the others' savings become the winner's, before anything is paid out. */
  readonly gifts: readonly Posting[];
  readonly postings: readonly Posting[];
};

/**
 * She owes more than would be paid to her: it is paid, or written off by a vote, before the cycle can close. `short` is what she
 * would have to bring: `owed` less her savings and `gain`, her part of what was earned (below zero: of a loss). Given up
 * by a vote is more, or less: nobody has a part of what is never paid (`planLoss`).
 */
export type ClosingRefusal =
  | {
      readonly type: 'owes_more';
      readonly memberId: MemberId;
      readonly owed: bigint;
      readonly gain: bigint;
      readonly short: bigint;
    }
  | { readonly type: 'nothing_saved' }
  | LoanBoxShort;

/**
 * Closes a cycle: interest, late fees, fines and earlier earnings become one sum and are shared out by `method`; what a member
 * still owes on a loan of the group, and of fines, is taken off; the rest is paid from the box. Afterwards every account of members, of
 * interest and of earnings is zero. In a solidarity group only the savings pot is closed: the loan capital and its
 * interest belong to the lender (two pots are never mixed), and what counts found over or missing of them is settled.
 *
 * @see A1.7 (fines enter the share-out), A1.10 to A1.13 (share-out as "action audit"), A5 (savings pot as an annual pool); invariants L12 and L13
 */
export const closeCycle = (
  members: readonly ClosingMember[],
  book: ClosingBook,
  how: { readonly rules: GroupRules; readonly method: ShareOutMethod; readonly on: Temporal.PlainDate },
): Result<Closed, ClosingRefusal> => {
  const { rules, method, on } = how;
  const own = rules.product === 'savings-group';
  const debts = members.map((member) => (own ? settlement(member.loans, on) : []));
  const due = debts.map((loans) => total(loans.map((loan) => loan.interest)));
  const fees = debts.map((loans) => total(loans.map((loan) => loan.fee)));
  const fines = members.map((member, n) => fineTaken(member, debts[n] ?? []));
  const stakes = members.map((member, n) => ({
    savings: member.saved - (due[n] ?? 0n) - (fees[n] ?? 0n) - (fines[n] ?? 0n),
    shares: member.saved,
    interestPaid: member.interestPaid + (due[n] ?? 0n),
  }));
  const behind = stakes.findIndex((stake) => stake.savings < 0n);
  if (behind >= 0) return owesMore(members[behind], debts[behind] ?? []);
  const received = own
    ? [
        ...withDue('interest', book.interest, debts.flat()),
        ...withDue('late-fee', book.lateFees, debts.flat()),
      ]
    : [];
  const poolMinor = poolOf(members, book, rules);
  const over = outOfLoanBox(poolMinor, book, rules);
  if (!over.ok) return over;
  if (poolMinor <= 0n) return refuse({ type: 'nothing_saved' });
  const shared = shareOut({ method, poolMinor, stakes, cashUnitMinor: rules.cashUnitMinor });
  if (!shared.ok) return refuse({ type: 'nothing_saved' });
  const payouts = members.map((member, n) =>
    payoutOf(member, shared.value.payouts[n] ?? 0n, { debts: debts[n] ?? [], fined: fines[n] ?? 0n }),
  );
  const short = payouts.find((payout) => payout.cash < 0n);
  if (short) {
    const { memberId, owed, fined, gain, cash } = short;
    return refuse({ type: 'owes_more', memberId, owed: owed + fined, gain, short: -cash });
  }
  const { residue } = shared.value;
  const postings = [
    ...betweenBoxes(over.value, rules),
    ...members.flatMap(({ id }, n) => interestDue(id, debts[n] ?? [])),
    ...members.flatMap(({ id }, n) => above(`savings/${id}`, 'fines', fines[n] ?? 0n)),
    ...collect(received, book.fines + total(fines)),
    ...members.flatMap(({ id }, n) =>
      shareOf(id, (shared.value.payouts[n] ?? 0n) - (stakes[n]?.savings ?? 0n)),
    ),
    ...leftOver(residue, rules),
    ...members.flatMap(({ id }, n) => principalOwed(id, debts[n] ?? [])),
    ...payouts.flatMap(({ memberId, cash }) => above(`savings/${memberId}`, `cash/${mainPot(rules)}`, cash)),
  ];
  return accept({ payouts, residue, fromLoanBox: over.value, gifts: [], postings });
};

type Debt = ReturnType<typeof settlement>[number];

/** Her savings do not even pay the interest and late fees that are due: nothing of what was earned is hers. */
const owesMore = (
  member: ClosingMember | undefined,
  debts: readonly Debt[],
): Result<Closed, ClosingRefusal> => {
  if (!member) return refuse({ type: 'nothing_saved' });
  const owed = total(debts.map((debt) => debt.principal + debt.interest + debt.fee));
  return refuse({ type: 'owes_more', memberId: member.id, owed, gain: 0n, short: owed - member.saved });
};

/** Of her unpaid fines what is left of her savings when her loans are paid. */
const fineTaken = ({ saved, fined = 0n }: ClosingMember, debts: readonly Debt[]): bigint => {
  const left = saved - total(debts.map((debt) => debt.principal + debt.interest + debt.fee));
  if (left <= 0n) return 0n;
  return fined < left ? fined : left;
};

const payoutOf = (
  member: ClosingMember,
  share: bigint,
  { debts, fined }: { readonly debts: readonly Debt[]; readonly fined: bigint },
): Payout => {
  const cost = total(debts.map((debt) => debt.interest + debt.fee));
  const principal = total(debts.map((debt) => debt.principal));
  return {
    memberId: member.id,
    savings: member.saved,
    gift: 0n,
    gain: share + cost + fined - member.saved,
    owed: principal + cost,
    fined,
    forgiven: (member.fined ?? 0n) - fined,
    cash: share - principal,
  };
};

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);
