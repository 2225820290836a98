import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApp } from '../../src/app/app.ts';
import { fetchFile } from '../../src/app/fetch-file.ts';
import { idMaker } from '../../src/app/new-id.ts';
import { randomSecret } from '../../src/app/new-secret.ts';
import { overflowing } from '../../src/app/overflowing.ts';
import { receiveMessage } from '../../src/app/receive-message.ts';
import type { IncomingMessage } from '../../src/conversation/message.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { isDatabaseTrouble } from '../../src/store/trouble.ts';
import { needsPostgres } from '../support/requires.ts';
import { entryCount, faults, locales, openScene, outboxStates, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const said = (text: string) => ({ type: 'text', text }) as const;
const inbox = async () => {
  const { rows } = await scene.world.store.pool.query<{
    outcome: string;
    error: string | null;
    body: Buffer | null;
  }>('select outcome, error, body from inbox order by received_at, message_id');
  return rows;
};
/** What the pool says when the server closes a connection. */
const gone = () => Object.assign(new Error('terminating connection'), { code: '57P01' });

/** Makes every query fail as if the database were away, until the answer is called. */
const loseDatabase = (): (() => void) => {
  const { pool } = scene.world.store;
  const query = pool.query.bind(pool);
  const connect = pool.connect.bind(pool);
  Object.assign(pool, { query: () => Promise.reject(gone()), connect: () => Promise.reject(gone()) });
  return () => {
    Object.assign(pool, { query, connect });
  };
};

describe('M1 a message is taken only when it is safe', () => {
  test('M1 while the database is away it is refused, and the same message is answered when it is back', async () => {
    await scene.say('Rosa', 'Ana 100');
    const messageId = randomUUID();
    const before = await entryCount(scene.world);
    const bring = loseDatabase();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(scene.post('Rosa', said('sí'), { messageId })).rejects.toThrow('terminating connection');
    }
    bring();
    expect(await entryCount(scene.world)).toBe(before);
    await scene.post('Rosa', said('sí'), { messageId });
    expect(await entryCount(scene.world)).toBe(before + 1);
    expect(scene.heard('Ana')).toHaveLength(1);
    expect(await faults(scene.world)).toEqual([]);
  });

  /** Her session as if a machine that has the next file of the key had sealed it; back again. */
  const sealedUnder = async (generation: number): Promise<void> => {
    await scene.world.store.pool.query('update address set session = set_byte(session, 1, $1)', [generation]);
  };

  test('M1 while a file of the key in use is not on this machine it is refused, and answered once it is', async () => {
    await scene.say('Rosa', 'Ana 100');
    const messageId = randomUUID();
    const before = await entryCount(scene.world);
    const { pool } = scene.world.store;
    await pool.query(`insert into setting (name, value) values ('key_fingerprint.2', 'abc')`);
    await sealedUnder(2);
    await expect(scene.post('Rosa', said('sí'), { messageId })).rejects.toThrow('generation 2');
    expect(await inbox()).toHaveLength(1);
    await sealedUnder(1);
    await scene.post('Rosa', said('sí'), { messageId });
    expect(await entryCount(scene.world)).toBe(before + 1);
    // What no generation of this database sealed is a damage, and is not waited for.
    await sealedUnder(7);
    await scene.post('Rosa', said('saldo'));
    expect((await inbox()).filter(({ outcome }) => outcome === 'dead')).toHaveLength(1);
  });

  test('M1 what the database takes too long over is tried three times, and then parked: it stops nobody else', async () => {
    await scene.say('Rosa', 'hola');
    const { pool } = scene.world.store;
    const query = pool.query.bind(pool);
    const slow = (asked: { readonly name?: string }, ...more: unknown[]) =>
      asked.name === 'load-snapshot'
        ? Promise.reject(Object.assign(new Error('canceling statement'), { code: '57014' }))
        : (Reflect.apply(query, pool, [asked, ...more]) as Promise<unknown>);
    Object.assign(pool, { query: slow });
    const messageId = randomUUID();
    const post = () => scene.post('Rosa', said('saldo'), { messageId });
    await expect(post()).rejects.toThrow('canceling statement');
    await expect(post()).rejects.toThrow('canceling statement');
    await post();
    Object.assign(pool, { query });
    expect((await inbox()).at(-1)).toMatchObject({ outcome: 'dead' });
  });

  test.each([
    ['a connection that is refused', { code: 'ECONNREFUSED', syscall: 'connect' }, true],
    ['a socket that is not there', { code: 'ENOENT', syscall: 'connect' }, true],
    ['a file that is not there', { code: 'ENOENT', syscall: 'open' }, false],
    ['a file of another account', { code: 'EACCES', syscall: 'open' }, false],
    ['a server that is shut down', { code: '57P01' }, true],
    ['a mistake of ours', { code: '22000' }, false],
  ])('M1 %s', (_what, facts, isTrouble) => {
    expect(isDatabaseTrouble(Object.assign(new Error('x'), facts))).toBe(isTrouble);
  });

  test('M1 when the answer to a commit is lost, the repeated message books nothing and the answer still comes', async () => {
    await scene.say('Rosa', 'Ana 100');
    const before = await entryCount(scene.world);
    const { pool } = scene.world.store;
    const query = pool.query.bind(pool) as (statement: unknown, values?: unknown) => Promise<unknown>;
    Object.assign(pool, {
      query: async (statement: unknown, values?: unknown) => {
        const done = await query(statement, values);
        if (JSON.stringify(statement).includes('commit_outcome')) throw gone();
        return done;
      },
    });
    const messageId = randomUUID();
    await expect(scene.post('Rosa', said('sí'), { messageId })).rejects.toThrow('terminating connection');
    Object.assign(pool, { query });
    await scene.post('Rosa', said('sí'), { messageId });
    expect(await entryCount(scene.world)).toBe(before + 1);
    // The answer was leased with the commit; the process that should have sent it never heard so.
    await pool.query(`update outbox set lease_until = now() - interval '1 second' where state = 'sending'`);
    scene.app.delivery.wake();
    await scene.app.delivery.idle();
    await expect.poll(() => outboxStates(scene.world)).toEqual({ sent: 3 });
    expect(scene.heard('Rosa').at(-1)?.text).toContain('Anoté 1 pago');
  });

  test('M1 a pool that was closed takes nothing either', async () => {
    const closed = Object.create(scene.world.store.pool) as Pool;
    Object.assign(closed, {
      query: () => Promise.reject(new Error('Cannot use a pool after calling end on the pool')),
    });
    const other = createApp({
      store: { ...scene.world.store, pool: closed },
      locales,
      channels: [],
      now: () => scene.world.now,
      newId: idMaker(),
    });
    await expect(scene.post('Ana', said('saldo'), { by: { app: other } })).rejects.toThrow(
      'Cannot use a pool',
    );
    expect(await inbox()).toEqual([]);
  });

  needsPostgres('on a server', () => {
    test('M1 when the server breaks every connection at any moment, what is sent again is booked once', async () => {
      const { pool } = scene.world.store;
      await scene.say('Rosa', 'Ana 100, Consuelo 50');
      const before = await entryCount(scene.world);
      const messageId = randomUUID();
      let taken = false;
      for (let attempt = 0; attempt < 20 && !taken; attempt += 1) {
        const posting = scene.post('Rosa', said('sí'), { messageId }).then(
          () => true,
          () => false,
        );
        if (attempt < 5) {
          await pool
            .query(
              `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
            )
            .catch(() => undefined);
        }
        taken = await posting;
      }
      expect(taken).toBe(true);
      expect(await entryCount(scene.world)).toBe(before + 2);
      expect(await faults(scene.world)).toEqual([]);
    });
  });
});

describe('M2 every message ends in one way', () => {
  test('M2 answered once or parked once, whatever comes twice', async () => {
    const messageId = randomUUID();
    await scene.post('Ana', said('saldo'), { messageId });
    await scene.post('Ana', said('saldo'), { messageId });
    await scene.post('Ana', { type: 'media', kind: 'image', ref: 'f1' });
    expect((await inbox()).map((row) => row.outcome)).toEqual(['done', 'done']);
  });

  test('M2 a message that our own mistake stops is kept sealed, and she is told that nothing was written down', async () => {
    const messageId = randomUUID();
    const message: IncomingMessage = {
      channel: 'simulator',
      messageId,
      address: scene.world.person('Rosa').id,
      receivedAt: scene.world.now.toString(),
      body: said('Ana 100'),
    };
    const before = await entryCount(scene.world);
    const broken = {
      store: scene.world.store,
      content: scene.app.content,
      means: {
        newId: idMaker(),
        newSecret: randomSecret,
        newCode: () => 'ABCDE23467',
        canErase: () => true,
        pinWay: () => 'none' as const,
        pinLink: () => '',
        lessons: new Map(),
        spoken: [],
        helpLines: () => [],
        sha256,
        sensitiveWords: () => [],
        isWindowed: () => false,
        secondAbove: 50,
        rights: { erasureDays: 15, auditYears: 5, contact: '' },
        get lexicons(): never {
          throw new TypeError('a mistake of ours');
        },
      },
      delivery: scene.app.delivery,
      now: () => scene.world.now,
      isWindowed: () => false,
      isNotNow: async () => false,
      runs: () => true,
      fetchFile: fetchFile(scene.world.store, []),
      overflowing: overflowing(),
    };
    await receiveMessage(broken, message);
    await scene.app.delivery.idle();
    const [row] = await inbox();
    expect(row).toMatchObject({ outcome: 'dead', error: 'TypeError' });
    expect(row?.body?.toString('latin1')).not.toContain('Ana 100');
    const { secrets } = scene.world.store;
    const stored = secrets.messageIndex('simulator', messageId);
    expect(JSON.parse(secrets.outboxOpen(`simulator/${stored}`, row!.body!))).toEqual(message.body);
    expect(scene.heard('Rosa').at(-1)?.text).toContain('No se anotó nada');
    expect(await entryCount(scene.world)).toBe(before);
    // It is not tried again: the same message coming back changes nothing.
    const heard = scene.heard('Rosa').length;
    await scene.post('Rosa', said('Ana 100'), { messageId });
    expect(scene.heard('Rosa')).toHaveLength(heard);
    expect(await inbox()).toHaveLength(1);
  });

  test('M2 a message nobody can be told about is parked as well', async () => {
    await scene.world.store.pool.query(
      `create function fail() returns trigger language plpgsql as $$ begin raise exception 'mistake' using errcode = '22000'; end $$;
       create trigger fail before insert on address for each row execute function fail()`,
    );
    await scene.app.receive({
      channel: 'simulator',
      messageId: randomUUID(),
      address: 'a stranger',
      receivedAt: scene.world.now.toString(),
      body: said('hola'),
    });
    expect((await inbox()).map((row) => row.outcome)).toEqual(['dead']);
    expect(await outboxStates(scene.world)).toEqual({});
  });
});

describe('an open question', () => {
  test.each([
    ['a picture', { type: 'media', kind: 'image', ref: 'f1' }],
    ['a voice note', { type: 'media', kind: 'voice', ref: 'f1' }],
    ['a changed message', { type: 'unread', kind: 'edited' }],
    ['a text too long to read', { type: 'text', text: 'Ana 100 '.repeat(400) }],
    ['a message in a group chat', { type: 'group-chat' }],
    ['having unblocked the bot', { type: 'reachable', reachable: true }],
  ] as const)('is still answered by word and number after %s', async (_, body) => {
    const before = await entryCount(scene.world);
    await scene.say('Rosa', 'Ana 100');
    await scene.post('Rosa', body);
    await scene.say('Rosa', 'sí');
    expect(await entryCount(scene.world)).toBe(before + 1);
    await scene.say('Petra', 'ya pagué 200');
    await scene.post('Petra', body);
    await scene.say('Petra', '1');
    expect(scene.heard('Petra').at(-1)?.text).toContain('Ya le avisé a Rosa');
  });
});
