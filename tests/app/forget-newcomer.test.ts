// Somebody who only waited at the door goes again: she is forgotten, and nobody else loses a word.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { auditRows } from '../../src/store/audit.ts';
import { readable } from '../support/readable.ts';
import { label, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
const count = async (sql: string): Promise<number> =>
  (await scene.world.store.pool.query<{ n: number }>(`select count(*)::int as n from ${sql}`)).rows[0]?.n ??
  -1;
/** Somebody writes whom nobody knows; what she was told by then. */
const door = async (text: string): Promise<string> => {
  await scene.app.receive({
    channel: 'simulator',
    messageId: randomUUID(),
    address: 'somebody-new',
    receivedAt: scene.world.now.toString(),
    body: { type: 'text', text },
  });
  await scene.app.settle();
  return scene.channel.to('somebody-new').at(-1)?.text ?? '';
};
const arrives = async (name: string): Promise<void> => {
  await door(`unirme ${scene.world.codes.get('Las Jacarandas')}`);
  await door('sí');
  await door(name);
};
const readsOf = async (canary: string): Promise<string[]> => {
  const { pool, secrets } = scene.world.store;
  return (await readable(pool, secrets)).filter((line) => line.toLowerCase().includes(canary));
};

beforeAll(async () => {
  // Guadalupe has not written for a day: what is for her waits, with the words in it.
  scene = await openScene({ windowHours: 24 });
  await scene.say('Marta', 'hola');
  await scene.say('Rosa', 'Ana 100, Guadalupe 40');
  await scene.say('Rosa', 'sí');
  await scene.say('Rosa', 'Consuelo 50');
  await arrives('Nombrecanario Peña');
  await door('quiero hablar con una persona');
  await door('me da penacanaria preguntar en la reunión');
});
afterAll(() => scene.close());

test('before, her name and her words can be read: so that nothing to read means something', async () => {
  expect(await readsOf('nombrecanario')).not.toEqual([]);
  expect(await readsOf('penacanaria')).not.toEqual([]);
});

test('she says she is under age: what waits for others still waits, and their open work is open', async () => {
  const held = await count(`outbox where state = 'held' and body is not null and kind = 'receipt'`);
  expect(held).toBeGreaterThan(0);
  await door('tengo 15 años');
  scene.world.now = scene.world.now.add({ minutes: 1 });
  await scene.app.tick();
  await scene.app.settle();
  expect(await count(`outbox where state = 'held' and body is not null and kind = 'receipt'`)).toBe(held);
  expect(JSON.stringify(await scene.say('Rosa', 'sí'))).toContain('list:yes:');
});

test('of her nothing is readable, and her telephone is forgotten', async () => {
  expect(await readsOf('nombrecanario')).toEqual([]);
  expect(await readsOf('penacanaria')).toEqual([]);
  expect(await count('erasure where shredded_at is not null')).toBe(1);
  expect((await auditRows(scene.world.store)).map(({ action }) => action)).toEqual(
    expect.arrayContaining(['newcomer-gone', 'member-shredded']),
  );
});

test('she is not offered to come back: there is nothing to come back to', async () => {
  const answers = await door('hola');
  expect(answers).not.toContain(label('erase-me.back'));
});

test('one whom the leader does not know is forgotten as well', async () => {
  await arrives('Otracanaria Ruiz');
  await scene.press('Rosa', label('choice.unknown'));
  await scene.app.tick();
  await scene.app.settle();
  expect(await count('erasure where shredded_at is not null')).toBe(2);
  // What Rosa was answered goes with the words of all that is sent, after two days.
  expect((await readsOf('otracanaria')).filter((line) => !line.startsWith('outbox.body'))).toEqual([]);
});

test('one who says a name of the roster leaves the roster as it was', async () => {
  await arrives('Yolanda Soto');
  await door('borra mis datos');
  await scene.app.tick();
  expect(
    await count(
      `member m join data_key k on k.id = m.id and k.wrapped is not null where m.number = 6 and m.state = 'invited'`,
    ),
  ).toBe(1);
  expect(await count(`member_address a join member m on m.id = a.member_id where m.number = 6`)).toBe(0);
});
