import type { JournalEntry } from './entry.ts';

/** SHA-256 of a text as lower-case hex, given from outside: the domain has no cryptography of its own. */
export type Sha256 = (text: string) => string;

/** The head of an empty book. */
export const GENESIS = '0'.repeat(64);

const VERSION = 1;

/**
 * What is hashed of an entry: ids, account names, amounts and dates, never a name or a word of a person, so that
 * erasing someone's personal data does not break the chain.
 */
export const bodyOf = (entry: JournalEntry): string =>
  JSON.stringify([
    entry.id,
    entry.kind,
    entry.key,
    entry.batch ?? null,
    entry.author,
    entry.witness ?? null,
    entry.occurredOn.toString(),
    entry.rulesVersion,
    entry.reverses ?? null,
    entry.reason ?? null,
    entry.postings.map((p) => [p.debit, p.credit, p.amountMinor.toString()]),
  ]);

/** hash_n = H(version, group, n, hash_{n-1}, H(body)) — invariant L15. */
export const link = (sha256: Sha256, previous: string, entry: JournalEntry): string =>
  sha256(JSON.stringify([VERSION, entry.groupId, entry.seq.toString(), previous, sha256(bodyOf(entry))]));
