import { LOAN_PURPOSES } from '../../domain/loan/request.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import type { MemberTurn } from '../turn.ts';

/** What a loan is for, of the few things it may be for. Each choice is pressed as `<verb>:<purpose>`. */
export const askPurpose = (lines: readonly Say[], verb: 'loan:for' | 'late:for'): Reply =>
  reply(lines, [
    ...LOAN_PURPOSES.map((purpose) => offer(`${verb}:${purpose}`, say(`loan-choice.${purpose}`))),
    offer('no', say('choice.cancel')),
  ]);

/** In how many payments: a quarter, a half and all of those the rules allow, or any other number in words. */
export const askLength = (
  turn: MemberTurn,
  question: 'loan-ask.how-long' | 'late-loan.how-long',
  verb: 'loan:n' | 'late:n',
): Reply =>
  reply(
    [say(question)],
    [
      ...lengthsOf(turn).map((n) => offer(`${verb}:${n}`, say('loan-ask.length', { count: n }))),
      offer('no', say('choice.cancel')),
    ],
  );

const lengthsOf = ({ speaker }: MemberTurn): readonly number[] => {
  const most = speaker.group.rules.loans?.n ?? 1;
  return [...new Set([Math.ceil(most / 4), Math.ceil(most / 2), most])];
};
