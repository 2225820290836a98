import { createHash } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { asId, type EntryId, type GroupId, type MemberId } from '../../src/domain/ids.ts';
import type { Account } from '../../src/domain/ledger/account.ts';
import { fold } from '../../src/domain/ledger/balance.ts';
import { GENESIS, link, type Sha256 } from '../../src/domain/ledger/chain.ts';
import { type EntryDraft, type Posting, reversed, sound } from '../../src/domain/ledger/entry.ts';
import type { StoredBook, StoredEntry } from '../../src/domain/ledger/verify.ts';

export const sha256: Sha256 = (text) => createHash('sha256').update(text).digest('hex');

const GROUP = asId<GroupId>('00000000-0000-7000-8000-0000000000aa');
export const AUTHOR = asId<MemberId>('00000000-0000-7000-8000-000000000001');

/** Ids that count up, so that a failing case reads the same every time. */
const numbered = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

export const savingsOf = (member: number): Account => `savings/${asId<MemberId>(numbered(member))}`;

export const draft = (
  n: number,
  postings: readonly Posting[],
  more: Partial<EntryDraft> = {},
): EntryDraft => ({
  id: asId<EntryId>(numbered(1_000 + n)),
  groupId: GROUP,
  kind: 'payment',
  key: `key-${n}`,
  batch: undefined,
  author: AUTHOR,
  witness: undefined,
  occurredOn: Temporal.PlainDate.from('2026-09-08'),
  rulesVersion: 1,
  reverses: undefined,
  reason: undefined,
  postings,
  ...more,
});

export const reversalOf = (n: number, entry: EntryDraft): EntryDraft =>
  draft(n, reversed(entry.postings), { kind: 'reversal', reverses: entry.id, reason: 'undo' });

/** The book that these entries make, as the database would hold it. */
export const bookOf = (drafts: readonly EntryDraft[]): StoredBook & { readonly entries: StoredEntry[] } => {
  let previous = GENESIS;
  const entries = drafts.map((one, index): StoredEntry => {
    const entry = { ...sound(one), seq: BigInt(index + 1) };
    const hash = link(sha256, previous, entry);
    const stored = { ...entry, prevHash: previous, hash, postingCount: entry.postings.length };
    previous = hash;
    return stored;
  });
  return {
    entries,
    head: { seq: BigInt(entries.length), hash: previous },
    cached: fold(entries.flatMap((entry) => entry.postings)),
  };
};
