// What a suspended woman said waits for an officer's word like all others', hides nothing, and her loan is nobody else's share.

import { afterEach, expect, test } from 'vitest';
import { entryCount, faults, label, openScene, type Scene } from '../support/scene.ts';

const GROUP = `
grupo Flor de Milpa, ahorro, America/Mexico_City, sunday 10:00, multas 10.00 y 5.00
1 Micaela Santiz, líder, ahorro 400.00
2 Dominga Ruiz, tesorera, ahorro 500.00
3 Pascuala Díaz, ahorro 300.00
4 Refugio López, ahorro 100.00, préstamo 200.00 desde 2026-10-04
equipo Marta Ruiz
reloj 2026-11-22 10:30 America/Mexico_City`;

let scene: Scene;
afterEach(async () => {
  try {
    expect(await faults(scene.world)).toEqual([]);
  } finally {
    await scene.close();
  }
});

const stateOf = (name: string, state: string) =>
  scene.world.store.pool.query('update member set state = $2 where id = $1', [
    scene.world.person(name).id,
    state,
  ]);
const answer = async (name: string, text: string): Promise<string> =>
  (await scene.say(name, text)).map((message) => message.text).join('\n');

test('a payment, an objection, a fine and a cover of hers are answered as before, and hide nothing', async () => {
  scene = await openScene({ header: GROUP });
  await scene.say('Dominga', 'Refugio 20 ahorro');
  await scene.say('Dominga', 'sí');
  await scene.say('Refugio', 'no');
  await scene.press('Refugio', label('choice.not-correct'));
  await scene.say('Refugio', 'ya pagué 21 de préstamo');
  await scene.say('Micaela', 'multa a Refugio 50');
  await scene.press('Micaela', label('fine.set'));
  await scene.say('Micaela', 'quitar la multa de Refugio');
  await scene.say('Micaela', 'sí');
  await scene.post('Micaela', { type: 'button', payload: 'cover' });
  await scene.press('Micaela', 'Cubrir lo de Refugio');
  await scene.say('Micaela', label('cover-by.equal'));
  await scene.say('Micaela', label('lost.yes'));
  const off = scene.payload('Dominga', label('second.no'));
  await stateOf('Refugio', 'suspended');
  await scene.say('Pascuala', 'ya pagué 20');
  for (const name of ['Refugio', 'Pascuala']) {
    expect(await answer('Dominga', 'por confirmar')).toContain(name);
    await scene.press('Dominga', label('choice.confirm'));
    // She has a receipt of this meeting: whether it is another one.
    if (name === 'Refugio') await scene.say('Dominga', '1');
  }
  expect(await answer('Micaela', 'por confirmar')).toContain('Refugio');
  await scene.post('Dominga', { type: 'button', payload: off });
  expect(scene.heard('Dominga').at(-1)?.text).toBe(label('second.left'));
});

test('a cycle is not closed out of what a suspended woman owes: it is paid, or voted to be lost', async () => {
  scene = await openScene({ header: GROUP });
  await stateOf('Refugio', 'suspended');
  const before = await entryCount(scene.world);
  await scene.post('Micaela', { type: 'button', payload: 'closing' });
  expect(scene.heard('Micaela').at(-1)?.text).toContain('Refugio');
  expect(
    scene
      .heard('Micaela')
      .at(-1)
      ?.choices.map((one) => one.label),
  ).toEqual([label('lost.voted'), label('choice.not-now')]);
  expect(await entryCount(scene.world)).toBe(before);
});
