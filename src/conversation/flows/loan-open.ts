import type { LoanRefusal } from '../../domain/loan/request.ts';
import { otherOfficers } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, type Reply, reply, say } from '../say.ts';
import type { RequestFacts } from '../snapshot.ts';
import { decide, isOfficerTurn, type MemberTurn } from '../turn.ts';
import { handedByAnother, handOverQuestion } from './loan-decide.ts';
import { coverCounted, loanRefusalText } from './loan-texts.ts';
import type { Whom } from './loan-whom.ts';
import { onWithMeeting } from './meeting.ts';

/** The request of hers that is open. */
export const openOf = (requests: readonly RequestFacts[], { who }: Whom): RequestFacts | undefined =>
  requests.find((request) => request.memberId === who.id);

/** What stands in the way of asking at all: a request that is open, and of who asks for another, that she cannot. */
export const askFirst = (
  turn: MemberTurn,
  whom: Whom,
  open: RequestFacts | undefined,
): StepResult | undefined => {
  const { who, isHers } = whom;
  if (isHers) return open && decide(turn, { replies: [openAlready(open)] });
  if (!isOfficerTurn(turn)) return undefined;
  const { name } = who;
  if (open?.state === 'approved' && !handedByAnother(turn, open, open.decidedBy))
    return decide(turn, { replies: [approvedOf(turn, open)] });
  // A loan in her name is her own word, as long as she can give it.
  if (who.reach.length > 0)
    return decide(turn, { replies: [her(turn, [say('loan-for.has-phone', { name })])] });
  if (open) return decide(turn, { replies: [openOfHers(turn, open)] });
  if (who.state === 'suspended')
    return decide(turn, { replies: [her(turn, [say('late-loan.suspended', { name })])] });
  // It takes a second officer to decide, and to have seen the money: said before anybody is asked anything.
  return otherOfficers(turn, who).some(({ reach }) => reach.length > 0)
    ? undefined
    : decide(turn, { replies: [her(turn, [say('list.no-officer')])] });
};

const her = (turn: MemberTurn, lines: Parameters<typeof reply>[0]): Reply =>
  reply(lines, isOfficerTurn(turn) ? onWithMeeting(turn) : []);

const openAlready = (open: RequestFacts): Reply =>
  reply(
    [say(`loan-open.${open.state === 'asked' ? 'asked' : 'approved'}`, { amount: open.amount })],
    open.state === 'handed'
      ? [
          offer(`loan:got:${open.id}`, say('loan-hand.got')),
          offer(`loan:notgot:${open.id}`, say('loan-hand.not-got')),
        ]
      : [offer(`loan:withdraw:${open.id}`, say('loan-ask.withdraw')), offer('no', say('loan-ask.keep'))],
  );

const openOfHers = (turn: MemberTurn, open: RequestFacts): Reply => {
  const { state, amount, borrower } = open;
  return reply(
    [say(`loan-for.open-${state === 'asked' ? 'asked' : 'approved'}`, { name: borrower.name, amount })],
    withdrawOf(turn, open),
  );
};

const approvedOf = (turn: MemberTurn, open: RequestFacts): Reply => {
  const question = handOverQuestion(open);
  return { ...question, offers: [...question.offers, ...withdrawOf(turn, open)] };
};

/** She who asked for her may take it back, while no money is on its way. */
const withdrawOf = (turn: MemberTurn, open: RequestFacts): Offer[] =>
  mayWithdraw(turn, open)
    ? [offer(`loan:withdraw:${open.id}`, say('loan-for.withdraw')), offer('no', say('loan-ask.keep'))]
    : [];

/** Hers; or, while she has no telephone, of the officer who asked for her. */
export const mayWithdraw = (
  turn: MemberTurn,
  { state, memberId, askedBy, borrower }: RequestFacts,
): boolean => {
  const { me } = turn.speaker;
  if (state === 'handed') return false;
  return memberId === me.id || (isOfficerTurn(turn) && askedBy === me.id && borrower.reach.length === 0);
};

export const refusedAs = (turn: MemberTurn, whom: Whom, refusal: LoanRefusal): StepResult =>
  refused(turn, whom, loanRefusalText(refusal, whom));

/** Nothing was asked for, and why. */
export const refused = (turn: MemberTurn, whom: Whom, why: ReturnType<typeof say>): StepResult => {
  const lines = [...coverCounted(whom, turn.speaker.group.rules), why];
  return decide(turn, {
    replies: [
      whom.isHers
        ? reply(lines, [offer('ask:savings', say('menu.savings')), offer('ask:loan', say('menu.loan'))])
        : her(turn, lines),
    ],
  });
};
