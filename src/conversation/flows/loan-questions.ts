import { firstName } from '../../domain/group.ts';
import type { LoanRequest } from '../../domain/loan/request.ts';
import type { Money } from '../../domain/money.ts';
import type { MemberFacts } from '../member-facts.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { MemberTurn } from '../turn.ts';
import { coverOfHers, requestLine, voteLine } from './loan-texts.ts';
import { askVoters } from './vote-ask.ts';

/** What an officer decides on: who, how much, what she has saved and what the box holds. */
export const decisionQuestion = (
  { speaker }: MemberTurn,
  who: { readonly name: string; readonly coverOwed?: Money | undefined },
  request: LoanRequest,
): Reply =>
  reply(
    [
      requestLine(who.name, request),
      ...askedByLine(speaker, request),
      ...coverOfHers(who.coverOwed),
      say('loan-decide.box', { cash: speaker.group.loanCash }),
      say('loan-decide.question'),
    ],
    [
      offer(`loan:approve:${request.id}`, say('loan-decide.approve')),
      offer(`loan:refuse:${request.id}`, say('loan-decide.refuse')),
    ],
  );

/** The officers decide, or everybody votes: those who are asked get the question with its answers. */
export const askGroup = (turn: MemberTurn, who: MemberFacts, request: LoanRequest): Notice[] => {
  const { group, extra } = turn.speaker;
  if (group.rules.loans?.decision === 'vote') {
    const voters = (extra.voters ?? []).filter((voter) => voter.id !== who.id);
    return askVoters(turn, voters, {
      kind: 'loan',
      what: [
        voteLine(who.name, request),
        ...askedByLine(turn.speaker, request),
        ...coverOfHers(who.coverOwed),
      ],
      on: { about: 'loan', id: request.id },
    });
  }
  return tell(otherOfficers(turn, who), 'loan', decisionQuestion(turn, who, request));
};

/** Which officer asks for her who has no telephone. */
export const askedByLine = (
  { me, company }: MemberTurn['speaker'],
  { askedBy }: Pick<LoanRequest, 'askedBy'>,
): Say[] => {
  const asker = [me, ...company.officers].find(({ id }) => id === askedBy);
  return asker ? [say('loan-for.asked-by', { leader: firstName(asker.name) })] : [];
};
