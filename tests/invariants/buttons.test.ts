// A button can be forwarded, kept, pressed twice, or made up: it does something only in the hand it was given to, while
// what it asks about is open.

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  balances,
  entryCount,
  faults,
  JACARANDAS,
  label,
  MILPA,
  openScene,
  type Scene,
} from '../support/scene.ts';

const TWO_GROUPS = JACARANDAS.replace('\nequipo', `${MILPA}\nequipo`);
const received = label('choice.confirm');
const DAYS_7 = { hours: 7 * 24 };

let scene: Scene;
let opened: number;

beforeEach(async () => {
  scene = await openScene({ header: TWO_GROUPS });
  opened = await entryCount(scene.world);
});
afterEach(async () => {
  try {
    expect(await faults(scene.world)).toEqual([]);
  } finally {
    await scene.close();
  }
});

const entriesMade = async () => (await entryCount(scene.world)) - opened;
const savedBy = async (name: string) =>
  -((await balances(scene.world))[`savings/${scene.world.person(name).id}`] ?? 0n);

const press = async (name: string, payload: string): Promise<string> => {
  await scene.post(name, { type: 'button', payload });
  return scene.heard(name).at(-1)?.text ?? '';
};
const pressByStranger = async (payload: string): Promise<string> => {
  const body = { type: 'button', payload } as const;
  const receivedAt = scene.world.now.toString();
  const message = {
    channel: 'simulator',
    messageId: randomUUID(),
    address: 'nobody-known',
    receivedAt,
    body,
  };
  await scene.app.receive(message);
  await scene.app.delivery.idle();
  return scene.channel.to('nobody-known').at(-1)?.text ?? '';
};
const reportStates = async () => {
  const { rows } = await scene.world.store.pool.query<{ state: string }>(
    'select state from payment order by id',
  );
  return rows.map(({ state }) => state);
};

const disputes = async () => (await scene.world.store.pool.query('select 1 from dispute')).rows.length;

describe('a button in the hand of another', () => {
  test('a list that one officer was asked about is booked by nobody else, of her group or of another', async () => {
    await scene.say('Rosa', 'Ana 100');
    const payload = scene.payload('Rosa', label('choice.yes'));
    for (const name of ['Guadalupe', 'Ana', 'Micaela', 'Dominga', 'Marta']) {
      const answer = await press(name, payload);
      expect(answer, name).not.toContain('Anoté');
      expect(answer, name).not.toContain('100');
    }
    await pressByStranger(payload);
    expect(await entriesMade()).toBe(0);
    expect(await press('Rosa', payload)).toContain('Anoté 1 pago');
  });

  test('a report is confirmed by an officer of the group, and not by the one whose money it is', async () => {
    await scene.say('Ana', 'ya pagué 200');
    const payload = scene.payload('Rosa', received);
    for (const name of ['Ana', 'Consuelo', 'Micaela', 'Dominga', 'Marta']) {
      expect(await press(name, payload), name).not.toContain('200');
      expect(await press(name, payload.replace('yes', 'no')), name).not.toContain('200');
    }
    await pressByStranger(payload);
    expect(await entriesMade()).toBe(0);
    expect(await reportStates()).toEqual(['reported']);
    await press('Guadalupe', payload);
    expect([await entriesMade(), await savedBy('Ana')]).toEqual([1, 40_000n]);
  });

  test('an officer does not confirm her own report', async () => {
    await scene.say('Rosa', 'ya pagué 200');
    const payload = scene.payload('Guadalupe', received);
    await press('Rosa', payload);
    expect(await entriesMade()).toBe(0);
    expect(await reportStates()).toEqual(['reported']);
    await press('Guadalupe', payload);
    expect(await entriesMade()).toBe(1);
  });

  test('an objection to a receipt is made by her whose receipt it is', async () => {
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    await scene.say('Ana', 'no');
    const payload = scene.payload('Ana', label('choice.not-correct'));
    for (const name of ['Consuelo', 'Dominga']) await press(name, payload);
    expect(await disputes()).toBe(0);
    await press('Ana', payload);
    expect(await disputes()).toBe(1);
  });
});

describe('a button that comes too late', () => {
  test('after the report was decided the other answer changes nothing', async () => {
    await scene.say('Ana', 'ya pagué 200');
    const yes = scene.payload('Rosa', received);
    const no = scene.payload('Rosa', label('choice.not-so'));
    await press('Rosa', yes);
    for (const name of ['Rosa', 'Guadalupe']) await press(name, no);
    expect(await reportStates()).toEqual(['confirmed']);
    expect([await entriesMade(), await savedBy('Ana')]).toEqual([1, 40_000n]);
  });

  test('after a no the yes books nothing', async () => {
    await scene.say('Ana', 'ya pagué 200');
    const yes = scene.payload('Rosa', received);
    await press('Rosa', scene.payload('Rosa', label('choice.not-so')));
    for (const name of ['Rosa', 'Guadalupe']) await press(name, yes);
    expect(await reportStates()).toEqual(['rejected']);
    expect(await entriesMade()).toBe(0);
  });

  test('the yes to an older list books neither that one nor the one that is open', async () => {
    await scene.say('Rosa', 'Ana 100');
    const older = scene.payload('Rosa', label('choice.yes'));
    await scene.say('Rosa', 'Consuelo 50');
    expect(await press('Rosa', older)).not.toContain('Anoté');
    expect(await entriesMade()).toBe(0);
    await press('Rosa', scene.payload('Rosa', label('choice.yes')));
    expect([await savedBy('Ana'), await savedBy('Consuelo')]).toEqual([20_000n, 15_000n]);
  });

  test('a week after it was decided, or left for something else, it does nothing', async () => {
    await scene.say('Rosa', 'Ana 100');
    const left = scene.payload('Rosa', label('choice.yes'));
    await scene.say('Rosa', 'cancelar');
    await scene.say('Consuelo', 'ya pagué 50');
    const decided = scene.payload('Rosa', received);
    await press('Rosa', decided);
    const before = await balances(scene.world);
    scene.world.now = scene.world.now.add(DAYS_7);
    for (const payload of [left, decided])
      for (const name of ['Rosa', 'Guadalupe']) await press(name, payload);
    expect(await balances(scene.world)).toEqual(before);
    expect(await entriesMade()).toBe(1);
  });

  test('a list that was left open for a day is not booked by a late yes, pressed or written', async () => {
    await scene.say('Rosa', 'Ana 100');
    const yes = scene.payload('Rosa', label('choice.yes'));
    scene.world.now = scene.world.now.add({ hours: 25 });
    await press('Rosa', yes);
    await scene.say('Rosa', 'sí');
    await scene.say('Rosa', '1');
    expect(await entriesMade()).toBe(0);
  });

  test('a button of the roster pressed twice says nothing about the next woman', async () => {
    await scene.say('Rosa', 'lista');
    await scene.say('Rosa', 'una por una');
    const first = scene.heard('Rosa').at(-1);
    const due = first?.choices[0]?.payload ?? '';
    expect(first?.text).toContain('Rosa Hernández');
    const next = await press('Rosa', due);
    expect(next).toContain('Guadalupe');
    expect(await press('Rosa', due)).toBe(next);
    expect((await scene.say('Rosa', 'terminar')).at(-1)?.text).not.toContain('Guadalupe Cruz: $');
  });
});
