import fs from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readNewMembers } from '../../src/app/members-csv.ts';
import type { Database } from '../../src/store/database.ts';
import { importMembers } from '../../src/store/import-members.ts';
import { ImportRefused, importProgramme } from '../../src/store/import-programme.ts';
import { drawInviteCode, INVITE_ALPHABET } from '../../src/store/invite-code.ts';
import { verifyBooks } from '../../src/store/verify-books.ts';
import { testDatabase } from '../support/database.ts';
import {
  balancesOf,
  bringIn,
  documentOf,
  emptied,
  formOf,
  means,
  orilla,
  secrets,
} from '../support/programme.ts';

const example = new URL('../../../shared/examples/programme.json', import.meta.url);

let database: Database;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.close());
beforeEach(() => emptied(database));

const rowsOf = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
  (await database.pool.query<Record<string, unknown>>(sql, values)).rows;

const countsOf = async (): Promise<Record<string, unknown>[]> =>
  rowsOf(
    `select (select count(*) from programme) as programmes, (select count(*) from member) as members,
            (select count(*) from address) as addresses, (select count(*) from data_key) as keys,
            (select count(*) from journal_entry) as entries, (select count(*) from invite) as invites`,
  );

describe('importing a programme', () => {
  test('reports what came in, and a code for everyone who is not linked', async () => {
    const report = await bringIn(database, documentOf(orilla));
    expect(report).toMatchObject({
      dryRun: false,
      staff: 2,
      groups: 2,
      members: 7,
      linked: 5,
      loans: 2,
      entries: 2,
      signers: { asked: 0, onPaper: 4 },
    });
    expect(report.invites.map(({ group, number, name }) => [group, number, name])).toEqual([
      ['Las Golondrinas', 3, 'María José Ñáñez'],
      ['Las Golondrinas', 4, 'Hilda O’Campo'],
      ['Las Golondrinas', undefined, undefined],
      ['Grupo 3', undefined, undefined],
    ]);
  });

  test('opens the boxes, savings and loans of the file', async () => {
    const { programmeId } = await bringIn(database, documentOf(orilla));
    const [credit, shares] = await balancesOf(database, programmeId);
    // 3200.00 flat at 4 % per 4 weeks over 16: 232.00 a week, of which 32.00 is interest; three weeks are paid.
    expect(credit).toMatchObject({
      'cash/loan-fund': '69600',
      'cash/savings-pot': '63000',
      'cash/social-fund': '5500',
      'savings/1': '32000',
      'savings/2': '28000',
      'savings/3': '0',
      'loan/1': '260000',
      'interest/1': '0',
      earnings: '-3000',
      'outside-capital': '329600',
      social: '5500',
      fines: '0',
    });
    expect(shares).toMatchObject({
      'cash/loan-fund': '214550',
      'cash/savings-pot': '0',
      'savings/1': '100000',
      'savings/2': '150000',
      'savings/3': '50000',
      'loan/2': '90000',
      'outside-capital': '0',
      earnings: '-4550',
    });
    const [loan] = await rowsOf('select interest_before_minor from loan order by disbursed_on');
    expect(loan).toEqual({ interest_before_minor: '9600' });
  });

  test('the opening entry is signed by both officers and the books verify', async () => {
    await bringIn(database, documentOf(orilla));
    const entries = await rowsOf(
      `select e.kind, e.idempotency_key, e.seq, e.occurred_on, a.number as author, w.number as witness
         from journal_entry e join member a on a.id = e.author_id join member w on w.id = e.witness_id`,
    );
    const entry = { kind: 'opening', idempotency_key: 'opening', seq: '1', author: 1, witness: 2 };
    expect(entries).toEqual([
      { ...entry, occurred_on: '2026-11-21' },
      { ...entry, occurred_on: '2026-11-21' },
    ]);
    expect(await verifyBooks(database)).toEqual({ groups: 2, entries: 2, faults: [] });
  });

  test('nothing in the database is readable without the key', async () => {
    await bringIn(database, documentOf(orilla));
    const tables = ['staff', 'savings_group', 'member', 'address', 'consent', 'invite', 'data_key', 'outbox'];
    for (const table of tables) {
      const text = JSON.stringify(await rowsOf(`select to_jsonb(t) as row from ${table} t`));
      expect(text).not.toMatch(/Elsa|Berta|Golondrinas|700001|526640000003|Salón/);
    }
  });

  test('a woman in two groups has one address, linked to both', async () => {
    await bringIn(database, documentOf(orilla));
    const index = secrets.blindIndex('telegram', '700002');
    const links = await rowsOf(
      'select a.consented_at, count(*)::int as links from address a join member_address l on l.address_id = a.id where a.value_index = $1 group by 1',
      [index],
    );
    expect(links).toEqual([{ consented_at: '2026-09-03T06:00:00Z', links: 2 }]);
  });

  test('a chat without consent is not kept; a telephone is', async () => {
    await bringIn(database, documentOf(orilla));
    const found = await rowsOf('select channel from address where value_index = any ($1)', [
      [secrets.blindIndex('telegram', '700004'), secrets.blindIndex('phone', '+526640000003')],
    ]);
    expect(found).toEqual([{ channel: 'phone' }]);
    const states = await rowsOf(`select number, state from member where state = 'invited' order by number`);
    expect(states).toEqual([
      { number: 3, state: 'invited' },
      { number: 4, state: 'invited' },
    ]);
  });

  test('codes are kept only as keyed hashes, for 30 days', async () => {
    const { invites } = await bringIn(database, documentOf(orilla));
    for (const { code, number } of invites) {
      const found = await rowsOf('select uses_left, expires_at from invite where code_index = $1', [
        secrets.codeIndex(code),
      ]);
      expect(found).toEqual([
        { uses_left: number === undefined ? 30 : 1, expires_at: '2026-12-21T18:00:00Z' },
      ]);
    }
  });

  test('a dry run does everything and keeps nothing', async () => {
    const before = await countsOf();
    const form = formOf(documentOf(orilla));
    const report = await importProgramme(database, secrets, { form, ...means(), dryRun: true });
    expect(report).toMatchObject({ dryRun: true, members: 7 });
    expect(await countsOf()).toEqual(before);
  });

  test('the same name again is refused in words, whatever its capitals', async () => {
    await bringIn(database, documentOf(orilla));
    const before = await countsOf();
    const again = documentOf(orilla);
    again.programme.name = 'ORILLA';
    await expect(bringIn(database, again)).rejects.toThrow(/"ORILLA" is in the database already/);
    await expect(bringIn(database, again)).rejects.toThrow(ImportRefused);
    expect(await countsOf()).toEqual(before);
  });

  test('of two imports at once one is refused', async () => {
    const both = await Promise.allSettled([
      bringIn(database, documentOf(orilla)),
      bringIn(database, documentOf(orilla)),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await rowsOf('select count(*)::int as n from programme')).toEqual([{ n: 1 }]);
  });

  test('an import that fails on the way leaves nothing', async () => {
    const before = await countsOf();
    const form = formOf(documentOf(orilla));
    const newCode = () => 'K2M3P4Q6R7'; // the same for everyone: a code is unique
    await expect(importProgramme(database, secrets, { form, ...means(), newCode })).rejects.toThrow(
      ImportRefused,
    );
    expect(await countsOf()).toEqual(before);
  });

  test('a second programme may hold the same person', async () => {
    await bringIn(database, documentOf(orilla));
    const other = documentOf(orilla);
    other.programme.name = 'Otra orilla';
    await bringIn(database, other);
    expect(await countsOf()).toMatchObject([{ programmes: '2', members: '14', addresses: '8' }]);
    expect((await verifyBooks(database)).faults).toEqual([]);
  });

  test('a group that starts from nothing has no entry and verifies', async () => {
    const empty = documentOf(orilla);
    for (const group of empty.groups) {
      delete group.countedBox;
      delete group.earnings;
      for (const member of group.members) delete member.opening;
    }
    expect(await bringIn(database, empty)).toMatchObject({ entries: 0, loans: 0 });
    expect(await verifyBooks(database)).toEqual({ groups: 2, entries: 0, faults: [] });
  });

  test.skipIf(!fs.existsSync(example))('the example that others write against comes in', async () => {
    const report = await bringIn(database, documentOf(example));
    expect(report).toMatchObject({ groups: 2, members: 8, linked: 6, loans: 2, entries: 2 });
    expect((await verifyBooks(database)).faults).toEqual([]);
  });
});

describe('importing members alone', () => {
  const header = 'group,number,name,role,phone,telegram,consented';
  const add = async (...lines: string[]) => {
    const reading = readNewMembers([header, ...lines].join('\n'), '2026-11-21');
    if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
    return importMembers(database, secrets, { members: reading.members, ...means() });
  };

  beforeEach(() => bringIn(database, documentOf(orilla)));

  test('adds them to the group of that name, with an account each', async () => {
    const report = await add(
      'Grupo 3,4,Nora Díaz,,,700044,2026-10-01',
      'Las Golondrinas,5,Olga Paz,,+52 664 000 0055,,',
    );
    expect(report).toMatchObject({
      members: 2,
      linked: 1,
      invites: [{ group: 'Las Golondrinas', number: 5 }],
    });
    const accounts = await rowsOf(
      `select m.number, m.state, a.balance_minor from member m join account a on a.group_id = m.group_id and a.name = 'savings/' || m.id
        where a.balance_minor = 0 order by m.number, m.state`,
    );
    expect(accounts).toContainEqual({ number: 4, state: 'active', balance_minor: '0' });
    expect((await verifyBooks(database)).faults).toEqual([]);
  });

  test.each([
    ['a group that is not there', 'Grupo 33,4,Nora Díaz,,,,', /Line 2: the database has no group/],
    [
      'a number that is taken',
      'Grupo 3,2,Nora Díaz,,,,',
      /Line 2: another member of the group has this number/,
    ],
    [
      'a chat that is taken',
      'Grupo 3,4,Nora Díaz,,,700011,2026-10-01',
      /Line 2: another member of the group has this address/,
    ],
  ])('refuses %s, and adds nobody', async (_, line, words) => {
    const before = await countsOf();
    await expect(add(line, 'Grupo 3,9,Olga Paz,,,,')).rejects.toThrow(words);
    expect(await countsOf()).toEqual(before);
  });

  test('refuses the same number twice in one file', async () => {
    await expect(add('Grupo 3,4,Nora Díaz,,,,', 'Grupo 3,4,Olga Paz,,,,')).rejects.toThrow(/Line 3/);
  });
});

describe('an invitation code', () => {
  test('has 10 of 28 signs that nobody takes for one another', () => {
    expect(INVITE_ALPHABET).toHaveLength(28);
    expect(new Set(INVITE_ALPHABET).size).toBe(28);
    expect(INVITE_ALPHABET).not.toMatch(/[0O1IL5S8]/);
    for (let n = 0; n < 200; n += 1) expect(drawInviteCode()).toMatch(/^[A-HJKMNP-RT-Z2-4679]{10}$/);
  });
});
