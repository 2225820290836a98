import type { Temporal } from 'temporal-polyfill';
import type { EntryId, GroupId, MemberId, PaymentId, ProposalId, StaffId } from '../ids.ts';
import { AMOUNT_MINOR_MAX } from '../money.ts';
import { invariant } from '../result.ts';
import type { Account } from './account.ts';

/** Moves a positive amount from `credit` to `debit`: balanced by construction. */
export type Posting = { readonly debit: Account; readonly credit: Account; readonly amountMinor: bigint };

/**
 * loan: money handed to a borrower. count: what the box held was not what the book said, and two officers agreed.
 * closing: what each got when the cycle ended. write-off: a loan that the group voted to be lost.
 * cover: others paid what one could not; refund: she gives it back to them.
 * payout: a round of a tanda, to who receives it; organiser-fee: what the organiser is given, apart from it.
 * withdrawal, leaving, grant, expense: money that leaves the box otherwise (money-out.ts).
 * capital-in, capital-back: what an organisation puts in for loans, and what it is given back (capital.ts).
 */
export const ENTRY_KINDS = [
  'opening',
  'payment',
  'loan',
  'count',
  'closing',
  'write-off',
  'cover',
  'refund',
  'withdrawal',
  'leaving',
  'grant',
  'expense',
  'capital-in',
  'capital-back',
  'payout',
  'organiser-fee',
  'reversal',
] as const;

export type EntryKind = (typeof ENTRY_KINDS)[number];

/** Why an earlier entry was taken back. A closed set, so that no free text about a person enters the chain. */
export type ReversalReason = 'undo' | 'objection' | 'mistake';

/** What is decided before the book gives it its number: everything the chain hashes but the number itself. */
export type EntryDraft = {
  readonly id: EntryId;
  readonly groupId: GroupId;
  readonly kind: EntryKind;
  /** The same key never posts twice: for money it comes from the proposal, never from an update (invariant L5). */
  readonly key: string;
  /** The list this entry was confirmed with, so that the list can be taken back as one. */
  readonly batch: ProposalId | PaymentId | undefined;
  readonly author: MemberId | StaffId;
  /** The second officer who stated the same amount, where the group's rules ask for one. */
  readonly witness: MemberId | StaffId | undefined;
  readonly occurredOn: Temporal.PlainDate;
  readonly rulesVersion: number;
  readonly reverses: EntryId | undefined;
  readonly reason: ReversalReason | undefined;
  readonly postings: readonly Posting[];
};

/** A numbered entry of the book. `seq` counts 1, 2, 3 … within the group; people see it as the receipt's number. */
export type JournalEntry = EntryDraft & { readonly seq: bigint };

/** Checks what must hold for every entry and returns it. Throws: a draft that fails here is our own mistake. */
export const sound = (draft: EntryDraft): EntryDraft => {
  invariant(draft.postings.length > 0, 'an entry has at least one posting');
  for (const { debit, credit, amountMinor } of draft.postings) {
    invariant(debit !== credit, 'a posting moves money between two accounts');
    invariant(
      amountMinor > 0n && amountMinor <= AMOUNT_MINOR_MAX,
      'a posting is above zero and below the cap',
    );
  }
  invariant(
    (draft.kind === 'reversal') === (draft.reverses !== undefined),
    'a reversal names what it reverses',
  );
  return draft;
};

/** The same postings the other way round: after both, every balance is what it was before (invariant L11). */
export const reversed = (postings: readonly Posting[]): Posting[] =>
  postings.map(({ debit, credit, amountMinor }) => ({ debit: credit, credit: debit, amountMinor }));
