import { callName } from '../../domain/group.ts';
import type { MemberId } from '../../domain/ids.ts';
import { owedForCovers } from '../../domain/joint/cover.ts';
import type { Refund } from '../../domain/joint/refund.ts';
import { money } from '../../domain/money.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { memberOf } from './cover-book.ts';
import { owedTo } from './cover-owed.ts';
import { bookRefund, isTanda, refundOf } from './cover-refund.ts';
import { coverRefusalText } from './cover-refusal.ts';
import { askSecond } from './second-ask.ts';

/** "Petra devuelve": how much of what others paid for her she brings today. */
export const coverBack = (turn: OfficerTurn, memberId: string): StepResult | undefined => {
  const { covers } = turn.speaker.extra;
  if (!covers) return needs({ type: 'covers' });
  const debtor = memberOf(turn, memberId);
  if (!debtor) return undefined;
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

/** Her yes. Where one word is not enough, another officer is asked, and the book waits for her. */
export const confirmBack = (turn: OfficerTurn, key: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'cover-back-confirm' || flow.key !== key) return undefined;
  const minor = BigInt(flow.amount);
  const planned = refundOf(turn, flow.debtorId, minor);
  if (planned === undefined) return needs({ type: 'covers' });
  const debtor = memberOf(turn, flow.debtorId);
  if (!planned.ok || !debtor) return undefined;
  const { group, me } = turn.speaker;
  const isHers = debtor.id === me.id || planned.value.shares.some(({ by }) => by === me.id);
  if (isHers || group.rules.signers === 2)
    return askSecond(turn, { kind: 'refund', memberId: debtor.id, amount: money(minor, group.currency) });
  return bookRefund(turn, { debtor, refund: planned.value, author: me.id, key, events: [] });
};
