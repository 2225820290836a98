// What somebody with every right on the database may do to it beside the program, fifty times, each in a transaction that
// is undone: the check of the books, or of what staff did, names the place.

import { type ClientBase, escapeIdentifier } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asId } from '../../src/domain/ids.ts';
import { auditBefore, auditEnds, auditRows } from '../../src/store/audit.ts';
import { strayFaults, verifyGroup } from '../../src/store/verify-books.ts';
import { OFFICE_TAMPERS } from '../support/office-tampers.ts';
import type { Scene } from '../support/scene.ts';
import { bringBook } from '../support/tampered-book.ts';
import { TELEPHONE_TAMPERS } from '../support/telephone-tampers.ts';

let scene: Scene;
/** The group that is tampered with, the other one, and the entries of the first by number. */
let group: string;
let other: string;
let entries: Record<string, { id: string; kind: string }>;
let last: number;

beforeAll(async () => {
  ({ scene, group, other, entries, last, payments, standingAt } = await bringBook());
});
afterAll(() => scene.close());

type Found = { readonly where: string; readonly rule: string };

/** Everything the program's own checks say is wrong, each with its place. */
const verified = async (session: ClientBase): Promise<Found[]> => {
  const faults = [];
  for (const { id } of (await session.query<{ id: string }>('select id from savings_group')).rows)
    faults.push(...(await verifyGroup(session, id)).faults);
  faults.push(...(await strayFaults(session)));
  const found = faults.map((fault) => ({
    where: `${fault.groupId === group ? '' : 'other '}${fault.place?.split('/')[0] ?? String(fault.seq)}`,
    rule: `${fault.seq} ${fault.rule}`,
  }));
  const rows = await auditRows({ pool: session, secrets: scene.world.store.secrets });
  for (const { seq, holds } of rows) if (!holds) found.push({ where: `audit ${seq}`, rule: 'holds' });
  if ((await auditBefore(session))?.isSaid === false) found.push({ where: 'audit beginning', rule: 'said' });
  if (!(await auditEnds(session))) found.push({ where: 'audit end', rule: 'ends' });
  return found;
};

/** Tampers with every guard off, looks, and undoes it. */
const after = async (statements: readonly string[]): Promise<Found[]> => {
  const session = await scene.world.database.pool.connect();
  try {
    await session.query('begin');
    await session.query('set local session_replication_role = replica');
    let changed = 0;
    for (const statement of statements) changed += (await session.query(statement)).rowCount ?? 0;
    expect(changed, 'a tamper that changes nothing is none').toBeGreaterThan(0);
    return await verified(session);
  } finally {
    await session.query('rollback');
    session.release();
  }
};

const first = (kind: string): number =>
  Number(Object.keys(entries).find((seq) => entries[seq]!.kind === kind));
const entryAt = (seq: number): string => entries[String(seq)]!.id;
const payment = () => first('payment');
const reversal = () => first('reversal');
/** An entry of a payment that still stands, and the payment of an entry. */
let standingAt: number;
let payments: Record<number, string>;
const standing = () => standingAt;
const payOf = (seq: number): string => payments[seq] ?? '';
const inGroup = (table: string) => `${escapeIdentifier(table)} where group_id = '${group}'`;

type Tamper = readonly [name: string, statements: () => readonly string[], where: () => string];
const at = (seq: () => number) => () => String(seq());
const set = (what: string, seq: () => number) => () => [
  `update journal_entry set ${what} where id = '${entryAt(seq())}'`,
];
const posting =
  (what: string, seq: () => number, which = '') =>
  () => [`update posting set ${what} where entry_id = '${entryAt(seq())}' ${which}`];
const deleted = (seq: () => number) => () => [
  `delete from posting where entry_id = '${entryAt(seq())}'`,
  `delete from journal_entry where id = '${entryAt(seq())}'`,
];

const TAMPERS: readonly Tamper[] = [
  // Entries and their postings.
  ['an amount is raised', posting('amount_minor = amount_minor + 100', payment), at(payment)],
  [
    'an amount is raised, and the cached balances with it',
    () => [
      ...posting('amount_minor = amount_minor + 100', payment)(),
      `update account a set balance_minor = balance_minor + 100 from posting p where p.entry_id = '${entryAt(payment())}' and p.n = 0 and a.group_id = p.group_id and a.name = p.debit`,
      `update account a set balance_minor = balance_minor - 100 from posting p where p.entry_id = '${entryAt(payment())}' and p.n = 0 and a.group_id = p.group_id and a.name = p.credit`,
    ],
    at(payment),
  ],
  ['money goes into another box', posting("debit = 'cash/loan-fund'", payment), at(payment)],
  [
    'money is another member’s',
    () => [
      `update posting set credit = (select name from account where group_id = '${group}' and name like 'savings/%' and name <> credit limit 1) where entry_id = '${entryAt(standing())}' and credit like 'savings/%'`,
    ],
    at(standing),
  ],
  ['debit and credit change sides', posting('debit = credit, credit = debit', payment), at(payment)],
  [
    'a posting is added',
    () => [
      `insert into posting values ('${group}', '${entryAt(payment())}', 99, 'cash/savings-pot', 'fines', 1)`,
    ],
    at(payment),
  ],
  [
    'the postings of an entry are deleted',
    () => [`delete from posting where entry_id = '${entryAt(payment())}'`],
    at(payment),
  ],
  [
    'a posting is split in two',
    () => [
      `insert into posting select group_id, entry_id, 50, debit, credit, 1 from posting where entry_id = '${entryAt(payment())}' and n = 0`,
      `update posting set amount_minor = amount_minor - 1 where entry_id = '${entryAt(payment())}' and n = 0`,
    ],
    at(payment),
  ],
  ['the count of postings is changed', set('posting_count = posting_count + 1', payment), at(payment)],
  ['a date is changed', set('occurred_on = occurred_on - 7', payment), at(payment)],
  [
    'an author is changed',
    () => set(`author_id = '${scene.world.person('Guadalupe').id}'`, payment)(),
    at(payment),
  ],
  [
    'a witness is put in',
    () => set(`witness_id = '${scene.world.person('Ana').id}'`, payment)(),
    at(payment),
  ],
  ['the signers of the opening are changed', set('witness_id = gen_random_uuid()', () => 1), () => '1'],
  ['a key is changed', set("idempotency_key = 'other'", payment), at(payment)],
  ['a batch is changed', set('batch = gen_random_uuid()', payment), at(payment)],
  ['a reason is changed', set("reason = 'objection'", reversal), at(reversal)],
  ['a kind is changed', set("kind = 'opening'", payment), at(payment)],
  ['an entry is of other rules', set('rules_version = 2', payment), at(payment)],
  ['a reversal points to another entry', () => set(`reverses = '${entryAt(1)}'`, reversal)(), at(reversal)],
  // The chain.
  ['the last entry is deleted', () => deleted(() => last)(), () => 'head'],
  [
    'the last two entries are deleted, and the head put back',
    () => [
      ...deleted(() => last)(),
      ...deleted(() => last - 1)(),
      `update savings_group set seq = ${last - 2}, head = (select hash from journal_entry where id = '${entryAt(last - 2)}') where id = '${group}'`,
    ],
    () => payOf(last - 1) || payOf(last - 2),
  ],
  ['an entry in the middle is deleted', () => deleted(payment)(), () => String(payment() + 1)],
  ['the first entry is deleted', () => deleted(() => 1)(), () => '2'],
  [
    'an entry is deleted, and the numbers closed up',
    () => [
      ...deleted(payment)(),
      `update journal_entry set seq = seq - 1 where group_id = '${group}' and seq > ${payment()}`,
    ],
    at(payment),
  ],
  [
    'two entries change places',
    () => [
      `update journal_entry set seq = 999 where id = '${entryAt(2)}'`,
      `update journal_entry set seq = 2 where id = '${entryAt(3)}'`,
      `update journal_entry set seq = 3 where id = '${entryAt(2)}'`,
    ],
    () => '2',
  ],
  ['a stored hash is changed', set("hash = sha256('x')", payment), at(payment)],
  ['a stored previous hash is changed', set("prev_hash = sha256('x')", payment), at(payment)],
  [
    'an entry is repeated under another number',
    () => [
      `insert into journal_entry select group_id, '${asId('e0000000-0000-7000-8000-000000000001')}', ${last + 1}, kind, 'again', batch, author_id, witness_id, occurred_on, rules_version, null, null, posting_count, hash, sha256('x'), now() from journal_entry where id = '${entryAt(payment())}'`,
      `insert into posting select group_id, 'e0000000-0000-7000-8000-000000000001', n, debit, credit, amount_minor from posting where entry_id = '${entryAt(payment())}'`,
    ],
    () => String(last + 1),
  ],
  [
    'the head is changed',
    () => [`update savings_group set head = sha256('x') where id = '${group}'`],
    () => 'head',
  ],
  [
    'the count of entries is changed',
    () => [`update savings_group set seq = seq + 1 where id = '${group}'`],
    () => 'head',
  ],
  // Between groups.
  [
    'an entry is moved to another group',
    () => [
      `update journal_entry set group_id = '${other}', seq = 99 where id = '${entryAt(last)}'`,
      `update posting set group_id = '${other}' where entry_id = '${entryAt(last)}'`,
    ],
    () => 'head',
  ],
  [
    'the postings of an entry are moved to another group',
    () => [`update posting set group_id = '${other}' where entry_id = '${entryAt(last)}'`],
    () => String(last),
  ],
  [
    'a group is deleted from above its entries',
    () => [`delete from savings_group where id = '${group}'`],
    () => 'balances',
  ],
  // Balances and accounts.
  [
    'a cached balance is changed',
    () => [
      `update account set balance_minor = balance_minor + 1 where group_id = '${group}' and name = 'cash/savings-pot'`,
    ],
    () => 'balances',
  ],
  [
    'two cached balances are changed so that they still add up',
    () => [
      `update account set balance_minor = balance_minor - 100 where group_id = '${group}' and name = 'savings/${scene.world.person('Ana').id}'`,
      `update account set balance_minor = balance_minor + 100 where group_id = '${group}' and name = 'savings/${scene.world.person('Consuelo').id}'`,
    ],
    () => 'balances',
  ],
  [
    'an account is deleted',
    () => [`delete from account where group_id = '${group}' and name = 'cash/savings-pot'`],
    () => 'balances',
  ],
  [
    'an account is renamed',
    () => [`update account set name = 'savings/x' where group_id = '${group}' and name = 'cash/savings-pot'`],
    () => 'balances',
  ],
  // Payments and receipts.
  [
    'the amount of a payment is changed',
    () => [
      `update payment set savings_minor = savings_minor + 100 where entry_id = '${entryAt(standing())}'`,
    ],
    () => payOf(standing()),
  ],
  [
    'a payment is of another purpose',
    () => [
      `update payment set fine_minor = savings_minor, savings_minor = 0 where entry_id = '${entryAt(payment())}' and savings_minor > 0`,
    ],
    () => payOf(payment()),
  ],
  [
    'a payment becomes another member’s',
    () => [
      `update payment set member_id = '${scene.world.person('Guadalupe').id}' where entry_id = '${entryAt(payment())}'`,
    ],
    () => payOf(payment()),
  ],
  [
    'a payment is called reversed',
    () => [`update payment set state = 'reversed' where entry_id = '${entryAt(payment())}'`],
    () => payOf(payment()),
  ],
  [
    'who confirmed a payment is changed',
    () => [
      `update payment set decided_by = '${scene.world.person('Guadalupe').id}' where entry_id = '${entryAt(standing())}'`,
    ],
    () => payOf(standing()),
  ],
  [
    'a payment is deleted',
    () => [`delete from payment where entry_id = '${entryAt(payment())}'`],
    at(payment),
  ],
  // Rules, loans, fines, votes, covers, the words of a meeting.
  [
    'a rate of the rules is changed',
    () => [
      `update group_rules set constitution = jsonb_set(constitution, '{savings}', '{"kind": "free", "weekly": "1.00"}') where group_id = '${group}'`,
    ],
    () => 'group_rules',
  ],
  [
    'who signed the rules is changed',
    () => [
      `update group_rules set author_id = '${scene.world.person('Ana').id}', witness_id = '${scene.world.person('Rosa').id}' where group_id = '${group}'`,
    ],
    () => 'group_rules',
  ],
  [
    'the terms of a loan are changed',
    () => [`update loan set terms = terms || '{"ratePct": "0"}' where group_id = '${group}'`],
    () => 'loan',
  ],
  ['a fine is deleted', () => [`delete from ${inGroup('member_fine')}`], () => 'member_fine'],
  ['a vote is turned', () => [`update vote set yes = not yes where group_id = '${group}'`], () => 'vote'],
  [
    'a share of a cover is put on another member',
    () => [
      `update cover_share set member_id = '${scene.world.person('Ana').id}' where group_id = '${group}'`,
    ],
    () => 'cover_share',
  ],
  [
    'an officer’s no to what the group began with becomes a yes',
    () => [
      `update opening_signature set state = 'signed' where group_id = '${group}' and member_id = '${scene.world.person('Guadalupe').id}'`,
    ],
    () => 'opening_signature',
  ],
  [
    'a signature goes back to before it was asked for',
    () => [
      `update opening_signature set state = 'asked', decided_at = null where group_id = '${group}' and member_id = '${scene.world.person('Guadalupe').id}'`,
    ],
    () => 'opening_signature',
  ],
  [
    'the day of a signature is changed',
    () => [
      `update opening_signature set decided_at = decided_at - interval '1 day' where group_id = '${group}' and state = 'signed'`,
    ],
    () => 'opening_signature',
  ],
  [
    'a signature is another officer’s',
    () => [
      `update opening_signature set member_id = '${scene.world.person('Ana').id}' where group_id = '${group}' and state = 'signed'`,
    ],
    () => 'opening_signature',
  ],
  [
    'the signatures are deleted',
    () => [`delete from ${inGroup('opening_signature')}`],
    () => 'opening_signature',
  ],
  [
    'the words that a meeting ended with are changed',
    () => [`update meeting set head = sha256('x') where group_id = '${group}' and seq = 1`],
    () => 'meeting',
  ],
  ...TELEPHONE_TAMPERS.map(([name, statements, place]): Tamper => [name, () => statements, () => place]),
  ...OFFICE_TAMPERS.map(
    ([name, statements, place]): Tamper => [
      name,
      () => statements({ group, id: (who) => scene.world.person(who).id }),
      () => place,
    ],
  ),
  // What staff did.
  [
    'a row of what staff did says something else',
    () => [`update audit set action = 'nothing' where seq = 1`],
    () => 'audit 1',
  ],
  [
    'the last row of what staff did is deleted',
    () => [`delete from audit where seq = (select max(seq) from audit)`],
    () => 'audit end',
  ],
  [
    'the first row of what staff did is deleted, as if its years were over',
    () => [
      'update audit_head set before_seq = a.seq, before_hash = a.hash, before_at = a.at from audit a where a.seq = 1',
      'delete from audit where seq = 1',
    ],
    () => 'audit beginning',
  ],
];

describe('S2 tampers', () => {
  test('nothing is found where nothing was changed', async () => {
    const session = await scene.world.database.pool.connect();
    try {
      expect(await verified(session)).toEqual([]);
    } finally {
      session.release();
    }
    expect(new Set(Object.values(entries).map(({ kind }) => kind))).toEqual(
      new Set(['opening', 'payment', 'reversal']),
    );
  });

  test('fifty of them, each found, with the place named', async () => {
    const missed: string[] = [];
    for (const [name, statements, where] of TAMPERS) {
      const found = await after(statements());
      if (!found.some((fault) => fault.where === where()))
        missed.push(`${name}: not at ${where()}, but ${JSON.stringify(found)}`);
    }
    expect(missed).toEqual([]);
    process.stdout.write(`${TAMPERS.length - missed.length} of ${TAMPERS.length} found\n`);
    expect(TAMPERS.length).toBeGreaterThanOrEqual(50);
  });
});
