import { firstName } from '../../domain/group.ts';
import { isId, type LoanId, type MemberId } from '../../domain/ids.ts';
import type { ClosingFacts } from '../closing-facts.ts';
import type { DomainEvent } from '../domain-event.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, needs, type OfficerTurn } from '../turn.ts';
import {
  castVote,
  decidesByVote,
  type Follows,
  officersBut,
  type Subject,
  standsAt,
  votersOn,
} from './vote.ts';
import { askVoters, handsOffer, openOffers } from './vote-ask.ts';

/** Whose loans are to be given up; `loanId` is the oldest of them, which the votes are kept under. */
export type Proposed = { readonly about: MemberId; readonly loanId: LoanId | undefined };

type Stage =
  | {
      readonly type: 'ask';
      readonly question: 'lost.sure' | 'lost.ask-all';
      readonly yes: 'lost.yes' | 'lost.vote';
    }
  | {
      readonly type: 'book';
      readonly question: 'lost.was-it-so';
      readonly yes: 'lost.yes';
      readonly proposer: MemberId;
    };

export const isReply = (stage: Stage | Reply): stage is Reply => !('type' in stage);

/** Where it stands for the officer who speaks: she begins it, she waits, or hers is the word that books it. */
export const lossStage = (turn: OfficerTurn, proposed: Proposed): Stage | Reply => {
  const { me } = turn.speaker;
  const { votes } = subjectOf(turn, proposed);
  const byVote = decidesByVote(turn);
  const book = (proposer: MemberId): Stage => ({
    type: 'book',
    question: 'lost.was-it-so',
    yes: 'lost.yes',
    proposer,
  });
  if (!byVote) {
    const first = votes.find((vote) => vote.yes && vote.memberId !== me.id);
    return first ? book(first.memberId) : { type: 'ask', question: 'lost.sure', yes: 'lost.yes' };
  }
  const [first] = votes;
  if (!first) return { type: 'ask', question: 'lost.ask-all', yes: 'lost.vote' };
  const outcome = standsAt(turn, subjectOf(turn, proposed));
  const on = { about: 'loss', id: proposed.loanId ?? '' } as const;
  // What they said in March is no answer for November: a show of hands stands instead of it, and of any before.
  if (outcome === 'rejected') return reply([say('lost.voted-no'), say('lost.voted-again')], [handsOffer(on)]);
  if (outcome === 'open') return reply([say('vote.open')], openOffers(turn, { ...on, votes }));
  return first.memberId === me.id ? reply([say('count.other-officer')]) : book(first.memberId);
};

const subjectOf = (turn: MemberTurn, { about, loanId }: Proposed): Omit<Subject, 'id'> => {
  const loss = turn.speaker.extra.closing?.losses.find((one) => one.loanId === loanId);
  return { about, votes: loss?.votes ?? [], hands: loss?.hands };
};

/** Her word, kept as the first vote; the others are asked for theirs. */
export const askLoss = (
  turn: OfficerTurn,
  { about, loanId }: Proposed,
  of: { readonly what: Say; readonly second: Reply },
): StepResult => {
  const { me, extra } = turn.speaker;
  const officers = otherOfficers(turn, { id: about });
  if (officers.length === 0 || !loanId) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  const events: DomainEvent[] = [
    { type: 'vote-cast', subjectId: loanId, vote: { memberId: me.id, yes: true } },
  ];
  if (!decidesByVote(turn))
    return decide(turn, {
      events,
      notices: tell(officers, 'ask', of.second),
      replies: [reply([say('vote.asked', { name: firstName(officers[0]?.name ?? '') })])],
    });
  const voters = votersOn(extra.voters ?? [], { about }).filter(({ id }) => id !== me.id);
  return decide(turn, {
    events,
    notices: askVoters(turn, voters, { kind: 'ask', what: [of.what], on: { about: 'loss', id: loanId } }),
    replies: [reply([say('vote.begun')])],
  });
};

/** A member's vote; when it decides, the officers hear it, and one who did not propose it writes it down. */
export const voteOnLoss = (turn: MemberTurn, answer: 'yes' | 'no', id: string): StepResult | undefined => {
  const { closing } = turn.speaker.extra;
  if (!isId(id)) return undefined;
  if (!closing) return needs({ type: 'closing' });
  const loss = closing.losses.find(({ loanId }) => loanId === id);
  if (!loss) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  return castVote(
    turn,
    { id: loss.loanId, about: loss.memberId, votes: loss.votes, hands: loss.hands },
    { yes: answer === 'yes', decided: (isYes) => lossDecided(turn, loss, isYes) },
  );
};

/** What follows when the members have decided on a loss. */
export const lossDecided = (
  turn: MemberTurn,
  { memberId, votes }: ClosingFacts['losses'][number],
  isYes: boolean,
): Follows => ({
  events: [],
  notices: isYes
    ? tell(
        officersBut(turn, [memberId, votes[0]?.memberId]),
        'ask',
        reply([say('lost.voted-yes')], [offer(`lost:${memberId}`, say('vote.see'))]),
      )
    : tell(officersBut(turn, [memberId]), 'answer', reply([say('lost.voted-no')])),
});
