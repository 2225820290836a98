import type { StepResult } from '../outcome.ts';
import type { MemberTurn } from '../turn.ts';
import { voteOnCover } from './cover-vote.ts';
import { electionVerb } from './election.ts';
import { takeVerb } from './election-take.ts';
import { voteOnOffice } from './election-vote.ts';
import { voteOnForgiving } from './forgive-vote.ts';
import { voteOnLoan } from './loan-decide.ts';
import { voteOnLoss } from './loan-lost-vote.ts';
import { decidesByVote } from './vote.ts';

/** A member's vote by message, and all else that is pressed about an office. Where officers decide, nobody is asked but about an office: such a button was made up. */
export const voteVerb = (
  turn: MemberTurn,
  verb: 'vote' | 'office',
  args: readonly string[],
): StepResult | undefined => {
  const [answer = '', id = '', about] = args;
  if (verb === 'office')
    return answer === 'take' || answer === 'decline'
      ? takeVerb(turn, answer, id)
      : electionVerb(turn, answer, id);
  if (answer !== 'yes' && answer !== 'no') return undefined;
  if (about === 'office') return voteOnOffice(turn, answer, id);
  if (!decidesByVote(turn)) return undefined;
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
