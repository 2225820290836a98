// What a woman writes after a message of staff to many is never taken for the answer to something older.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { balances, openScene, type Scene } from '../support/scene.ts';

const STORY = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, ahorro 200.00
equipo Marta Ruiz
reloj 2026-11-24 11:00 America/Tijuana`;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: STORY });
});
afterEach(() => scene.close());

const sendToAll = async (text: string): Promise<void> => {
  for (const said of ['mandar un mensaje', text, 'todas', 'enviar 3']) await scene.say('Marta', said);
};
const talks = async (): Promise<number> =>
  (await scene.world.store.pool.query('select id from talk')).rowCount ?? 0;

test.each(['sí', '1', 'ok', 'no', '👍'])(
  '«%s» books and rejects nothing of a payment asked about before',
  async (word) => {
    await scene.say('Ana', 'ya pagué 50');
    await sendToAll('¿Vienes al taller? Contesta sí o no.');
    const before = await balances(scene.world);
    const [asked] = await scene.say('Guadalupe', word);
    expect(await balances(scene.world)).toEqual(before);
    expect(asked?.choices.map(({ label }) => label)).toContain('Es para el equipo');
    expect(asked?.choices.some(({ label }) => label.includes('Sí, lo recibí'))).toBe(true);
    // Said in full it is what it says.
    await scene.press(
      'Guadalupe',
      asked?.choices.find(({ label }) => label.includes('Sí, lo recibí'))?.label ?? '',
    );
    expect(await balances(scene.world)).not.toEqual(before);
    expect(await talks()).toBe(0);
  },
);

test('an answer to staff lands with them, and the question is still there', async () => {
  await scene.say('Ana', 'ya pagué 50');
  await sendToAll('¿Vienes al taller? Contesta sí o no.');
  await scene.say('Guadalupe', 'sí');
  await scene.press('Guadalupe', 'Es para el equipo');
  expect(await talks()).toBe(1);
  expect((await scene.say('Guadalupe', 'pendientes')).at(-1)?.text).toContain('$50.00');
});

test('what asks for something is answered as ever', async () => {
  await sendToAll('¿Vienes al taller?');
  expect((await scene.say('Ana', 'saldo')).at(-1)?.text).toContain('$200.00');
  expect(await talks()).toBe(0);
});
