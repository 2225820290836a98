// A message of staff to many that waits, or stands beside what waits: what is shown of it before, and what becomes of it.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

const GROUPS = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, ahorro 200.00
4 Petra Gómez, ahorro 150.00
equipo Marta Luna
equipo Sofía Díaz
reloj 2026-11-24 19:00 America/Tijuana
`;
const WORDS = 'El sábado hay taller de costos.';
const ALL = ['Rosa', 'Guadalupe', 'Ana', 'Petra'];

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: GROUPS });
});
afterEach(() => scene.close());

const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await scene.world.store.pool.query<Row>(sql, values)).rows;
const allHad = (): number[] =>
  ALL.map((name) => scene.heard(name).filter(({ text }) => text.includes(WORDS)).length);
const compose = async (words = WORDS): Promise<void> => {
  await scene.say('Marta', 'mandar un mensaje');
  await scene.say('Marta', words);
  await scene.say('Marta', 'todas');
};
test('the reminder of a woman who wants hers days later than others keeps nothing else waiting', async () => {
  await query('update savings_group set created_at = $1', [scene.world.now.toString()]);
  await scene.say('Petra', 'recuérdame los viernes a las 10 de la mañana');
  scene.world.now = instantOf('2026-11-27 10:00 America/Tijuana');
  await scene.app.tick();
  await scene.app.settle();
  const planned = await query(`select 1 from outbox where kind = 'reminder' and state = 'queued'`);
  expect(planned).toHaveLength(3);
  await compose();
  await scene.say('Marta', 'enviar 4');
  expect(allHad()).toEqual([1, 1, 1, 1]);
  // Hers comes at its own hour all the same.
  expect(await query(`select 1 from outbox where kind = 'reminder' and state = 'queued'`)).toHaveLength(3);
});
