import type { MemberId } from './ids.ts';
import { type Pot, potFor } from './ledger/account.ts';
import { mainPot } from './meeting.ts';
import { type Money, money } from './money.ts';
import type { OutKind } from './money-out.ts';
import type { GroupRules } from './rules.ts';

/**
 * Money that has left a box by the word of one officer, `by`, and is not in the book before somebody else says so: a loan
 * that was handed over, a withdrawal, help, an expense, what is paid to her who leaves, what goes back to a lender. What a
 * lender puts in (capital-in) waits for its second word in the same way, and is in no box before that.
 */
export type Underway = {
  readonly id: string;
  readonly kind: 'loan' | OutKind;
  /** Whose money it is; of an expense nobody's. */
  readonly memberId: MemberId | undefined;
  readonly amount: Money;
  readonly by: MemberId;
  /** What an expense is for, where that was said. */
  readonly words?: string | undefined;
};

/** What is left in a box for somebody else, never below zero: what the book says less what has left it unbooked. */
export const leftIn = (
  pot: Pot,
  cash: Money,
  of: { readonly underway: readonly Underway[]; readonly rules: GroupRules },
): Money => {
  const gone = of.underway.filter(({ kind }) => kind !== 'capital-in' && potOf(kind, of.rules) === pot);
  const left = cash.minor - totalOf(gone);
  return money(left > 0n ? left : 0n, cash.currency);
};

/** What of her own savings is on its way to her, in minor units. */
export const takenFrom = (member: MemberId, underway: readonly Underway[]): bigint =>
  totalOf(hersOf(member, underway).filter(({ kind }) => kind === 'withdrawal' || kind === 'leaving'));

/** What she was lent and has not said yet that she has, in minor units. */
export const lentTo = (member: MemberId, underway: readonly Underway[]): bigint =>
  totalOf(hersOf(member, underway).filter(({ kind }) => kind === 'loan'));

/** All that is on its way to one member. */
export const hersOf = (member: MemberId, underway: readonly Underway[]): readonly Underway[] =>
  underway.filter(({ memberId }) => memberId === member);

export const totalOf = (underway: readonly Underway[]): bigint =>
  underway.reduce((all, { amount }) => all + amount.minor, 0n);

const potOf = (kind: Underway['kind'], rules: GroupRules): Pot => {
  if (kind === 'loan' || kind === 'capital-back') return potFor(rules, 'loan');
  return kind === 'grant' ? 'social-fund' : mainPot(rules);
};
