// Books payments of the fixture's groups as the program does: entry, postings, balances, head and payment at once.

import { randomUUID } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import { asId, type EntryId, type LoanId, type MemberId } from '../../src/domain/ids.ts';
import { link } from '../../src/domain/ledger/chain.ts';
import { type EntryDraft, type Posting, reversed } from '../../src/domain/ledger/entry.ts';
import { type Currency, money } from '../../src/domain/money.ts';
import { planPayment } from '../../src/domain/payment.ts';
import { constitutionSchema, rulesOf } from '../../src/store/constitution.ts';
import type { Database } from '../../src/store/database.ts';
import { inTransaction } from '../../src/store/in-transaction.ts';
import { loanTermsSchema, restoreTerms } from '../../src/store/loan-terms.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { secrets } from './programme.ts';

const CURRENCY: Currency = 'MXN';
export const on = Temporal.PlainDate.from('2026-11-21');

export type Pay = {
  readonly group: string;
  readonly number: number;
  readonly savings: bigint;
  readonly loan: bigint;
  readonly fine: bigint;
  readonly social: bigint;
};

type GroupState = { id: string; name: Buffer; key: Buffer; seq: string; head: string; constitution: unknown };

export const groupNamed = async (database: Database, name: string): Promise<GroupState> => {
  const { rows } = await database.pool.query<GroupState>(
    `select g.id, g.name, k.wrapped as key, g.seq, encode(g.head, 'hex') as head, r.constitution
       from savings_group g join data_key k on k.id = g.id
       join group_rules r on r.group_id = g.id and r.version = g.rules_version order by g.id`,
  );
  const found = rows.find(
    (row) =>
      secrets.open(
        secrets.unwrap(row.key),
        { table: 'savings_group', column: 'name', rowId: row.id },
        row.name,
      ) === name,
  );
  if (!found) throw new Error(`no group ${name}`);
  return found;
};

/** @returns the entry's id */
export const postPayment = async (database: Database, pay: Pay): Promise<string> => {
  const group = await groupNamed(database, pay.group);
  const rules = rulesOf(constitutionSchema.parse(group.constitution), CURRENCY);
  const { rows: members } = await database.pool.query<{ id: string; number: number }>(
    'select id, number from member where group_id = $1 order by number',
    [group.id],
  );
  const payer = members.find((member) => member.number === pay.number)!;
  const zero = money(0n, CURRENCY);
  const plan = planPayment(
    {
      id: asId<MemberId>(payer.id),
      loans: await loansOf(database, group.id, payer.id),
      savedThisMeeting: zero,
    },
    {
      savings: money(pay.savings, CURRENCY),
      loan: money(pay.loan, CURRENCY),
      fine: money(pay.fine, CURRENCY),
      social: money(pay.social, CURRENCY),
      turn: zero,
    },
    { rules, on },
  );
  if (!plan.ok) throw new Error(plan.refusal.type);
  const paymentId = randomUUID();
  const author = members.find((member) => member.number !== pay.number)!.id;
  const entryId = await post(database, group, {
    kind: 'payment',
    key: `${paymentId}/${payer.id}`,
    author,
    postings: plan.value,
  });
  await database.pool.query(
    `insert into payment (group_id, id, member_id, savings_minor, loan_minor, fine_minor, social_minor, state, meeting_on, nth, batch, reported_by, decided_by, entry_id)
     values ($1, $2, $3, $4, $5, $6, $7, 'confirmed', $8,
             (select count(*) from payment where group_id = $1 and member_id = $3), $2, $3, $10, $9)`,
    [
      group.id,
      paymentId,
      payer.id,
      pay.savings,
      pay.loan,
      pay.fine,
      pay.social,
      on.toString(),
      entryId,
      author,
    ],
  );
  return entryId;
};

export const reverseEntry = async (
  database: Database,
  groupName: string,
  entryId: string,
): Promise<string> => {
  const group = await groupNamed(database, groupName);
  const { rows } = await database.pool.query<{
    debit: string;
    credit: string;
    amount: string;
    author: string;
  }>(
    `select p.debit, p.credit, p.amount_minor as amount, e.author_id as author
       from posting p join journal_entry e on e.id = p.entry_id where p.entry_id = $1 order by p.n`,
    [entryId],
  );
  const postings = rows.map(
    (r) => ({ debit: r.debit, credit: r.credit, amountMinor: BigInt(r.amount) }) as Posting,
  );
  const id = await post(database, group, {
    kind: 'reversal',
    key: `reversal/${entryId}`,
    author: rows[0]!.author,
    postings: reversed(postings),
    reverses: entryId,
  });
  await database.pool.query(`update payment set state = 'reversed' where entry_id = $1`, [entryId]);
  return id;
};

const loansOf = async (database: Database, groupId: string, memberId: string) => {
  const { rows } = await database.pool.query<{
    id: string;
    terms: unknown;
    before: string;
    principal: string;
    interest: string;
  }>(
    `select l.id, l.terms, l.interest_before_minor as before, p.balance_minor as principal, -i.balance_minor as interest
       from loan l join account p on p.group_id = l.group_id and p.name = 'loan/' || l.id
       join account i on i.group_id = l.group_id and i.name = 'interest/' || l.id
      where l.group_id = $1 and l.member_id = $2 order by l.disbursed_on`,
    [groupId, memberId],
  );
  return rows.map((row) => {
    const terms = restoreTerms(loanTermsSchema.parse(row.terms), CURRENCY);
    return {
      id: asId<LoanId>(row.id),
      terms,
      paidPrincipal: money(terms.principal.minor - BigInt(row.principal), CURRENCY),
      paidInterest: money(BigInt(row.before) + BigInt(row.interest), CURRENCY),
    };
  });
};

type Post = {
  kind: 'payment' | 'reversal';
  key: string;
  author: string;
  postings: readonly Posting[];
  reverses?: string;
};

const post = async (database: Database, group: GroupState, what: Post): Promise<string> => {
  const draft: EntryDraft = {
    id: asId<EntryId>(randomUUID()),
    groupId: asId(group.id),
    kind: what.kind,
    key: what.key,
    batch: undefined,
    author: asId<MemberId>(what.author),
    witness: undefined,
    occurredOn: on,
    rulesVersion: 1,
    reverses: what.reverses === undefined ? undefined : asId<EntryId>(what.reverses),
    reason: what.reverses === undefined ? undefined : 'mistake',
    postings: what.postings,
  };
  const seq = BigInt(group.seq) + 1n;
  const hash = link(sha256, group.head, { ...draft, seq });
  await inTransaction(database.pool, async (session) => {
    await session.query(
      `insert into journal_entry (group_id, id, seq, kind, idempotency_key, author_id, occurred_on, rules_version, reverses, reason, posting_count, prev_hash, hash)
       values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9, $10, decode($11, 'hex'), decode($12, 'hex'))`,
      [
        group.id,
        draft.id,
        seq,
        draft.kind,
        draft.key,
        draft.author,
        on.toString(),
        draft.reverses ?? null,
        draft.reason ?? null,
        draft.postings.length,
        group.head,
        hash,
      ],
    );
    const postings = draft.postings.map((p, n) => ({
      n,
      debit: p.debit,
      credit: p.credit,
      amount: `${p.amountMinor}`,
    }));
    await session.query(
      `insert into posting (group_id, entry_id, n, debit, credit, amount_minor)
       select $1, $2, n, debit, credit, amount from jsonb_to_recordset($3::jsonb) as p(n smallint, debit text, credit text, amount bigint)`,
      [group.id, draft.id, JSON.stringify(postings)],
    );
    for (const { debit, credit, amountMinor } of draft.postings) {
      const move = 'update account set balance_minor = balance_minor + $3 where group_id = $1 and name = $2';
      await session.query(move, [group.id, debit, amountMinor]);
      await session.query(move, [group.id, credit, -amountMinor]);
    }
    await session.query(`update savings_group set seq = $2, head = decode($3, 'hex') where id = $1`, [
      group.id,
      seq,
      hash,
    ]);
  });
  return draft.id;
};
