import type { ReceiptFacts } from '../conversation/payment-facts.ts';
import { asId, type EntryId, type MemberId, type PaymentId } from '../domain/ids.ts';
import { type Account, isAccount } from '../domain/ledger/account.ts';
import type { ToTakeBack } from '../domain/ledger/take-back.ts';
import { type Currency, money } from '../domain/money.ts';
import type { PaymentParts } from '../domain/payment.ts';
import { invariant } from '../domain/result.ts';
import type { ReceiptJson } from './snapshot-json.ts';

type Amounts = { savings: bigint; loan: bigint; fine: bigint; social: bigint; turn: bigint };

export const partsOf = (json: Amounts, currency: Currency): PaymentParts => ({
  savings: money(json.savings, currency),
  loan: money(json.loan, currency),
  fine: money(json.fine, currency),
  social: money(json.social, currency),
  turn: money(json.turn, currency),
});

export const receiptFacts = (json: ReceiptJson, currency: Currency): ReceiptFacts => ({
  paymentId: asId<PaymentId>(json.id),
  memberId: asId<MemberId>(json.memberId),
  parts: partsOf(json, currency),
  state: json.state,
  meetingOn: json.meetingOn,
  nth: json.nth,
  batch: json.batch,
  decidedBy: json.decidedBy ?? undefined,
  entryId: json.entryId === null ? undefined : asId<EntryId>(json.entryId),
  receipt: json.receipt ?? undefined,
  occurredOn: json.occurredOn ?? undefined,
  decidedAt: json.decidedAt ?? undefined,
  ...bookedFacts(json),
  isClosed: json.closed,
  isTold: json.told,
  disputed: json.disputed,
});

const account = (name: string): Account => {
  invariant(isAccount(name), 'an account has a name the book knows');
  return name;
};

/** The postings of an entry, and where the accounts that it moved stand now. */
export const bookedFacts = (json: {
  readonly postings: readonly { readonly debit: string; readonly credit: string; readonly amount: bigint }[];
  readonly balances: Readonly<Record<string, bigint>>;
}): ToTakeBack => ({
  postings: json.postings.map((p) => ({
    debit: account(p.debit),
    credit: account(p.credit),
    amountMinor: p.amount,
  })),
  balances: new Map(Object.entries(json.balances).map(([name, minor]) => [account(name), minor])),
});
