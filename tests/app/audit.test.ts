// What staff did is written down, and a change in it is found.

import { Temporal } from 'temporal-polyfill';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditBefore, auditEnds, auditRows, forgetAudit } from '../../src/store/audit.ts';
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

describe('when its years are over', () => {
  const pool = { query: (sql: string) => scene.world.store.pool.query(sql) };
  const later = (years: number) =>
    scene.world.now.toZonedDateTimeISO('UTC').add({ years, days: 1 }).toInstant();
  const shorten = (years: number, now: Temporal.Instant) =>
    forgetAudit(scene.world.store.pool, { years, now });
  const left = async () => (await rows()).map(({ seq, action, holds }) => [Number(seq), action, holds]);

  test('what is older goes, that it went is written down, and what is left still holds', async () => {
    expect(await shorten(5, later(4))).toBe('done');
    expect(await rows()).toHaveLength(3);
    expect(await auditBefore(scene.world.store.pool)).toBeUndefined();
    await pool.query(`select write_audit('operator', 'member-exported', null, '2029-01-01')`);
    expect(await shorten(5, later(5))).toBe('done');
    expect(await left()).toEqual([
      [4, 'member-exported', true],
      [5, 'audit-shortened', true],
    ]);
    expect(await auditBefore(scene.world.store.pool)).toMatchObject({ seq: 3n, isSaid: true });
    expect(await auditEnds(scene.world.store.pool)).toBe(true);
    // Once more, up to the row that says so itself: the one that says it now stays.
    await pool.query(`select write_audit('staff/1', 'talk-read', null, '2036-12-01')`);
    expect(await shorten(5, later(11))).toBe('done');
    expect(await left()).toEqual([
      [6, 'talk-read', true],
      [7, 'audit-shortened', true],
    ]);
    expect(await auditBefore(scene.world.store.pool)).toMatchObject({ seq: 5n, isSaid: true });
  });

  test('all of it may go: the chain goes on from its last row', async () => {
    expect(await shorten(1, later(30))).toBe('done');
    expect(await left()).toEqual([[4, 'audit-shortened', true]]);
  });

  test('a row that was changed is not taken away with what changed it', async () => {
    await pool.query('alter table audit disable trigger audit_kept');
    await pool.query(`update audit set action = 'nothing' where seq = 1`);
    expect(await shorten(5, later(5))).toBe('broken');
    expect(await left()).toEqual([
      [1, 'nothing', false],
      [2, 'name-seen', true],
      [3, 'broadcast-ready', true],
    ]);
  });

  test('what is left is kept as all of it was, also from whoever moves its beginning', async () => {
    await pool.query(`select write_audit('staff/1', 'talk-read', null, '2031-12-01')`);
    await shorten(5, later(5));
    await expect(pool.query('delete from audit where seq = 4')).rejects.toThrow('append-only');
    await expect(pool.query('update audit set seq = 1 where seq = 4')).rejects.toThrow('append-only');
    await pool.query(
      'update audit_head set before_seq = a.seq, before_hash = a.hash from audit a where a.seq = 4',
    );
    await pool.query('delete from audit where seq = 4');
    expect(await auditBefore(scene.world.store.pool)).toMatchObject({ seq: 4n, isSaid: false });
  });
});
