import type { DomainEvent } from '../conversation/domain-event.ts';
import { storeParts } from '../conversation/parts.ts';
import type { ReceiptFacts } from '../conversation/payment-facts.ts';
import type { SecondWord } from '../conversation/second-word.ts';
import { asId, type EntryId, type MemberId, type SecondWordId } from '../domain/ids.ts';
import { type Currency, money } from '../domain/money.ts';
import { invariant } from '../domain/result.ts';
import { voteFacts } from './cover-facts.ts';
import type { SecondWordJson } from './extra-json.ts';
import { partsOf, receiptFacts } from './payment-facts.ts';

/** What waits for a second officer's word, as the conversation knows it. */
export const secondWordFacts = (json: SecondWordJson, currency: Currency): SecondWord<ReceiptFacts> => ({
  id: asId<SecondWordId>(json.id),
  by: asId<MemberId>(json.by),
  change: changeOf(json, currency),
  toStaff: json.toStaff,
  votes: voteFacts(json.votes),
  hands: json.hands ?? undefined,
});

const changeOf = (json: SecondWordJson, currency: Currency): SecondWord<ReceiptFacts>['change'] => {
  const receipts = json.payments.map((payment) => receiptFacts(payment, currency));
  const [receipt] = receipts;
  switch (json.kind) {
    case 'undo':
      return { kind: 'undo', receipts };
    case 'correction':
      invariant(receipt, 'a correction is of one payment');
      return {
        kind: 'correction',
        receipt,
        parts: json.parts === null ? undefined : partsOf(json.parts, currency),
      };
    case 'tanda-stop':
      return { kind: 'tanda-stop' };
    case 'reopen':
      return { kind: 'reopen', on: json.meetingOn };
    case 'pin-reset':
    case 'suspend':
    case 'let-back':
    case 'new-phone':
      return { kind: json.kind, memberId: asId<MemberId>(json.member) };
    case 'fine-off':
      return {
        kind: 'fine-off',
        memberId: asId<MemberId>(json.member),
        amount: money(json.amount, currency),
      };
    case 'hands':
      return {
        kind: 'hands',
        memberId: asId<MemberId>(json.member),
        about: json.subject.about,
        subjectId: asId(json.subject.id),
        hands: { yes: json.subject.yes, no: json.subject.no },
      };
    case 'forgive':
    case 'refund':
      return {
        kind: json.kind,
        memberId: asId<MemberId>(json.member),
        amount: money(json.amount, currency),
      };
    case 'refund-off':
    case 'cover-off':
      return {
        kind: json.kind,
        memberId: asId<MemberId>(json.member),
        amount: money(json.amount, currency),
        entryId: asId<EntryId>(json.entry),
      };
  }
};

/** What one officer asks another one to say too, as commit_changes takes it. */
export const secondJson = (event: Extract<DomainEvent, { type: 'second-asked' }>): object => {
  const { id: word, by, change } = event;
  const common = { id: word, by, to_staff: event.toStaff, kind: change.kind, payments: [] };
  switch (change.kind) {
    case 'undo':
      return { ...common, payments: change.receipts.map(({ paymentId }) => paymentId) };
    case 'correction':
      return {
        ...common,
        payments: [change.receipt.paymentId],
        parts: change.parts && storeParts(change.parts),
      };
    case 'tanda-stop':
      return common;
    case 'pin-reset':
    case 'suspend':
    case 'let-back':
    case 'new-phone':
      return { ...common, member: change.memberId };
    case 'reopen':
      return { ...common, meeting_on: change.on.toString() };
    case 'hands':
      return {
        ...common,
        member: change.memberId,
        hands: { about: change.about, id: change.subjectId, ...change.hands },
      };
    case 'refund-off':
    case 'cover-off':
      return {
        ...common,
        member: change.memberId,
        amount: change.amount.minor.toString(),
        entry: change.entryId,
      };
    case 'forgive':
    case 'refund':
    case 'fine-off':
      return { ...common, member: change.memberId, amount: change.amount.minor.toString() };
  }
};

/** The same of what one of the staff says first. */
export const phoneJson = (event: Extract<DomainEvent, { type: 'phone-vouched' }>): object => ({
  id: event.id,
  staff: event.by,
  to_staff: true,
  kind: event.addressId ? 'known-phone' : 'new-phone',
  member: event.memberId,
  address: event.addressId,
  payments: [],
});
