// Two women's questions wait for one officer: a bare answer books for neither before she has said which.

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

test.each(['1', 'sí'])('"%s" asks about the last one again, and only its second answer books that one', async (answer) => {
  const [asked] = await scene.say('Guadalupe', answer);
  expect(asked?.text).toContain('más de una pregunta');
  expect(await booked()).toBe(0);
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
