import { firstName } from '../../domain/group.ts';
import { asId, type EntryId, isId, type LoanId } from '../../domain/ids.ts';
import { potFor } from '../../domain/ledger/account.ts';
import { type EntryDraft, sound } from '../../domain/ledger/entry.ts';
import type { LoanTerms } from '../../domain/loan/terms.ts';
import { voteOutcome } from '../../domain/vote.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { LoanStep, Notice, StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import type { Contact, RequestFacts } from '../snapshot.ts';
import { decide, type MemberTurn, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { decisionQuestion, termsNow, voteQuestion } from './loan-ask.ts';
import { loanRefusalText, planLines, requestLine } from './loan-texts.ts';

/** What an officer may be asked about a loan now: to decide, to hand over, or nothing. */
export const loanWaiting = (turn: OfficerTurn): StepResult | undefined => {
  const me = turn.speaker.me.id;
  const byVote = turn.speaker.group.rules.loans?.decision === 'vote';
  for (const request of turn.speaker.extra.requests ?? []) {
    if (request.memberId === me) continue;
    const { name } = request.borrower;
    if (request.state === 'approved') return decide(turn, { replies: [handOverQuestion(request)] });
    if (request.state !== 'asked') continue;
    if (!byVote) return decide(turn, { replies: [decisionQuestion(turn, name, request)] });
    if (!request.votes.some((vote) => vote.memberId === me))
      return decide(turn, { replies: [voteQuestion(name, request)] });
  }
  return undefined;
};

const handOverQuestion = (request: RequestFacts) =>
  reply(
    [say('loan-hand.when', { name: firstName(request.borrower.name), amount: request.amount })],
    [offer(`loan:handed:${request.id}`, say('loan-hand.handed'))],
  );

/** The request a button is about, while it stands where the button needs it. */
const standing = (turn: MemberTurn, id: string, state: RequestFacts['state']): RequestFacts | StepResult => {
  const { extra } = turn.speaker;
  if (!extra.requests) return needs({ type: 'requests' });
  const request = extra.requests.find((one) => one.id === id && one.state === state);
  return request ?? decide(turn, { replies: [reply([say('loan-decide.already')])] });
};

const isRequest = (found: RequestFacts | StepResult): found is RequestFacts => 'borrower' in found;

const moved = (step: LoanStep) => ({ type: 'loan-moved' as const, step });

/** An officer's yes or no, where officers decide. Never on her own loan. */
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
  const step: LoanStep = {
    id: request.id,
    was: 'asked',
    state: answer === 'approve' ? 'approved' : 'refused',
    decidedBy: me.id,
  };
  const told = decisionNotices(request, answer === 'approve');
  return decide(turn, {
    events: [moved(step)],
    notices: told,
    replies: [
      answer === 'approve'
        ? handOverQuestion(request)
        : reply([say('loan-decide.refused', { name: firstName(request.borrower.name) })]),
    ],
  });
};

const decisionNotices = ({ borrower, amount }: RequestFacts, yes: boolean): Notice[] =>
  tell(
    [borrower],
    'loan',
    yes
      ? reply([say('loan-said.approved', { amount })])
      : reply([say('loan-said.refused'), say('loan-said.talk')]),
  );

/** A member's vote on a loan, where the members decide. The first answer stands; the borrower has none. */
export const voteOnLoan = (turn: MemberTurn, answer: string, id: string): StepResult | undefined => {
  if (!isId(id) || (answer !== 'yes' && answer !== 'no')) return undefined;
  const { extra, me, group } = turn.speaker;
  const request = standing(turn, id, 'asked');
  if (!isRequest(request)) return request;
  if (!extra.voters) return needs({ type: 'voters' });
  if (request.memberId === me.id) return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  if (request.votes.some((vote) => vote.memberId === me.id))
    return decide(turn, { replies: [reply([say('loan-vote.already')])] });
  const vote = { memberId: me.id, yes: answer === 'yes' };
  const outcome = voteOutcome([...request.votes, vote], {
    voters: extra.voters.filter((voter) => voter.id !== request.memberId).length,
    quorumPct: group.rules.quorumPct,
  });
  const step: LoanStep = {
    id: request.id,
    was: 'asked',
    state: outcome === 'accepted' ? 'approved' : 'refused',
  };
  return decide(turn, {
    events: [
      { type: 'vote-cast', subjectId: request.id, vote },
      ...(outcome === 'open' ? [] : [moved(step)]),
    ],
    notices: outcome === 'open' ? [] : voteNotices(turn, request, outcome === 'accepted'),
    replies: [reply([say('loan-vote.thanks')])],
  });
};

/** The borrower hears the outcome; when it is yes, the officers are told to hand the money over. */
const voteNotices = (turn: MemberTurn, request: RequestFacts, yes: boolean): Notice[] => [
  ...decisionNotices(request, yes),
  ...(yes
    ? tell(
        turn.speaker.company.officers.filter((officer) => officer.id !== request.memberId),
        'loan',
        handOverQuestion(request),
      )
    : []),
];

/** An officer says that she handed the money over; the borrower says that she has it, and only then it is in the book. */
export const handOver = (turn: OfficerTurn, id: string): StepResult | undefined => {
  if (!isId(id)) return undefined;
  const request = standing(turn, id, 'approved');
  if (!isRequest(request)) return request;
  const me = turn.speaker.me;
  if (request.memberId === me.id) return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  const terms = termsOf(turn, request);
  if (!terms.ok) return decide(turn, { replies: [reply([loanRefusalText(terms.refusal)])] });
  const witnesses =
    request.borrower.reach.length > 0 ? [request.borrower] : otherOfficers(turn, request.borrower);
  if (witnesses.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  return decide(turn, {
    events: [moved({ id: request.id, was: 'approved', state: 'handed', handedBy: me.id })],
    notices: tell(witnesses, 'loan', gotQuestion(turn, request)),
    replies: [reply([say('loan-hand.waits', { name: firstName(witnesses[0]?.name ?? '') })])],
  });
};

const gotQuestion = (turn: OfficerTurn, { id, borrower, amount }: RequestFacts) =>
  reply(
    [
      borrower.reach.length > 0
        ? say('loan-hand.question', { leader: firstName(turn.speaker.me.name), amount })
        : say('loan-hand.question-second', {
            leader: firstName(turn.speaker.me.name),
            name: firstName(borrower.name),
            amount,
          }),
    ],
    [offer(`loan:got:${id}`, say('loan-hand.got')), offer(`loan:notgot:${id}`, say('loan-hand.not-got'))],
  );

/** The borrower's facts: on an officer's roster, or her own. */
const termsOf = (turn: MemberTurn, request: RequestFacts) => {
  const { me, company, group } = turn.speaker;
  const borrower =
    [me, ...(company.desk?.roster ?? [])].find((member) => member.id === request.memberId) ?? me;
  return termsNow(
    turn,
    { amount: request.amount, n: request.n },
    { saved: borrower.saved, loans: borrower.loans, cash: group.loanCash },
  );
};

/** "Sí, lo recibí": the second word. The money leaves the box in the book, and she sees when she pays it back. */
export const gotLoan = (turn: MemberTurn, answer: 'got' | 'notgot', id: string): StepResult | undefined => {
  if (!isId(id)) return undefined;
  const request = standing(turn, id, 'handed');
  if (!isRequest(request)) return request;
  if (!mayWitness(turn, request)) return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  const officer = turn.speaker.company.officers.filter((one) => one.id === request.handedBy);
  if (answer === 'notgot') return notGot(turn, request, officer);
  const terms = termsOf(turn, request);
  if (!terms.ok) return decide(turn, { replies: [reply([loanRefusalText(terms.refusal)])] });
  const loanId = asId<LoanId>(turn.newId());
  const receipt = turn.speaker.group.book.seq + 1n;
  const said = [say('loan-hand.done', { amount: request.amount, receipt }), ...planLines(terms.value)];
  const isHers = turn.speaker.me.id === request.memberId;
  return decide(turn, {
    events: [
      { type: 'loan-made', loan: { id: loanId, memberId: request.memberId, terms: terms.value } },
      { type: 'entry-posted', entry: loanEntry(turn, request, { loanId, terms: terms.value }) },
      moved({ id: request.id, was: 'handed', state: 'lent', loanId }),
    ],
    notices: [
      ...tell(
        officer,
        'loan',
        reply([requestLine(request.borrower.name, request), say('loan-hand.booked', { receipt })]),
      ),
    ],
    replies: [reply(isHers ? said : [say('loan-hand.booked', { receipt })])],
  });
};

const mayWitness = (turn: MemberTurn, request: RequestFacts): boolean => {
  const me = turn.speaker.me.id;
  if (me === request.memberId) return true;
  return (
    request.borrower.reach.length === 0 && turn.speaker.company.desk !== undefined && me !== request.handedBy
  );
};

const notGot = (turn: MemberTurn, request: RequestFacts, officer: readonly Contact[]): StepResult =>
  decide(turn, {
    events: [moved({ id: request.id, was: 'handed', state: 'approved' })],
    notices: tell(
      officer,
      'loan',
      reply(
        [say('loan-hand.denied', { name: firstName(request.borrower.name), amount: request.amount })],
        [offer(`loan:handed:${request.id}`, say('loan-hand.handed'))],
      ),
    ),
    replies: [reply([say('loan-hand.noted')])],
  });

const loanEntry = (
  turn: MemberTurn,
  request: RequestFacts,
  { loanId, terms }: { readonly loanId: LoanId; readonly terms: LoanTerms },
): EntryDraft =>
  sound({
    id: asId<EntryId>(turn.newId()),
    groupId: turn.speaker.group.id,
    kind: 'loan',
    key: `loan/${request.id}`,
    batch: undefined,
    author: request.handedBy ?? turn.speaker.me.id,
    witness: turn.speaker.me.id,
    occurredOn: todayOf(turn),
    rulesVersion: turn.speaker.group.rulesVersion,
    reverses: undefined,
    reason: undefined,
    postings: [
      {
        debit: `loan/${loanId}`,
        credit: `cash/${potFor(turn.speaker.group.rules, 'loan')}`,
        amountMinor: terms.principal.minor,
      },
    ],
  });
