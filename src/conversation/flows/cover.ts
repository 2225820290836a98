import { callName, firstName } from '../../domain/group.ts';
import { asId, type CoverId, type MemberId } from '../../domain/ids.ts';
import {
  type Cover,
  type CoverBy,
  type CoverRefusal,
  owedForCovers,
  shareCover,
} from '../../domain/joint/cover.ts';
import { owing } from '../../domain/loan/standing.ts';
import { type Money, money } from '../../domain/money.ts';
import type { Result } from '../../domain/result.ts';
import type { DomainEvent } from '../domain-event.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, type Reply, reply, type Say, say } from '../say.ts';
import type { MemberFacts } from '../snapshot.ts';
import { decide, nameAmong, needs, type OfficerTurn, todayOf } from '../turn.ts';
import { owedTo } from './cover-owed.ts';
import { coverRefusalText } from './cover-refusal.ts';
import { askMembers } from './cover-vote.ts';
import { decidesByVote } from './vote.ts';

const KINDS = ['equal', 'pro-rata', 'pot'] as const;
type Kind = (typeof KINDS)[number];

/** "Faltantes": what is due today and was not given, and who still owes those who covered her. */
export const startCover = (turn: OfficerTurn): StepResult => {
  const { covers } = turn.speaker.extra;
  if (!covers) return needs({ type: 'covers' });
  const gaps = turn.speaker.company.desk.roster.filter((member) => gapToday(turn, member).minor > 0n);
  const owe = turn.speaker.company.desk.roster.filter((member) => owedTo(covers, member.id).length > 0);
  if (gaps.length + owe.length === 0) return decide(turn, { replies: [reply([say('cover.none')])] });
  const isTanda = turn.speaker.group.tanda !== undefined;
  const lines = [
    ...gaps.map((member) => say('cover.gap', { name: member.name, gap: gapToday(turn, member) })),
    ...owe.map((member) =>
      say(isTanda ? 'cover.owes-tanda' : 'cover.owes', {
        name: member.name,
        owed: owedForCovers(owedTo(covers, member.id), currency(turn)),
      }),
    ),
  ];
  return decide(turn, {
    replies: [
      reply([say(isTanda ? 'cover.title-tanda' : 'cover.title'), ...lines], offersFor(turn, gaps, owe)),
    ],
  });
};

const currency = (turn: OfficerTurn) => turn.speaker.group.currency;

const offersFor = (turn: OfficerTurn, gaps: readonly MemberFacts[], owe: readonly MemberFacts[]): Offer[] => [
  ...gaps.map((member) =>
    offer(`cover:who:${member.id}`, say('cover.cover', { name: nameAmong(turn, member) })),
  ),
  ...owe.map((member) =>
    offer(`cover:back:${member.id}`, say('cover.back', { name: nameAmong(turn, member) })),
  ),
  offer('no', say('choice.not-now')),
];

const gapToday = (turn: OfficerTurn, member: MemberFacts): Money =>
  member.loans.length === 0 ? money(0n, currency(turn)) : owing(member.loans, todayOf(turn)).dueNow;

/** How the group covers it is the group's vote; the bot only does the sum and shows it. */
export const coverWho = (turn: OfficerTurn, memberId: string): StepResult | undefined => {
  const debtor = turn.speaker.company.desk.roster.find((member) => member.id === memberId);
  if (!debtor || gapToday(turn, debtor).minor === 0n) return undefined;
  const pot = turn.speaker.group.rules.product === 'solidarity-credit';
  return decide(turn, {
    flow: { type: 'cover-how', debtorId: debtor.id },
    replies: [
      reply(
        [say('cover.how', { name: debtor.name, gap: gapToday(turn, debtor) })],
        [
          ...KINDS.filter((kind) => pot || kind !== 'pot').map((kind) =>
            offer(`cover:how:${kind}`, say(`cover-by.${kind}`)),
          ),
          offer('no', say('cover.leave')),
        ],
      ),
    ],
  });
};

export const coverHow = (turn: OfficerTurn, chosen: string): StepResult | undefined => {
  const { flow } = turn.session;
  const kind = KINDS.find((one) => one === chosen);
  if (flow.type !== 'cover-how' || !kind) return undefined;
  const planned = planFor(turn, flow.debtorId, kind);
  if (!planned) return undefined;
  if (!planned.ok) return decide(turn, { replies: [reply([coverRefusalText(planned.refusal)])] });
  const id = asId<CoverId>(turn.newId());
  const byVote = decidesByVote(turn);
  return decide(turn, {
    flow: { type: 'cover-confirm', debtorId: flow.debtorId, by: kind, coverId: id },
    replies: [
      reply(
        [...coverLines(turn, planned.value), say(byVote ? 'lost.ask-all' : 'cover.sure')],
        [offer(`cover:propose:${id}`, say(byVote ? 'lost.vote' : 'lost.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

const planFor = (
  turn: OfficerTurn,
  debtorId: MemberId,
  kind: Kind,
): Result<Cover, CoverRefusal> | undefined => {
  const { roster } = turn.speaker.company.desk;
  const debtor = roster.find((member) => member.id === debtorId);
  if (!debtor) return undefined;
  const others = roster.filter((member) => member.id !== debtorId);
  const by: CoverBy =
    kind === 'pot'
      ? { kind }
      : kind === 'equal'
        ? { kind, among: others.map((member) => member.id) }
        : { kind, among: others.map((member) => ({ member: member.id, weight: member.saved.minor })) };
  const unit = money(turn.speaker.group.rules.cashUnitMinor, currency(turn));
  return shareCover({ debtor: debtorId, gap: gapToday(turn, debtor), by }, unit);
};

const nameOf = (turn: OfficerTurn, id: string): string => {
  const { roster } = turn.speaker.company.desk;
  const member = roster.find((one) => one.id === id);
  return member
    ? callName(
        member.name,
        roster.map((one) => one.name),
      )
    : '';
};

/** Whose gap it is and who gives how much. */
const coverLines = (turn: OfficerTurn, cover: Cover): Say[] => [
  say('cover.plan', { name: nameOf(turn, cover.debtor), gap: cover.gap }),
  ...cover.shares.map(({ by, amount }) =>
    by === 'savings-pot'
      ? say('cover.from-pot', { amount })
      : say('cover.from', { name: nameOf(turn, by), amount }),
  ),
];

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
