import { isId, type MemberId } from '../../domain/ids.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { offer, reply, say } from '../say.ts';
import type { SecondWord } from '../second-word.ts';
import { decide, type MemberTurn, needs } from '../turn.ts';
import { castVote, type Follows, officersBut } from './vote.ts';

/** A member's vote on forgiving what another one owes for covers; with yes, an officer writes it down. */
export const voteOnForgiving = (
  turn: MemberTurn,
  answer: 'yes' | 'no',
  id: string,
): StepResult | undefined => {
  const { seconds } = turn.speaker.extra;
  if (!isId(id)) return undefined;
  if (!seconds) return needs({ type: 'seconds' });
  const word = seconds.find((one) => one.id === id);
  if (word?.change.kind !== 'forgive')
    return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  return castVote(
    turn,
    { id: word.id, about: word.change.memberId, votes: word.votes, hands: word.hands },
    {
      yes: answer === 'yes',
      decided: (isYes) => forgiveDecided(turn, word, { isYes, witness: turn.speaker.me.id }),
    },
  );
};

/**
 * What follows when the members have decided on it.
 *
 * @param witness somebody else than she who proposed it
 */
export const forgiveDecided = (
  turn: MemberTurn,
  { id, by, change }: SecondWord<ReceiptFacts>,
  { isYes, witness }: { readonly isYes: boolean; readonly witness: MemberId },
): Follows => {
  const debtor = change.kind === 'forgive' ? change.memberId : undefined;
  return isYes
    ? {
        events: [],
        notices: tell(
          officersBut(turn, [debtor, by]),
          'ask',
          reply([say('forgive.voted-yes')], [offer(`second:see:${id}`, say('vote.see'))]),
        ),
      }
    : {
        events: [{ type: 'second-said', id, state: 'refused', witness }],
        notices: tell(officersBut(turn, [debtor]), 'answer', reply([say('forgive.voted-no')])),
      };
};
