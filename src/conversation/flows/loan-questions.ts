import type { LoanRequest } from '../../domain/loan/request.ts';
import type { Money } from '../../domain/money.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import type { MemberTurn } from '../turn.ts';
import { coverOfHers, requestLine } from './loan-texts.ts';

/** What an officer decides on: who, how much, what she has saved and what the box holds. */
export const decisionQuestion = (
  { speaker }: MemberTurn,
  who: { readonly name: string; readonly coverOwed?: Money | undefined },
  request: LoanRequest,
): Reply =>
  reply(
    [
      requestLine(who.name, request),
      ...coverOfHers(who.coverOwed),
      say('loan-decide.box', { cash: speaker.group.loanCash }),
      say('loan-decide.question'),
    ],
    [
      offer(`loan:approve:${request.id}`, say('loan-decide.approve')),
      offer(`loan:refuse:${request.id}`, say('loan-decide.refuse')),
    ],
  );
