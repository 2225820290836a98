// A group's book as it opens: its accounts, its loans and the one entry that brings its balances.

import type { Temporal } from 'temporal-polyfill';
import { asId, type EntryId, type GroupId, type LoanId, type MemberId } from '../domain/ids.ts';
import { type Account, sideOf } from '../domain/ledger/account.ts';
import { fold } from '../domain/ledger/balance.ts';
import { GENESIS, link } from '../domain/ledger/chain.ts';
import { type JournalEntry, type Posting, sound } from '../domain/ledger/entry.ts';
import { invariant } from '../domain/result.ts';
import type { OpeningLoan } from './import-loan.ts';
import { type Making, put } from './import-making.ts';
import { openingPostings, openingTotals } from './import-opening.ts';
import type { GroupForm } from './import-schema.ts';
import { collectedOf } from './import-tanda.ts';
import { sha256 } from './sha256.ts';

/** Who and what a book opens with. */
export type Book = {
  readonly members: readonly { readonly id: MemberId; readonly number: number; readonly saved: bigint }[];
  readonly loans: readonly { readonly id: LoanId; readonly opening: OpeningLoan }[];
};

/** Where the chain of a book stands. */
export type BookHead = { readonly seq: string; readonly head: string };

/** The group's accounts and its opening entry, if it opens with any money; gives where its chain then stands. */
export const bookRows = (
  making: Making,
  group: GroupForm,
  of: { readonly groupId: GroupId; readonly today: Temporal.PlainDate; readonly book: Book },
): BookHead => {
  const { groupId, book } = of;
  const outstanding = book.loans.reduce((all, loan) => all + loan.opening.outstandingMinor, 0n);
  const postings = openingPostings(group, {
    saved: book.members.map(({ id, saved }) => ({ memberId: id, minor: saved })),
    loans: book.loans.map(({ id, opening }) => ({ loanId: id, minor: opening.outstandingMinor })),
    rounds: roundsOf(group, book),
    totals: openingTotals(group, outstanding),
  });
  const balances = fold(postings);
  for (const name of new Set([...accountsOf(book), ...balances.keys()])) {
    put(making, 'account', {
      group_id: groupId,
      name,
      side: sideOf(name),
      balance_minor: (balances.get(name) ?? 0n).toString(),
    });
  }
  if (postings.length === 0) return { seq: '0', head: `\\x${GENESIS}` };
  const entry = openingEntry(making, group, { ...of, postings });
  const state = group.countedBox?.signed === 'paper' ? 'paper' : 'asked';
  for (const member_id of [entry.author, entry.witness])
    put(making, 'opening_signature', { group_id: groupId, member_id, state });
  return entryRows(making, entry);
};

/** What is in the box for rounds of a tanda, by who gave it. */
const roundsOf = (group: GroupForm, { members }: Book) =>
  collectedOf(group).map(({ number, round, amount }) => {
    const member = members.find((one) => one.number === number);
    invariant(member, 'the tanda of a programme file was checked');
    return { memberId: member.id, round, minor: amount };
  });

const accountsOf = ({ members, loans }: Book): Account[] => [
  'cash/loan-fund',
  'cash/savings-pot',
  'cash/social-fund',
  'fines',
  'social',
  'outside-capital',
  'earnings',
  ...members.map(({ id }): Account => `savings/${id}`),
  ...loans.flatMap(({ id }): Account[] => [`loan/${id}`, `interest/${id}`]),
];

const openingEntry = (
  making: Making,
  group: GroupForm,
  of: {
    readonly groupId: GroupId;
    readonly today: Temporal.PlainDate;
    readonly book: Book;
    readonly postings: readonly Posting[];
  },
): JournalEntry => {
  const signers = (group.countedBox?.signedBy ?? []).map((number) =>
    of.book.members.find((member) => member.number === number),
  );
  const [author, witness] = signers;
  invariant(author && witness, 'two officers signed the counted box');
  const draft = sound({
    id: asId<EntryId>(making.newId()),
    groupId: of.groupId,
    kind: 'opening',
    key: 'opening',
    batch: undefined,
    author: author.id,
    witness: witness.id,
    occurredOn: of.today,
    rulesVersion: 1,
    reverses: undefined,
    reason: undefined,
    postings: of.postings,
  });
  return { ...draft, seq: 1n };
};

const entryRows = (making: Making, entry: JournalEntry): BookHead => {
  const hash = link(sha256, GENESIS, entry);
  put(making, 'journal_entry', {
    group_id: entry.groupId,
    id: entry.id,
    seq: entry.seq.toString(),
    kind: entry.kind,
    idempotency_key: entry.key,
    author_id: entry.author,
    witness_id: entry.witness,
    occurred_on: entry.occurredOn.toString(),
    rules_version: entry.rulesVersion,
    posting_count: entry.postings.length,
    prev_hash: `\\x${GENESIS}`,
    hash: `\\x${hash}`,
  });
  entry.postings.forEach((posting, n) => {
    put(making, 'posting', {
      group_id: entry.groupId,
      entry_id: entry.id,
      n,
      debit: posting.debit,
      credit: posting.credit,
      amount_minor: posting.amountMinor.toString(),
    });
  });
  return { seq: entry.seq.toString(), head: `\\x${hash}` };
};
