import { callName } from '../../domain/group.ts';
import type { MemberId } from '../../domain/ids.ts';
import { owedForCovers } from '../../domain/joint/cover.ts';
import { refundPostings } from '../../domain/joint/postings.ts';
import { planRefund, type Refund } from '../../domain/joint/refund.ts';
import { potFor } from '../../domain/ledger/account.ts';
import { money } from '../../domain/money.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { memberOf, toCoverer, told } from './cover-book.ts';
import { owedTo } from './cover-owed.ts';
import { coverRefusalText } from './cover-refusal.ts';

/** "Petra devuelve": how much of what others paid for her she brings today. */
export const coverBack = (turn: OfficerTurn, memberId: string): StepResult | undefined => {
  const { covers } = turn.speaker.extra;
  if (!covers) return needs({ type: 'covers' });
  const debtor = memberOf(turn, memberId);
  if (!debtor || debtor.id === turn.speaker.me.id) return undefined;
  const owed = owedForCovers(owedTo(covers, debtor.id), turn.speaker.group.currency);
  if (owed.minor === 0n) return undefined;
  return decide(turn, {
    flow: { type: 'cover-back', debtorId: debtor.id },
    replies: [
      reply(
        [
          say(isTanda(turn) ? 'cover.back-question-tanda' : 'cover.back-question', {
            name: debtor.name,
            owed,
          }),
        ],
        [offer('no', say('choice.cancel'))],
      ),
    ],
  });
};

/** In a tanda that was stopped she gives what she still had to give, to those who did not receive. */
const isTanda = ({ speaker }: OfficerTurn): boolean => speaker.group.tanda !== undefined;

/** The amount she brings: shown with who gets how much of it before it is booked. */
export const backAmount = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (flow.type !== 'cover-back' || meaning?.amountMinor === undefined) return undefined;
  const planned = refundOf(turn, flow.debtorId, meaning.amountMinor);
  if (planned === undefined) return needs({ type: 'covers' });
  if (!planned.ok) return decide(turn, { flow, replies: [reply([coverRefusalText(planned.refusal)])] });
  const key = turn.newId();
  return decide(turn, {
    flow: {
      type: 'cover-back-confirm',
      debtorId: flow.debtorId,
      amount: meaning.amountMinor.toString(),
      key,
    },
    replies: [
      reply(
        [...backLines(turn, planned.value), say('list.question')],
        [offer(`cover:back-yes:${key}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

const refundOf = (turn: OfficerTurn, debtorId: MemberId, minor: bigint) => {
  const { extra, group } = turn.speaker;
  if (!extra.covers) return undefined;
  const unit = money(group.rules.cashUnitMinor, group.currency);
  return planRefund(owedTo(extra.covers, debtorId), money(minor, group.currency), unit);
};

const backLines = (turn: OfficerTurn, refund: Refund): Say[] => {
  const names = turn.speaker.company.desk.roster.map((one) => one.name);
  return [
    ...refund.shares.map(({ by, amount }) =>
      by === 'savings-pot'
        ? say('cover.to-pot', { amount })
        : memberOf(turn, by)
          ? say('cover.to', { name: callName(memberOf(turn, by)?.name ?? '', names), amount })
          : say('cover.to-former', { name: formerOf(turn, by), amount }),
    ),
    say('cover.still', { owed: refund.stillOwed }),
  ];
};

/** Who covered her and left the group is still to get hers: she is named, so that the box does not keep it. */
const formerOf = ({ speaker }: OfficerTurn, id: MemberId): string =>
  speaker.extra.covers?.former.find((one) => one.id === id)?.name ?? '';

export const confirmBack = (turn: OfficerTurn, key: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'cover-back-confirm' || flow.key !== key) return undefined;
  const planned = refundOf(turn, flow.debtorId, BigInt(flow.amount));
  if (planned === undefined) return needs({ type: 'covers' });
  const debtor = memberOf(turn, flow.debtorId);
  if (!planned.ok || !debtor) return undefined;
  const { group, me } = turn.speaker;
  const entry = decidedEntry(turn, {
    kind: 'refund',
    key: `refund/${key}`,
    author: me.id,
    postings: refundPostings(debtor.id, planned.value, potFor(group.rules, 'savings')),
  });
  const receipt = group.book.seq + 1n;
  return decide(turn, {
    events: [
      { type: 'entry-posted', entry },
      { type: 'cover-refunded', debtor: debtor.id, entryId: entry.id, shares: planned.value.shares },
    ],
    notices: [
      ...told(debtor, [
        say(isTanda(turn) ? 'cover.back-debtor-tanda' : 'cover.back-debtor', {
          amount: money(BigInt(flow.amount), group.currency),
          receipt,
        }),
      ]),
      ...planned.value.shares.flatMap((share) =>
        toCoverer(
          turn,
          share,
          say(isTanda(turn) ? 'cover.back-coverer-tanda' : 'cover.back-coverer', {
            amount: share.amount,
            receipt,
          }),
        ),
      ),
    ],
    replies: [reply([say('cover.back-done', { receipt })])],
  });
};
