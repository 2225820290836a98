// What only she may know: the lessons that she asked for in private, and what she answered.

import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLog } from '../../src/log.ts';
import { exportCsv, exportProgrammes } from '../../src/store/export-programme.ts';
import { JACARANDAS, openScene, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

/** Words of the lesson, and what it is called. */
const PRIVATE = /Lo que yo decido|Mi decisión|Tu palabra|De tu vecina|\bR1\b/;

let scene: Scene;
let logged = '';

beforeAll(async () => {
  const stream = new Writable({
    write: (line: Buffer, _encoding, done) => {
      logged += line.toString();
      done();
    },
  });
  scene = await openScene({
    header: `${JACARANDAS}\nlecciones en borrador`,
    log: createLog('debug', stream),
  });
  for (const text of ['quiero saber de derechos', '1', 'sí', 'Seguir', 'Seguir', 'De tu vecina']) {
    await scene.say('Ana', text);
  }
  // Something that is written to the log, about a message of the lesson.
  scene.channel.failTo(scene.world.person('Ana').id, { type: 'our-bug', detail: 'CODE-7' });
  await scene.press('Ana', 'Seguir');
  scene.channel.failTo(scene.world.person('Ana').id);
});
afterAll(() => scene.close());

test('she had the lesson, and answered it', async () => {
  expect(scene.heard('Ana').some(({ text }) => PRIVATE.test(text))).toBe(true);
  const { rows } = await scene.world.store.pool.query(
    'select lesson_id, first_answer, right_first, review_on from lesson_progress',
  );
  expect(rows).toEqual([{ lesson_id: 'R1', first_answer: 'c', right_first: false, review_on: null }]);
});

test('nobody else is told anything, now or at the next meeting', async () => {
  scene.world.now = instantOf('2026-12-01 17:05 America/Tijuana');
  for (const text of ['resumen', 'pendientes', 'reunión', '1', '1', 'Ninguna', 'Lección para el grupo']) {
    await scene.say('Rosa', text);
  }
  await scene.say('Marta', 'resumen');
  for (const { name } of scene.world.people.filter((person) => !person.name.startsWith('Ana'))) {
    expect(
      scene.heard(name).filter(({ text }) => PRIVATE.test(text)),
      name,
    ).toEqual([]);
  }
  expect(scene.heard('Rosa').some(({ text }) => text.includes('Para leer en voz alta'))).toBe(true);
});

test('the exports and the log know nothing of it', async () => {
  const { database, store } = scene.world;
  const exported = JSON.stringify(await exportProgrammes(database, store.secrets));
  const csv = await exportCsv(database, store.secrets);
  expect(exported).toContain('Ana Martínez');
  expect(csv).toContain('Ana Martínez');
  for (const text of [exported, csv, logged]) expect(text).not.toMatch(PRIVATE);
  expect(logged).not.toBe('');
});

test('her passbook and balance say nothing of it', async () => {
  const before = scene.heard('Ana').length;
  for (const text of ['mi libreta', 'saldo', 'mi grupo', 'seguir']) await scene.say('Ana', text);
  expect(
    scene
      .heard('Ana')
      .slice(before)
      .filter(({ text }) => PRIVATE.test(text)),
  ).toEqual([]);
});
