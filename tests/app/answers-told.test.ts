// Many answer one message: staff hear of the first at once, and of the others together, each once.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';

const MEMBERS = 20;
const name = (n: number): string => `Socia${String.fromCodePoint(65 + n)}`;
const ALL = Array.from({ length: MEMBERS }, (_, n) => name(n));
const HEADER = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder
${ALL.map((one, n) => `${n + 2} ${one} Luna`).join('\n')}
equipo Marta Ruiz
equipo Julia Ortiz
reloj 2026-11-24 11:00 America/Tijuana`;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: HEADER });
  await scene.say('Marta', 'mandar un mensaje');
  await scene.say('Marta', 'El sábado hay taller de costos. ¿Quién viene?');
  await scene.say('Marta', 'todas');
  await scene.say('Marta', `enviar ${MEMBERS + 1}`);
  await scene.app.settle();
});
afterEach(() => scene.close());

/** What this person of the staff heard of answers. */
const told = (who: string): string[] =>
  scene
    .heard(who)
    .map(({ text }) => text)
    .filter((text) => /le escribió al equipo|contest(?:ó|aron) \d+ más/u.test(text))
    .map((text) => text.split('\n').at(-1) ?? '');

const answers = async (who: string): Promise<void> => {
  await scene.say(who, 'llevo a mi hermana');
  await scene.say(who, 'sí');
};
const minutesLater = async (minutes: number): Promise<void> => {
  scene.world.now = scene.world.now.add({ minutes });
  await scene.app.tick();
  await scene.app.delivery.idle();
};

test('of twenty who answer, one notice at once, and ten minutes later a count; nobody twice, whoever ticks', async () => {
  for (const one of ALL.slice(0, 12)) await answers(one);
  await minutesLater(5);
  for (const one of ALL.slice(12)) await answers(one);
  expect(told('Marta')).toEqual(['La socia nº 2 de Las Jacarandas le escribió al equipo.']);
  const other = await scene.another();
  scene.world.now = scene.world.now.add({ minutes: 5 });
  await Promise.all([scene.app.tick(), other.app.tick(), scene.app.tick()]);
  await scene.app.delivery.idle();
  await other.app.delivery.idle();
  const { rows } = await scene.world.store.pool.query(
    `select count(*)::int as n from outbox where kind = 'talk' and state = 'sent'`,
  );
  // The first answer and the count, each to two of the staff.
  expect(rows).toEqual([{ n: 4 }]);
  await minutesLater(60);
  expect((await scene.world.store.pool.query(`select 1 from outbox where kind = 'talk'`)).rows).toHaveLength(
    4,
  );
}, 120_000);

test('two who are the first at the same moment: one notice, and the other is counted', async () => {
  await scene.say(name(0), 'llevo a mi hermana');
  await scene.say(name(1), 'llevo a mi hermana');
  const other = await scene.another();
  const yes = { type: 'text', text: 'sí' } as const;
  await Promise.all([scene.post(name(0), yes), scene.post(name(1), yes, { by: other })]);
  await scene.app.delivery.idle();
  const { rows } = await scene.world.store.pool.query(
    `select answers_untold, (select count(*)::int from outbox where kind = 'talk') as notices from broadcast`,
  );
  expect(rows).toEqual([{ answers_untold: 1, notices: 2 }]);
});

test('who looked at the conversations is not told of them afterwards; whoever answers then is news', async () => {
  for (const one of ALL.slice(0, 3)) await answers(one);
  await scene.say('Marta', 'conversaciones');
  await minutesLater(10);
  expect(told('Marta')).toHaveLength(1);
  await answers(name(5));
  expect(told('Marta').at(-1)).toContain('nº 7 de Las Jacarandas');
});

test('what one person looks after is told to her at once, and more words of what waits to nobody', async () => {
  await answers(name(0));
  await scene.say('Marta', 'conversaciones');
  await scene.say('Marta', '1');
  await scene.press('Marta', 'Es mía');
  await scene.press('Marta', 'Contestar');
  await scene.say('Marta', '¿A qué hora llegas?');
  await answers(name(1));
  await scene.say(name(0), 'como a las diez de la mañana');
  await scene.say(name(0), 'sí');
  const heard = told('Marta');
  expect(heard.at(-1)).toContain('nº 2 de Las Jacarandas');
  await scene.say(name(0), 'y llevo el café');
  expect(told('Marta')).toEqual(heard);
});
