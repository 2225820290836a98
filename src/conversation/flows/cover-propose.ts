import { firstName } from '../../domain/group.ts';
import type { CoverId, MemberId } from '../../domain/ids.ts';
import type { Cover } from '../../domain/joint/cover.ts';
import type { CoverFacts } from '../cover-facts.ts';
import type { DomainEvent } from '../domain-event.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { coverLines, nameOf, planFor } from './cover-plan.ts';
import { coverRefusalText } from './cover-refusal.ts';
import { askMembers, coverRefused } from './cover-vote.ts';
import { decidesByVote, standsAt } from './vote.ts';
import { openOffers } from './vote-ask.ts';

/** One officer says that the group voted so; another one says the same before anything is booked. */
export const proposeCover = (turn: OfficerTurn, id: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'cover-confirm' || flow.coverId !== id) return undefined;
  const planned = planFor(turn, flow.debtorId, flow.by);
  if (!planned) return undefined;
  if (!planned.ok) return decide(turn, { replies: [reply([coverRefusalText(planned.refusal)])] });
  if (!turn.speaker.extra.covers) return needs({ type: 'covers' });
  const waits = waitingFor(turn, flow.debtorId);
  if (waits) return decide(turn, { replies: [whatWaits(turn, waits)] });
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

/** A cover of hers that was proposed and waits: there is one at a time. */
export const waitingFor = (turn: OfficerTurn, debtorId: MemberId): CoverFacts | undefined =>
  turn.speaker.extra.covers?.all.find((cover) => cover.debtor === debtorId && cover.state === 'proposed');

/** The cover that waits, and what the officer who speaks may do about it. */
export const whatWaits = (turn: OfficerTurn, cover: CoverFacts): Reply => {
  const isMine = cover.proposedBy === turn.speaker.me.id;
  const isOpen = decidesByVote(turn) && standsAt(turn, cover) === 'open';
  if (!isMine && !isOpen) return secondQuestion(turn, cover, nameOf(turn, cover.proposedBy));
  return reply(
    [
      say('cover.waits', { name: nameOf(turn, cover.proposedBy) }),
      ...coverLines(turn, cover),
      say(isOpen ? 'vote.open' : 'count.other-officer'),
    ],
    [
      ...(isOpen && cover.debtor !== turn.speaker.me.id
        ? openOffers(turn, { about: 'cover', ...cover })
        : []),
      ...(isMine ? [offer(`cover:off:${cover.id}`, say('cover.call-off'))] : []),
    ],
  );
};

/** She who proposed a cover calls it off, while it is not in the book. */
export const callOff = (turn: OfficerTurn, id: string): StepResult => {
  const { covers } = turn.speaker.extra;
  if (!covers) return needs({ type: 'covers' });
  const cover = covers.all.find((one) => one.id === id && one.state === 'proposed');
  if (cover?.proposedBy !== turn.speaker.me.id)
    return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  return decide(turn, {
    events: [coverRefused(turn, cover)],
    notices: tell(
      otherOfficers(turn),
      'answer',
      reply([
        say('cover.off-told', { leader: firstName(turn.speaker.me.name), name: nameOf(turn, cover.debtor) }),
      ]),
    ),
    replies: [reply([say('cover.off-done')])],
  });
};

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
