import { asId, type LoanRequestId } from '../../domain/ids.ts';
import type { LoanRequest } from '../../domain/loan/request.ts';
import { money } from '../../domain/money.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, isOfficerTurn, type MemberTurn, needs } from '../turn.ts';
import { borrowerOf, termsNow } from './loan-eligible.ts';
import { askFirst, openOf, refused, refusedAs } from './loan-open.ts';
import { askGroup } from './loan-questions.ts';
import { ownPurposeSay, planLines, requestLine } from './loan-texts.ts';
import { forWhom, type Whom, whomOf } from './loan-whom.ts';
import { onWithMeeting } from './meeting.ts';

/** "10", "en 10 semanas": how many instalments, in her own words. */
export const lengthInWords = (turn: MemberTurn): StepResult | undefined => {
  const [only, more] = turn.input.type === 'words' ? (turn.input.text.match(/\d+/gu) ?? []) : [];
  return only !== undefined && more === undefined ? loanLength(turn, only) : undefined;
};

/** So many instalments, one of those offered or any number the rules allow; what they do not allow is refused in words. */
export const loanLength = (turn: MemberTurn, chosen: string): StepResult | undefined => {
  const { flow } = turn.session;
  const whom = whomOf(turn);
  if (flow.type !== 'loan-length' || !whom || !/^\d{1,3}$/u.test(chosen)) return undefined;
  const { amount: minor, purpose } = flow;
  const asked = { amount: money(BigInt(minor), turn.speaker.group.currency), n: Number(chosen) };
  const terms = termsNow(turn, asked, borrowerOf(turn, whom.who));
  if (!terms.ok) return refusedAs(turn, whom, terms.refusal);
  const id = asId<LoanRequestId>(turn.newId());
  return decide(turn, {
    flow: { type: 'loan-confirm', amount: minor, purpose, n: asked.n, requestId: id, ...forWhom(whom) },
    replies: [
      reply(
        [whatFor(whom, { ...asked, purpose }), ...planLines(terms.value), ...sure(turn, whom)],
        [offer(`loan:ask:${id}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

const whatFor = ({ who, isHers }: Whom, asked: Pick<LoanRequest, 'amount' | 'purpose' | 'n'>): Say =>
  isHers
    ? say('loan-ask.yours', {
        amount: asked.amount,
        purpose: [ownPurposeSay(asked.purpose)],
        count: asked.n,
      })
    : requestLine(who.name, asked);

/** Who asks for another one hears before her yes that she does not decide on it. */
const sure = ({ speaker: { group } }: MemberTurn, { isHers }: Whom): Say[] => {
  if (isHers) return [say('loan-ask.sure')];
  return [
    ...(group.rules.loans?.decision === 'vote' ? [] : [say('loan-for.other-decides')]),
    say('loan-for.sure'),
  ];
};

/** The yes: the request goes to those who decide. Its id is the key that makes it one loan, however often it is pressed. */
export const askLoan = (turn: MemberTurn, id: string): StepResult | undefined => {
  const { flow } = turn.session;
  const { extra, me, group } = turn.speaker;
  const whom = whomOf(turn);
  if (flow.type !== 'loan-confirm' || flow.requestId !== id || !whom) return undefined;
  if (!extra.requests) return needs({ type: 'requests' });
  const first = askFirst(turn, whom, openOf(extra.requests, whom));
  if (first) return first;
  if (group.rules.loans?.decision === 'vote' && !extra.voters) return needs({ type: 'voters' });
  const amount = money(BigInt(flow.amount), group.currency);
  const terms = termsNow(turn, { amount, n: flow.n }, borrowerOf(turn, whom.who));
  if (!terms.ok) return refusedAs(turn, whom, terms.refusal);
  const request: LoanRequest = {
    id: flow.requestId,
    memberId: whom.who.id,
    amount,
    purpose: flow.purpose,
    n: flow.n,
    state: 'asked',
    askedBy: whom.isHers ? undefined : me.id,
    handedBy: undefined,
    terms: undefined,
    votes: [],
  };
  const notices = askGroup(turn, whom.who, request);
  if (notices.length === 0) return refused(turn, whom, say('report.no-officer'));
  return decide(turn, {
    replies: [
      whom.isHers || !isOfficerTurn(turn)
        ? reply([say('loan-ask.done')])
        : reply([say('loan-for.done', { name: whom.who.name })], onWithMeeting(turn)),
    ],
    events: [{ type: 'loan-asked', request }],
    notices,
  });
};
