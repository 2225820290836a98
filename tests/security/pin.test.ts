import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkPin, newPin } from '../../src/app/check-pin.ts';
import { randomSecret } from '../../src/app/new-secret.ts';
import type { Store } from '../../src/app/store.ts';
import type { Snapshot } from '../../src/conversation/snapshot.ts';
import { asId, type MemberId } from '../../src/domain/ids.ts';
import { resetPin } from '../../src/store/pin-tries.ts';
import { lastText, setPin, typePin, writes } from '../support/pin.ts';
import { JACARANDAS } from '../support/scene.ts';
import { programmeOf } from '../support/transcript-programme.ts';
import { openWorld, type World } from '../support/world.ts';

const GUESSES = 10_000;
const AT_ONCE = 50;
const EVALUATED_A_DAY_MAX = 10;
/** Nothing else here has these digits in it. */
const CANARY = '860391';

let world: World;
let ana: string;

beforeAll(async () => {
  world = await openWorld(programmeOf(JACARANDAS.trim().split('\n')));
  ana = world.person('Ana').id;
});
afterAll(async () => world.close());

const addressOf = async (person: string): Promise<string> => {
  const { secrets, pool } = world.store;
  const { rows } = await pool.query<{ id: string }>('select id from address where value_index = $1', [
    secrets.blindIndex('simulator', person),
  ]);
  return rows[0]?.id ?? '';
};

/** The database, with a count of the PINs it let be compared. */
const watched = (store: Store): { store: Store; evaluated: () => number } => {
  let evaluated = 0;
  const pool = {
    query: async (text: string, values?: unknown[]) => {
      const result = await store.pool.query(text, values);
      const [row] = result.rows as { tried?: { may: unknown[] } }[];
      evaluated += row?.tried?.may.length ?? 0;
      return result;
    },
  };
  return { store: { ...store, pool: pool as unknown as Store['pool'] }, evaluated: () => evaluated };
};

const resets = async (): Promise<void> => {
  await world.store.pool.query(
    `update member_pin set streak = 0, tries = '{}', looks = '{}', wait_until = null, blocked_at = null`,
  );
};

describe('guessing a PIN', () => {
  test(`${GUESSES} guesses in a day, many at once: none is right, and ten are looked at`, {
    timeout: 600_000,
  }, async () => {
    await setPin(world, ana, '9482');
    const { store, evaluated } = watched(world.store);
    const id = await addressOf(ana);
    let right = 0;
    for (let first = 0; first < GUESSES; first += AT_ONCE) {
      // Spread over a day, so that every wait is over long before the next try.
      const now = world.now.add({ seconds: Math.floor((first / GUESSES) * 24 * 60 * 60) });
      const snapshot = { now, address: { id } } as unknown as Snapshot;
      const guesses = Array.from({ length: AT_ONCE }, (_, at) => String(first + at).padStart(4, '0'));
      const told = await Promise.all(
        guesses.map((digits) => checkPin(store, snapshot, { do: 'open', digits })),
      );
      right += told.filter(({ type }) => type === 'right').length;
    }
    process.stdout.write(`${GUESSES} guesses at a PIN: ${right} right, ${evaluated()} looked at\n`);
    expect(right).toBe(0);
    expect(evaluated()).toBe(EVALUATED_A_DAY_MAX);
  });

  test('closed, her own is not looked at either, also on the next day; by the chat it is the same', async () => {
    const { store, evaluated } = watched(world.store);
    const snapshot = { now: world.now.add({ hours: 30 }), address: { id: await addressOf(ana) } };
    expect(
      await checkPin(store, snapshot as unknown as Snapshot, { do: 'open', digits: '9482' }),
    ).toMatchObject({ type: 'wrong' });
    expect(evaluated()).toBe(0);
    world.now = world.now.add({ hours: 30 });
    await writes(world, ana, 'saldo');
    expect(lastText(world, ana)).toContain('dos oficiales');
  });

  test('by the keypad and in the chat, in whichever order: ten are looked at in a day', async () => {
    for (const first of ['look', 'open'] as const) {
      await resets();
      const { store, evaluated } = watched(world.store);
      const id = await addressOf(ana);
      for (let n = 0; n < 60; n += 1) {
        const snapshot = { now: world.now.add({ minutes: n * 20 }), address: { id } } as unknown as Snapshot;
        const how = n % 2 === 0 ? first : first === 'look' ? 'open' : 'look';
        const told = await checkPin(store, snapshot, { do: how, digits: String(6_000 + n) });
        expect(told.type).toBe('wrong');
      }
      expect(evaluated()).toBe(EVALUATED_A_DAY_MAX);
    }
  });

  test('forty at the same moment are five, and then it waits', async () => {
    await resets();
    const { store, evaluated } = watched(world.store);
    const snapshot = { now: world.now, address: { id: await addressOf(ana) } } as unknown as Snapshot;
    const guesses = Array.from({ length: 40 }, (_, at) => String(7_000 + at));
    const told = await Promise.all(
      guesses.map((digits) => checkPin(store, snapshot, { do: 'open', digits })),
    );
    expect(told.every(({ type }) => type === 'wrong')).toBe(true);
    expect(evaluated()).toBe(5);
  });

  test('her own PIN takes nothing away from what is left of the day, and nothing is added to it', async () => {
    await resets();
    const at = (digits: string, minutes: number) =>
      addressOf(ana).then((id) =>
        checkPin(world.store, { now: world.now.add({ minutes }), address: { id } } as unknown as Snapshot, {
          do: 'open',
          digits,
        }),
      );
    let wrong = 0;
    for (let n = 0; n < 14; n += 1) {
      if ((await at('9482', n * 20)).type !== 'right') break;
      await at(String(6_000 + n), n * 20 + 1);
      wrong += 1;
    }
    expect(wrong).toBe(EVALUATED_A_DAY_MAX);
  });
});

describe('what is no guess', () => {
  const shown = async (digits: string, minutes = 0, how: 'open' | 'look' = 'open') =>
    checkPin(
      world.store,
      { now: world.now.add({ minutes }), address: { id: await addressOf(ana) } } as unknown as Snapshot,
      { do: how, digits },
    );
  const kept = async () => {
    const { rows } = await world.store.pool.query<{
      streak: number;
      tries: number;
      waits: boolean;
      closed: boolean;
    }>(
      `select streak, cardinality(tries) as tries, wait_until is not null as waits, blocked_at is not null as closed
         from member_pin where member_id = $1`,
      [ana],
    );
    return rows[0];
  };

  test('forty numbers in a chat in a day: three are looked at, and none counts', async () => {
    await resets();
    const { store, evaluated } = watched(world.store);
    const snapshot = { now: world.now, address: { id: await addressOf(ana) } } as unknown as Snapshot;
    for (let n = 0; n < 40; n += 1)
      expect((await checkPin(store, snapshot, { do: 'look', digits: String(1_500 + n) })).type).toBe('wrong');
    expect(evaluated()).toBe(3);
    expect(await kept()).toEqual({ streak: 0, tries: 0, waits: false, closed: false });
    expect((await shown('9482')).type).toBe('right');
  });

  test('another woman’s PIN on the same telephone leaves the guesses at hers where they were', async () => {
    await resets();
    const { pool } = world.store;
    const consuelo = world.person('Consuelo').id;
    await setPin(world, consuelo, '7351');
    await pool.query(
      `insert into member_address (group_id, member_id, address_id) select group_id, id, $2 from member where id = $1`,
      [consuelo, await addressOf(ana)],
    );
    for (let n = 0; n < 4; n += 1) await shown(String(6_000 + n));
    expect(await shown('7351')).toMatchObject({ type: 'right', memberId: consuelo });
    expect(await kept()).toEqual({ streak: 4, tries: 4, waits: false, closed: false });
    expect(await shown('6004')).toMatchObject({ type: 'wrong' });
    expect(await kept()).toMatchObject({ tries: 5, waits: true });
    // Hers may be tried meanwhile, and so nobody is told to wait.
    expect(await shown('6005')).toMatchObject({ type: 'wrong', isShut: false, waitUntil: world.now });
    await pool.query('delete from member_address where member_id = $1 and address_id = $2', [
      consuelo,
      await addressOf(ana),
    ]);
  });

  test('a number that an operator made opens nothing but the way to another PIN, and is in the record', async () => {
    await resets();
    const { rows } = await world.store.pool.query<{ group: string }>(
      'select group_id as "group" from member where id = $1',
      [ana],
    );
    const whom = { groupId: rows[0]?.group ?? '', memberId: ana };
    const { digits, hash } = await newPin(world.store, asId<MemberId>(ana), randomSecret);
    expect(digits).toMatch(/^\d{6}$/u);
    expect(await resetPin(world.store.pool, whom, { hash, now: world.now })).toBe(true);
    expect((await shown('9482')).type).toBe('wrong');
    expect(await shown(digits)).toMatchObject({ type: 'right', isKnown: true });
    const { rows: audit } = await world.store.pool.query(
      `select 1 from audit where actor = 'operator' and action = 'pin-reset' and subject = $1`,
      [`member/${ana}`],
    );
    expect(audit).toHaveLength(1);
  });
});

describe('a PIN is nowhere', () => {
  /** Everything the database holds, as text. */
  const dump = async (): Promise<string> => {
    const { rows } = await world.store.pool.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    );
    const tables = await Promise.all(
      rows.map(({ name }) =>
        world.store.pool.query<{ row: string }>(`select row_to_json(t)::text as row from "${name}" t`),
      ),
    );
    return tables.flatMap((table) => table.rows.map(({ row }) => row)).join('\n');
  };

  test('set, given, wrong, half typed and written in the chat: not in the database, in metrics, or on her screen', async () => {
    const petra = world.person('Petra').id;
    await setPin(world, petra, CANARY);
    world.now = world.now.add({ minutes: 10 });
    await writes(world, petra, 'saldo');
    await typePin(world, petra, CANARY);
    expect(lastText(world, petra)).toContain('Llevas ahorrado');
    world.now = world.now.add({ minutes: 10 });
    await writes(world, petra, CANARY);
    expect(lastText(world, petra)).toContain('Pon otro ahora');
    // Half typed, it waits in her sealed session.
    await writes(world, petra, 'saldo');
    const pad = world.channel.history(petra).findLast(({ from }) => from === 'bot');
    for (const digit of CANARY.split('')) {
      const payload = pad?.choices.find(({ label }) => label === digit)?.payload ?? '';
      await world.channel.post({ address: petra, body: { type: 'button', payload } });
    }
    await world.app.settle();
    expect(await dump()).not.toContain(CANARY);
    expect(await world.store.metrics.registry.metrics()).not.toContain(CANARY);
    expect(JSON.stringify(world.channel.history(petra))).not.toContain(CANARY);
    // The same look finds it where it is.
    await world.store.pool.query(`insert into setting (name, value) values ('planted', $1)`, [CANARY]);
    expect(await dump()).toContain(CANARY);
    await world.store.pool.query(`delete from setting where name = 'planted'`);
  });

  test.each([
    ['nothing was asked', []],
    ['an amount was asked for', ['ya pagué']],
    ['hours are asked for', ['quiero que me escribas a otra hora']],
    ['words to staff are asked for', ['persona']],
  ])('named in the chat it is known to others, also while %s', async (_what, before) => {
    const guadalupe = world.person('Guadalupe').id;
    await resets();
    await setPin(world, guadalupe, '739164');
    for (const words of [...before, 'Mi NIP: 739164']) await writes(world, guadalupe, words);
    expect(lastText(world, guadalupe)).toContain('Pon otro ahora');
    expect(JSON.stringify(world.channel.history(guadalupe))).not.toContain('739164');
    await writes(world, guadalupe, 'cancelar');
    await world.store.pool.query('delete from member_pin where member_id = $1', [guadalupe]);
  });

  test('a button of the keypad says which it is, and another keypad has other digits there', async () => {
    const rosa = world.person('Rosa').id;
    const orders = new Set<string>();
    for (let n = 0; n < 5; n += 1) {
      await writes(world, rosa, 'poner nip');
      const pad = world.channel.history(rosa).findLast(({ from }) => from === 'bot');
      const keys = (pad?.choices ?? []).filter(({ label }) => /^\d$/.test(label));
      expect(
        keys
          .map(({ label }) => label)
          .toSorted()
          .join(''),
      ).toBe('0123456789');
      expect(keys.map(({ payload }) => /:(\d)~/.exec(payload)?.[1]).join('')).toBe('0123456789');
      orders.add(keys.map(({ label }) => label).join(''));
    }
    expect(orders.size).toBe(5);
  });

  test('an old keypad types nothing, and nor does somebody else on hers', async () => {
    const rosa = world.person('Rosa').id;
    const guadalupe = world.person('Guadalupe').id;
    await writes(world, rosa, 'poner nip');
    const old = world.channel.history(rosa).findLast(({ from }) => from === 'bot')?.choices[0]?.payload ?? '';
    await writes(world, rosa, 'poner nip');
    for (const address of [rosa, guadalupe]) {
      await world.channel.post({ address, body: { type: 'button', payload: old } });
      await world.app.settle();
      expect(lastText(world, address)).toContain('ya pasó');
    }
  });

  test('a page whose digits could not be kept is good again, and once they are it is good no more', async () => {
    const rosa = world.person('Rosa').id;
    await world.channel.post({ address: rosa, body: { type: 'text', text: 'poner nip' }, onPage: true });
    await world.app.settle();
    const token = /\/t\/([0-9a-f]{32})/.exec(lastText(world, rosa))?.[1] ?? '';
    const { pool } = world.store;
    const query = pool.query.bind(pool);
    const gone = (asked: { readonly name?: string }, ...more: unknown[]) =>
      asked.name === 'commit-outcome'
        ? Promise.reject(Object.assign(new Error('terminating connection'), { code: '57P01' }))
        : (Reflect.apply(query, pool, [asked, ...more]) as Promise<unknown>);
    Object.assign(pool, { query: gone });
    await expect(world.app.takePin(token, '574913')).rejects.toThrow('terminating');
    Object.assign(pool, { query });
    await world.app.takePin(token, '574913');
    await world.app.settle();
    const asked = lastText(world, rosa);
    expect(asked).toMatch(/Otra vez/u);
    const before = world.channel.history(rosa).length;
    await world.app.takePin(token, '574913');
    await world.app.settle();
    expect(world.channel.history(rosa)).toHaveLength(before);
    await world.app.takePin(/\/t\/([0-9a-f]{32})/.exec(asked)?.[1] ?? '', '574913');
    await world.app.settle();
    const { rows } = await pool.query(`select from member_pin where known_at is null`);
    expect(rows.length).toBeGreaterThan(0);
    expect((await pool.query('select from pin_link')).rows).toEqual([]);
  });
});
