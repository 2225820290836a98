import type { LoanRequest } from '../../domain/loan/request.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import type { MemberTurn } from '../turn.ts';
import { requestLine } from './loan-texts.ts';

/** What an officer decides on: who, how much, what she has saved and what the box holds. */
export const decisionQuestion = ({ speaker }: MemberTurn, name: string, request: LoanRequest): Reply =>
  reply(
    [
      requestLine(name, request),
      say('loan-decide.box', { cash: speaker.group.loanCash }),
      say('loan-decide.question'),
    ],
    [
      offer(`loan:approve:${request.id}`, say('loan-decide.approve')),
      offer(`loan:refuse:${request.id}`, say('loan-decide.refuse')),
    ],
  );
