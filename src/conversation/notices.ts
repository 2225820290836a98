import type { Temporal } from 'temporal-polyfill';
import { firstName } from '../domain/group.ts';
import type { Posting } from '../domain/ledger/entry.ts';
import { add, type Money } from '../domain/money.ts';
import { type PaymentParts, partsTotal } from '../domain/payment.ts';
import { roundsGiven } from '../domain/tanda/postings.ts';
import type { Contact } from './contact.ts';
import type { Line, Signatures } from './line.ts';
import { loanLines } from './loan-receipt.ts';
import type { MemberFacts } from './member-facts.ts';
import type { Notice, NoticeKind } from './outcome.ts';
import { sumText } from './parts.ts';
import type { ReceiptFacts, WaitingPayment } from './payment-facts.ts';
import { offer, type Reply, reply, type Say, say } from './say.ts';
import { isPast, type MemberTurn } from './turn.ts';

/** Somebody on the roster as a person to write to. */
export const contactOf = (member: MemberFacts): Contact => ({
  id: member.id,
  memberId: member.id,
  name: member.name,
  role: member.role,
  language: member.language,
  reach: member.reach,
});

/** A notice to each of them who can be reached. */
export const tell = (to: readonly Contact[], kind: NoticeKind, what: Reply): Notice[] =>
  to.filter((contact) => contact.reach.length > 0).map((contact) => ({ to: contact, kind, reply: what }));

/** The officers other than the speaker and the payer: who may confirm what the speaker stated. */
export const otherOfficers = (turn: MemberTurn, payer?: { readonly id: string }): Contact[] =>
  turn.speaker.company.officers.filter((o) => o.id !== turn.speaker.me.id && o.id !== payer?.id);

/** Her numbered receipt, with what she has now and how to object. */
export const receiptNotice = (
  turn: MemberTurn,
  of: {
    readonly line: Line;
    readonly receipt: bigint;
    readonly signed: Signatures;
    readonly postings: readonly Posting[];
    /** The day the money counts for. */
    readonly on: Temporal.PlainDate;
    readonly meetingOn: Temporal.PlainDate;
  },
): Notice[] => {
  const { member, parts } = of.line;
  const author = turn.speaker.company.officers.find((o) => o.id === of.signed.author);
  return tell(
    [contactOf(member)],
    'receipt',
    reply([
      say('receipt.title', {
        receipt: of.receipt,
        leader: firstName(author?.name ?? turn.speaker.me.name),
        sum: [sumText(parts)],
        total: partsTotal(parts),
      }),
      ...receivedThen(turn, of.meetingOn),
      ...loanLines(of.line, of.postings, of.on),
      ...(parts.savings.minor > 0n ? [say('receipt.saved', { saved: savedAfter(member, parts) })] : []),
      ...roundsSaid(of.postings),
      say('receipt.object'),
    ]),
  );
};

/** Which meeting money was given at, when it is none of now. */
export const receivedThen = (turn: MemberTurn, meetingOn: Temporal.PlainDate): Say[] =>
  isPast(turn, meetingOn) ? [say('past.received', { date: meetingOn })] : [];

/** Which rounds of a tanda her money is for. */
const roundsSaid = (postings: readonly Posting[]): Say[] => {
  const rounds = roundsGiven(postings)
    .map(({ round }) => round)
    .toSorted((a, b) => a - b);
  if (rounds.length === 0) return [];
  return [say(rounds.length === 1 ? 'receipt.round' : 'receipt.rounds', { rounds: rounds.join(', ') })];
};

const savedAfter = (member: MemberFacts, parts: PaymentParts): Money => add(member.saved, parts.savings);

/** Asks an officer whether a reported payment is so, with one-tap answers. */
export const askAboutPayment = (
  turn: MemberTurn,
  payment: {
    readonly id: string;
    readonly parts: PaymentParts;
    readonly payer: MemberFacts;
    readonly meetingOn: Temporal.PlainDate;
  },
): Notice[] =>
  tell(
    otherOfficers(turn, payment.payer),
    'ask',
    reply(
      [
        say('ask.paid', {
          name: firstName(payment.payer.name),
          sum: [sumText(payment.parts)],
          total: partsTotal(payment.parts),
        }),
        ...receivedThen(turn, payment.meetingOn),
        say('ask.paid-question'),
      ],
      [
        offer(`pay:yes:${payment.id}`, say('choice.confirm')),
        offer(`pay:no:${payment.id}`, say('choice.not-so')),
      ],
    ),
  );

/** Asks another officer to count for herself: she states the total, she does not tap a yes. */
export const askForTotal = (turn: MemberTurn, batch: string, count: number): Notice[] =>
  tell(
    otherOfficers(turn),
    'ask',
    reply(
      [say('sign.ask', { name: firstName(turn.speaker.me.name), count }), say('sign.ask-question')],
      [offer(`sign:${batch}`, say('choice.counted'))],
    ),
  );

/** Tells a member that one of her receipts was taken back. */
export const reversedNotice = (turn: MemberTurn, member: MemberFacts, receipt: ReceiptFacts): Notice[] =>
  tell([contactOf(member)], 'correction', reply([reversedLine(turn, receipt), say('correction.object')]));

/** Tells a member that a receipt of hers was corrected, and which one stands in its place: one message, not two. */
export const correctedNotice = (
  turn: MemberTurn,
  of: { readonly old: ReceiptFacts; readonly line: Line; readonly receipt: bigint },
): Notice[] =>
  tell(
    [contactOf(of.line.member)],
    'correction',
    reply([
      reversedLine(turn, of.old),
      say('correction.instead', {
        receipt: of.receipt,
        sum: [sumText(of.line.parts)],
        total: partsTotal(of.line.parts),
      }),
      ...(of.line.parts.savings.minor > 0n
        ? [say('receipt.saved', { saved: savedAfter(of.line.member, of.line.parts) })]
        : []),
      say('receipt.object'),
    ]),
  );

const reversedLine = (turn: MemberTurn, receipt: ReceiptFacts): Say =>
  say('correction.reversed', {
    leader: firstName(turn.speaker.me.name),
    receipt: receipt.receipt ?? 0n,
    sum: [sumText(receipt.parts)],
  });

/** Tells the one who reported a payment what became of it: not so, or the money of a receipt she already has. */
export const rejectedNotice = (
  turn: MemberTurn,
  payer: MemberFacts,
  of: { readonly payment: WaitingPayment; readonly same: bigint | undefined },
): Notice[] => {
  const leader = firstName(turn.speaker.me.name);
  const total = partsTotal(of.payment.parts);
  return tell(
    [contactOf(payer)],
    'answer',
    reply([
      of.same === undefined
        ? say('answer.rejected', { leader, total })
        : say('answer.same', { leader, total, receipt: of.same }),
      say('answer.rejected-next'),
    ]),
  );
};
