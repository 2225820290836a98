import { firstName } from '../../domain/group.ts';
import type { CoverId } from '../../domain/ids.ts';
import type { Cover } from '../../domain/joint/cover.ts';
import type { DomainEvent } from '../domain-event.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { coverLines, nameOf, planFor } from './cover-plan.ts';
import { askMembers } from './cover-vote.ts';
import { decidesByVote } from './vote.ts';

/** One officer says that the group voted so; another one says the same before anything is booked. */
export const proposeCover = (turn: OfficerTurn, id: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'cover-confirm' || flow.coverId !== id) return undefined;
  const planned = planFor(turn, flow.debtorId, flow.by);
  if (!planned?.ok) return undefined;
  const officers = otherOfficers(turn, { id: flow.debtorId });
  if (officers.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  const byVote = decidesByVote(turn);
  if (byVote && !turn.speaker.extra.voters) return needs({ type: 'voters' });
  const cover = { id: flow.coverId, ...planned.value };
  return decide(turn, {
    events: [
      {
        type: 'cover-proposed',
        cover: { ...cover, by: flow.by, proposedBy: turn.speaker.me.id },
      },
      ...(byVote ? [ownVote(turn, flow.coverId)] : []),
    ],
    notices: byVote
      ? askMembers(turn, cover, coverLines(turn, cover))
      : tell(officers, 'ask', secondQuestion(turn, cover, turn.speaker.me.name)),
    replies: [
      reply([byVote ? say('vote.begun') : say('vote.asked', { name: firstName(officers[0]?.name ?? '') })]),
    ],
  });
};

const ownVote = ({ speaker }: OfficerTurn, subjectId: CoverId): DomainEvent => ({
  type: 'vote-cast',
  subjectId,
  vote: { memberId: speaker.me.id, yes: true },
});

/** What the members voted, for an officer who did not propose it. */
export const seeCover = (turn: OfficerTurn, id: string): StepResult => {
  const { covers } = turn.speaker.extra;
  if (!covers) return needs({ type: 'covers' });
  const cover = covers.all.find((one) => one.id === id && one.state === 'proposed');
  if (!cover) return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  return decide(turn, { replies: [secondQuestion(turn, cover, nameOf(turn, cover.proposedBy))] });
};

const secondQuestion = (
  turn: OfficerTurn,
  cover: Cover & { readonly id: CoverId },
  proposer: string,
): Reply =>
  reply(
    [
      say('cover.second', { leader: firstName(proposer) }),
      ...coverLines(turn, cover),
      say('cover.second-question'),
    ],
    [offer(`cover:yes:${cover.id}`, say('lost.yes')), offer(`cover:no:${cover.id}`, say('choice.no'))],
  );
