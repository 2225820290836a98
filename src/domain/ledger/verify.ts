import type { Account } from './account.ts';
import { type Balances, fold, overdrawn } from './balance.ts';
import { GENESIS, link, type Sha256 } from './chain.ts';
import type { JournalEntry, Posting } from './entry.ts';

/** An entry as it stands in the database, with what the database says its hashes are. */
export type StoredEntry = JournalEntry & {
  readonly prevHash: string;
  readonly hash: string;
  readonly postingCount: number;
};

export type StoredBook = {
  readonly entries: Iterable<StoredEntry>;
  readonly head: { readonly seq: bigint; readonly hash: string };
  readonly cached: Balances;
};

/** What is wrong with a book and where: the first fault found, in the order of the entries. */
export type Fault = { readonly seq: bigint | 'head' | 'balances'; readonly rule: string };

type Walk = { previous: string; seq: bigint; balances: Map<Account, bigint>; seen: Map<string, Seen> };
type Seen = { readonly postings: readonly Posting[]; reversed: boolean };

/**
 * Checks a whole book from its rows: numbers without gaps, hashes recomputed from the rows (never the stored body),
 * reversals that mirror what they reverse once, no account below zero at any entry, the head, the cached balances.
 *
 * @returns undefined when the book is right
 */
export const verifyBook = (sha256: Sha256, book: StoredBook): Fault | undefined => {
  const walk: Walk = { previous: GENESIS, seq: 0n, balances: new Map(), seen: new Map() };
  for (const entry of book.entries) {
    const rule = checkEntry(sha256, walk, entry);
    if (rule) return { seq: entry.seq, rule };
  }
  if (book.head.seq !== walk.seq || book.head.hash !== walk.previous) {
    return { seq: 'head', rule: 'the head of the chain is the last entry' };
  }
  return checkCached(walk.balances, book.cached);
};

const checkEntry = (sha256: Sha256, walk: Walk, entry: StoredEntry): string | undefined => {
  if (entry.seq !== walk.seq + 1n) return 'entries are numbered without gaps';
  if (entry.postings.length === 0 || entry.postings.length !== entry.postingCount)
    return 'an entry has the postings it was made with';
  if (entry.prevHash !== walk.previous) return 'an entry continues the chain';
  if (link(sha256, walk.previous, entry) !== entry.hash)
    return 'the hash recomputed from the rows is the stored one';
  const reversal = checkReversal(walk, entry);
  if (reversal) return reversal;
  walk.balances = fold(entry.postings, walk.balances);
  if (overdrawn(walk.balances)) return 'no account goes below zero';
  walk.seen.set(entry.id, { postings: entry.postings, reversed: false });
  walk.previous = entry.hash;
  walk.seq = entry.seq;
  return undefined;
};

const checkReversal = (walk: Walk, entry: StoredEntry): string | undefined => {
  if (entry.reverses === undefined) return undefined;
  const original = walk.seen.get(entry.reverses);
  if (!original) return 'a reversal reverses an earlier entry';
  if (original.reversed) return 'an entry is reversed at most once';
  original.reversed = true;
  const together = fold([...original.postings, ...entry.postings]);
  return [...together.values()].some((b) => b !== 0n) ? 'a reversal restores every balance' : undefined;
};

const checkCached = (folded: Balances, cached: Balances): Fault | undefined => {
  const accounts = new Set([...folded.keys(), ...cached.keys()]);
  for (const account of accounts) {
    if ((folded.get(account) ?? 0n) !== (cached.get(account) ?? 0n)) {
      return { seq: 'balances', rule: `the balance of ${account} is the sum of its postings` };
    }
  }
  return undefined;
};
