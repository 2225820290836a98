import { firstName } from '../../domain/group.ts';
import type { CoverId } from '../../domain/ids.ts';
import type { Cover } from '../../domain/joint/cover.ts';
import type { VoteOutcome } from '../../domain/vote.ts';
import type { CoverFacts } from '../cover-facts.ts';
import type { DomainEvent } from '../domain-event.ts';
import { tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, needs, type OfficerTurn } from '../turn.ts';
import { castVote, decidesByVote, type Follows, officersBut, standsAt, votersOn } from './vote.ts';
import { askVoters } from './vote-ask.ts';

/** Where the members vote, each of them is asked about just this cover; she whose gap it is has no vote. */
export const askMembers = (
  turn: OfficerTurn,
  cover: Cover & { readonly id: CoverId },
  lines: readonly Say[],
): Notice[] => {
  const { me, extra } = turn.speaker;
  const voters = votersOn(extra.voters ?? [], { about: cover.debtor }).filter(({ id }) => id !== me.id);
  return askVoters(turn, voters, {
    kind: 'ask',
    what: [say('cover.vote', { leader: firstName(me.name) }), ...lines],
    on: { about: 'cover', id: cover.id },
  });
};

/**
 * How the group decided on a cover, as the officer who speaks is about to book it: by its members' votes, or by her word
 * beside hers who proposed it.
 */
export const coverOutcome = (turn: OfficerTurn, cover: CoverFacts): VoteOutcome => {
  const { me } = turn.speaker;
  const words = [cover.proposedBy, me.id].map((memberId) => ({ memberId, yes: true }));
  const votes = decidesByVote(turn) ? cover.votes : words;
  return standsAt(turn, { votes, hands: cover.hands });
};

/** A member's vote on a cover; when it is yes, an officer who did not propose it says that the money is there. */
export const voteOnCover = (turn: MemberTurn, answer: 'yes' | 'no', id: string): StepResult => {
  const { covers } = turn.speaker.extra;
  if (!covers) return needs({ type: 'covers' });
  const cover = covers.all.find((one) => one.id === id && one.state === 'proposed');
  if (!cover) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  return castVote(
    turn,
    { id: cover.id, about: cover.debtor, votes: cover.votes, hands: cover.hands },
    { yes: answer === 'yes', decided: (isYes) => coverDecided(turn, cover, isYes) },
  );
};

/** What follows when the members have decided on a cover. */
export const coverDecided = (turn: MemberTurn, cover: CoverFacts, isYes: boolean): Follows =>
  isYes
    ? {
        events: [],
        notices: tell(
          officersBut(turn, [cover.debtor, cover.proposedBy]),
          'ask',
          reply([say('cover.voted-yes')], [offer(`cover:see:${cover.id}`, say('vote.see'))]),
        ),
      }
    : {
        events: [coverRefused(turn, cover)],
        notices: tell(officersBut(turn, [cover.debtor]), 'answer', reply([say('cover.voted-no')])),
      };

/** Covers that somebody proposed and nobody has booked or refused. */
export const proposedCovers = ({ speaker }: MemberTurn): CoverFacts[] =>
  (speaker.extra.covers?.all ?? []).filter(({ state }) => state === 'proposed');

/** A proposed cover that will not be booked. */
export const coverRefused = ({ speaker }: MemberTurn, { id }: CoverFacts): DomainEvent => ({
  type: 'cover-moved',
  id,
  state: 'refused',
  witness: speaker.me.id,
  entryId: undefined,
});
