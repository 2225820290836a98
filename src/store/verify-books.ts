// The daily proof that the books are right: every entry, hash, balance and receipt, from the rows themselves.

import type { ClientBase } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { asId, isId } from '../domain/ids.ts';
import { type Account, isAccount } from '../domain/ledger/account.ts';
import type { Posting } from '../domain/ledger/entry.ts';
import { ENTRY_KINDS } from '../domain/ledger/entry.ts';
import { type StoredEntry, verifyBook } from '../domain/ledger/verify.ts';
import type { Database } from './database.ts';
import { inTransaction } from './in-transaction.ts';
import { sha256 } from './sha256.ts';
import { type BookFault, receiptFaults } from './verify-receipts.ts';
import { rowFaults } from './verify-rows.ts';

/** Entries fetched at a time: a page is well under 1 MB. */
const PAGE_ENTRIES = 500;
const GROUPS_PAGE = 200;

export type BooksReport = {
  readonly groups: number;
  readonly entries: number;
  readonly faults: readonly BookFault[];
};

/**
 * Checks every group's book, one after the other and each as it stands at one moment, while others go on writing.
 * At most one group's entries are in memory.
 */
export async function verifyBooks(database: Database): Promise<BooksReport> {
  const reports: BooksReport[] = [];
  const { pool } = database;
  for (let after: string | undefined; ; ) {
    const { rows } = await pool.query<{ id: string }>(
      'select id from savings_group where $1::uuid is null or id > $1 order by id limit $2',
      [after ?? null, GROUPS_PAGE],
    );
    for (const { id } of rows) {
      reports.push(await inTransaction(pool, (session) => verifyGroup(session, id), { kind: 'snapshot' }));
    }
    after = rows.at(-1)?.id;
    if (after === undefined || rows.length < GROUPS_PAGE) break;
  }
  const strays = await inTransaction(pool, strayFaults, { kind: 'snapshot' });
  return {
    groups: reports.length,
    entries: reports.reduce((all, report) => all + report.entries, 0),
    faults: [...reports.flatMap((report) => report.faults), ...strays],
  };
}

/** Checks one group's book on a session that stays the caller's, such as the one that is about to commit it. */
export async function verifyGroup(session: ClientBase, groupId: string): Promise<BooksReport> {
  const { entries, unreadable } = await readBook(session, groupId);
  const found = unreadable ? [unreadable] : await bookFaults(session, groupId, entries);
  return {
    groups: 1,
    entries: entries.length,
    faults: [...found, ...(await receiptFaults(session, groupId)), ...(await rowFaults(session, groupId))],
  };
}

/** Every entry of one group's book in its order, and the first one that cannot be read. */
export async function readBook(
  session: ClientBase,
  groupId: string,
): Promise<{ readonly entries: readonly StoredEntry[]; readonly unreadable: BookFault | undefined }> {
  const entries: StoredEntry[] = [];
  let unreadable: BookFault | undefined;
  for (let after = '0'; ; ) {
    const page = await readPage(session, groupId, after);
    for (const row of page) {
      const read = entryRow.safeParse(row);
      if (read.success) entries.push(storedEntry(groupId, read.data));
      else unreadable ??= { groupId, seq: BigInt(row.seq), rule: 'an entry can be read' };
    }
    after = page.at(-1)?.seq ?? after;
    if (page.length < PAGE_ENTRIES) break;
  }
  return { entries, unreadable };
}

async function bookFaults(
  session: ClientBase,
  groupId: string,
  entries: readonly StoredEntry[],
): Promise<BookFault[]> {
  const { rows } = await session.query<{ seq: string; head: string }>(
    `select seq::text, encode(head, 'hex') as head from savings_group where id = $1`,
    [groupId],
  );
  const accounts = await session.query<{ name: string; balance: string }>(
    'select name, balance_minor::text as balance from account where group_id = $1',
    [groupId],
  );
  const unknown = accounts.rows.find(({ name }) => !isAccount(name));
  if (unknown) return [{ groupId, seq: 'balances', rule: 'an account has a name of the book' }];
  const fault = verifyBook(sha256, {
    entries,
    head: { seq: BigInt(rows[0]?.seq ?? '0'), hash: rows[0]?.head ?? '' },
    cached: new Map(accounts.rows.map((row) => [accountOf(row.name), BigInt(row.balance)])),
  });
  return fault ? [{ groupId, ...fault }] : [];
}

type PageRow = { seq: string };

async function readPage(session: ClientBase, groupId: string, after: string): Promise<PageRow[]> {
  const { rows } = await session.query<PageRow>(
    `select e.id, e.seq::text, e.kind, e.idempotency_key as key, e.batch, e.author_id as author, e.witness_id as witness,
            e.occurred_on::text as "occurredOn", e.rules_version as "rulesVersion", e.reverses, e.reason,
            e.posting_count as "postingCount", encode(e.prev_hash, 'hex') as "prevHash", encode(e.hash, 'hex') as hash,
            (select coalesce(jsonb_agg(jsonb_build_object('debit', p.debit, 'credit', p.credit, 'amount', p.amount_minor::text)
                                       order by p.n), '[]')
               from posting p where p.group_id = e.group_id and p.entry_id = e.id) as postings
       from journal_entry e where e.group_id = $1 and e.seq > $2::bigint order by e.seq limit $3`,
    [groupId, after, PAGE_ENTRIES],
  );
  return rows;
}

const id = z.string().refine(isId);
const account = z.string().refine(isAccount);

const entryRow = z.object({
  id,
  seq: z.string().regex(/^\d+$/),
  kind: z.enum(ENTRY_KINDS),
  key: z.string(),
  batch: id.nullable(),
  author: id,
  witness: id.nullable(),
  occurredOn: z.iso.date(),
  rulesVersion: z.int(),
  reverses: id.nullable(),
  reason: z.enum(['undo', 'objection', 'mistake']).nullable(),
  postingCount: z.int(),
  prevHash: z.string(),
  hash: z.string(),
  postings: z.array(z.object({ debit: account, credit: account, amount: z.string().regex(/^-?\d+$/) })),
});

function storedEntry(groupId: string, row: z.infer<typeof entryRow>): StoredEntry {
  return {
    ...row,
    id: asId(row.id),
    groupId: asId(groupId),
    seq: BigInt(row.seq),
    batch: row.batch === null ? undefined : asId(row.batch),
    author: asId(row.author),
    witness: row.witness === null ? undefined : asId(row.witness),
    occurredOn: Temporal.PlainDate.from(row.occurredOn),
    reverses: row.reverses === null ? undefined : asId(row.reverses),
    reason: row.reason ?? undefined,
    postings: row.postings.map(
      (posting): Posting => ({
        debit: accountOf(posting.debit),
        credit: accountOf(posting.credit),
        amountMinor: BigInt(posting.amount),
      }),
    ),
  };
}

function accountOf(name: string): Account {
  if (!isAccount(name)) throw new Error('an account name that was not checked');
  return name;
}

/** Rows that belong to no book: a group's row or an entry was taken away from under them. */
export async function strayFaults(session: ClientBase): Promise<BookFault[]> {
  const { rows } = await session.query<{ group_id: string; rule: string }>(
    `select distinct e.group_id, 'an entry belongs to a group' as rule from journal_entry e
      where not exists (select from savings_group g where g.id = e.group_id)
     union all
     select distinct p.group_id, 'a posting belongs to an entry' from posting p
      where not exists (select from journal_entry e where e.group_id = p.group_id and e.id = p.entry_id)
     union all
     select distinct s.group_id, 'what was written of a group belongs to a group' from row_seal s
      where not exists (select from savings_group g where g.id = s.group_id)`,
  );
  return rows.map((row) => ({ groupId: row.group_id, seq: 'balances', rule: row.rule }));
}
