import { firstName } from '../../domain/group.ts';
import { asId, isId } from '../../domain/ids.ts';
import { partsTotal } from '../../domain/payment.ts';
import { enoughSigned } from '../booking.ts';
import { askForTotal, receivedThen, rejectedNotice } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { sumText } from '../parts.ts';
import type { WaitingPayment } from '../payment-facts.ts';
import { offer, reply, say } from '../say.ts';
import { decide, givenAt, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { book, forMe, mayCount, signer } from './book-waiting.ts';
import { memberById } from './list-draft.ts';
import { otherOffer, startOther } from './other-amount.ts';
import { startSigning } from './sign-total.ts';

const needsStatedTotal = (turn: OfficerTurn, payment: WaitingPayment): boolean =>
  payment.state === 'signed' && turn.speaker.group.rules.signers === 2;

/** Whether a payment was received, and how many more wait. */
export const askOne = (turn: OfficerTurn, payment: WaitingPayment): StepResult => {
  if (needsStatedTotal(turn, payment)) return startSigning(turn, payment.batch);
  const payer = memberById(turn, payment.memberId);
  const more = forMe(turn).length - 1;
  return decide(turn, {
    replies: [
      reply(
        [
          say('ask.paid', {
            name: payer.name,
            sum: [sumText(payment.parts)],
            total: partsTotal(payment.parts),
          }),
          ...receivedThen(turn, payment.meetingOn),
          say('ask.paid-question'),
          ...(more > 0 ? [say('pending.more', { count: more })] : []),
        ],
        [
          offer(`pay:yes:${payment.id}`, say('choice.confirm')),
          offer(`pay:no:${payment.id}`, say('choice.not-so')),
        ],
      ),
    ],
  });
};

/** One tap on a reported payment. The payment's id is the key: two officers' taps book it once. */
export const decidePayment = (turn: OfficerTurn, answer: string, id: string): StepResult | undefined => {
  if (!isId(id)) return undefined;
  if (answer === 'other') return startOther(turn, id);
  const payment = turn.speaker.company.desk.waiting.find((p) => p.id === id);
  if (!payment) return alreadyDecided(turn, id);
  if (!mayCount(turn, payment)) return decide(turn, { replies: [reply([say('ask.own')])] });
  const before = receiptBefore(turn, payment);
  if (answer === 'no' || answer === 'same') return reject(turn, payment, before);
  if (before !== undefined && answer !== 'again') return askAnother(turn, payment, before);
  const me = turn.speaker.me.id;
  if (!enoughSigned(turn, payment.memberId, [signer(payment), me])) return firstSignature(turn, payment);
  if (needsStatedTotal(turn, payment)) return startSigning(turn, payment.batch);
  return book(turn, [payment]);
};

/**
 * Her receipt for the same meeting, when she has one: it may be the same money, so a second receipt needs a yes to just
 * that (invariant L7). Where two officers state a total, that question was the first one's.
 */
const receiptBefore = (turn: OfficerTurn, payment: WaitingPayment): bigint | undefined =>
  needsStatedTotal(turn, payment)
    ? undefined
    : givenAt(memberById(turn, payment.memberId), payment.meetingOn).at(-1)?.receipt;

const askAnother = (turn: OfficerTurn, payment: WaitingPayment, receipt: bigint): StepResult =>
  decide(turn, {
    replies: [
      reply(
        [
          say('ask.another', {
            name: nameAmong(turn, memberById(turn, payment.memberId)),
            receipt,
            total: partsTotal(payment.parts),
          }),
        ],
        [
          offer(`pay:again:${payment.id}`, say('choice.another')),
          offer(`pay:same:${payment.id}`, say('choice.same')),
        ],
      ),
    ],
  });

const alreadyDecided = (turn: OfficerTurn, id: string): StepResult | undefined => {
  const { payment } = turn.speaker.extra;
  if (!payment) return isId(id) ? needs({ type: 'payment', id: asId(id) }) : undefined;
  if (payment === 'none') return undefined;
  const by = turn.speaker.company.desk.roster.find((m) => m.id === payment.decidedBy);
  return decide(turn, {
    flow: turn.session.flow,
    replies: [
      reply([
        payment.receipt === undefined || payment.state === 'reversed'
          ? say('ask.already-not')
          : say('ask.already', { leader: firstName(by?.name ?? ''), receipt: payment.receipt }),
      ]),
    ],
  });
};

/** @param same her receipt, when what she reported is the money of that receipt */
const reject = (turn: OfficerTurn, payment: WaitingPayment, same: bigint | undefined): StepResult => {
  const payer = memberById(turn, payment.memberId);
  return decide(turn, {
    replies: [
      reply(
        [say('ask.rejected', { name: nameAmong(turn, payer) })],
        same === undefined ? otherOffer(payment.id, payment) : [],
      ),
    ],
    events: [
      {
        type: 'payment-moved',
        step: { id: payment.id, was: payment.state, state: 'rejected', by: turn.speaker.me.id },
      },
    ],
    notices: rejectedNotice(turn, payer, { payment, same }),
  });
};

const firstSignature = (turn: OfficerTurn, payment: WaitingPayment): StepResult => {
  const me = turn.speaker.me.id;
  if (payment.firstSigner === me) return decide(turn, { replies: [reply([say('sign.already-yours')])] });
  return decide(turn, {
    replies: [reply([say('sign.first')])],
    events: [
      { type: 'payment-moved', step: { id: payment.id, was: payment.state, state: 'signed', signer: me } },
    ],
    notices: askForTotal(turn, payment.batch, 1),
  });
};
