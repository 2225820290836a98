import { earlierOf } from '../../domain/calendar.ts';
import type { Account } from '../../domain/ledger/account.ts';
import type { Posting } from '../../domain/ledger/entry.ts';
import { withoutRepayment } from '../../domain/loan/repaying.ts';
import { subtract } from '../../domain/money.ts';
import { type PaymentParts, partsTotal } from '../../domain/payment.ts';
import { bookLines, reverseReceipt } from '../booking.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { Line, Signatures } from '../line.ts';
import type { MemberFacts } from '../member-facts.ts';
import { correctedNotice, reversedNotice } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import type { ReceiptFacts } from '../payment-facts.ts';
import { reply, say } from '../say.ts';
import type { Session } from '../session.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { memberById } from './list-draft.ts';
import { refusalText } from './refusal.ts';

/** A dated reversal and, when something was handed over after all, a new entry in its place. */
export const correctedTo = (
  turn: OfficerTurn,
  { receipt, parts }: { readonly receipt: ReceiptFacts; readonly parts: PaymentParts | undefined },
  of: {
    readonly signed: Signatures;
    readonly session?: Partial<Session>;
    readonly events: readonly DomainEvent[];
    readonly notices: readonly Notice[];
  },
): StepResult => {
  const member = memberById(turn, receipt.memberId);
  const undone: DomainEvent[] = [
    ...of.events,
    ...reverseReceipt(turn, receipt, { reason: 'objection', signed: of.signed }),
    { type: 'dispute-decided', paymentId: receipt.paymentId, state: 'corrected', by: of.signed.author },
  ];
  if (!parts) {
    return decide(turn, {
      session: of.session ?? {},
      events: undone,
      notices: [...reversedNotice(turn, member, receipt), ...of.notices],
      replies: [reply([say('correct.done-nothing')])],
    });
  }
  const line: Line = { member: withoutReceipt(member, receipt), parts, nth: receipt.nth, instead: receipt };
  const booking = bookLines(turn, [line], {
    batch: turn.newId(),
    meetingOn: receipt.meetingOn,
    signed: of.signed,
    after: 1,
  });
  if (!booking.ok) return decide(turn, { replies: [reply([refusalText(booking.refusal.why)])] });
  return decide(turn, {
    session: of.session ?? {},
    events: [...undone, ...booking.value.events],
    notices: [
      ...booking.value.booked.flatMap(({ line: booked, receipt: number }) =>
        correctedNotice(turn, { old: receipt, line: booked, receipt: number }),
      ),
      ...of.notices,
    ],
    replies: [
      reply([
        say('correct.done', {
          old: receipt.receipt ?? 0n,
          receipt: booking.value.booked[0]?.receipt ?? 0n,
          total: partsTotal(parts),
        }),
      ]),
    ],
  });
};

/** The member as the book would know her without one receipt: what the corrected payment is checked against. */
export const withoutReceipt = (member: MemberFacts, receipt: ReceiptFacts): MemberFacts => ({
  ...member,
  saved: subtract(member.saved, receipt.parts.savings),
  given: member.given.filter((g) => g.receipt !== receipt.receipt),
  loans: member.loans.map((loan) =>
    withoutRepayment(loan, {
      on: earlierOf(receipt.occurredOn ?? receipt.meetingOn, receipt.meetingOn),
      principal: credited(receipt.postings, `loan/${loan.id}`),
      interest: credited(receipt.postings, `interest/${loan.id}`),
      fee: credited(receipt.postings, `late-fee/${loan.id}`),
    }),
  ),
});

const credited = (postings: readonly Posting[], account: Account): bigint =>
  postings
    .filter((posting) => posting.credit === account)
    .reduce((all, { amountMinor }) => all + amountMinor, 0n);
