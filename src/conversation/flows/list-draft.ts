import type { Temporal } from 'temporal-polyfill';
import { asId, type MemberId, type ProposalId } from '../../domain/ids.ts';
import { isOwing } from '../../domain/loan/standing.ts';
import { add, type Money, money, zero } from '../../domain/money.ts';
import {
  noParts,
  type PaymentParts,
  type PaymentPurpose,
  partsTotal,
  usualPurpose,
} from '../../domain/payment.ts';
import { invariant } from '../../domain/result.ts';
import type { Line } from '../line.ts';
import type { MemberFacts } from '../member-facts.ts';
import { restoreParts, storeParts } from '../parts.ts';
import type { ListDraft, ListLine, OpenLine } from '../session.ts';
import { dueOf, givenAt, type OfficerTurn } from '../turn.ts';
import type { ListItem } from '../understand/meaning.ts';
import { dateOf } from './when.ts';

/** A new, empty list for a meeting. */
export const emptyDraft = (turn: OfficerTurn, meetingOn: Temporal.PlainDate): ListDraft => ({
  proposalId: asId<ProposalId>(turn.newId()),
  meetingOn: meetingOn.toString(),
  lines: [],
  open: [],
  absent: [],
});

/** What the leader wrote, as a list: money per member and purpose; what has no purpose yet stays open. */
export const draftFrom = (
  turn: OfficerTurn,
  items: readonly ListItem[],
  meetingOn: Temporal.PlainDate,
): ListDraft => {
  const draft = emptyDraft(turn, meetingOn);
  const numbers = [...new Set(items.map((item) => item.member))];
  const lines: ListLine[] = [];
  const open: OpenLine[] = [];
  const absent: MemberId[] = [];
  for (const number of numbers) {
    const member = memberByNumber(turn, number);
    const own = items.filter((item) => item.member === number);
    const read = readMember(turn, { member, items: own, meetingOn });
    if (partsTotal(read.parts).minor > 0n || read.zero) lines.push(lineOf(member, read.parts, meetingOn));
    open.push(...read.open.map((amount) => ({ memberId: member.id, amount: amount.minor.toString() })));
    if (own.some((item) => item.purpose === 'unpaid')) absent.push(member.id);
  }
  return { ...draft, lines, open, absent };
};

type Read = { readonly parts: PaymentParts; readonly open: readonly Money[]; readonly zero: boolean };

const readMember = (
  turn: OfficerTurn,
  of: { member: MemberFacts; items: readonly ListItem[]; meetingOn: Temporal.PlainDate },
): Read => {
  const { currency } = turn.speaker.group;
  let parts = noParts(currency);
  const open: Money[] = [];
  let zeroStated = false;
  for (const item of of.items) {
    const amount = money(item.amountMinor ?? 0n, currency);
    if (item.amountMinor === 0n) zeroStated = true;
    switch (item.purpose) {
      case 'savings':
        // In a tanda what they give is for its rounds, whatever they call it.
        parts = plus(parts, usualPurpose(turn.speaker.group.rules), amount);
        break;
      case 'loan':
      case 'fine':
      case 'social':
        parts = plus(parts, item.purpose, amount);
        break;
      case 'due':
        parts = addParts(parts, dueOf(turn, of.member, of.meetingOn));
        break;
      case 'pay':
        if (amount.minor > 0n) open.push(amount);
        break;
      case 'unpaid':
        break;
    }
  }
  const alone = open.length === 1 && partsTotal(parts).minor === 0n ? open[0] : undefined;
  const known = alone && unsaidPurpose(turn, { member: of.member, amount: alone, meetingOn: of.meetingOn });
  return known ? { parts: known, open: [], zero: zeroStated } : { parts, open, zero: zeroStated };
};

/**
 * What money with no stated purpose is for, where there is no doubt: exactly her due, or savings when she has no loan.
 * Undefined where there is doubt: the leader is asked, never guessed for.
 */
const unsaidPurpose = (
  turn: OfficerTurn,
  of: { member: MemberFacts; amount: Money; meetingOn: Temporal.PlainDate },
): PaymentParts | undefined => {
  const due = dueOf(turn, of.member, of.meetingOn);
  const { savings, loan, fine, social, turn: round } = due;
  if (isOwing(of.member.loans)) {
    return due.total.minor === of.amount.minor ? { savings, loan, fine, social, turn: round } : undefined;
  }
  return plus(noParts(of.amount.currency), usualPurpose(turn.speaker.group.rules), of.amount);
};

const plus = (parts: PaymentParts, purpose: PaymentPurpose, amount: Money): PaymentParts => ({
  ...parts,
  [purpose]: add(parts[purpose], amount),
});

const addParts = (a: PaymentParts, b: PaymentParts): PaymentParts => ({
  savings: add(a.savings, b.savings),
  loan: add(a.loan, b.loan),
  fine: add(a.fine, b.fine),
  social: add(a.social, b.social),
  turn: add(a.turn, b.turn),
});

const lineOf = (member: MemberFacts, parts: PaymentParts, meetingOn: Temporal.PlainDate): ListLine => ({
  memberId: member.id,
  parts: storeParts(parts),
  again: givenAt(member, meetingOn).length > 0,
});

/** Adds one member's money to a draft: from the walk along the roster, or when its purpose has been said. */
export const withLine = (
  turn: OfficerTurn,
  draft: ListDraft,
  money: { readonly member: MemberFacts; readonly parts: PaymentParts },
): ListDraft => {
  const before = draft.lines.find((line) => line.memberId === money.member.id);
  const parts = before
    ? addParts(restoreParts(before.parts, turn.speaker.group.currency), money.parts)
    : money.parts;
  const line = lineOf(money.member, parts, dateOf(draft.meetingOn));
  return { ...draft, lines: [...draft.lines.filter((l) => l !== before), line] };
};

/** The draft's lines as they would be booked, in the order of the roster. */
export const bookableLines = (turn: OfficerTurn, draft: ListDraft): Line[] => {
  const { currency } = turn.speaker.group;
  return draft.lines
    .map((line): Line => {
      const member = memberById(turn, line.memberId);
      const given = member.given.filter((g) => g.meetingOn.toString() === draft.meetingOn);
      const nth = given.reduce((most, g) => Math.max(most, g.nth + 1), 0);
      return { member, parts: restoreParts(line.parts, currency), nth };
    })
    .toSorted((a, b) => a.member.number - b.member.number);
};

/** Remembers which of its members are shown as having a receipt of this meeting already. */
export const withRepeats = (draft: ListDraft, lines: readonly Line[]): ListDraft => ({
  ...draft,
  lines: draft.lines.map((line) => ({
    ...line,
    again: lines.some(({ member, nth }) => member.id === line.memberId && nth > 0),
  })),
});

export const wasShownAgain = (draft: ListDraft, line: Line): boolean =>
  draft.lines.some((shown) => shown.memberId === line.member.id && shown.again);

/** The same list as a proposal of its own, so that a repeated press of the old one does not confirm it. */
export const anew = (turn: OfficerTurn, draft: ListDraft): ListDraft => ({
  ...draft,
  proposalId: asId<ProposalId>(turn.newId()),
});

export const totalOf = (turn: OfficerTurn, lines: readonly Line[]): Money =>
  lines.map((line) => partsTotal(line.parts)).reduce(add, zero(turn.speaker.group.currency));

export const memberById = (turn: OfficerTurn, id: string): MemberFacts => {
  const member = turn.speaker.company.desk.roster.find((m) => m.id === id);
  invariant(member, 'a list names members of its own group');
  return member;
};

const memberByNumber = (turn: OfficerTurn, number: number): MemberFacts => {
  const member = turn.speaker.company.desk.roster.find((m) => m.number === number);
  invariant(member, 'a list names members of its own group');
  return member;
};
