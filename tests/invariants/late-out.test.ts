// Money that left a box at a past meeting: of that day, once, by two, and never more than there was.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { balances, faults, label, openScene, type Scene } from '../support/scene.ts';

const HEADER = `
grupo Flor de Milpa, ahorro, America/Mexico_City, sunday 10:00, retiros
1 Micaela Santiz, líder, ahorro 400.00
2 Dominga Ruiz, tesorera, ahorro 500.00
3 Pascuala Díaz, ahorro 300.00
reloj 2026-11-01 10:30 America/Mexico_City`;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: HEADER });
  scene.world.now = scene.world.now.add({ hours: 19 * 24 });
});
afterEach(() => scene.close());

const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await scene.world.store.pool.query<Record<string, unknown>>(sql)).rows;
const booked = () =>
  rows(`select kind, occurred_on::text as on from journal_entry where kind <> 'opening' order by seq`);
const button = (name: string, payload: string) => scene.post(name, { type: 'button', payload });
const note = async (text: string): Promise<void> => {
  await scene.say('Micaela', text);
  await scene.press('Micaela', label('choice.yes'));
};

test('is booked once, of the day it was, however often it is pressed', async () => {
  await note('gasto 50 de copias del domingo pasado');
  const yes = scene.payload('Dominga', label('loan-hand.got'));
  await button('Micaela', yes);
  await button('Pascuala', yes);
  expect(await booked()).toEqual([]);
  await Promise.all([button('Dominga', yes), button('Dominga', yes)]);
  await button('Dominga', yes);
  expect(await booked()).toEqual([{ kind: 'expense', on: '2026-11-15' }]);
  expect((await balances(scene.world))['cash/loan-fund']).toBe(115_000n);
  expect(await faults(scene.world)).toEqual([]);
});

test('two withdrawals of one day are no more together than she had by then', async () => {
  await note('retiro de Pascuala 200 de la reunión pasada');
  await scene.say('Micaela', 'retiro de Pascuala 200 de la reunión del 8 de noviembre');
  expect(scene.heard('Micaela').at(-1)?.text).toContain('$100.00');
  await scene.press('Pascuala', label('loan-hand.got'));
  await scene.say('Micaela', 'retiro de Pascuala 200 de la reunión del 8 de noviembre');
  expect(scene.heard('Micaela').at(-1)?.text).toContain('$100.00');
  expect(await booked()).toEqual([{ kind: 'withdrawal', on: '2026-11-15' }]);
});

test('the database lets nobody leave on a past day', async () => {
  await note('gasto 50 de copias del domingo pasado');
  await expect(rows(`update money_out set kind = 'leaving', words = null`)).rejects.toThrow('money_out_held');
});
