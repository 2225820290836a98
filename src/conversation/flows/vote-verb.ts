import type { StepResult } from '../outcome.ts';
import type { MemberTurn } from '../turn.ts';
import { voteOnCover } from './cover-vote.ts';
import { voteOnForgiving } from './forgive-vote.ts';
import { voteOnLoan } from './loan-decide.ts';
import { voteOnLoss } from './loan-lost-vote.ts';
import { decidesByVote } from './vote.ts';

/** A member's vote by message. Where officers decide, nobody is asked: such a button was made up. */
export const voteVerb = (turn: MemberTurn, args: readonly string[]): StepResult | undefined => {
  const [answer, id = '', about] = args;
  if ((answer !== 'yes' && answer !== 'no') || !decidesByVote(turn)) return undefined;
  switch (about) {
    case undefined:
      return voteOnLoan(turn, answer, id);
    case 'loss':
      return voteOnLoss(turn, answer, id);
    case 'cover':
      return voteOnCover(turn, answer, id);
    case 'forgive':
      return voteOnForgiving(turn, answer, id);
    default:
      return undefined;
  }
};
