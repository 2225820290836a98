import { firstName } from '../../domain/group.ts';
import type { CoverId } from '../../domain/ids.ts';
import type { Cover } from '../../domain/joint/cover.ts';
import type { VoteOutcome } from '../../domain/vote.ts';
import { tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { CoverFacts } from '../snapshot.ts';
import { decide, type MemberTurn, needs, type OfficerTurn } from '../turn.ts';
import { castVote, decidesByVote, officersBut, standsAt, votersOn } from './vote.ts';

/** Where the members vote, each of them is asked about just this cover; she whose gap it is has no vote. */
export const askMembers = (
  turn: OfficerTurn,
  cover: Cover & { readonly id: CoverId },
  lines: readonly Say[],
): Notice[] => {
  const { me, extra } = turn.speaker;
  const voters = votersOn(extra.voters ?? [], { about: cover.debtor }).filter(({ id }) => id !== me.id);
  return tell(
    voters,
    'ask',
    reply(
      [say('cover.vote', { leader: firstName(me.name) }), ...lines, say('loan-vote.question')],
      [
        offer(`vote:yes:${cover.id}:cover`, say('loan-vote.yes')),
        offer(`vote:no:${cover.id}:cover`, say('loan-vote.no')),
      ],
    ),
  );
};

/**
 * How the group decided on a cover, as the officer who speaks is about to book it: by its members' votes, or by her word
 * beside hers who proposed it. Undefined while the voters are not known.
 */
export const coverOutcome = (turn: OfficerTurn, cover: CoverFacts): VoteOutcome | undefined => {
  const { extra, me } = turn.speaker;
  if (decidesByVote(turn) && !extra.voters) return undefined;
  const words = [cover.proposedBy, me.id].map((memberId) => ({ memberId, yes: true }));
  const votes = decidesByVote(turn) ? cover.votes : words;
  return standsAt(turn, { about: cover.debtor, votes }, extra.voters ?? []);
};

/** A member's vote on a cover; when it is yes, an officer who did not propose it says that the money is there. */
export const voteOnCover = (turn: MemberTurn, answer: 'yes' | 'no', id: string): StepResult => {
  const { covers } = turn.speaker.extra;
  if (!covers) return needs({ type: 'covers' });
  const cover = covers.all.find((one) => one.id === id && one.state === 'proposed');
  if (!cover) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  return castVote(
    turn,
    { id: cover.id, about: cover.debtor, votes: cover.votes },
    {
      yes: answer === 'yes',
      decided: (isYes) => ({
        events: isYes
          ? []
          : [
              {
                type: 'cover-moved',
                id: cover.id,
                state: 'refused',
                witness: turn.speaker.me.id,
                entryId: undefined,
              },
            ],
        notices: isYes
          ? tell(
              officersBut(turn, [cover.debtor, cover.proposedBy]),
              'ask',
              reply([say('cover.voted-yes')], [offer(`cover:see:${cover.id}`, say('vote.see'))]),
            )
          : tell(officersBut(turn, [cover.debtor]), 'answer', reply([say('cover.voted-no')])),
      }),
    },
  );
};
