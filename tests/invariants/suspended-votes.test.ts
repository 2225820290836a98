// Who is suspended has no vote, and is none of those it takes a quorum of.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { label, openScene, type Scene } from '../support/scene.ts';

/** Six women: on what is about Petra five vote, and four of them are a quorum of 67 of a hundred; of four, three. */
const HEADER = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00, capital 3000.00, voto
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, ahorro 200.00
4 Petra Gómez, ahorro 150.00, préstamo 1600.00 desde 2026-11-10
5 Consuelo Vargas, ahorro 100.00
6 Luz Vargas, ahorro 100.00
equipo Marta Ruiz
reloj 2026-11-24 19:00 America/Tijuana`;

let scene: Scene;
beforeAll(async () => {
  scene = await openScene({ header: HEADER });
  await scene.post('Rosa', { type: 'button', payload: 'cover' });
  await scene.say('Rosa', 'Cubrir lo de Petra');
  await scene.say('Rosa', label('cover-by.equal'));
  await scene.say('Rosa', label('lost.vote'));
});
afterAll(() => scene.close());

const stateOf = (name: string, state: string) =>
  scene.world.store.pool.query('update member set state = $2 where id = $1', [
    scene.world.person(name).id,
    state,
  ]);
const isDecided = () =>
  scene.heard('Guadalupe').some(({ text }) => text.includes(label('cover.voted-yes').slice(0, 20)));

test('the yes of a woman who is suspended afterwards does not count, and the quorum is of the others', async () => {
  await scene.press('Consuelo', label('loan-vote.yes'));
  await stateOf('Consuelo', 'suspended');
  await scene.press('Guadalupe', label('loan-vote.yes'));
  expect(isDecided()).toBe(false);
  await scene.press('Ana', label('loan-vote.yes'));
  expect(isDecided()).toBe(true);
});
