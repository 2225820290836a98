import { firstName } from '../../domain/group.ts';
import { isId, type MemberId } from '../../domain/ids.ts';
import type { LoanStep } from '../loan-event.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import type { RequestFacts } from '../snapshot.ts';
import { decide, type MemberTurn, needs, type OfficerTurn } from '../turn.ts';
import { secondQuestion, waitsForSecond } from './late-loan-second.ts';
import { gotQuestion } from './loan-got.ts';
import { planWaiting } from './loan-plan-decide.ts';
import { askedByLine, decisionQuestion } from './loan-questions.ts';
import { coverOfHers, requestLine } from './loan-texts.ts';
import { castVote, decidesByVote, type Follows } from './vote.ts';
import { openOffers } from './vote-ask.ts';

/** What an officer may be asked about a loan now: to decide, to hand over, a new plan, or nothing. */
export const loanWaiting = (turn: OfficerTurn): StepResult | undefined => {
  const me = turn.speaker.me.id;
  const byVote = turn.speaker.group.rules.loans?.decision === 'vote';
  for (const request of turn.speaker.extra.requests ?? []) {
    if (request.memberId === me) continue;
    if (request.state === 'approved') {
      if (handedByAnother(turn, request, request.decidedBy)) continue;
      return decide(turn, { replies: [handOverQuestion(request)] });
    }
    if (request.state === 'handed') {
      const question = handedQuestion(turn, request);
      if (question) return decide(turn, { replies: [question] });
    }
    if (request.state !== 'asked') continue;
    // Who asked for her does not decide on it as well.
    if (!byVote && request.askedBy === me) continue;
    if (!byVote)
      return decide(turn, {
        replies: [
          decisionQuestion(turn, { name: request.borrower.name, coverOwed: owedBy(turn, request) }, request),
        ],
      });
    if (!request.votes.some((vote) => vote.memberId === me))
      return decide(turn, { replies: [openVote(turn, request, 'loan-vote.question')] });
  }
  return planWaiting(turn);
};

/** What another officer is asked of money that one says she handed over: that the group lent it then, or that she saw it. */
const handedQuestion = (turn: OfficerTurn, request: RequestFacts): Reply | undefined => {
  if (request.handedBy === turn.speaker.me.id) return undefined;
  if (waitsForSecond(turn, request)) return secondQuestion(turn, request);
  return request.borrower.reach.length > 0 ? undefined : gotQuestion(turn, request);
};

/** A loan that the members have not decided on: her own vote is given, and what they vote at a meeting she may note. */
export const loanVoteOpen = (turn: OfficerTurn): StepResult | undefined => {
  const { extra, me } = turn.speaker;
  const request = extra.requests?.find(({ state, memberId }) => state === 'asked' && memberId !== me.id);
  return request && decidesByVote(turn)
    ? decide(turn, { replies: [openVote(turn, request, 'vote.open')] })
    : undefined;
};

const owedBy = ({ speaker }: OfficerTurn, { memberId }: RequestFacts) =>
  speaker.company.desk.roster.find(({ id }) => id === memberId)?.coverOwed;

const openVote = (turn: OfficerTurn, request: RequestFacts, question: 'loan-vote.question' | 'vote.open') =>
  reply(
    [
      requestLine(request.borrower.name, request),
      ...askedByLine(turn.speaker, request),
      ...coverOfHers(owedBy(turn, request)),
      say(question),
    ],
    openOffers(turn, { about: 'loan', id: request.id, votes: request.votes }),
  );

export const handOverQuestion = (request: RequestFacts): Reply =>
  reply(
    [say('loan-hand.when', { name: firstName(request.borrower.name), amount: request.amount })],
    [offer(`loan:handed:${request.id}`, say('loan-hand.handed'))],
  );

/** The request a button is about, while it stands where the button needs it. */
export const standing = (
  turn: MemberTurn,
  id: string,
  state: RequestFacts['state'],
): RequestFacts | StepResult => {
  const { extra } = turn.speaker;
  if (!extra.requests) return needs({ type: 'requests' });
  const request = extra.requests.find((one) => one.id === id && one.state === state);
  return request ?? decide(turn, { replies: [reply([say('loan-decide.already')])] });
};

export const isRequest = (found: RequestFacts | StepResult): found is RequestFacts => 'borrower' in found;

export const requestMoved = (step: LoanStep) => ({ type: 'loan-moved' as const, step });

/** An officer's yes or no, where officers decide. Never on her own loan, nor on one that she asked for in another's name. */
export const decideLoan = (
  turn: OfficerTurn,
  answer: 'approve' | 'refuse',
  id: string,
): StepResult | undefined => {
  if (!isId(id) || turn.speaker.group.rules.loans?.decision === 'vote') return undefined;
  const request = standing(turn, id, 'asked');
  if (!isRequest(request)) return request;
  const me = turn.speaker.me;
  if (request.memberId === me.id) return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  if (request.askedBy === me.id)
    return decide(turn, {
      replies: [reply([say('loan-for.not-you', { name: firstName(request.borrower.name) })])],
    });
  const step: LoanStep = {
    id: request.id,
    was: 'asked',
    state: answer === 'approve' ? 'approved' : 'refused',
    decidedBy: me.id,
  };
  const told = decisionNotices(turn, request, answer === 'approve');
  const others = otherOfficers(turn, request.borrower);
  if (answer === 'approve' && handedByAnother(turn, request, me.id))
    return decide(turn, {
      events: [requestMoved(step)],
      notices: [...told, ...tell(others.filter(notTold(told)), 'loan', handOverQuestion(request))],
      replies: [reply([say('loan-decide.another-hands', { name: firstName(others[0]?.name ?? '') })])],
    });
  return decide(turn, {
    events: [requestMoved(step)],
    notices: told,
    replies: [
      answer === 'approve'
        ? handOverQuestion(request)
        : reply([say('loan-decide.refused', { name: firstName((told[0]?.to ?? request.borrower).name) })]),
    ],
  });
};

/** Where the rules ask for two officers, she who said yes to a loan does not hand it over too, as long as there is another. */
export const handedByAnother = (
  turn: OfficerTurn,
  request: RequestFacts,
  decidedBy: MemberId | undefined,
): boolean =>
  turn.speaker.group.rules.signers === 2 &&
  decidedBy === turn.speaker.me.id &&
  otherOfficers(turn, request.borrower).length > 0;

/** She hears it; of her who has no telephone the officer who asked for her, who tells her. */
const decisionNotices = (turn: MemberTurn, request: RequestFacts, yes: boolean): Notice[] => {
  const { borrower, amount, askedBy } = request;
  if (borrower.reach.length > 0)
    return tell(
      [borrower],
      'loan',
      yes
        ? reply([say('loan-said.approved', { amount })])
        : reply([say('loan-said.refused'), say('loan-said.talk')]),
    );
  return tell(
    turn.speaker.company.officers.filter(({ id }) => id === askedBy),
    'loan',
    yes
      ? handOverQuestion(request)
      : reply([say('loan-for.refused', { name: firstName(borrower.name), amount })]),
  );
};

const notTold =
  (notices: readonly Notice[]) =>
  ({ id }: { readonly id: string }): boolean =>
    !notices.some(({ to }) => to.id === id);

/** A member's vote on a loan, where the members decide. The first answer stands; the borrower has none. */
export const voteOnLoan = (turn: MemberTurn, answer: 'yes' | 'no', id: string): StepResult | undefined => {
  if (!isId(id)) return undefined;
  const request = standing(turn, id, 'asked');
  if (!isRequest(request)) return request;
  return castVote(
    turn,
    { id: request.id, about: request.memberId, votes: request.votes, hands: undefined },
    { yes: answer === 'yes', decided: (isYes) => loanDecided(turn, request, isYes) },
  );
};

/** What follows when the members have decided on a loan. */
export const loanDecided = (turn: MemberTurn, request: RequestFacts, isYes: boolean): Follows => ({
  events: [requestMoved({ id: request.id, was: 'asked', state: isYes ? 'approved' : 'refused' })],
  notices: voteNotices(turn, request, isYes),
});

/** The borrower hears the outcome; when it is yes, the officers are told to hand the money over. */
const voteNotices = (turn: MemberTurn, request: RequestFacts, yes: boolean): Notice[] => {
  const told = decisionNotices(turn, request, yes);
  const officers = turn.speaker.company.officers.filter(({ id }) => id !== request.memberId);
  return [...told, ...(yes ? tell(officers.filter(notTold(told)), 'loan', handOverQuestion(request)) : [])];
};
