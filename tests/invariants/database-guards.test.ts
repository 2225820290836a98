// What the database itself refuses, whoever asks: the owner of the tables, and the role that answers messages.

import { randomUUID } from 'node:crypto';
import type { ClientBase } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../src/store/in-transaction.ts';
import { entryCount, faults, JACARANDAS, label, MILPA, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
let group: string;
let otherGroup: string;
let entry: { id: string; seq: string; key: string };
let entries: number;

const ask = async (sql: string, values: unknown[] = []): Promise<string | undefined> => {
  const { rows } = await scene.world.store.pool.query<{ value: string }>(sql, values);
  return rows[0]?.value;
};

beforeAll(async () => {
  scene = await openScene({ header: JACARANDAS.replace('\nequipo', `${MILPA}\nequipo`) });
  await scene.say('Rosa', 'Ana 100, Guadalupe 50');
  await scene.say('Rosa', 'sí');
  group = (await ask('select group_id as value from member where id = $1', [scene.world.person('Ana').id]))!;
  otherGroup = (await ask('select group_id as value from member where id = $1', [
    scene.world.person('Micaela').id,
  ]))!;
  const { rows } = await scene.world.store.pool.query<typeof entry>(
    `select id, seq, idempotency_key as key from journal_entry where group_id = $1 and kind = 'payment' order by seq limit 1`,
    [group],
  );
  entry = rows[0]!;
  entries = await entryCount(scene.world);
});
afterAll(() => scene.close());

type Role = 'the owner' | 'comadre_app';
const ROLES: readonly Role[] = ['the owner', 'comadre_app'];

/** Runs `work` in one transaction as somebody, with the group open to her. */
const as = <Value>(role: Role, work: (session: ClientBase) => Promise<Value>): Promise<Value> =>
  inTransaction(scene.world.store.pool, async (session) => {
    await session.query(`select set_config('app.group', $1, true)`, [group]);
    if (role === 'comadre_app') await session.query('set local role comadre_app');
    return work(session);
  });

const insertEntry = (session: ClientBase, change: Record<string, unknown> = {}): Promise<unknown> => {
  const row = {
    group_id: group,
    id: randomUUID(),
    seq: 900,
    kind: 'payment',
    idempotency_key: randomUUID(),
    author_id: scene.world.person('Rosa').id,
    occurred_on: '2026-11-24',
    rules_version: 1,
    posting_count: 1,
    prev_hash: '\\x00',
    hash: '\\x00',
    ...change,
  };
  return session.query(
    `insert into journal_entry (${Object.keys(row).join(', ')})
     select ${Object.keys(row).join(', ')} from jsonb_populate_record(null::journal_entry, $1::jsonb)`,
    [JSON.stringify(row)],
  );
};

const insertPosting = (
  session: ClientBase,
  id: string,
  change: Record<string, unknown> = {},
): Promise<unknown> => {
  const row = {
    group_id: group,
    entry_id: id,
    n: 0,
    debit: 'cash/savings-pot',
    credit: 'fines',
    amount_minor: 100,
    ...change,
  };
  return session.query(`insert into posting select * from jsonb_populate_record(null::posting, $1::jsonb)`, [
    JSON.stringify(row),
  ]);
};

const refused = async (work: Promise<unknown>, code: string | readonly string[]) => {
  const error: unknown = await work.then(
    () => 'it was done',
    (cause: unknown) => cause,
  );
  expect(error).toBeInstanceOf(Error);
  expect([code].flat()).toContain((error as Error & { code: string }).code);
  expect(await entryCount(scene.world)).toBe(entries);
};

const CHECK = '23514';
const UNIQUE = '23505';
const FOREIGN = '23503';
const APPEND_ONLY = '55000';
const NOT_ALLOWED = '42501';

describe.each(ROLES)('as %s', (role) => {
  test('an entry as it should be is taken, so that the refusals below mean something', async () => {
    const undone = new Error('undone');
    const taken = as(role, async (session) => {
      const id = randomUUID();
      await insertEntry(session, { id });
      await insertPosting(session, id);
      await session.query('set constraints all immediate');
      throw undone;
    });
    await expect(taken).rejects.toBe(undone);
    expect(await entryCount(scene.world)).toBe(entries);
  });

  test.each([
    ['of zero', { amount_minor: 0 }],
    ['below zero', { amount_minor: -100 }],
    ['above the cap', { amount_minor: 100_000_001 }],
    ['from an account to itself', { debit: 'fines' }],
  ])('L1 L17 a posting %s is refused', async (_, change) => {
    await refused(
      as(role, async (session) => {
        const id = randomUUID();
        await insertEntry(session, { id });
        await insertPosting(session, id, change);
      }),
      CHECK,
    );
  });

  test('L1 an entry without postings is refused when it is committed', async () => {
    await refused(
      as(role, (session) => insertEntry(session)),
      CHECK,
    );
  });

  test('L1 an entry with fewer postings than it says is refused', async () => {
    await refused(
      as(role, async (session) => {
        const id = randomUUID();
        await insertEntry(session, { id, posting_count: 2 });
        await insertPosting(session, id);
      }),
      CHECK,
    );
  });

  test('L1 a posting added later to an old entry is refused', async () => {
    await refused(
      as(role, (session) => insertPosting(session, entry.id, { n: 7 })),
      CHECK,
    );
  });

  test('L1 a posting of an entry that does not exist is refused', async () => {
    await refused(
      as(role, (session) => insertPosting(session, randomUUID())),
      FOREIGN,
    );
  });

  test('L19 a posting to an account that only another group has is refused', async () => {
    const foreign = `savings/${scene.world.person('Micaela').id}`;
    await refused(
      as(role, async (session) => {
        const id = randomUUID();
        await insertEntry(session, { id });
        await insertPosting(session, id, { credit: foreign });
      }),
      FOREIGN,
    );
  });

  test('L19 a posting of another group’s entry, and a posting under another group’s name, are refused', async () => {
    const theirs = await ask('select id as value from journal_entry where group_id = $1', [otherGroup]);
    await refused(
      as(role, (session) => insertPosting(session, theirs!, { n: 7 })),
      FOREIGN,
    );
    await refused(
      as(role, (session) => insertPosting(session, theirs!, { group_id: otherGroup, n: 7 })),
      role === 'comadre_app' ? NOT_ALLOWED : [FOREIGN, CHECK],
    );
  });

  test.each([
    [`update journal_entry set occurred_on = '2026-01-01' where id = $1`],
    [`update journal_entry set hash = '\\x00' where id = $1`],
    ['delete from journal_entry where id = $1'],
    ['update posting set amount_minor = amount_minor + 1 where entry_id = $1'],
    ['delete from posting where entry_id = $1'],
    ['truncate posting, journal_entry cascade'],
    ['truncate posting'],
  ])('L4 %s is refused', async (sql) => {
    await refused(
      as(role, (session) => session.query(sql, sql.includes('$1') ? [entry.id] : [])),
      role === 'the owner' ? APPEND_ONLY : NOT_ALLOWED,
    );
  });

  test('L6 the same key again is refused, with the same body and with another', async () => {
    for (const amount of [10_000, 12_345]) {
      await refused(
        as(role, async (session) => {
          const id = randomUUID();
          await insertEntry(session, { id, idempotency_key: entry.key });
          await insertPosting(session, id, { amount_minor: amount });
        }),
        UNIQUE,
      );
    }
  });

  test('L15 a number that is taken is refused', async () => {
    await refused(
      as(role, (session) => insertEntry(session, { seq: entry.seq })),
      UNIQUE,
    );
  });

  test('L11 a reversal names an entry of its own group, and a second one of the same entry is refused', async () => {
    const reversal = { kind: 'reversal', reason: 'undo', reverses: entry.id };
    await refused(
      as(role, (session) => insertEntry(session, { ...reversal, reverses: null })),
      CHECK,
    );
    await refused(
      as(role, (session) => insertEntry(session, { ...reversal, reverses: randomUUID() })),
      FOREIGN,
    );
    await refused(
      as(role, async (session) => {
        await insertEntry(session, reversal);
        await insertEntry(session, { ...reversal, seq: 901 });
      }),
      UNIQUE,
    );
  });

  test('L14 an account below zero on its own side is refused', async () => {
    await refused(
      as(role, (session) =>
        session.query(
          `update account set balance_minor = -1 where group_id = $1 and name = 'cash/savings-pot'`,
          [group],
        ),
      ),
      CHECK,
    );
  });

  test('L7 a second confirmed payment of one member for one meeting is refused unless it is counted as another', async () => {
    const again = (session: ClientBase, nth: string) =>
      session.query(
        `insert into payment (group_id, id, member_id, savings_minor, state, meeting_on, nth, batch, reported_by, entry_id)
         select group_id, $1, member_id, savings_minor, 'confirmed', meeting_on, ${nth}, batch, reported_by, entry_id
           from payment where entry_id = $2`,
        [randomUUID(), entry.id],
      );
    await refused(
      as(role, (session) => again(session, 'nth')),
      UNIQUE,
    );
    const undone = new Error('undone');
    const counted = as(role, async (session) => {
      await again(session, 'nth + 1');
      throw undone;
    });
    await expect(counted).rejects.toBe(undone);
  });
});

describe('A3 the role that answers messages', () => {
  const TABLES = [
    'member',
    'account',
    'journal_entry',
    'posting',
    'payment',
    'dispute',
    'attendance',
    'loan',
    'group_rules',
    'cycle',
    'lesson_progress',
    'lesson_setting',
    'lesson_reading',
    'talk',
    'talk_line',
    'savings_group',
  ];
  const counted = (table: string, openGroup: string | undefined) =>
    inTransaction(scene.world.store.pool, async (session) => {
      await session.query(`select set_config('app.group', $1, true)`, [openGroup ?? '']);
      await session.query('set local role comadre_app');
      const column = table === 'savings_group' ? 'id' : 'group_id';
      const { rows } = await session.query<{ group: string }>(`select ${column} as group from ${table}`);
      return rows.map((row) => row.group);
    });

  beforeAll(async () => {
    // Every table has rows of both groups, or its silence would prove nothing.
    await scene.say('Ana', 'no');
    await scene.press('Ana', label('choice.not-correct'));
    const values = [scene.world.person('Ana').id, scene.world.person('Micaela').id];
    for (const insert of [
      `lesson_progress (group_id, member_id, lesson_id, language, enrolled_at) select group_id, id, 'F1', 'es', now()`,
      `lesson_setting (group_id, member_id) select group_id, id`,
      `lesson_reading (group_id, lesson_id, meeting_on, opened_by, opened_at) select group_id, 'F1', '2026-11-24', id, now()`,
      `talk (id, programme_id, group_id, member_id, opened_at)
         select gen_random_uuid(), (select programme_id from savings_group where id = group_id), group_id, id, now()`,
      `talk_line (talk_id, id, group_id, body, at)
         select (select t.id from talk t where t.member_id = member.id), gen_random_uuid(), group_id, 'sealed', now()`,
    ]) {
      await scene.world.store.pool.query(`insert into ${insert} from member where id = any ($1::uuid[])`, [
        values,
      ]);
    }
    await scene.world.store.pool.query(
      `insert into attendance (group_id, member_id, meeting_on, present, recorded_by)
       select group_id, id, '2026-11-24', true, id from member where id = any ($1::uuid[])`,
      [values],
    );
  });

  test.each(TABLES)(
    'A3 reads no row of %s without a group, and only its own group’s rows with one',
    async (table) => {
      expect(await counted(table, undefined)).toEqual([]);
      const own = await counted(table, group);
      expect(own.length).toBeGreaterThan(0);
      expect(new Set(own)).toEqual(new Set([group]));
    },
  );

  test('A3 every table that has a group is under this rule', async () => {
    const { rows } = await scene.world.store.pool.query<{ table: string; secured: boolean }>(
      `select c.relname as table, c.relrowsecurity as secured from pg_class c
         join pg_attribute a on a.attrelid = c.oid and a.attname = 'group_id' and not a.attisdropped
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace order by 1`,
    );
    // These are looked up before the group is known, or are written to people of several groups.
    const KNOWN_BEFORE = ['invite', 'member_address', 'outbox'];
    expect(rows.filter((row) => !row.secured).map((row) => row.table)).toEqual(KNOWN_BEFORE);
  });

  test('A3 cannot write a row of another group', async () => {
    await refused(
      as('comadre_app', (session) => insertEntry(session, { group_id: otherGroup })),
      NOT_ALLOWED,
    );
  });
});

/** What only jobs do, or what another function does within a commit. */
const NOT_BY_MESSAGE = [
  'change_role',
  'dangers_waiting',
  'forget_audit',
  'forget_dangers',
  'forget_left',
  'forget_words_of',
  'leave_office',
  'let_go_of_office',
  'person_facts',
  'shred_member',
  'unlink_telephones',
];

test('A3 the role of a message may call no function of the jobs', async () => {
  const { rows } = await scene.world.store.pool.query<{ name: string; may: boolean }>(
    `select p.proname as name, has_function_privilege('comadre_app', p.oid, 'execute') as may
       from pg_proc p join pg_namespace n on n.oid = p.pronamespace and n.nspname = 'public'
      where p.proname = any ($1) order by 1`,
    [NOT_BY_MESSAGE],
  );
  expect(rows).toEqual(NOT_BY_MESSAGE.map((name) => ({ name, may: false })));
});

test('L2 L3 after all of that the books are right, and everything in them adds up to zero', async () => {
  expect(await faults(scene.world)).toEqual([]);
  expect(await ask('select sum(balance_minor)::text as value from account')).toBe('0');
});
