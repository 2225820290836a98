import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asId } from '../../src/domain/ids.ts';
import { link } from '../../src/domain/ledger/chain.ts';
import type { Database } from '../../src/store/database.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { verifyBooks } from '../../src/store/verify-books.ts';
import { testDatabase } from '../support/database.ts';
import { groupNamed, on, postPayment, reverseEntry } from '../support/posting.ts';
import { asSuperuser, bringIn, documentOf, emptied, orilla } from '../support/programme.ts';
import { rechain } from '../support/rechain.ts';

const GROUP = 'Las Golondrinas';

let database: Database;
/** The group whose book is tampered with, another one, and the entries of the first by number. */
let group: string;
let other: string;
let entry: Record<number, string>;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());

beforeEach(async () => {
  await emptied(database);
  await bringIn(database, documentOf(orilla));
  const second = await postPayment(database, {
    group: GROUP,
    number: 1,
    savings: 4000n,
    loan: 23200n,
    fine: 0n,
    social: 500n,
  });
  const third = await postPayment(database, {
    group: GROUP,
    number: 2,
    savings: 4000n,
    loan: 0n,
    fine: 1000n,
    social: 500n,
  });
  const fourth = await reverseEntry(database, GROUP, third);
  const fifth = await postPayment(database, {
    group: GROUP,
    number: 2,
    savings: 4000n,
    loan: 0n,
    fine: 0n,
    social: 500n,
  });
  await postPayment(database, {
    group: 'Grupo 3',
    number: 2,
    savings: 2500n,
    loan: 0n,
    fine: 0n,
    social: 500n,
  });
  group = (await groupNamed(database, GROUP)).id;
  other = (await groupNamed(database, 'Grupo 3')).id;
  entry = { 2: second, 3: third, 4: fourth, 5: fifth };
});

const faultsOf = async () => (await verifyBooks(database)).faults;

/** The first fault of the tampered group. */
const found = async () => (await faultsOf()).find((fault) => fault.groupId === group);

const tamper = (...statements: string[]): Promise<void> => asSuperuser(database, ...statements);

describe('books that were kept', () => {
  test('verify, with payments, a reversal and two groups', async () => {
    expect(await verifyBooks(database)).toEqual({ groups: 2, entries: 7, faults: [] });
  });

  test('verify when a group has more entries than a page', async () => {
    // Entries of one chain, written at once: what matters is that the second page continues the first.
    const { rows } = await database.pool.query<{ seq: string; head: string; author: string }>(
      `select g.seq, encode(g.head, 'hex') as head, m.id as author from savings_group g
         join member m on m.group_id = g.id and m.number = 1 where g.id = $1`,
      [group],
    );
    const { author } = rows[0]!;
    let { head } = rows[0]!;
    const entries = Array.from({ length: 1_100 }, (_, n) => {
      const id = randomUUID();
      const seq = BigInt(rows[0]!.seq) + BigInt(n + 1);
      const prev = head;
      head = link(sha256, prev, {
        id: asId(id),
        groupId: asId(group),
        kind: 'opening',
        key: `k${n}`,
        batch: undefined,
        author: asId(author),
        witness: undefined,
        occurredOn: on,
        rulesVersion: 1,
        reverses: undefined,
        reason: undefined,
        seq,
        postings: [{ debit: 'cash/social-fund', credit: 'social', amountMinor: 1n }],
      });
      return { group_id: group, id, seq: `${seq}`, idempotency_key: `k${n}`, prev, hash: head };
    });
    await tamper(
      `insert into journal_entry (group_id, id, seq, kind, idempotency_key, author_id, occurred_on, rules_version, posting_count, prev_hash, hash)
       select group_id, id, seq, 'opening', idempotency_key, '${author}', '${on.toString()}', 1, 1, decode(prev, 'hex'), decode(hash, 'hex')
         from jsonb_to_recordset('${JSON.stringify(entries)}') as e(group_id uuid, id uuid, seq bigint, idempotency_key text, prev text, hash text)`,
      `insert into posting select group_id, id, 0, 'cash/social-fund', 'social', 1 from journal_entry where idempotency_key like 'k%'`,
      `update account set balance_minor = balance_minor + 1100 where group_id = '${group}' and name = 'cash/social-fund'`,
      `update account set balance_minor = balance_minor - 1100 where group_id = '${group}' and name = 'social'`,
      `update savings_group set seq = seq + 1100, head = decode('${head}', 'hex') where id = '${group}'`,
    );
    expect(await verifyBooks(database)).toEqual({ groups: 2, entries: 1_107, faults: [] });
    await tamper(`update posting set amount_minor = 2 where entry_id = '${entries[900]!.id}'`);
    expect(await found()).toMatchObject({
      seq: BigInt(entries[900]!.seq),
      rule: expect.stringContaining('hash') as string,
    });
  }, 120_000);
});

describe('a book that was tampered with', () => {
  /** What is done to the rows, and the first entry (or head, or balances) that must be named. */
  const tampers: [string, () => string[], bigint | 'head' | 'balances'][] = [
    [
      'an amount is changed',
      () => [`update posting set amount_minor = 1 where entry_id = '${entry[2]}' and n = 0`],
      2n,
    ],
    [
      'an amount is changed together with the cached balances',
      () => [
        `update posting set amount_minor = amount_minor + 100 where entry_id = '${entry[2]}' and credit like 'savings/%'`,
        `update account a set balance_minor = balance_minor + 100 from posting p where p.entry_id = '${entry[2]}' and p.credit like 'savings/%' and a.group_id = p.group_id and a.name = p.debit`,
        `update account a set balance_minor = balance_minor - 100 from posting p where p.entry_id = '${entry[2]}' and p.credit like 'savings/%' and a.group_id = p.group_id and a.name = p.credit`,
      ],
      2n,
    ],
    [
      'the last entry is deleted',
      () => [
        `delete from posting where entry_id = '${entry[5]}'`,
        `delete from journal_entry where id = '${entry[5]}'`,
      ],
      'head',
    ],
    [
      'an entry in the middle is deleted',
      () => [
        `delete from posting where entry_id = '${entry[3]}'`,
        `delete from journal_entry where id = '${entry[3]}'`,
      ],
      4n,
    ],
    [
      'only the postings of an entry are deleted',
      () => [`delete from posting where entry_id = '${entry[5]}'`],
      5n,
    ],
    [
      'one posting of an entry is deleted',
      () => [`delete from posting where entry_id = '${entry[2]}' and n = 0`],
      2n,
    ],
    [
      'a posting is added',
      () => [`insert into posting values ('${group}', '${entry[5]}', 99, 'cash/social-fund', 'social', 1)`],
      5n,
    ],
    [
      'two entries change places',
      () => [
        `update journal_entry set seq = 99 where id = '${entry[2]}'`,
        `update journal_entry set seq = 2 where id = '${entry[3]}'`,
        `update journal_entry set seq = 3 where id = '${entry[2]}'`,
      ],
      2n,
    ],
    [
      'a date is changed',
      () => [`update journal_entry set occurred_on = occurred_on - 1 where id = '${entry[3]}'`],
      3n,
    ],
    [
      'an author is changed',
      () => [`update journal_entry set author_id = gen_random_uuid() where id = '${entry[3]}'`],
      3n,
    ],
    [
      'a witness is taken out',
      () => [`update journal_entry set witness_id = null where group_id = '${group}' and seq = 1`],
      1n,
    ],
    ['a reason is changed', () => [`update journal_entry set reason = 'undo' where id = '${entry[4]}'`], 4n],
    [
      'a key is changed',
      () => [`update journal_entry set idempotency_key = 'other' where id = '${entry[5]}'`],
      5n,
    ],
    [
      'a debit becomes another account',
      () => [`update posting set debit = 'cash/loan-fund' where entry_id = '${entry[5]}' and n = 0`],
      5n,
    ],
    [
      'debit and credit change sides',
      () => [`update posting set debit = credit, credit = debit where entry_id = '${entry[2]}' and n = 0`],
      2n,
    ],
    [
      'postings change their order',
      () => [`update posting set n = 50 - n where entry_id = '${entry[2]}'`],
      2n,
    ],
    [
      'a stored hash is changed',
      () => [`update journal_entry set hash = sha256('x') where id = '${entry[3]}'`],
      3n,
    ],
    [
      'a stored previous hash is changed',
      () => [`update journal_entry set prev_hash = sha256('x') where id = '${entry[3]}'`],
      3n,
    ],
    [
      'the head is changed',
      () => [`update savings_group set head = sha256('x') where id = '${group}'`],
      'head',
    ],
    [
      'the count of entries is changed',
      () => [`update savings_group set seq = seq + 1 where id = '${group}'`],
      'head',
    ],
    [
      'a cached balance is changed',
      () => [
        `update account set balance_minor = balance_minor + 1 where group_id = '${group}' and name = 'cash/savings-pot'`,
      ],
      'balances',
    ],
    [
      'an account is deleted',
      () => [`delete from account where group_id = '${group}' and name = 'social'`],
      'balances',
    ],
    [
      'an account is renamed',
      () => [`update account set name = 'social!' where group_id = '${group}' and name = 'social'`],
      'balances',
    ],
    [
      'a reversal points to another entry',
      () => [`update journal_entry set reverses = '${entry[2]}' where id = '${entry[4]}'`],
      4n,
    ],
    [
      'the first entry is deleted',
      () => [
        `delete from posting where group_id = '${group}' and entry_id in (select id from journal_entry where group_id = '${group}' and seq = 1)`,
        `delete from journal_entry where group_id = '${group}' and seq = 1`,
      ],
      2n,
    ],
    [
      'an entry is moved to another group',
      () => [
        `update journal_entry set group_id = '${other}', seq = 99 where id = '${entry[5]}'`,
        `update posting set group_id = '${other}' where entry_id = '${entry[5]}'`,
      ],
      'head',
    ],
    [
      'the postings of an entry are moved to another group',
      () => [`update posting set group_id = '${other}' where entry_id = '${entry[5]}'`],
      5n,
    ],
  ];

  test.each(tampers)('%s: the first bad place is named', async (_, statements, seq) => {
    await tamper(...statements());
    expect((await found())?.seq).toBe(seq);
  });

  test('an entry that came from another group is found there too', async () => {
    await tamper(
      `update journal_entry set group_id = '${other}', seq = 3 where id = '${entry[5]}'`,
      `update posting set group_id = '${other}' where entry_id = '${entry[5]}'`,
    );
    const faults = await faultsOf();
    expect(faults.find((fault) => fault.groupId === other)?.seq).toBe(3n);
  });

  test('a group that was deleted from above its entries is found', async () => {
    await tamper(`delete from savings_group where id = '${group}'`);
    expect((await found())?.rule).toBe('an entry belongs to a group');
  });

  test('a chain made again from the middle, head and balances included, does not fit its payments', async () => {
    await tamper(
      `update posting set amount_minor = amount_minor + 5000 where entry_id = '${entry[5]}' and credit like 'savings/%'`,
      `update account set balance_minor = balance_minor + 5000 where group_id = '${group}' and name = 'cash/savings-pot'`,
      `update account a set balance_minor = balance_minor - 5000 from posting p where p.entry_id = '${entry[5]}' and p.credit like 'savings/%' and a.group_id = p.group_id and a.name = p.credit`,
    );
    await rechain(database, group);
    const [fault, ...more] = await faultsOf();
    expect(more).toEqual([]);
    expect(fault).toMatchObject({ seq: 5n, rule: 'the postings of an entry are the amounts of its payment' });
    expect(fault?.place).toMatch(/^[0-9a-f-]{36}$/);
  });

  test.each<[string, () => string, bigint | 'balances', string]>([
    [
      'the amount of a payment is changed',
      () => `update payment set savings_minor = 1 where entry_id = '${entry[2]}'`,
      2n,
      'the postings of an entry are the amounts of its payment',
    ],
    [
      'a payment becomes another member’s',
      () =>
        `update payment set member_id = (select id from member where group_id = '${group}' and number = 3) where entry_id = '${entry[2]}'`,
      2n,
      'the postings of an entry are the amounts of its payment',
    ],
    [
      'a payment is called reversed',
      () => `update payment set state = 'reversed' where entry_id = '${entry[2]}'`,
      2n,
      'a payment is reversed exactly when its entry is',
    ],
    [
      'a reversed payment is called confirmed',
      () => `update payment set state = 'confirmed', nth = 9 where entry_id = '${entry[3]}'`,
      3n,
      'a payment is reversed exactly when its entry is',
    ],
    [
      'a payment is deleted',
      () => `delete from payment where entry_id = '${entry[2]}'`,
      2n,
      'an entry of a payment has exactly one payment',
    ],
    [
      'a payment points to no entry',
      () => `update payment set entry_id = gen_random_uuid() where entry_id = '${entry[2]}'`,
      'balances',
      'a confirmed payment has its entry',
    ],
  ])('%s: found among the receipts', async (...[, statement, seq, rule]) => {
    await tamper(statement());
    expect(await faultsOf()).toContainEqual(expect.objectContaining({ groupId: group, seq, rule }));
  });
});
