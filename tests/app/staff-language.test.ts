// Staff choose how they are spoken to: also in what comes to them unasked.

import { afterEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

test('who chose English is told in English that a member asks for a person', async () => {
  scene = await openScene();
  const last = (): string => scene.heard('Marta').at(-1)?.text ?? '';
  await scene.say('Ana', 'quiero hablar con una persona');
  expect(last()).toContain('pide hablar con una persona');
  await scene.say('Marta', 'english');
  await scene.say('Petra', 'quiero hablar con una persona');
  expect(last()).toContain('Member no. 4 of Las Jacarandas');
  expect(last()).toContain('person');
  expect(last()).not.toContain('persona');
  await scene.say('Marta', 'español');
  await scene.say('Consuelo', 'quiero hablar con una persona');
  expect(last()).toContain('pide hablar con una persona');
});
