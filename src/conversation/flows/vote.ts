import type { MemberId } from '../../domain/ids.ts';
import {
  type Hands,
  handsOutcome,
  officersOutcome,
  type Vote,
  type VoteOutcome,
  voteOutcome,
} from '../../domain/vote.ts';
import type { Contact } from '../contact.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import type { HandsAbout, VoteSubject } from '../second-word.ts';
import { decide, type MemberTurn } from '../turn.ts';

/** What the members are asked, and about whom: she herself has no vote on it. */
export type Subject = {
  readonly id: VoteSubject;
  readonly about: MemberId;
  readonly votes: readonly Vote[];
  readonly hands?: Hands | undefined;
};

/** What follows from a vote. */
export type Follows = { readonly events: readonly DomainEvent[]; readonly notices: readonly Notice[] };

/** Whether this group's members vote by message; else its officers decide. */
export const decidesByVote = ({ speaker }: MemberTurn): boolean =>
  speaker.group.rules.loans?.decision === 'vote';

/** The members who may vote on it, without her whom it is about. */
export const votersOn = (voters: readonly Contact[], { about }: Pick<Subject, 'about'>): Contact[] =>
  voters.filter((voter) => voter.id !== about);

/** The officers but for these. */
export const officersBut = ({ speaker }: MemberTurn, who: readonly (MemberId | undefined)[]): Contact[] =>
  speaker.company.officers.filter((officer) => !who.some((id) => id === officer.id));

/**
 * Of all who are in the group and may vote on what is about one of them, those without a telephone too. On an office all vote, she
 * who is proposed for it as well.
 */
export const allVoters = (
  { speaker: { group } }: MemberTurn,
  about?: HandsAbout,
): { voters: number; quorumPct: number } => ({
  voters: about === 'office' ? group.memberCount : group.memberCount - 1,
  quorumPct: group.rules.quorumPct,
});

/**
 * How a question stands by the group's own way: its members' votes, or the word of two officers. What they voted at a
 * meeting stands instead of what they voted by message.
 */
export const standsAt = (turn: MemberTurn, subject: Omit<Subject, 'id' | 'about'>): VoteOutcome => {
  const { company } = turn.speaker;
  if (decidesByVote(turn))
    return subject.hands
      ? handsOutcome(subject.hands, allVoters(turn))
      : voteOutcome(subject.votes, allVoters(turn));
  return officersOutcome(
    subject.votes.filter(({ memberId }) => company.officers.some(({ id }) => id === memberId)),
  );
};

/** A member's answer. The first one stands; with the one that decides it, what follows is decided too. */
export const castVote = (
  turn: MemberTurn,
  subject: Subject,
  of: {
    readonly yes: boolean;
    readonly decided: (isYes: boolean) => Follows;
  },
): StepResult => {
  const { me } = turn.speaker;
  if (subject.about === me.id) return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  if (subject.votes.some((vote) => vote.memberId === me.id))
    return decide(turn, { replies: [reply([say('loan-vote.already')])] });
  const vote = { memberId: me.id, yes: of.yes };
  const outcome = standsAt(turn, { ...subject, votes: [...subject.votes, vote] });
  const follows = outcome === 'open' ? { events: [], notices: [] } : of.decided(outcome === 'accepted');
  return decide(turn, {
    events: [{ type: 'vote-cast', subjectId: subject.id, vote }, ...follows.events],
    notices: follows.notices,
    replies: [reply([say('loan-vote.thanks')])],
  });
};
