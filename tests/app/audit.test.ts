// What staff did is written down, and a change in it is found.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { auditRows } from '../../src/store/audit.ts';
import { JACARANDAS, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: JACARANDAS });
  for (const text of ['mandar un mensaje', 'El sábado hay taller.', 'líderes', 'enviar 1'])
    await scene.say('Marta', text);
});
afterEach(() => scene.close());

const rows = () => auditRows(scene.world.store);

test('who looked at whom, and who sent what, by name and in order', async () => {
  expect((await rows()).map(({ actor, action, holds }) => [actor, action, holds])).toEqual([
    ['Marta Ruiz', 'audience-seen', true],
    ['Marta Ruiz', 'name-seen', true],
    ['Marta Ruiz', 'broadcast-ready', true],
  ]);
});

test.each([
  [
    'a row that says something else',
    `update audit set action = 'nothing' where seq = 1`,
    [false, true, true],
  ],
  ['a row that was taken away', 'delete from audit where seq = 1', [false, false]],
  [
    'a row whose hash was made to fit',
    `update audit set actor = 'x', hash = audit_hash(prev, seq, at, 'x', action, subject) where seq = 1`,
    [true, false, true],
  ],
])('%s, by who owns the database, is found', async (_what, sql, holds) => {
  await scene.world.store.pool.query('alter table audit disable trigger audit_kept');
  await scene.world.store.pool.query(sql);
  expect((await rows()).map((row) => row.holds)).toEqual(holds);
});
