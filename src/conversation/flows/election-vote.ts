import { isId } from '../../domain/ids.ts';
import { handsOutcome, type VoteOutcome, voteOutcome } from '../../domain/vote.ts';
import type { OpenElection } from '../election-facts.ts';
import { tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, type MemberTurn, needs } from '../turn.ts';
import { answerersFor, called, elected, electedFor, shortName } from './election-words.ts';
import { allVoters, type Follows } from './vote.ts';

/** How it stands: every member votes, she who holds the office and she who is proposed too, wherever else officers decide. */
const standsAt = (turn: MemberTurn, { votes, hands }: Pick<OpenElection, 'votes' | 'hands'>): VoteOutcome => {
  const all = allVoters(turn, 'office');
  return hands ? handsOutcome(hands, all) : voteOutcome(votes, all);
};

/** A member's vote. The first one stands; with the one that decides it, what follows is decided too. */
export const voteOnOffice = (turn: MemberTurn, answer: 'yes' | 'no', id: string): StepResult | undefined => {
  const { extra, me } = turn.speaker;
  if (!isId(id)) return undefined;
  if (!extra.election) return needs({ type: 'election' });
  if (!extra.voters) return needs({ type: 'voters' });
  const { open } = extra.election;
  if (open?.id !== id || open.state !== 'open')
    return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (open.votes.some(({ memberId }) => memberId === me.id))
    return decide(turn, { replies: [reply([say('loan-vote.already')])] });
  const vote = { memberId: me.id, yes: answer === 'yes' };
  const outcome = standsAt(turn, { votes: [...open.votes, vote], hands: open.hands });
  const follows =
    outcome === 'open' ? { events: [], notices: [] } : electionDecided(turn, open, outcome === 'accepted');
  return decide(turn, {
    events: [{ type: 'vote-cast', subjectId: open.id, vote, seen: open.cast }, ...follows.events],
    notices: follows.notices,
    replies: [reply([say('loan-vote.thanks')])],
  });
};

/** With yes she is asked whether she takes it; with no everybody hears that it stays as it is. */
export const electionDecided = (turn: MemberTurn, open: OpenElection, isYes: boolean): Follows => ({
  events: [{ type: 'election-moved', id: open.id, was: 'open', state: isYes ? 'accepted' : 'refused' }],
  notices: isYes
    ? [
        ...tell([open.candidate], 'ask', elected(open)),
        ...tell(answerersFor(turn, open), 'ask', electedFor(turn, open)),
      ]
    : toAll(turn, reply([say('office.rejected', { office: called(open.office) })])),
});

/** What all members hear of it. */
export const toAll = (
  turn: MemberTurn,
  what: ReturnType<typeof reply>,
  but: readonly string[] = [],
): Notice[] =>
  tell(
    (turn.speaker.extra.voters ?? []).filter(({ id }) => !but.includes(id)),
    'answer',
    what,
  );

/** She does not take it, or an officer says so for her: it ends, and all hear that. */
export const declined = (turn: MemberTurn, open: OpenElection): StepResult =>
  decide(turn, {
    events: [{ type: 'election-moved', id: open.id, was: 'accepted', state: 'declined' }],
    notices: toAll(
      turn,
      reply([
        say('office.declined', {
          name: shortName(turn, open.candidate),
          office: called(open.office),
        }),
      ]),
      [turn.speaker.me.id],
    ),
    replies: [reply([say('office.declined-you')])],
  });
