import type { Temporal } from 'temporal-polyfill';
import type { GroupFacts } from '../../conversation/group-facts.ts';
import type { MemberFacts } from '../../conversation/member-facts.ts';
import type { Movement } from '../../conversation/payment-facts.ts';
import { localDate, nextMeeting, type Occurrence } from '../../domain/calendar.ts';
import type { Pot } from '../../domain/ledger/account.ts';
import { isOwing, owing } from '../../domain/loan/standing.ts';
import { add, type Money, money, subtract, sum } from '../../domain/money.ts';

/** What a member's passbook on paper is made of: what a message of hers is answered with. */
export type PassbookFacts = {
  readonly me: MemberFacts;
  readonly group: GroupFacts;
  /** Newest first, as the book gives them. */
  readonly movements: readonly Movement[];
  readonly now: Temporal.Instant;
  /** What she wants to have saved, when she has said so; above zero. */
  readonly goal: Money | undefined;
  /** Leaves out the group's name: who sees the picture learns of no group. */
  readonly discreet: boolean;
};

/** What a certificate is made of. `lessons`: how many open ones she finished, or her group heard in its meetings. */
export type CertificateFacts = {
  readonly group: GroupFacts;
  /** Whose; without it, the group's. */
  readonly name: string | undefined;
  readonly lessons: number;
  readonly now: Temporal.Instant;
};

/** What a group has in one of its boxes. */
export type BoxCash = { readonly pot: Pot; readonly cash: Money };

/** What the group paid for, and in its officers' own words for what, where that was said. */
export type PaperExpense = {
  readonly on: Temporal.PlainDate;
  readonly amount: Money;
  readonly words: string | undefined;
};

/** What the group's papers are made of; `members` in the order of their numbers, without those who still wait to come in. */
export type GroupPaperFacts = {
  readonly group: GroupFacts;
  readonly members: readonly MemberFacts[];
  readonly boxes: readonly BoxCash[];
  /** The latest of this cycle, the last one first. */
  readonly expenses: readonly PaperExpense[];
  readonly now: Temporal.Instant;
};

/** The words a group remembers its book by, when there are some. */
export type ReportFacts = GroupPaperFacts & { readonly checkCode: string | undefined };

type At = { readonly group: GroupFacts; readonly now: Temporal.Instant };

/** Today where the group lives. */
export const today = ({ group, now }: At): Temporal.PlainDate => localDate(now, group.meeting.timeZone);

export const comingMeeting = ({ group, now }: At): Occurrence => nextMeeting(group.meeting, now);

/** What she still owes by the plan of her loans on a day, interest included. */
export const loanLeft = (member: MemberFacts, on: Temporal.PlainDate): Money =>
  money(owing(member.loans, on).owed.minor, member.saved.currency);

/** What has been paid of the loans she still owes on, of how much; undefined when she owes nothing. */
export const repaid = (
  member: MemberFacts,
  on: Temporal.PlainDate,
): { readonly left: Money; readonly paid: Money; readonly whole: Money } | undefined => {
  const open = member.loans.filter((loan) => isOwing([loan]));
  if (open.length === 0) return undefined;
  const { currency } = member.saved;
  const paid = sum(
    open.flatMap((loan) => [loan.paidPrincipal, loan.paidInterest]),
    currency,
  );
  const left = money(owing(open, on).owed.minor, currency);
  return { left, paid, whole: add(paid, left) };
};

/** How far `part` is on the way to `whole`, in thousandths, rounded down: a bar is only full when it is done. */
export const permilleOf = (part: Money, whole: Money): bigint =>
  whole.minor <= 0n ? 0n : (part.minor * 1000n) / whole.minor;

/** What is missing to a goal; undefined when it is reached. */
export const missing = (goal: Money, saved: Money): Money | undefined =>
  saved.minor >= goal.minor ? undefined : subtract(goal, saved);
