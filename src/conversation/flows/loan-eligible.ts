import { Temporal } from 'temporal-polyfill';
import { potFor } from '../../domain/ledger/account.ts';
import { type Borrower, requestedTerms } from '../../domain/loan/request.ts';
import type { LoanTerms } from '../../domain/loan/terms.ts';
import { type Money, money } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import { leftIn, takenFrom } from '../../domain/underway.ts';
import type { MemberFacts } from '../member-facts.ts';
import { type MemberTurn, todayOf } from '../turn.ts';
import type { loanRefusalText } from './loan-texts.ts';

/** The terms she would get today, from what she has saved, what she owes and what lies in the box. */
export const termsNow = (
  turn: MemberTurn,
  asked: { readonly amount: Money; readonly n: number },
  who: Borrower,
): Result<LoanTerms, Parameters<typeof loanRefusalText>[0]> =>
  requestedTerms(who, asked, {
    rules: turn.speaker.group.rules,
    on: todayOf(turn),
    meeting: turn.speaker.group.meeting,
  });

/** What is known of her who asks: what has left a box already is neither hers as savings nor there to be lent. */
export const borrowerOf = (
  { speaker: { group, me } }: MemberTurn,
  member: Pick<MemberFacts, 'id' | 'saved' | 'loans' | 'coverOwed'> = me,
): Borrower => ({
  saved: money(member.saved.minor - takenFrom(member.id, group.underway), group.currency),
  loans: member.loans,
  coverOwed: member.coverOwed,
  cash: leftIn(potFor(group.rules, 'loan'), group.loanCash, group),
});

/** What she had saved by the end of a meeting of the last weeks: what she gave at later ones is taken off; what she took out since stays off. */
export const savedBy = (
  { saved, given }: Pick<MemberFacts, 'saved' | 'given'>,
  on: Temporal.PlainDate,
): Money => {
  const since = given.filter(({ meetingOn }) => Temporal.PlainDate.compare(meetingOn, on) > 0);
  const then = since.reduce((left, { savings }) => left - savings.minor, saved.minor);
  return money(then > 0n ? then : 0n, saved.currency);
};
