import type { CoverId, LoanId, LoanRequestId, MemberId } from '../../domain/ids.ts';
import { officersOutcome, type Vote, type VoteOutcome, voteOutcome } from '../../domain/vote.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import type { Contact } from '../snapshot.ts';
import { decide, type MemberTurn, needs } from '../turn.ts';

/** What the members are asked, and about whom: she herself has no vote on it. */
export type Subject = {
  readonly id: LoanRequestId | LoanId | CoverId;
  readonly about: MemberId;
  readonly votes: readonly Vote[];
};

/** Whether this group's members vote by message; else its officers decide. */
export const decidesByVote = ({ speaker }: MemberTurn): boolean =>
  speaker.group.rules.loans?.decision === 'vote';

/** The members who may vote on it, without her whom it is about. */
export const votersOn = (voters: readonly Contact[], { about }: Pick<Subject, 'about'>): Contact[] =>
  voters.filter((voter) => voter.id !== about);

/** The officers but for these. */
export const officersBut = ({ speaker }: MemberTurn, who: readonly (MemberId | undefined)[]): Contact[] =>
  speaker.company.officers.filter((officer) => !who.some((id) => id === officer.id));

/** How a question stands by the group's own way: its members' votes, or the word of two officers. */
export const standsAt = (
  turn: MemberTurn,
  subject: Omit<Subject, 'id'>,
  voters: readonly Contact[],
): VoteOutcome => {
  const { company, group } = turn.speaker;
  if (decidesByVote(turn))
    return voteOutcome(subject.votes, {
      voters: votersOn(voters, subject).length,
      quorumPct: group.rules.quorumPct,
    });
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
    readonly decided: (isYes: boolean) => {
      readonly events: readonly DomainEvent[];
      readonly notices: readonly Notice[];
    };
  },
): StepResult => {
  const { extra, me } = turn.speaker;
  if (!extra.voters) return needs({ type: 'voters' });
  if (subject.about === me.id) return decide(turn, { replies: [reply([say('loan-decide.own')])] });
  if (subject.votes.some((vote) => vote.memberId === me.id))
    return decide(turn, { replies: [reply([say('loan-vote.already')])] });
  const vote = { memberId: me.id, yes: of.yes };
  const outcome = standsAt(turn, { ...subject, votes: [...subject.votes, vote] }, extra.voters);
  const follows = outcome === 'open' ? { events: [], notices: [] } : of.decided(outcome === 'accepted');
  return decide(turn, {
    events: [{ type: 'vote-cast', subjectId: subject.id, vote }, ...follows.events],
    notices: follows.notices,
    replies: [reply([say('loan-vote.thanks')])],
  });
};
