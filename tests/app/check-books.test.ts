// S2: a book that was tampered with takes no entries, is still read, and staff hear of it; the other groups go on.

import { afterEach, expect, test } from 'vitest';
import { checkBooks, checkBooksDaily } from '../../src/app/check-books.ts';
import { idMaker } from '../../src/app/new-id.ts';
import { createContent } from '../../src/content/render.ts';
import { asSuperuser } from '../support/programme.ts';
import { JACARANDAS, locales, MILPA, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const checking = () => ({
  store: scene.world.store,
  database: scene.world.database,
  content: createContent(locales.texts),
  newId: idMaker(),
});
const entries = async (): Promise<number> => {
  const { rows } = await scene.world.store.pool.query<{ n: string }>(
    'select count(*) as n from journal_entry',
  );
  return Number(rows[0]?.n);
};
/** One amount in Las Jacarandas is changed, as nobody can by way of the program; `by` is in minor units. */
const tamper = (by: number) =>
  asSuperuser(
    scene.world.database,
    `update posting set amount_minor = amount_minor + ${by} where n = 0 and entry_id =
       (select e.id from journal_entry e join member m on m.group_id = e.group_id where m.id = '${scene.world.person('Ana').id}' order by e.seq limit 1)`,
  );
const listOf = async (leader: string, words: string): Promise<string | undefined> => {
  await scene.say(leader, words);
  return (await scene.say(leader, 'sí')).at(-1)?.text;
};

test('S2 a wrong book is closed, read and told of; another group’s is not touched; mended, it opens again', async () => {
  scene = await openScene({ header: `${JACARANDAS}\n${MILPA}` });
  expect(await checkBooks(checking())).toBe(0);
  await tamper(100);
  expect(await checkBooks(checking())).toBe(1);
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
  expect(scene.heard('Marta').at(-1)?.text).toContain('Las Jacarandas: su libreta no cuadra');
  const before = await entries();
  expect(await listOf('Rosa', 'Ana 100')).toContain('no puedo anotar nada');
  expect(await entries()).toBe(before);
  expect((await scene.say('Ana', 'saldo')).at(-1)?.text).toContain('Llevas ahorrado');
  expect(await listOf('Micaela', 'Dominga 100')).toContain('Listo');
  expect(await entries()).toBe(before + 1);

  expect(await checkBooks(checking())).toBe(0);
  expect(scene.heard('Marta').filter(({ text }) => text.includes('no cuadra'))).toHaveLength(1);
  await tamper(-100);
  expect(await checkBooks(checking())).toBe(0);
  expect(await listOf('Rosa', 'Ana 100')).toContain('Listo');
});

test('S2 a list that was read back before the book was closed books nothing afterwards', async () => {
  scene = await openScene();
  await scene.say('Rosa', 'Ana 100');
  await tamper(100);
  await checkBooks(checking());
  const before = await entries();
  expect((await scene.say('Rosa', 'sí')).at(-1)?.text).toContain('no puedo anotar nada');
  expect(await entries()).toBe(before);
});

test('S2 the check of a day is made once, by one of all processes', async () => {
  scene = await openScene();
  await tamper(100);
  const made = await Promise.all([checkBooksDaily(checking()), checkBooksDaily(checking())]);
  expect(made.toSorted((a, b) => a - b)).toEqual([0, 1]);
});
