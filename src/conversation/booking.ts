import type { Temporal } from 'temporal-polyfill';
import { earlierOf } from '../domain/calendar.ts';
import { asId, type EntryId, type MemberId, type PaymentId, type ProposalId } from '../domain/ids.ts';
import {
  type EntryDraft,
  type Posting,
  type ReversalReason,
  reversed,
  sound,
} from '../domain/ledger/entry.ts';
import { movedAfter } from '../domain/loan/repaying.ts';
import { sum } from '../domain/money.ts';
import { type PaymentRefusal, partsTotal, planPayment } from '../domain/payment.ts';
import { accept, invariant, type Result, refuse } from '../domain/result.ts';
import type { DomainEvent } from './domain-event.ts';
import type { Line, Signatures } from './line.ts';
import { receiptNotice } from './notices.ts';
import type { Notice } from './outcome.ts';
import type { MadePayment } from './payment-event.ts';
import type { ReceiptFacts } from './payment-facts.ts';
import { turnPayer } from './tanda-payer.ts';
import { currentMeeting, givenAt, isPast, type MemberTurn, todayOf } from './turn.ts';

export type Booked = {
  readonly line: Line;
  readonly receipt: bigint;
};

/** What booking some lines decides: the events to write, the receipts to send. */
export type Booking = {
  readonly events: readonly DomainEvent[];
  readonly notices: readonly Notice[];
  readonly booked: readonly Booked[];
};

export type LineRefusal = { readonly type: 'line'; readonly line: Line; readonly why: PaymentRefusal };

/**
 * Whether the officers who stated a payment are enough: as many different ones as the rules ask for, and at least one
 * who is not the payer herself.
 */
export const enoughSigned = (
  turn: MemberTurn,
  payer: MemberId,
  signatures: readonly (MemberId | undefined)[],
): boolean => {
  const distinct = new Set(signatures.filter((s) => s !== undefined));
  return distinct.size >= turn.speaker.group.rules.signers && [...distinct].some((s) => s !== payer);
};

/**
 * Books lines as entries of the group's book, one entry and one numbered receipt per member. All or none: the first
 * line that cannot be booked refuses the whole.
 */
export const bookLines = (
  turn: MemberTurn,
  lines: readonly Line[],
  how: {
    readonly batch: string;
    readonly meetingOn: Temporal.PlainDate;
    readonly signed: Signatures;
    /** The day the money was received; today unless said. */
    readonly receivedOn?: Temporal.PlainDate;
    /** Entries decided in the same turn before these: receipts are numbered after them. */
    readonly after?: number;
  },
): Result<Booking, LineRefusal> => {
  const { group } = turn.speaker;
  const events: DomainEvent[] = [];
  const notices: Notice[] = [];
  const booked: Booked[] = [];
  for (const line of lines) {
    const plan = planLine(turn, line, how.meetingOn);
    if (!plan.ok) return refuse({ type: 'line', line, why: plan.refusal });
    const receipt = group.book.seq + BigInt((how.after ?? 0) + booked.length + 1);
    const entry = paymentEntry(turn, { line, postings: plan.value, ...how });
    events.push({ type: 'entry-posted', entry }, paymentEvent(turn, { line, entry, ...how }));
    booked.push({ line, receipt });
    const on = earlierOf(todayOf(turn), how.meetingOn);
    notices.push(...receiptNotice(turn, { line, receipt, postings: plan.value, on, ...how }));
  }
  return accept({ events, notices, booked });
};

/** Whether a line could be booked, without booking it: what a read-back checks before it asks for a yes. */
export const planLine = (
  turn: MemberTurn,
  line: Line,
  meetingOn = line.instead?.meetingOn ?? currentMeeting(turn),
): Result<Posting[], PaymentRefusal> => {
  const moved = loanMovedSince(turn, line, meetingOn);
  if (moved) return refuse({ type: 'loan_moved_since', on: moved });
  return planPayment(
    {
      id: line.member.id,
      loans: line.member.loans,
      savedThisMeeting: sum(
        givenAt(line.member, meetingOn).map((g) => g.savings),
        line.parts.savings.currency,
      ),
      turn: turnPayer(turn, line, meetingOn),
    },
    line.parts,
    { rules: turn.speaker.group.rules, on: earlierOf(todayOf(turn), meetingOn) },
  );
};

/** What is only written down now of a past meeting goes in order; what was claimed then, or is corrected, has its place. */
const loanMovedSince = (
  turn: MemberTurn,
  { member, parts, claim, instead }: Line,
  meetingOn: Temporal.PlainDate,
): Temporal.PlainDate | undefined =>
  parts.loan.minor > 0n && !claim && !instead && isPast(turn, meetingOn)
    ? movedAfter(member.loans, meetingOn)
    : undefined;

const paymentEntry = (
  turn: MemberTurn,
  of: {
    line: Line;
    postings: readonly Posting[];
    batch: string;
    signed: Signatures;
    receivedOn?: Temporal.PlainDate;
  },
): EntryDraft =>
  sound({
    id: asId<EntryId>(turn.newId()),
    groupId: turn.speaker.group.id,
    kind: 'payment',
    key: `${of.line.claim?.id ?? of.batch}/${of.line.member.id}`,
    batch: asId<ProposalId>(of.batch),
    author: of.signed.author,
    witness: of.signed.witness,
    occurredOn: of.receivedOn ?? todayOf(turn),
    rulesVersion: turn.speaker.group.rulesVersion,
    reverses: undefined,
    reason: undefined,
    postings: of.postings,
  });

const paymentEvent = (
  turn: MemberTurn,
  of: {
    line: Line;
    entry: EntryDraft;
    batch: string;
    meetingOn: Temporal.PlainDate;
    signed: Signatures;
  },
): DomainEvent => {
  const { line, entry } = of;
  const decider = turn.speaker.me.id;
  return line.claim
    ? {
        type: 'payment-moved',
        step: {
          id: line.claim.id,
          was: line.claim.was,
          state: 'confirmed',
          by: decider,
          entryId: entry.id,
          nth: line.nth,
        },
      }
    : {
        type: 'payment-made',
        payment: {
          ...newPayment(turn, { line, batch: of.batch, meetingOn: of.meetingOn }),
          state: 'confirmed',
          decidedBy: decider,
          entryId: entry.id,
        },
      };
};

/** A claim that is not booked yet: it waits for an officer (`reported`) or for a second one (`signed`). */
export const newPayment = (
  turn: MemberTurn,
  of: { readonly line: Line; readonly batch: string; readonly meetingOn: Temporal.PlainDate },
): MadePayment => {
  invariant(partsTotal(of.line.parts).minor > 0n, 'a payment is above zero');
  const me = turn.speaker.me;
  return {
    id: asId<PaymentId>(turn.newId()),
    memberId: of.line.member.id,
    parts: of.line.parts,
    state: turn.speaker.company.desk ? 'signed' : 'reported',
    meetingOn: of.meetingOn,
    nth: of.line.nth,
    batch: of.batch,
    reportedBy: me.id,
    signer: turn.speaker.company.desk ? me.id : undefined,
    decidedBy: undefined,
    entryId: undefined,
  };
};

/** Takes a booked payment back: a dated reversal with author and reason; nothing is edited. */
export const reverseReceipt = (
  turn: MemberTurn,
  receipt: ReceiptFacts,
  { reason, signed }: { readonly reason: ReversalReason; readonly signed: Signatures },
): readonly DomainEvent[] => {
  invariant(receipt.entryId, 'only a booked payment is reversed');
  const entry = sound({
    id: asId<EntryId>(turn.newId()),
    groupId: turn.speaker.group.id,
    kind: 'reversal',
    key: `reversal/${receipt.entryId}`,
    batch: asId<ProposalId>(receipt.batch),
    author: signed.author,
    witness: signed.witness,
    occurredOn: todayOf(turn),
    rulesVersion: turn.speaker.group.rulesVersion,
    reverses: receipt.entryId,
    reason,
    postings: reversed(receipt.postings),
  });
  return [
    { type: 'entry-posted', entry },
    { type: 'payment-moved', step: { id: receipt.paymentId, was: 'confirmed', state: 'reversed' } },
  ];
};
