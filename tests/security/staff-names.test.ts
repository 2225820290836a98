// Every way in which staff are shown a member's name by message leaves a row in the record of who did what.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { STAFF_VERBS } from '../../src/conversation/access/verbs.ts';
import { auditRows } from '../../src/store/audit.ts';
import { JACARANDAS, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: `${JACARANDAS}\nlecciones en borrador` });
});
afterEach(() => scene.close());

/** What staff say for each verb that they may be offered, all that comes of it among it; words before a payload are said. */
const STEPS: Readonly<Record<string, readonly string[]>> = {
  no: ['hola', 'no'],
  summary: ['resumen'],
  send: [
    'mandar un mensaje',
    'El sábado hay taller.',
    'todas',
    'mandar un mensaje',
    'El lunes no hay.',
    'con préstamo',
  ],
  sent: ['envíos', 'envío 1', 'guardados'],
  talks: ['conversaciones', '1', 'Es mía', 'Contestar', '¿Cómo estás?', 'Cerrar', 'conversaciones'],
  rights: ['rights', 'rights:1', 'rights:1:done'],
  odd: ['qué se ve raro', 'odd'],
  phones: ['phones', 'Ver 1', 'La vi y es ella'],
  // Nothing of it is theirs: those who are trained for it have tests of their own (danger.test.ts).
  danger: ['peligro', 'danger'],
  lesson: ['lecciones', 'lección F1'],
  approve: ['approve:F1'],
  record: ['record:F1'],
};

/** Whether it is said or pressed: what has a colon, or is a verb itself, is pressed. */
const isPressed = (text: string): boolean =>
  /^[a-z-]+:/u.test(text) || ['rights', 'odd', 'phones', 'danger'].includes(text);

test('each verb of staff has its steps here', () => {
  expect(Object.keys(STEPS).sort()).toEqual(Object.keys(STAFF_VERBS).sort());
});

test('whoever of the staff is answered with a name is in the record with it', async () => {
  const names = scene.world.people
    .filter(({ role }) => role !== 'staff')
    .map(({ name }) => name.split(' ')[0]);
  for (const name of ['Ana', 'Consuelo'])
    for (const text of ['quiero hablar con una persona', 'tengo una duda']) await scene.say(name, text);
  await scene.post('Petra', { type: 'button', payload: 'rights:name' });
  await scene.say('Petra', 'Petra Gomes');
  await scene.say('Rosa', 'cambio de número de Guadalupe');
  await scene.press('Rosa', 'La vi y es ella');
  const rows = async (): Promise<number> => (await auditRows(scene.world.store)).length;
  const unseen: string[] = [];
  let named = 0;
  for (const [verb, steps] of Object.entries(STEPS)) {
    for (const text of steps) {
      const before = { rows: await rows(), heard: scene.heard('Marta').length };
      if (isPressed(text)) await scene.post('Marta', { type: 'button', payload: text });
      else await scene.say('Marta', text);
      const told = scene.heard('Marta').slice(before.heard);
      const shown = JSON.stringify(told.map(({ text: words, choices }) => [words, choices]));
      const seen = names.filter((name) => name !== undefined && shown.includes(name)).length;
      if (seen === 0) continue;
      named += 1;
      // One for each of them, whoever is shown together.
      if ((await rows()) < before.rows + seen) unseen.push(`${verb}: ${text}: ${shown}`);
    }
  }
  expect(unseen).toEqual([]);
  // The talk and its list, the request, a telephone, the samples of an audience: the story does show names.
  expect(named).toBeGreaterThanOrEqual(7);
});
