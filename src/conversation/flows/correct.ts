import { firstName } from '../../domain/group.ts';
import { asId, isId, type PaymentId, type ProposalId } from '../../domain/ids.ts';
import { money } from '../../domain/money.ts';
import { type PaymentParts, PURPOSES, partsTotal } from '../../domain/payment.ts';
import { planLine } from '../booking.ts';
import type { MemberFacts } from '../member-facts.ts';
import { contactOf, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { partsFor, restoreParts, storeParts, sumText } from '../parts.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { offer, reply, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { correctedTo, withoutReceipt } from './corrected.ts';
import { memberOf } from './cover-book.ts';
import { draftFrom, memberById } from './list-draft.ts';
import { refusalText } from './refusal.ts';
import { askSecond, needsSecond } from './second-ask.ts';
import { cannotTakeBack } from './take-back.ts';

/** An officer corrects a receipt that was objected to: she says what was really handed over. */
export const startCorrection = (turn: OfficerTurn, paymentId: string): StepResult | undefined => {
  if (!isId(paymentId)) return undefined;
  const found = findReceipt(turn, paymentId);
  if (found === 'load') return needs({ type: 'payment', id: asId<PaymentId>(paymentId) });
  if (!found) return undefined;
  const own = found.memberId === turn.speaker.me.id;
  if (own) return decide(turn, { replies: [reply([say('ask.own')])] });
  if (!found.entryId || found.state !== 'confirmed') {
    return decide(turn, { replies: [reply([say('correct.already')])] });
  }
  const cannot = cannotTakeBack(turn, [found]);
  if (cannot) return decide(turn, { replies: [cannot] });
  return ask(turn, found, false);
};

const findReceipt = (turn: OfficerTurn, paymentId: string): ReceiptFacts | 'load' | undefined => {
  const { payment } = turn.speaker.extra;
  if (payment === undefined) return 'load';
  return payment !== 'none' && payment.paymentId === paymentId ? payment : undefined;
};

const ask = (turn: OfficerTurn, receipt: ReceiptFacts, again: boolean): StepResult => {
  const member = memberById(turn, receipt.memberId);
  return decide(turn, {
    flow: {
      type: 'correct-amount',
      paymentId: receipt.paymentId,
      entryId: receipt.entryId ?? asId(turn.newId()),
    },
    replies: [
      reply(
        [
          ...(again ? [say('correct.unclear')] : []),
          say('correct.question', { name: nameAmong(turn, member), receipt: receipt.receipt ?? 0n }),
        ],
        [offer('no', say('choice.cancel'))],
      ),
    ],
  });
};

/** What was really handed over: an amount, or amounts with their purposes; zero means nothing was. */
export const correctAmount = (
  turn: OfficerTurn,
  flow: Extract<Flow, { type: 'correct-amount' }>,
): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const receipt = findReceipt(turn, flow.paymentId);
  if (receipt === 'load') return needs({ type: 'payment', id: flow.paymentId });
  if (!receipt) return undefined;
  const member = withoutReceipt(memberById(turn, receipt.memberId), receipt);
  const parts = readParts(turn, { receipt, member, text: turn.input.text });
  if (!parts) return ask(turn, receipt, true);
  const nothing = partsTotal(parts).minor === 0n;
  const plan = nothing ? undefined : planLine(turn, { member, parts, nth: receipt.nth, instead: receipt });
  if (plan && !plan.ok) {
    return decide(turn, {
      flow,
      replies: [reply([refusalText(plan.refusal)], [offer('no', say('choice.cancel'))])],
    });
  }
  const proposalId = asId<ProposalId>(turn.newId());
  return decide(turn, {
    flow: {
      type: 'correct-confirm',
      paymentId: flow.paymentId,
      entryId: flow.entryId,
      proposalId,
      parts: nothing ? undefined : storeParts(parts),
    },
    replies: [
      reply(
        [
          say('correct.was', { receipt: receipt.receipt ?? 0n, sum: [sumText(receipt.parts)] }),
          nothing
            ? say('correct.nothing')
            : say('correct.will', { sum: [sumText(parts)], total: partsTotal(parts) }),
          say('list.question'),
        ],
        [offer(`correct:yes:${proposalId}`, say('choice.yes')), offer('no', say('choice.no'))],
      ),
    ],
  });
};

/** A bare amount keeps the receipt's purpose when it had only one; several purposes must be said again. */
const readParts = (
  turn: OfficerTurn,
  of: { readonly receipt: ReceiptFacts; readonly member: MemberFacts; readonly text: string },
): PaymentParts | undefined => {
  const { currency } = turn.speaker.group;
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  const used = PURPOSES.filter((purpose) => of.receipt.parts[purpose].minor > 0n);
  const [purpose] = used;
  if (meaning?.amountMinor !== undefined && !meaning.clarify) {
    const amount = money(meaning.amountMinor, currency);
    if (amount.minor === 0n) return partsFor('savings', amount);
    return used.length === 1 && purpose ? partsFor(purpose, amount) : undefined;
  }
  const read = turn.read(`${of.member.name} ${of.text}`);
  if (read.clarify) return undefined;
  const draft = draftFrom(
    turn,
    read.items.filter((item) => item.member === of.member.number),
    of.receipt.meetingOn,
  );
  const [line] = draft.lines;
  return line && draft.open.length === 0 ? restoreParts(line.parts, currency) : undefined;
};

/** Yes to the correction: a dated reversal and a new entry, both with her name; nothing is edited. */
export const correctConfirm = (turn: OfficerTurn, proposalId: string): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'correct-confirm' || flow.proposalId !== proposalId) {
    return turn.session.posted === proposalId
      ? decide(turn, { flow, replies: [reply([say('list.already')])] })
      : undefined;
  }
  const receipt = findReceipt(turn, flow.paymentId);
  if (receipt === 'load') return needs({ type: 'payment', id: flow.paymentId });
  if (!receipt || receipt.state !== 'confirmed')
    return decide(turn, { replies: [reply([say('correct.already')])] });
  const cannot = cannotTakeBack(turn, [receipt]);
  if (cannot) return decide(turn, { replies: [cannot] });
  const parts = flow.parts && restoreParts(flow.parts, turn.speaker.group.currency);
  const session = { posted: flow.proposalId };
  const change = { kind: 'correction' as const, receipt, parts };
  if (needsSecond(turn, [receipt])) return askSecond(turn, change, session);
  const signed = { author: turn.speaker.me.id, witness: undefined };
  return correctedTo(turn, change, { signed, session, events: [], notices: [] });
};

/** The officer looked and the receipt is right: the member is told, with the way to a person. */
export const keepReceipt = (turn: OfficerTurn, paymentId: string): StepResult | undefined => {
  if (!isId(paymentId)) return undefined;
  const receipt = findReceipt(turn, paymentId);
  if (receipt === 'load') return needs({ type: 'payment', id: asId<PaymentId>(paymentId) });
  if (!receipt) return undefined;
  if (receipt.memberId === turn.speaker.me.id) return decide(turn, { replies: [reply([say('ask.own')])] });
  if (!receipt.disputed || receipt.state !== 'confirmed')
    return decide(turn, { replies: [reply([say('correct.already')])] });
  const member = memberOf(turn, receipt.memberId);
  if (!member) return decide(turn, { replies: [reply([say('correct.already')])] });
  const number = receipt.receipt ?? 0n;
  return decide(turn, {
    replies: [reply([say('keep.done', { receipt: number, name: nameAmong(turn, member) })])],
    events: [
      { type: 'dispute-decided', paymentId: receipt.paymentId, state: 'kept', by: turn.speaker.me.id },
    ],
    notices: tell(
      [contactOf(member)],
      'answer',
      reply([
        say('keep.member', { leader: firstName(turn.speaker.me.name), receipt: number }),
        say('keep.person'),
      ]),
    ),
  });
};
