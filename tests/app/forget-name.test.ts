// Others wrote her name: where they meet, an officer in an expense, another member to staff, staff to many. What of it can be read once she is shredded.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { verifyBooks } from '../../src/store/verify-books.ts';
import { readable } from '../support/readable.ts';
import { label, openScene, type Scene } from '../support/scene.ts';

const HEADER = `
grupo Flor de Milpa, ahorro, America/Mexico_City, sunday 10:00
1 Micaela Santiz, líder, ahorro 400.00
2 Dominga Ruiz, tesorera, ahorro 500.00
3 Xunka Canaria Otra Rosa, ahorro 300.00
4 Pascuala Otra, ahorro 300.00
equipo Marta Ruiz
reloj 2026-11-22 10:30 America/Mexico_City`;

let scene: Scene;
const where = async (words: string): Promise<string[]> => {
  const { pool, secrets } = scene.world.store;
  const lines = await readable(pool, secrets);
  const found = lines.filter((line) => line.toLowerCase().includes(words));
  return [...new Set(found.map((line) => line.split(':')[0] ?? ''))].toSorted();
};

beforeAll(async () => {
  scene = await openScene({ header: HEADER });
  await scene.say('Micaela', 'abrir la reunión');
  await scene.say('Micaela', 'sí');
  await scene.say('Micaela', 'ninguna');
  await scene.say('Micaela', 'gasto 50 de lonaexpensa para xunka');
  await scene.say('Micaela', 'sí');
  await scene.press('Dominga', 'Sí, así es');
  await scene.say('Pascuala', 'quiero hablar con una persona');
  await scene.say('Pascuala', 'charlasuya: Xunka no me paga y la señora Otra tampoco');
  await scene.say('Marta', 'mandar un mensaje');
  await scene.say('Marta', 'tallermuchas: felicidades a Xunka Canaria por su negocio');
  await scene.say('Marta', 'todas');
  await scene.say('Marta', 'enviar 4');
  await scene.app.settle();
});
afterAll(() => scene.close());

test('before, all of it is there', async () => {
  expect(await where('xunka')).toEqual(
    expect.arrayContaining(['money_out.words', 'talk_line.body', 'broadcast.content', 'broadcast.messages']),
  );
  expect(await where('casa de rosa')).toEqual(['savings_group.meeting_place']);
});

test('once she is shredded her name is in none of them, and what they said besides is', async () => {
  await scene.say('Xunka', 'borra mis datos');
  await scene.press('Xunka', label('erase-me.go-on'));
  await scene.say('Xunka', 'Xunka');
  // What is damaged keeps nothing of hers.
  await scene.world.store.pool.query(
    `insert into talk_line (talk_id, id, group_id, body, at) select talk_id, new_id(), group_id, '\\x0101', at from talk_line limit 1`,
  );
  scene.world.now = scene.world.now.add({ hours: 24 * 15 + 1 });
  await scene.app.tick();
  await scene.app.settle();
  expect(await where('xunka')).toEqual([]);
  expect(await where('canaria')).toEqual([]);
  expect(await where('rosa')).toEqual([]);
  expect(await where('lonaexpensa para …')).toEqual(['money_out.words']);
  expect(await where('casa de …')).toEqual(['savings_group.meeting_place']);
  expect(await where('charlasuya: … no me paga')).toEqual(['talk_line.body']);
  expect(await where('tallermuchas: felicidades a … … por su negocio')).toEqual([
    'broadcast.content',
    'broadcast.messages',
  ]);
});

test('what another one is called as well stays hers', async () => {
  expect(await where('la señora otra tampoco')).toEqual(['talk_line.body']);
  expect(await where('pascuala otra')).toContain('member.name');
});

test('the books are right', async () => {
  expect((await verifyBooks(scene.world.database)).faults).toEqual([]);
});
