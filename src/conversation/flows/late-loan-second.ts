import { firstName } from '../../domain/group.ts';
import { invariant } from '../../domain/result.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import type { RequestFacts } from '../snapshot.ts';
import type { MemberTurn, OfficerTurn } from '../turn.ts';
import { lateLines } from './late-day.ts';

/**
 * Whether a loan of a past meeting lacks the word of a second officer: two sign, or the members decide, and nothing of it was decided
 * in the chat. For her who has no telephone the officer who saw it is the second one.
 */
export const waitsForSecond = ({ speaker: { group } }: MemberTurn, request: RequestFacts): boolean =>
  request.heldOn !== undefined &&
  request.decidedBy === undefined &&
  request.votes.length === 0 &&
  request.hands === undefined &&
  request.borrower.reach.length > 0 &&
  (group.rules.signers === 2 || group.rules.loans?.decision === 'vote');

/** Asks another officer whether the group lent it so. */
export const secondQuestion = (turn: OfficerTurn, request: RequestFacts): Reply => {
  const { id, handedBy, heldOn, amount, borrower, terms } = request;
  invariant(heldOn && terms, 'a loan of a past meeting has its day and terms');
  const leader =
    turn.speaker.company.officers.find((one) => one.id === handedBy)?.name ?? turn.speaker.me.name;
  return reply(
    [
      say('late-loan.second', { leader: firstName(leader), date: heldOn, name: borrower.name, amount }),
      ...lateLines(turn, terms),
      say('late-loan.second-question'),
    ],
    [offer(`late:so:${id}`, say('late-loan.so')), offer(`late:not:${id}`, say('loan-hand.not-got'))],
  );
};
