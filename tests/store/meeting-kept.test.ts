// What a meeting said first stays: its first count that did not fit, and the roll that all were told.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await openScene({
    header: `
grupo Flor de Milpa, ahorro, America/Mexico_City, sunday 10:00
1 Micaela Santiz, líder, ahorro 400.00
2 Dominga Ruiz, tesorera, ahorro 500.00
3 Refugio López, ahorro 100.00
equipo Marta Ruiz
reloj 2026-11-22 10:05 America/Mexico_City`,
  });
});
afterAll(() => scene.close());

const rows = async (sql: string) => (await scene.world.store.pool.query<Record<string, unknown>>(sql)).rows;

test('a count that did not fit, and the roll of a closed meeting, are kept whatever is written after them', async () => {
  await scene.say('Micaela', 'reunión');
  await scene.press('Micaela', 'La reunión');
  await scene.press('Micaela', 'Sí, abrirla');
  await scene.say('Micaela', 'Refugio');
  for (const said of ['contar la caja', '900', 'contar la caja', '950', 'contar la caja', '1000'])
    await scene.say('Micaela', said);
  await scene.press('Dominga', 'Sí, es así');
  await scene.press('Micaela', 'Sí, cerrarla');
  expect(
    await rows('select state, counted_minor::text as counted, first_boxes as first from meeting'),
  ).toEqual([
    {
      state: 'closed',
      counted: '100000',
      first: [{ pot: 'loan-fund', expected: '100000', counted: '90000' }],
    },
  ]);

  await scene.say('Micaela', 'contar la caja');
  await scene.press('Micaela', 'Pedir que se abra');
  expect(await rows(`select 1 from meeting where state <> 'closed'`)).toEqual([]);
  await scene.press('Dominga', 'Sí, abrirla');
  await scene.say('Micaela', 'reunión');
  await scene.press('Micaela', 'La reunión');
  await scene.press('Micaela', 'Anotar faltas');
  await scene.press('Micaela', 'Ninguna');
  expect(await rows('select bool_and(present) as all_there from attendance')).toEqual([{ all_there: true }]);
  expect(
    await rows(
      `select m.number, c.was, c.corrected_by = (select id from member where number = 1) as by_her
         from attendance_correction c join member m on m.id = c.member_id`,
    ),
  ).toEqual([{ number: 3, was: false, by_her: true }]);
});
