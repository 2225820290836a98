import { asId, type MemberId } from '../../domain/ids.ts';
import { partsTotal } from '../../domain/payment.ts';
import { type Booking, bookLines } from '../booking.ts';
import type { Line } from '../line.ts';
import type { StepResult } from '../outcome.ts';
import type { WaitingPayment } from '../payment-facts.ts';
import { receivedOn } from '../received-on.ts';
import { offer, reply, say } from '../say.ts';
import { decide, givenAt, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { memberOf } from './cover-book.ts';
import { memberById, totalOf } from './list-draft.ts';
import { refusalText } from './refusal.ts';

/** Payments that this officer may still confirm, of whoever is in the group: not her own, and not only waiting for somebody else's count. */
export const forMe = (turn: OfficerTurn): WaitingPayment[] =>
  turn.speaker.company.desk.waiting.filter(
    (p) => p.firstSigner !== turn.speaker.me.id && mayCount(turn, p) && memberOf(turn, p.memberId),
  );

/** Nobody says of her own money that it was received, but where another officer signed first. */
export const mayCount = (turn: OfficerTurn, payment: WaitingPayment): boolean =>
  payment.memberId !== turn.speaker.me.id || payment.firstSigner !== undefined;

/** Books what was reported, each with her receipt. */
export const book = (turn: OfficerTurn, payments: readonly WaitingPayment[]): StepResult => {
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
        reply(
          [say('list.refused', { name: nameAmong(turn, line.member), why: [refusalText(why)] })],
          // One line that cannot be booked any more holds up no other: all of it may be let go and written anew.
          [
            offer(
              one.state === 'signed' ? `sign:off:${one.batch}` : `pay:no:${one.id}`,
              say('choice.not-so'),
            ),
          ],
        ),
      ],
    });
  }
  return decide(turn, {
    replies: [confirmed(turn, booking.value)],
    events: booking.value.events,
    notices: booking.value.notices,
  });
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

/** The officer who signed first. */
export const signer = (payment: WaitingPayment): MemberId | undefined =>
  payment.firstSigner === undefined ? undefined : asId<MemberId>(payment.firstSigner);

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
