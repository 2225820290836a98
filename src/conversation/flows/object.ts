import { firstName } from '../../domain/group.ts';
import { asId, type DisputeId } from '../../domain/ids.ts';
import { partsTotal } from '../../domain/payment.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { sumText } from '../parts.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { type Offer, offer, reply, say } from '../say.ts';
import { decide, type MemberTurn, needs } from '../turn.ts';
import { askGiven, clearedChoice, givenChoice } from './object-cover.ts';
import { beyondUs } from './take-back.ts';

/** As many receipts as fit a choice by number without scrolling. */
const RECEIPTS_SHOWN = 5;

/** "no es correcto": an objection to a receipt of the last seven days, of hers or of what she gave for another's gap. Nothing is edited by it. */
export const startDispute = (turn: MemberTurn): StepResult => {
  const { receipts, given = [] } = turn.speaker.extra;
  if (!receipts) return needs({ type: 'receipts' });
  const all = [...receipts, ...given];
  const open = receipts.filter(({ disputed, isClosed }) => !disputed && !isClosed);
  const cleared = given.flatMap(clearedChoice);
  const covers = given.filter(({ objection, isClosed }) => !objection && !isClosed);
  if (open.length + covers.length === 0 && all.some(({ isClosed }) => isClosed)) return sharedOut(turn);
  if (open.length + covers.length === 0) {
    return decide(turn, {
      replies: [
        reply(
          [say(all.length > 0 ? 'dispute.already' : 'dispute.none')],
          [...cleared, offer('report', say('menu.report')), offer('ask:person', say('menu.person'))],
        ),
      ],
    });
  }
  const [only] = open;
  const [cover] = covers;
  const isOne = open.length + covers.length === 1 && cleared.length === 0;
  if (only && isOne) return askOne(turn, only);
  return cover && isOne
    ? askGiven(turn, cover)
    : askWhich(turn, [...open.map(receiptChoice), ...covers.map(givenChoice)], cleared);
};

/** What a closing shared out is not changed any more. */
const sharedOut = (turn: MemberTurn): StepResult =>
  decide(turn, { replies: [beyondUs(say('take-back.closed'))] });

type Choice = { readonly receipt: bigint; readonly offer: Offer };

const receiptChoice = ({ paymentId, receipt = 0n, parts }: ReceiptFacts): Choice => ({
  receipt,
  offer: offer(`dispute:${paymentId}`, say('dispute.one', { receipt, total: partsTotal(parts) })),
});

/** The latest first. */
const askWhich = (turn: MemberTurn, choices: readonly Choice[], cleared: readonly Offer[]): StepResult =>
  decide(turn, {
    flow: { type: 'dispute-pick' },
    replies: [
      reply(
        [say('dispute.which')],
        [
          ...choices
            .toSorted((one, other) => Number(other.receipt - one.receipt))
            .slice(0, RECEIPTS_SHOWN)
            .map((choice) => choice.offer),
          ...cleared,
          offer('no', say('choice.none')),
        ],
      ),
    ],
  });

const askOne = (turn: MemberTurn, receipt: ReceiptFacts): StepResult =>
  decide(turn, {
    flow: { type: 'dispute-confirm', paymentId: receipt.paymentId },
    replies: [
      reply(
        [say('dispute.sure', { receipt: receipt.receipt ?? 0n, sum: [sumText(receipt.parts)] })],
        [
          offer(`dispute:yes:${receipt.paymentId}`, say('choice.not-correct')),
          offer('no', say('choice.is-correct')),
          offer('ask:person', say('dispute.something-else')),
        ],
      ),
    ],
  });

export const pickDispute = (turn: MemberTurn, paymentId: string): StepResult | undefined => {
  if (paymentId === '') return startDispute(turn);
  const { receipts } = turn.speaker.extra;
  if (!receipts) return needs({ type: 'receipts' });
  const receipt = receipts.find((r) => r.paymentId === paymentId);
  return receipt ? askOne(turn, receipt) : undefined;
};

/** Opens the objection: the officers and staff see it, and the receipt stays as it is until somebody corrects it. */
export const confirmDispute = (turn: MemberTurn, paymentId: string): StepResult | undefined => {
  const { me, group, company, extra } = turn.speaker;
  if (!extra.receipts) return needs({ type: 'receipts' });
  const receipt = extra.receipts.find((r) => r.paymentId === paymentId);
  if (!receipt) return undefined;
  if (receipt.isClosed) return sharedOut(turn);
  if (receipt.disputed) return decide(turn, { replies: [reply([say('dispute.already')])] });
  const officers = company.officers.filter((o) => o.id !== me.id);
  const number = receipt.receipt ?? 0n;
  return decide(turn, {
    replies: [
      reply([say('dispute.opened', { receipt: number, leader: firstName(officers[0]?.name ?? '') })]),
    ],
    events: [
      {
        type: 'dispute-opened',
        id: asId<DisputeId>(turn.newId()),
        memberId: me.id,
        paymentId: receipt.paymentId,
      },
    ],
    notices: [
      ...tell(
        officers,
        'dispute',
        reply(
          [
            say('dispute.leader', {
              name: firstName(me.name),
              receipt: number,
              sum: [sumText(receipt.parts)],
            }),
          ],
          [
            offer(`correct:${receipt.paymentId}`, say('choice.correct')),
            offer(`keep:${receipt.paymentId}`, say('choice.keep')),
          ],
        ),
      ),
      ...tell(
        company.staff,
        'dispute',
        reply([say('dispute.staff', { group: group.name, number: me.number, receipt: number })]),
      ),
    ],
  });
};
