import { requestedTerms } from '../../domain/loan/request.ts';
import type { LoanTerms } from '../../domain/loan/terms.ts';
import type { Money } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import { type MemberTurn, todayOf } from '../turn.ts';
import type { loanRefusalText } from './loan-texts.ts';

/** The terms she would get today, from what she has saved, what she owes and what lies in the box. */
export const termsNow = (
  turn: MemberTurn,
  asked: { readonly amount: Money; readonly n: number },
  who = borrowerOf(turn),
): Result<LoanTerms, Parameters<typeof loanRefusalText>[0]> =>
  requestedTerms(who, asked, {
    rules: turn.speaker.group.rules,
    on: todayOf(turn),
    meeting: turn.speaker.group.meeting,
  });

/** What is known of her who asks for herself. */
export const borrowerOf = ({ speaker }: MemberTurn) => ({
  saved: speaker.me.saved,
  loans: speaker.me.loans,
  cash: speaker.group.loanCash,
});
