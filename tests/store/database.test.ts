import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type Database,
  DatabaseUnreachable,
  DatabaseUnsuitable,
  openDatabase,
} from '../../src/store/database.ts';
import { emptyDatabase, usingPostgres } from '../support/database.ts';
import { needsPostgres } from '../support/requires.ts';

const SCHEMA = `
  create table account (id int primary key, balance bigint not null check (balance >= 0));
  create table line (id int primary key, amount bigint not null);
  create function must_balance() returns trigger language plpgsql as $$
  begin
    if (select sum(amount) from line) <> 0 then
      raise exception 'the lines do not balance' using errcode = 'check_violation';
    end if;
    return null;
  end $$;
  create constraint trigger balanced after insert on line
    deferrable initially deferred for each row execute function must_balance();`;

let database: Database;

beforeAll(async () => {
  database = await emptyDatabase();
  await database.pool.query(SCHEMA);
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.pool.query('truncate account, line');
});

async function ask(sql: string, values: unknown[] = []): Promise<unknown> {
  const { rows } = await database.pool.query({ text: sql, values, rowMode: 'array' });
  return rows[0]?.[0];
}

describe('values', () => {
  test.each([
    ['bigint', `9007199254740993::bigint`, '9007199254740993'],
    ['numeric', `1.10::numeric`, '1.10'],
    ['sum of bigint', `sum(x) from (values (9007199254740993::bigint)) v (x)`, '9007199254740993'],
    ['bigint array', `array[9007199254740993]::bigint[]`, ['9007199254740993']],
    ['numeric array', `array[1.10, 2]::numeric[]`, '{1.10,2}'],
    ['date', `date '2026-03-01'`, '2026-03-01'],
    ['timestamptz', `timestamptz '2026-03-01 12:05:00.123-06'`, '2026-03-01T18:05:00.123Z'],
    ['timestamp', `timestamp '2026-03-01 18:05:00'`, '2026-03-01 18:05:00'],
    ['jsonb', `'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
    ['bytea', `'\\xdead'::bytea`, Buffer.from([0xde, 0xad])],
    ['boolean', `true`, true],
    ['null', `null::bigint`, null],
  ])('%s arrives exactly', async (_, expression, expected) => {
    expect(await ask(`select ${expression}`)).toEqual(expected);
  });

  test('parameters go in exactly: bigint beyond 2^53, arrays, bytes, null', async () => {
    const { rows } = await database.pool.query(
      'select $1::bigint as a, $2::bigint[] as b, $3::bytea as c, $4::text as d',
      [9007199254740993n, [1n, 9007199254740993n], Buffer.from([0, 255]), null],
    );
    expect(rows).toEqual([
      { a: '9007199254740993', b: ['1', '9007199254740993'], c: Buffer.from([0, 255]), d: null },
    ]);
  });

  test('a large answer and a large parameter arrive whole', async () => {
    const text = 'ñandú '.repeat(400_000);
    expect(await ask('select $1::text', [text])).toBe(text);
  });

  test('the session speaks UTC', async () => {
    expect(await ask(`select current_setting('TimeZone')`)).toBe('UTC');
  });
});

describe('transactions', () => {
  test('a rollback leaves nothing', async () => {
    const session = await database.pool.connect();
    await session.query('begin');
    await session.query('insert into account values (1, 100)');
    await session.query('rollback');
    session.release();
    expect(await ask('select count(*) from account')).toBe('0');
  });

  test('a constraint that fails only at the commit makes the commit fail', async () => {
    const session = await database.pool.connect();
    await session.query('begin');
    await session.query('insert into line values (1, 100)');
    await expect(session.query('commit')).rejects.toMatchObject({ code: '23514' });
    session.release();
    expect(await ask('select count(*) from line')).toBe('0');
  });

  test('after an error the transaction refuses more and the connection serves again', async () => {
    const session = await database.pool.connect();
    await session.query('begin');
    await expect(session.query('select 1 / 0')).rejects.toMatchObject({ code: '22012' });
    await expect(session.query('select 1')).rejects.toMatchObject({ code: '25P02' });
    await session.query('rollback');
    session.release();
    expect(await ask('select 1')).toBe(1);
  });

  test('the isolation asked for is the one given', async () => {
    const session = await database.pool.connect();
    await session.query('begin isolation level serializable');
    const { rows } = await session.query('show transaction_isolation');
    await session.query('commit');
    session.release();
    expect(rows).toEqual([{ transaction_isolation: 'serializable' }]);
  });

  test('a session thrown away in mid-transaction leaves nothing behind for the next', async () => {
    const session = await database.pool.connect();
    await session.query({ name: 'reused', text: 'select 1' });
    await session.query(`set application_name = 'left behind'`);
    await session.query('begin');
    await session.query('insert into account values (1, 100)');
    session.release(true);
    expect(await ask('select count(*) from account')).toBe('0');
    expect(await ask(`select current_setting('application_name')`)).not.toBe('left behind');
    const { rows } = await database.pool.query({ name: 'reused', text: 'select 2 as two' });
    expect(rows).toEqual([{ two: 2 }]);
  });
});

describe('errors', () => {
  test.each([
    [
      'a duplicate key',
      `insert into account values (1, 1), (1, 1)`,
      { code: '23505', constraint: 'account_pkey' },
    ],
    [
      'a broken check',
      `insert into account values (1, -1)`,
      { code: '23514', constraint: 'account_balance_check' },
    ],
    ['no such table', `select from nowhere`, { code: '42P01' }],
  ])('%s has PostgreSQL’s code and the constraint’s name', async (_, sql, expected) => {
    await expect(database.pool.query(sql)).rejects.toMatchObject(expected);
  });
});

describe('queries', () => {
  test('a named statement is prepared once and used again, also after an error', async () => {
    const named = (id: number) =>
      database.pool.query({ name: 'post', text: 'insert into account values ($1, 5)', values: [id] });
    await named(1);
    await expect(named(1)).rejects.toMatchObject({ code: '23505' });
    await named(2);
    expect(await ask('select count(*) from account')).toBe('2');
  });

  test('two hundred at once are all answered, each with its own answer', async () => {
    const numbers = Array.from({ length: 200 }, (_, i) => i);
    expect(await Promise.all(numbers.map((n) => ask('select $1::int', [n])))).toEqual(numbers);
  });

  test('transactions at once on one row lose no update', async () => {
    await database.pool.query('insert into account values (1, 0)');
    const add = async (): Promise<void> => {
      const session = await database.pool.connect();
      await session.query('begin');
      const { rows } = await session.query<{ balance: string }>(
        'select balance from account where id = 1 for update',
      );
      await session.query('update account set balance = $1', [BigInt(rows[0]!.balance) + 1n]);
      await session.query('commit');
      session.release();
    };
    await Promise.all([add(), add(), add()]);
    expect(await ask('select balance from account')).toBe('3');
  });

  test('a timer is served while queries queue up', async () => {
    let served = 0;
    const timer = setInterval(() => (served += 1), 1);
    await Promise.all(Array.from({ length: 300 }, () => ask('select 1')));
    clearInterval(timer);
    expect(served).toBeGreaterThan(0);
  });

  test('several statements in one text are all run', async () => {
    await database.pool.query('insert into account values (1, 1); insert into account values (2, 2);');
    expect(await ask('select sum(balance) from account')).toBe('3');
  });
});

describe('notifications', () => {
  test('come at the commit, not before, and not after a stop', async () => {
    const heard: string[] = [];
    const stop = await database.listen('Outbox', (payload) => heard.push(payload));
    const session = await database.pool.connect();
    await session.query('begin');
    await session.query(`select pg_notify('Outbox', 'first')`);
    await setTimeout(50);
    expect(heard).toEqual([]);
    await session.query('commit');
    session.release();
    await expect.poll(() => heard).toEqual(['first']);
    await stop();
    await database.pool.query(`select pg_notify('Outbox', 'second')`);
    await setTimeout(50);
    expect(heard).toEqual(['first']);
  });

  needsPostgres('on a server', () => {
    test('a listening connection that breaks is opened again, and the listener told', async () => {
      const heard: string[] = [];
      const stop = await database.listen('outbox', (payload) => heard.push(payload));
      await database.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and query like 'listen%'`,
      );
      await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['']);
      await database.pool.query(`select pg_notify('outbox', 'again')`);
      await expect.poll(() => heard).toEqual(['', 'again']);
      await stop();
    });
  });
});

describe('Prisma over the same pool', () => {
  test('rejects a transaction whose constraint fails at the commit', async () => {
    const prisma = await database.prisma();
    const unbalanced = prisma.$transaction(async (tx) => tx.$executeRaw`insert into line values (1, 100)`);
    await expect(unbalanced).rejects.toThrow('the lines do not balance');
    expect(await ask('select count(*) from line')).toBe('0');
  });

  test('reads bigints and moments exactly, and commits', async () => {
    const prisma = await database.prisma();
    await prisma.$transaction(
      async (tx) => tx.$executeRaw`insert into account values (1, ${9007199254740993n})`,
    );
    const rows = await prisma.$queryRaw`
      select balance, timestamptz '2026-03-01 12:05:00-06' as at from account`;
    expect(rows).toEqual([{ balance: 9007199254740993n, at: new Date('2026-03-01T18:05:00Z') }]);
  });
});

describe('opening', () => {
  test.skipIf(usingPostgres)(
    'a folder opens, keeps what was written, and closes twice without harm',
    async () => {
      const root = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-database-'));
      const folder = path.join(root, 'data');
      const first = await openDatabase({ folder });
      await first.pool.query('create table note (body text)');
      await first.pool.query(`insert into note values ('kept')`);
      await Promise.all([first.close(), first.close()]);
      const second = await openDatabase({ folder });
      expect((await second.pool.query('select body from note')).rows).toEqual([{ body: 'kept' }]);
      await second.close();
      fs.rmSync(root, { recursive: true });
    },
  );

  test.each([
    ['postgres://rosa:secreta@127.0.0.1:1/caja', /127\.0\.0\.1:1 cannot be used: nothing answers there/],
    ['postgres://rosa:secreta@no-such-host.invalid/caja', /no machine has that name|cannot be looked up/],
    ['postgres://rosa:secreta@127.0.0.1:70000/caja', /is not a PostgreSQL address/],
  ])(
    'an address that leads nowhere is refused in plain words, without its password (%#)',
    async (url, words) => {
      const refusal = await openDatabase({ url, folder: '' }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(DatabaseUnreachable);
      expect(String(refusal)).toMatch(words);
      const cause = refusal instanceof Error ? refusal.cause : undefined;
      expect(JSON.stringify([String(refusal), cause, String(cause)])).not.toContain('secreta');
    },
  );

  needsPostgres('on a server', () => {
    test('queries have time limits', async () => {
      expect(await ask('show statement_timeout')).toBe('10s');
      expect(await ask('show lock_timeout')).toBe('3s');
    });

    test('another time zone, and a missing database, are refused', async () => {
      const base = new URL(process.env['COMADRE_TEST_DATABASE_URL'] ?? '');
      const zoned = new URL(base);
      zoned.searchParams.set('options', '-c TimeZone=America/Mexico_City');
      const refusal = await openDatabase({ url: zoned.href, folder: '' }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(DatabaseUnsuitable);
      expect(String(refusal)).toMatch(/must be UTC/);
      base.pathname = '/comadre_no_such_database';
      await expect(openDatabase({ url: base.href, folder: '' })).rejects.toThrow(
        /the database does not exist/,
      );
    });
  });
});
