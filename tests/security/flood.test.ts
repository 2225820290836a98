// Somebody writes without end: she is told that what she wrote is not noted, then nothing is done for her but to know its id;
// whoever else writes is answered as ever, in order. Who is in danger is always answered, and what waiting with may hurt her.

import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { boundPayload } from '../../src/app/bound-button.ts';
import { byAddress, TooManyWaiting, WAITING_MAX } from '../../src/app/by-address.ts';
import { takePosted } from '../../src/channels/telegram/webhook.ts';
import type { IncomingMessage } from '../../src/conversation/message.ts';
import { JACARANDAS, locales, MILPA, openScene, type Scene } from '../support/scene.ts';

const TWO_GROUPS = JACARANDAS.replace('\nequipo', `${MILPA}\nequipo`);
const LIMITS = { person: 20, group: 200, programme: 60_000 };
const WAIT = locales.texts.es['limit.wait'];

let scene: Scene;
const scenes: Scene[] = [];
afterEach(async () => {
  for (const one of scenes.splice(0)) await one.close();
});

const open = async (answered = LIMITS) => {
  scene = await openScene({ header: TWO_GROUPS, answered });
  scenes.push(scene);
};
const texts = (name: string): string[] => scene.heard(name).map(({ text }) => text);
const messageOf = (name: string, text: string, messageId = randomUUID()): IncomingMessage => ({
  channel: 'simulator',
  messageId,
  address: scene.world.person(name).id,
  receivedAt: scene.world.now.toString(),
  body: { type: 'text', text },
});
const sayTimes = async (name: string, times: number): Promise<void> => {
  for (let at = 0; at < times; at += 1) await scene.app.receive(messageOf(name, 'saldo'));
  await scene.app.settle();
};
/** She sets a PIN on the keypad. */
const setPin = async (name: string, digits: string): Promise<void> => {
  await scene.say(name, 'poner nip');
  for (const key of [...digits.split(''), 'Listo', ...digits.split(''), 'Listo'])
    await scene.press(name, key);
};
const outcomes = async (): Promise<Record<string, number>> => {
  const { rows } = await scene.world.store.pool.query<{ outcome: string; count: number }>(
    'select outcome, count(*)::int as count from inbox group by outcome',
  );
  return Object.fromEntries(rows.map(({ outcome, count }) => [outcome, count]));
};
const pass = (seconds: number): void => {
  scene.world.now = scene.world.now.add({ seconds });
};

describe('twenty messages a minute from one person', () => {
  test('the next one is answered with a word to wait, those after it with silence, and each is known by its id', async () => {
    await open();
    await sayTimes('Petra', 20);
    expect(texts('Petra')).toHaveLength(20);
    expect(texts('Petra')).not.toContain(WAIT);
    await sayTimes('Petra', 30);
    expect(texts('Petra')).toHaveLength(21);
    expect(texts('Petra').at(-1)).toBe(WAIT);
    expect(await outcomes()).toEqual({ done: 20, limited: 30 });
  });

  test('there is room for one again after three seconds, and she is told again only of what she writes after ten', async () => {
    await open();
    await sayTimes('Petra', 25);
    pass(3);
    await sayTimes('Petra', 5);
    expect(texts('Petra').filter((text) => text === WAIT)).toHaveLength(1);
    expect(texts('Petra')).toHaveLength(22);
    pass(7);
    await sayTimes('Petra', 5);
    expect(texts('Petra').filter((text) => text === WAIT)).toHaveLength(2);
    expect(texts('Petra')).toHaveLength(22 + 2 + 1);
    pass(60);
    await sayTimes('Petra', 30);
    expect(texts('Petra').filter((text) => text === WAIT)).toHaveLength(3);
    expect(texts('Petra')).toHaveLength(25 + 21);
  });

  test('what was not answered is not answered when it comes again, and her open question is as it was', async () => {
    await open();
    await scene.say('Rosa', 'Ana 100');
    await sayTimes('Consuelo', 20);
    const late = messageOf('Consuelo', 'saldo');
    await scene.app.receive(late);
    await scene.app.settle();
    pass(120);
    const before = texts('Consuelo').length;
    await scene.app.receive(late);
    await scene.app.settle();
    expect(texts('Consuelo')).toHaveLength(before);
    expect((await scene.say('Rosa', 'sí')).at(-1)?.text).toContain('Anoté 1 pago');
  });

  test('two programs keep to it together', async () => {
    await open();
    const other = await scene.another();
    for (let at = 0; at < 30; at += 1)
      await (at % 2 === 0 ? scene : other).app.receive(messageOf('Petra', 'saldo'));
    expect(await outcomes()).toEqual({ done: 20, limited: 10 });
  });

  test('a clock that was set back silences nobody', async () => {
    await open();
    await sayTimes('Petra', 25);
    pass(-86_400);
    expect((await scene.say('Petra', 'saldo')).at(-1)?.text).toContain('$150.00');
  });
});

describe('a thousand messages more', () => {
  test('ten that come together cost one short statement, and change nothing of her; others are answered, in order', async () => {
    await open();
    await sayTimes('Petra', 21);
    const { pool } = scene.world.store;
    const versions = async () =>
      (await pool.query<object>('select version, session, heard_at from address order by id')).rows;
    const before = await versions();
    const query = vi.spyOn(pool, 'query');
    await Promise.all(
      Array.from({ length: 10 }, async () => {
        for (let at = 0; at < 50; at += 1) await scene.app.receive(messageOf('Petra', `saldo ${at}`));
      }),
    );
    const named = query.mock.calls.map(([statement]: readonly unknown[]) =>
      typeof statement === 'object' && statement !== null && 'name' in statement ? statement.name : 'other',
    );
    query.mockRestore();
    const count = (name: string) => named.filter((n) => n === name).length;
    const looked = ['load-snapshot', 'limit-message', 'commit-outcome'].map(count);
    expect([count('leave-together'), looked]).toEqual([50, [0, 0, 0]]);
    expect((await outcomes())['limited']).toBe(501);
    expect(await versions()).toEqual(before);

    const flood = Promise.all(
      Array.from({ length: 90 }, () => scene.app.receive(messageOf('Petra', 'saldo'))),
    );
    for (const [at, name] of ['Ana', 'Consuelo', 'Micaela', 'Ana', 'Consuelo', 'Micaela'].entries())
      await scene.app.receive(messageOf(name, at < 3 ? 'saldo' : 'cuándo es la reunión'));
    await flood;
    await scene.app.settle();
    for (const name of ['Ana', 'Consuelo', 'Micaela']) {
      const [first, second, ...more] = texts(name);
      expect(more).toEqual([]);
      expect(first, name).toMatch(/\$\d/u);
      expect(second, name).toMatch(/reunión/iu);
      expect(second).not.toBe(first);
    }
    expect(texts('Petra')).toHaveLength(21);
  });
});

describe('who is in danger', () => {
  test.each(['mi esposo me pega', 'quiero morirme', 'my husband hits me'])(
    '%s is answered, however much she wrote',
    async (words) => {
      await open();
      await sayTimes('Petra', 30);
      const answers = await scene.say('Petra', words);
      expect(answers.length).toBeGreaterThan(0);
      expect(answers.map(({ text }) => text).join()).toContain('911');
    },
  );

  test('her safety button is hers: one that was made up opens no door', async () => {
    await open();
    await sayTimes('Petra', 30);
    const { secrets } = scene.world.store;
    const forged = boundPayload(secrets, randomUUID(), 'ask:safety');
    await scene.app.receive({ ...messageOf('Petra', ''), body: { type: 'button', payload: forged } });
    await scene.app.settle();
    expect(texts('Petra')).toHaveLength(21);
    await scene.post('Petra', { type: 'button', payload: 'ask:safety' });
    expect(texts('Petra')).toHaveLength(22);
  });
});

describe('what does not wait its turn', () => {
  test.each([
    ['ocultar', 'recipe.title'],
    ['BAJA', 'stop.done'],
    ['borrar', 'erase.done'],
    ['cancelar', 'done.cancelled'],
  ] as const)('%s is done, however much she wrote, and however much her group did', async (words, key) => {
    await open({ ...LIMITS, group: 25 });
    await sayTimes('Petra', 21);
    await sayTimes('Ana', 10);
    expect((await scene.say('Petra', words)).map(({ text }) => text).join()).toContain(locales.texts.es[key]);
    expect((await scene.say('Guadalupe', words)).map(({ text }) => text).join()).toContain(
      locales.texts.es[key],
    );
    expect((await scene.say('Guadalupe', 'saldo')).map(({ text }) => text)).toEqual([WAIT]);
  });

  test('there is a reserve of as many: beyond it she waits, also with these', async () => {
    await open();
    await sayTimes('Petra', 20);
    for (let at = 0; at < 20; at += 1) expect(await scene.say('Petra', 'ocultar')).toHaveLength(1);
    expect((await scene.say('Petra', 'ocultar')).map(({ text }) => text)).toEqual([WAIT]);
    expect((await scene.say('Petra', 'mi esposo me pega')).map(({ text }) => text).join()).toContain('911');
    pass(63);
    expect((await scene.say('Petra', 'saldo')).at(-1)?.text).toContain('$150.00');
  });

  test.each([{ type: 'moved' }, { type: 'reachable', reachable: false }] as const)(
    'what the platform says of her address: $type',
    async (body) => {
      await open();
      await sayTimes('Petra', 30);
      await scene.app.receive({ ...messageOf('Petra', ''), body });
      await scene.app.settle();
      expect(await outcomes()).toMatchObject({ done: 21 });
    },
  );

  test('her PIN written into the chat is known from then on', async () => {
    await open();
    await setPin('Petra', '274913');
    pass(60);
    await sayTimes('Petra', 30);
    const answers = (await scene.say('Petra', '274913')).map(({ text }) => text).join();
    expect(answers).toContain(locales.texts.es['pin.seen']);
  });
});

describe('the keypad', () => {
  test('takes little: a PIN is set and given, and she has asked four times', async () => {
    await open({ ...LIMITS, group: 12 });
    await setPin('Petra', '274913');
    await sayTimes('Petra', 8);
    expect(texts('Petra')).not.toContain(WAIT);
    await sayTimes('Petra', 2);
    expect(texts('Petra')).toContain(WAIT);
  });

  test('has an end: who presses keys without end waits', async () => {
    await open();
    await scene.say('Petra', 'mi nip');
    const pad = scene.heard('Petra').at(-1)?.choices[0]?.payload ?? '';
    for (let at = 0; at < 120; at += 1) await scene.post('Petra', { type: 'button', payload: pad });
    expect(await outcomes()).toEqual({ done: 1 + 95, limited: 25 });
  });
});

describe('after an hour in which nobody received', () => {
  test('what people wrote meanwhile is answered, however it comes', async () => {
    await open({ ...LIMITS, group: 30 });
    const written = (name: string) =>
      Array.from({ length: 25 }, (_, at) => ({
        ...messageOf(name, 'saldo'),
        receivedAt: scene.world.now.subtract({ minutes: 60 - 2 * at }).toString(),
      }));
    for (const one of [...written('Petra'), ...written('Ana')]) await scene.app.receive(one);
    await scene.app.settle();
    expect(await outcomes()).toEqual({ done: 50 });
  });

  test('who wrote too much at once then did so', async () => {
    await open();
    const receivedAt = scene.world.now.subtract({ minutes: 60 }).toString();
    for (let at = 0; at < 30; at += 1)
      await scene.app.receive({ ...messageOf('Petra', 'saldo'), receivedAt });
    expect(await outcomes()).toEqual({ done: 20, limited: 10 });
  });

  test('a message that says it is older, or of tomorrow, gives her no more room', async () => {
    await open();
    await sayTimes('Petra', 20);
    for (const minutes of [-90, 0, -30, 1_440]) {
      const receivedAt = scene.world.now.add({ minutes }).toString();
      await scene.app.receive({ ...messageOf('Petra', 'saldo'), receivedAt });
    }
    expect(await outcomes()).toEqual({ done: 20, limited: 4 });
  });
});

describe('a group and a programme together', () => {
  test('whom no leader has admitted takes nothing of it', async () => {
    await open({ ...LIMITS, group: 12 });
    await scene.world.store.pool.query(`update member set state = 'pending' where id = $1`, [
      scene.world.person('Petra').id,
    ]);
    await sayTimes('Petra', 15);
    expect((await scene.say('Ana', 'saldo')).at(-1)?.text).toContain('$200.00');
  });

  test('who was told once is told again another day, also where one person may write without end', async () => {
    await open({ ...LIMITS, person: 0, group: 5 });
    await sayTimes('Petra', 6);
    pass(86_400);
    await sayTimes('Petra', 6);
    expect(texts('Petra').filter((text) => text === WAIT)).toHaveLength(2);
  });

  test('a group that asks too much is told so, each of it once; another group is answered', async () => {
    await open({ ...LIMITS, group: 12 });
    await sayTimes('Petra', 6);
    await sayTimes('Ana', 6);
    await sayTimes('Consuelo', 3);
    expect(texts('Consuelo')).toEqual([WAIT]);
    expect(await scene.say('Ana', 'saldo')).toMatchObject([{ text: WAIT }]);
    expect((await scene.say('Micaela', 'saldo')).at(-1)?.text).not.toBe(WAIT);
    pass(30);
    expect((await scene.say('Consuelo', 'saldo')).at(-1)?.text).toContain('$100.00');
  });

  test('a programme that asks too much is told so; sixteen are counted at a time', async () => {
    await open({ ...LIMITS, programme: 640 });
    expect((await scene.say('Ana', 'saldo')).at(-1)?.text).not.toBe(WAIT);
    // As 2,000 messages of other groups of the programme would, each of which takes its room when it is written.
    await scene.world.store.pool.query(
      `select spend_room(jsonb_build_object('address', jsonb_build_object('id', a.id), 'groupId', ma.group_id, 'now', $1::text,
                'messageId', 'm' || n, 'room', '{"person":0,"group":0,"programme":640,"cost":1,"reserve":0}'::jsonb || jsonb_build_object('at', $1::text)))
         from member_address ma join address a on a.id = ma.address_id cross join generate_series(1, 2000) n
        where ma.member_id = $2`,
      [scene.world.now.toString(), scene.world.person('Micaela').id],
    );
    expect((await scene.say('Ana', 'saldo')).at(-1)?.text).toBe(WAIT);
    pass(30);
    expect((await scene.say('Ana', 'saldo')).at(-1)?.text).toContain('$200.00');
  });
});

describe('what waits in memory', () => {
  const incoming = (address: string, text: string): IncomingMessage => ({
    channel: 'telegram',
    messageId: randomUUID(),
    address,
    receivedAt: '2026-11-24T19:00:00Z',
    body: { type: 'text', text },
  });

  test('of one person is bounded, and leaves room to others; afterwards she is taken again, in order', async () => {
    const taken: string[] = [];
    let open = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      open = resolve;
    });
    const receive = byAddress(async ({ address, body }) => {
      if (address === 'a') await held;
      taken.push(`${address}${body.type === 'text' ? body.text : ''}`);
    });
    const first = Array.from({ length: WAITING_MAX }, (_, at) => receive(incoming('a', String(at))));
    await expect(receive(incoming('a', 'more'))).rejects.toBeInstanceOf(TooManyWaiting);
    await receive(incoming('b', ''));
    expect(taken).toEqual(['b']);
    open();
    await Promise.all(first);
    expect(taken.slice(1)).toEqual(Array.from({ length: WAITING_MAX }, (_, at) => `a${at}`));
    await receive(incoming('a', 'again'));
    expect(taken.at(-1)).toBe('aagain');
  });

  test('what there is no room for stays with Telegram: it is told to send it again', async () => {
    const webhook = {
      secret: 'invented-secret',
      log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
      read: () => incoming('a', 'x'),
      receive: async () => {
        throw new TooManyWaiting('full');
      },
    };
    expect(await takePosted(webhook, 'invented-secret', { update_id: 1 })).toBe('unavailable');
  });
});
