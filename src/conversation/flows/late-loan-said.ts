import { firstName } from '../../domain/group.ts';
import { isId } from '../../domain/ids.ts';
import { money } from '../../domain/money.ts';
import { invariant } from '../../domain/result.ts';
import type { LoanStep } from '../loan-event.ts';
import { contactOf, otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import type { RequestFacts } from '../snapshot.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { approvedOf, plan } from './late-loan.ts';
import { secondQuestion, waitsForSecond } from './late-loan-second.ts';
import { memberById } from './list-draft.ts';
import { handedByAnother, isRequest, requestMoved, standing } from './loan-decide.ts';
import { gotQuestion } from './loan-got.ts';
import { dateOf } from './when.ts';

/**
 * Her yes to the read-back. Nothing is booked: where the rules ask for two, or the members decide, another officer says first that
 * it was so; then the borrower says that she has it, or for her who has no telephone an officer who saw it.
 */
export const confirmLateLoan = (turn: OfficerTurn, id: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'late-loan-confirm' || flow.requestId !== id) return undefined;
  const { extra, me, group } = turn.speaker;
  if (!extra.requests) return needs({ type: 'requests' });
  const member = memberById(turn, flow.memberId);
  const on = dateOf(flow.on);
  const amount = money(BigInt(flow.amount), group.currency);
  const planned = plan(turn, { member, on, amount, n: flow.n });
  if (planned.type === 'ask') return planned.ask;
  if (planned.type === 'refused') return decide(turn, { replies: [reply(planned.why)] });
  const approved = approvedOf(turn, member);
  if (approved && handedByAnother(turn, approved, approved.decidedBy))
    return decide(turn, { replies: [reply([say('loan-hand.another')])] });
  const { terms } = planned;
  const contact = contactOf(member);
  const request: RequestFacts = {
    ...(approved ?? { decidedBy: undefined, votes: [], hands: undefined, purpose: flow.purpose }),
    id: approved?.id ?? flow.requestId,
    memberId: member.id,
    amount,
    n: flow.n,
    state: 'handed',
    handedBy: me.id,
    terms,
    heldOn: on,
    borrower: contact,
  };
  const { asked, question } = firstAsked(turn, request);
  if (asked.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  const step = handedAgain(request, approved ? 'approved' : 'asked');
  return decide(turn, {
    events: [approved ? requestMoved(step) : { type: 'loan-noted', request, step }],
    notices: tell(asked, 'loan', question),
    replies: [reply([say('loan-hand.waits', { name: firstName(asked[0]?.name ?? '') })])],
  });
};

const handedAgain = (
  { id, handedBy, terms, heldOn }: RequestFacts,
  was: LoanStep['was'],
  decidedBy?: LoanStep['decidedBy'],
): LoanStep => {
  invariant(handedBy && terms, 'a loan that was handed over has its terms');
  return { id, was, state: 'handed', handedBy, terms, heldOn, ...(decidedBy && { decidedBy }) };
};

const firstAsked = (turn: OfficerTurn, request: RequestFacts) => {
  const { borrower } = request;
  if (waitsForSecond(turn, request)) {
    const asked = otherOfficers(turn, borrower);
    return { asked, question: secondQuestion(turn, request) };
  }
  const asked = borrower.reach.length > 0 ? [borrower] : otherOfficers(turn, borrower);
  return { asked, question: gotQuestion(turn, request) };
};

/** The second officer's word. A no ends it: nothing was booked. */
export const secondSaysLate = (turn: OfficerTurn, answer: string, id: string): StepResult | undefined => {
  if (!isId(id)) return undefined;
  const request = standing(turn, id, 'handed');
  if (!isRequest(request)) return request;
  const { me, company } = turn.speaker;
  if (!waitsForSecond(turn, request)) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (request.handedBy === me.id || request.memberId === me.id)
    return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  const author = company.officers.filter((one) => one.id === request.handedBy);
  if (answer !== 'so')
    return decide(turn, {
      events: [requestMoved({ id: request.id, was: 'handed', state: 'withdrawn' })],
      notices: tell(
        author,
        'loan',
        reply([
          say('late-loan.refused', {
            name: firstName(me.name),
            borrower: firstName(request.borrower.name),
            amount: request.amount,
          }),
        ]),
      ),
      replies: [reply([say('loan-hand.noted')])],
    });
  return decide(turn, {
    events: [requestMoved(handedAgain(request, 'handed', me.id))],
    notices: tell([request.borrower], 'loan', gotQuestion(turn, request)),
    replies: [reply([say('loan-hand.waits', { name: firstName(request.borrower.name) })])],
  });
};
