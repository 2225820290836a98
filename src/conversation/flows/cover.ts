import { asId, type CoverId } from '../../domain/ids.ts';
import { owedForCovers } from '../../domain/joint/cover.ts';
import type { MemberFacts } from '../member-facts.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, say } from '../say.ts';
import { decide, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { isGivenBack } from './cover-off.ts';
import { owedTo } from './cover-owed.ts';
import { COVER_KINDS, coverLines, currency, gapToday, planFor } from './cover-plan.ts';
import { waitingFor, whatWaits } from './cover-propose.ts';
import { coverRefusalText } from './cover-refusal.ts';
import { decidesByVote } from './vote.ts';

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

const offersFor = (turn: OfficerTurn, gaps: readonly MemberFacts[], owe: readonly MemberFacts[]): Offer[] => [
  ...gaps.map((member) =>
    offer(`cover:who:${member.id}`, say('cover.cover', { name: nameAmong(turn, member) })),
  ),
  ...owe.map((member) =>
    offer(`cover:back:${member.id}`, say('cover.back', { name: nameAmong(turn, member) })),
  ),
  ...owe
    .filter(({ id }) => id !== turn.speaker.me.id)
    .map((member) =>
      offer(`cover:let:${member.id}`, say('forgive.offer', { name: nameAmong(turn, member) })),
    ),
  ...latestRefund(turn),
  ...latestCover(turn),
  offer('no', say('choice.not-now')),
];

/** So may the last cover: it is taken back while nothing of it was given back. */
const latestCover = ({ speaker: { extra, group, me } }: OfficerTurn): Offer[] => {
  if (group.tanda) return [];
  const last = extra.covers?.all.findLast(({ booked }) => booked && !booked.isClosed);
  return last?.booked && last.debtor !== me.id && !isGivenBack(extra.covers, last.debtor)
    ? [offer(`cover:reverse:${last.id}`, say('cover-off.offer', { receipt: last.booked.receipt }))]
    : [];
};

/** The last thing that was given back may have been noted by mistake. */
const latestRefund = ({ speaker }: OfficerTurn): Offer[] => {
  const last = speaker.extra.covers?.refunds.findLast(({ kind, isClosed }) => kind === 'refund' && !isClosed);
  return last
    ? [offer(`cover:undo:${last.entryId}`, say('refund-off.offer', { receipt: last.receipt }))]
    : [];
};

/** How the group covers it is the group's vote; the bot only does the sum and shows it. */
export const coverWho = (turn: OfficerTurn, memberId: string): StepResult | undefined => {
  if (!turn.speaker.extra.covers) return needs({ type: 'covers' });
  const debtor = turn.speaker.company.desk.roster.find((member) => member.id === memberId);
  if (!debtor || gapToday(turn, debtor).minor === 0n) return undefined;
  const waits = waitingFor(turn, debtor.id);
  if (waits) return decide(turn, { replies: [whatWaits(turn, waits)] });
  const pot = turn.speaker.group.rules.product === 'solidarity-credit';
  return decide(turn, {
    flow: { type: 'cover-how', debtorId: debtor.id },
    replies: [
      reply(
        [say('cover.how', { name: debtor.name, gap: gapToday(turn, debtor) })],
        [
          ...COVER_KINDS.filter((kind) => pot || kind !== 'pot').map((kind) =>
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
  const kind = COVER_KINDS.find((one) => one === chosen);
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
