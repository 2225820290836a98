// Two women's questions wait for one officer: what she marks, or presses, decides whose it is.

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

/** An answer under a message that she marked. */
const answersUnder = async (text: string): Promise<string | undefined> => {
  await scene.app.receive({
    channel: 'simulator',
    messageId: randomUUID(),
    address: scene.world.person('Guadalupe').id,
    receivedAt: scene.world.now.toString(),
    repliesTo: 'an earlier one of ours',
    body: { type: 'text', text },
  });
  await scene.app.delivery.idle();
  return scene.heard('Guadalupe').at(-1)?.text;
};

test.each(['1', 'sí'])(
  '"%s" under a marked message asks about the last one again, and only its second answer books that one',
  async (answer) => {
    expect(await answersUnder(answer)).toContain('más de una pregunta');
    expect(await booked()).toBe(0);
    const [done] = await scene.say('Guadalupe', '1');
    expect(done?.text).toContain('Petra');
    expect(await booked()).toBe(1);
  },
);

test('without a mark the last question is the one she answers', async () => {
  const [done] = await scene.say('Guadalupe', '1');
  expect(done?.text).toContain('Petra');
  expect(await booked()).toBe(1);
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
