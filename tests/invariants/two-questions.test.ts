// Two women's questions wait for one officer, and each has a 1: nothing is booked for a woman she did not mean.

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { entryCount, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
let before: number;
beforeEach(async () => {
  scene = await openScene();
  before = await entryCount(scene.world);
  await scene.say('Ana', 'ya pagué 40');
  await scene.say('Petra', 'ya pagué 70');
  const text = scene.heard('Petra').at(-1)?.text ?? '';
  if (text.includes('para qué') || text.includes('Para qué')) await scene.say('Petra', '1');
});
afterEach(() => scene.close());

const booked = async () => (await entryCount(scene.world)) - before;

/** An answer of Guadalupe's, under a message that she marked or under none. */
const answers = async (text: string, repliesTo?: string): Promise<string | undefined> => {
  await scene.app.receive({
    channel: 'simulator',
    messageId: randomUUID(),
    address: scene.world.person('Guadalupe').id,
    receivedAt: scene.world.now.toString(),
    ...(repliesTo !== undefined && { repliesTo }),
    body: { type: 'text', text },
  });
  await scene.app.delivery.idle();
  return scene.heard('Guadalupe').at(-1)?.text;
};

test.each([
  ['1', undefined],
  ['sí', undefined],
  ['Sí, lo recibí', undefined],
  ['2', undefined],
  ['no', undefined],
  ['1', 'an earlier one of ours'],
  ['sí', 'an earlier one of ours'],
])(
  '"%s" books nothing while two wait: each is asked again in full, and is booked by its own yes',
  async (text, mark) => {
    expect(await answers(text, mark)).toContain('Ana Martínez dice que entregó $40.00');
    expect(await booked()).toBe(0);
    expect(await answers('1')).toContain('$40.00 de Ana');
    expect(await booked()).toBe(1);
    expect(await answers('1')).toContain('Petra Gómez dice que entregó $70.00');
    expect(await booked()).toBe(1);
    expect(await answers('1')).toContain('$70.00 de Petra');
    expect(await booked()).toBe(2);
  },
);

test('a question that crosses with the answer to her own is not answered by it, nor she by the other', async () => {
  await scene.say('Guadalupe', 'hola');
  await scene.say('Guadalupe', 'Consuelo 30');
  await scene.say('Ana', 'ya pagué 10');
  expect(await answers('sí')).toContain('Mientras contestabas te llegó otra pregunta');
  expect(await booked()).toBe(0);
  expect(await answers('sí')).toContain('Anoté 1 pago: $30.00');
  expect(await booked()).toBe(1);
  expect(await answers('pendientes')).toContain('Ana');
});

test('a button says by itself which question it answers', async () => {
  const yes = scene.heard('Guadalupe')[0]?.choices[0]?.payload ?? '';
  await scene.post('Guadalupe', { type: 'button', payload: yes });
  expect(scene.heard('Guadalupe').at(-1)?.text).toContain('Ana');
  expect(await booked()).toBe(1);
});

test('one question alone is answered by its number', async () => {
  await scene.say('Guadalupe', 'hola');
  await scene.say('Ana', 'ya pagué 10');
  await scene.say('Guadalupe', '1');
  expect(await booked()).toBe(1);
});

test('a question of eight days ago is not answered by a bare number', async () => {
  await scene.say('Guadalupe', 'hola');
  await scene.say('Ana', 'ya pagué 10');
  scene.world.now = scene.world.now.add({ hours: 8 * 24 });
  await scene.say('Guadalupe', '1');
  expect(await booked()).toBe(0);
});
