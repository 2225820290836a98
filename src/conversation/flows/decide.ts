import { firstName } from '../../domain/group.ts';
import { asId, isId, type MemberId, type ProposalId } from '../../domain/ids.ts';
import { money } from '../../domain/money.ts';
import { partsTotal } from '../../domain/payment.ts';
import { type Booking, bookLines, enoughSigned } from '../booking.ts';
import type { Line } from '../line.ts';
import { askForTotal, receivedThen, rejectedNotice } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { sumText } from '../parts.ts';
import { receivedOn } from '../received-on.ts';
import { offer, reply, say } from '../say.ts';
import type { Flow } from '../session.ts';
import type { WaitingPayment } from '../snapshot.ts';
import { decide, givenAt, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { memberById, totalOf } from './list-draft.ts';
import { otherOffer, startOther } from './other-amount.ts';
import { refusalText } from './refusal.ts';

/** An officer states a total this many times at most; then the first officer writes the list again. */
const TOTAL_TRIES_MAX = 3;

/** Payments that this officer may still confirm: not her own, and not only waiting for somebody else's count. */
export const forMe = (turn: OfficerTurn): WaitingPayment[] =>
  turn.speaker.company.desk.waiting.filter((p) => p.firstSigner !== turn.speaker.me.id && mayCount(turn, p));

const mayCount = (turn: OfficerTurn, payment: WaitingPayment): boolean =>
  payment.memberId !== turn.speaker.me.id || payment.firstSigner !== undefined;

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

const signer = (payment: WaitingPayment): MemberId | undefined =>
  payment.firstSigner === undefined ? undefined : asId<MemberId>(payment.firstSigner);

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

/** A second officer is asked what she counted. She is not shown the first one's total: she states her own. */
export const startSigning = (turn: OfficerTurn, batch: string): StepResult => {
  const payments = signable(turn, batch);
  if (payments.length === 0) return decide(turn, { replies: [reply([say('pending.none')])] });
  return askTotal(turn, { batch, tries: 0, again: false });
};

const askTotal = (
  turn: OfficerTurn,
  of: { readonly batch: string; readonly tries: number; readonly again: boolean },
): StepResult => {
  const payments = signable(turn, of.batch);
  const payers = payments.map((p) => nameAmong(turn, memberById(turn, p.memberId)));
  const [one] = payments;
  return decide(turn, {
    flow: { type: 'sign-total', batch: asId<ProposalId>(of.batch), tries: of.tries },
    replies: [
      reply(
        [
          ...(of.again ? [say('sign.different')] : []),
          say('sign.who', { names: payers.join(', ') }),
          ...(one ? receivedThen(turn, one.meetingOn) : []),
          say('sign.total-question'),
        ],
        [offer('no', say('choice.cancel'))],
      ),
    ],
  });
};

const signable = (turn: OfficerTurn, batch: string): WaitingPayment[] =>
  turn.speaker.company.desk.waiting.filter(
    (p) => p.batch === batch && p.state === 'signed' && p.firstSigner !== turn.speaker.me.id,
  );

/** Her count: the same total books every line of the list with both officers' names; another total books nothing. */
export const signTotal = (
  turn: OfficerTurn,
  flow: Extract<Flow, { type: 'sign-total' }>,
): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const { meaning } = turn.input;
  if (meaning.amountMinor === undefined) return undefined;
  const payments = signable(turn, flow.batch);
  if (payments.length === 0) return decide(turn, { replies: [reply([say('pending.none')])] });
  const stated = money(meaning.amountMinor, turn.speaker.group.currency);
  if (
    stated.minor ===
    totalOf(
      turn,
      payments.map((p) => lineOf(turn, p)),
    ).minor
  )
    return book(turn, payments);
  return flow.tries + 1 < TOTAL_TRIES_MAX
    ? askTotal(turn, { batch: flow.batch, tries: flow.tries + 1, again: true })
    : decide(turn, { replies: [reply([say('sign.gave-up')])] });
};

const lineOf = (turn: OfficerTurn, payment: WaitingPayment): Line => {
  const member = memberById(turn, payment.memberId);
  return {
    member,
    parts: payment.parts,
    nth: givenAt(member, payment.meetingOn).reduce((most, g) => Math.max(most, g.nth + 1), 0),
    claim: { id: payment.id, was: payment.state },
  };
};

const book = (turn: OfficerTurn, payments: readonly WaitingPayment[]): StepResult => {
  const [one] = payments;
  if (!one) return decide(turn, { replies: [reply([say('pending.none')])] });
  const me = turn.speaker.me.id;
  const received = receivedOn(turn, one.meetingOn);
  if (!received) return needs({ type: 'counted' });
  const booking = bookLines(
    turn,
    payments.map((p) => lineOf(turn, p)),
    {
      batch: one.batch,
      meetingOn: one.meetingOn,
      receivedOn: received,
      signed: { author: signer(one) ?? me, witness: one.firstSigner === undefined ? undefined : me },
    },
  );
  if (!booking.ok) {
    const { line, why } = booking.refusal;
    return decide(turn, {
      replies: [
        reply([say('list.refused', { name: nameAmong(turn, line.member), why: [refusalText(why)] })]),
      ],
    });
  }
  return decide(turn, {
    replies: [confirmed(turn, booking.value)],
    events: booking.value.events,
    notices: booking.value.notices,
  });
};

const confirmed = (turn: OfficerTurn, booking: Booking) => {
  const first = booking.booked[0];
  const left = forMe(turn).length - booking.booked.length;
  return reply(
    [
      booking.booked.length === 1 && first
        ? say('ask.confirmed', {
            name: nameAmong(turn, first.line.member),
            total: partsTotal(first.line.parts),
            receipt: first.receipt,
          })
        : say('list.done', {
            total: totalOf(
              turn,
              booking.booked.map((b) => b.line),
            ),
            count: booking.booked.length,
          }),
      ...(left > 0 ? [say('pending.more', { count: left })] : []),
    ],
    left > 0 ? [offer('pending', say('menu.pending'))] : [],
  );
};
