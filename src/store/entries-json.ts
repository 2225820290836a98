import { link } from '../domain/ledger/chain.ts';
import type { EntryDraft, JournalEntry } from '../domain/ledger/entry.ts';
import { sha256 } from './sha256.ts';

/** Entries numbered and chained on a group's book, with their postings, as commit_entries takes them. */
export const entriesJson = (
  drafts: readonly EntryDraft[],
  book: { readonly seq: bigint; readonly head: string },
) => {
  let previous = book.head;
  const entries = drafts.map((draft, index) => {
    const entry: JournalEntry = { ...draft, seq: book.seq + BigInt(index + 1) };
    const hash = link(sha256, previous, entry);
    const json = entryJson(entry, previous, hash);
    previous = hash;
    return json;
  });
  return {
    seq: book.seq.toString(),
    newSeq: (book.seq + BigInt(drafts.length)).toString(),
    newHead: previous,
    entries,
    postings: drafts.flatMap((draft) =>
      draft.postings.map((p, n) => ({
        entry: draft.id,
        n,
        debit: p.debit,
        credit: p.credit,
        amount: p.amountMinor.toString(),
      })),
    ),
  };
};

const entryJson = (entry: JournalEntry, prev: string, hash: string) => ({
  id: entry.id,
  seq: entry.seq.toString(),
  kind: entry.kind,
  key: entry.key,
  batch: entry.batch,
  author: entry.author,
  witness: entry.witness,
  on_date: entry.occurredOn.toString(),
  rules_version: entry.rulesVersion,
  reverses: entry.reverses,
  reason: entry.reason,
  posting_count: entry.postings.length,
  prev,
  hash,
});
