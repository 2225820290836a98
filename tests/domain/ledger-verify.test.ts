import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { asId, type EntryId, type MemberId, type ProposalId } from '../../src/domain/ids.ts';
import { bodyOf, GENESIS, link } from '../../src/domain/ledger/chain.ts';
import type { EntryDraft } from '../../src/domain/ledger/entry.ts';
import { type StoredBook, type StoredEntry, verifyBook } from '../../src/domain/ledger/verify.ts';
import { AUTHOR, bookOf, draft, reversalOf, savingsOf, sha256 } from '../support/ledger.ts';

const CASH = 'cash/savings-pot';
const pays = (n: number, member: number, amountMinor: bigint): EntryDraft =>
  draft(n, [{ debit: CASH, credit: savingsOf(member), amountMinor }]);

const first = pays(1, 3, 10_000n);
const second = pays(2, 4, 5_000n);
const book = bookOf([first, second, reversalOf(3, first), pays(4, 3, 12_000n)]);

/** The book with one entry as somebody with full rights on the database might have left it. */
const tampered = (index: number, change: Partial<StoredEntry>): StoredBook => ({
  ...book,
  entries: book.entries.map((entry, n) => (n === index ? { ...entry, ...change } : entry)),
});
const OTHER = asId<MemberId>('00000000-0000-7000-8000-0000000000ff');

test('L15 a book as it was made is right', () => {
  expect(verifyBook(sha256, book)).toBeUndefined();
  expect(verifyBook(sha256, bookOf([]))).toBeUndefined();
});

describe('L15 whatever is changed in an entry is found, at that entry', () => {
  const recomputed = 'the hash recomputed from the rows is the stored one';
  test.each<[string, Partial<StoredEntry>, string]>([
    ['an amount', { postings: pays(2, 4, 5_001n).postings }, recomputed],
    ['whose savings', { postings: pays(2, 5, 5_000n).postings }, recomputed],
    [
      'both sides of a posting doubled, still balanced',
      { postings: pays(2, 4, 10_000n).postings },
      recomputed,
    ],
    ['the author', { author: OTHER }, recomputed],
    ['the witness', { witness: AUTHOR }, recomputed],
    ['the day', { occurredOn: Temporal.PlainDate.from('2026-09-09') }, recomputed],
    ['the version of the rules', { rulesVersion: 2 }, recomputed],
    ['the key', { key: 'another' }, recomputed],
    ['the list it came with', { batch: asId<ProposalId>(OTHER) }, recomputed],
    ['its id', { id: asId<EntryId>(OTHER) }, recomputed],
    ['its kind', { kind: 'opening' }, recomputed],
    ['its hash', { hash: sha256('another') }, recomputed],
    ['the hash before it', { prevHash: GENESIS }, 'an entry continues the chain'],
    ['its number', { seq: 3n }, 'entries are numbered without gaps'],
    ['how many postings it had', { postingCount: 2 }, 'an entry has the postings it was made with'],
    [
      'its postings taken away',
      { postings: [], postingCount: 0 },
      'an entry has the postings it was made with',
    ],
  ])('L15 %s', (_, change, rule) => {
    const fault = verifyBook(sha256, tampered(1, change));
    expect(fault).toEqual({ seq: change.seq ?? 2n, rule });
  });

  test('L15 an entry taken out of the middle, and the last one taken away', () => {
    const [one, , ...rest] = book.entries;
    expect(verifyBook(sha256, { ...book, entries: [one!, ...rest] })).toEqual({
      seq: 3n,
      rule: 'entries are numbered without gaps',
    });
    expect(verifyBook(sha256, { ...book, entries: book.entries.slice(0, -1) })?.seq).toBe('head');
  });

  test('L15 a whole history written anew does not match the head that was kept', () => {
    const rewritten = bookOf([
      pays(1, 3, 99_999n),
      second,
      reversalOf(3, pays(1, 3, 99_999n)),
      pays(4, 3, 1n),
    ]);
    expect(verifyBook(sha256, { ...rewritten, head: book.head })?.seq).toBe('head');
  });
});

describe('reversals', () => {
  test.each<[string, readonly EntryDraft[], bigint, string]>([
    [
      'twice',
      [first, pays(2, 3, 10_000n), reversalOf(3, first), reversalOf(4, first)],
      4n,
      'an entry is reversed at most once',
    ],
    [
      'before it exists',
      [pays(1, 4, 10_000n), reversalOf(2, pays(9, 4, 10_000n))],
      2n,
      'a reversal reverses an earlier entry',
    ],
    [
      'by another amount',
      [
        first,
        { ...reversalOf(2, first), postings: [{ debit: savingsOf(3), credit: CASH, amountMinor: 9_999n }] },
      ],
      2n,
      'a reversal restores every balance',
    ],
  ])('L11 an entry reversed %s is found', (_, drafts, seq, rule) => {
    expect(verifyBook(sha256, bookOf(drafts))).toEqual({ seq, rule });
  });
});

test('L14 an account that was below zero at any entry is found, also when it recovered', () => {
  const overdrawn = [
    first,
    draft(2, [{ debit: savingsOf(3), credit: CASH, amountMinor: 10_001n }]),
    pays(3, 3, 500n),
  ];
  expect(verifyBook(sha256, bookOf(overdrawn))).toEqual({ seq: 2n, rule: 'no account goes below zero' });
});

test('L3 a cached balance that is not the sum of its postings is found', () => {
  const cached = new Map([...book.cached, [savingsOf(4), -5_001n]]);
  expect(verifyBook(sha256, { ...book, cached })).toEqual({
    seq: 'balances',
    rule: `the balance of ${savingsOf(4)} is the sum of its postings`,
  });
});

test('L15 the same entry in another group, at another place or after another one has another hash', () => {
  const [, entry] = book.entries;
  const hashes = [
    link(sha256, entry!.prevHash, entry!),
    link(sha256, GENESIS, entry!),
    link(sha256, entry!.prevHash, { ...entry!, seq: 3n }),
    link(sha256, entry!.prevHash, { ...entry!, groupId: asId(OTHER) }),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('A5 the chain hashes no word of a person: ids, accounts, amounts, days and codes alone', () => {
  const words = bodyOf({ ...first, seq: 1n, batch: asId<ProposalId>(OTHER), witness: OTHER });
  expect(words.replaceAll(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/g, '…')).toBe(
    '["…","payment","key-1","…","…","…","2026-09-08",1,null,null,[["cash/savings-pot","savings/…","10000"]]]',
  );
});

test('L15 any book of payments and reversals is right, and one changed amount anywhere in it is found', () => {
  const steps = fc.array(
    fc.record({
      member: fc.integer({ min: 2, max: 6 }),
      amount: fc.bigInt({ min: 1n, max: 50_000n }),
      undo: fc.boolean(),
    }),
    { minLength: 1, maxLength: 25 },
  );
  fc.assert(
    fc.property(steps, fc.nat(), fc.bigInt({ min: 1n, max: 100n }), (all, at, more) => {
      const drafts: EntryDraft[] = [];
      let last: EntryDraft | undefined;
      for (const { member, amount, undo } of all) {
        const entry =
          undo && last ? reversalOf(drafts.length + 1, last) : pays(drafts.length + 1, member, amount);
        last = entry.kind === 'payment' ? entry : undefined;
        drafts.push(entry);
      }
      const made = bookOf(drafts);
      expect(verifyBook(sha256, made)).toBeUndefined();
      const index = at % made.entries.length;
      const entries = made.entries.map((entry, n) =>
        n === index
          ? { ...entry, postings: entry.postings.map((p) => ({ ...p, amountMinor: p.amountMinor + more })) }
          : entry,
      );
      expect(verifyBook(sha256, { ...made, entries })).toBeDefined();
    }),
  );
});
