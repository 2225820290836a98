// Who turns her reminders on after her group's week was planned, or comes back to it, gets hers while her hour is ahead: once.

import { afterEach, describe, expect, test } from 'vitest';
import { JACARANDAS, openScene, passSeconds, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

let scene: Scene;
afterEach(() => scene.close());

const instant = (text: string) => instantOf(`${text} America/Tijuana`);
const run = (sql: string, values: unknown[] = []) => scene.world.store.pool.query(sql, values);

/** The week of the meeting of Tuesday, December 1st; everybody's hour is Monday at 18:00. */
const open = async (): Promise<void> => {
  scene = await openScene({ header: JACARANDAS });
  await run('update savings_group set created_at = $1', [instant('2026-11-24 19:00').toString()]);
};

/** Lets time go on to then, and everything go out that is due. */
const goTo = async (text: string): Promise<void> => {
  const then = instant(text);
  const seconds = Math.round(then.since(scene.world.now).total('seconds'));
  scene.world.now = then;
  await passSeconds(scene.world, seconds);
  await scene.app.tick();
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
};

const had = (name: string): number =>
  scene.heard(name).filter(({ text }) => text.includes('Si quieres saber más')).length;

/** Petra's own hour, so that the week is planned before the hour of all the others. */
const plannedEarly = async (): Promise<void> => {
  await scene.say('Petra', 'recuérdame los viernes a las 7 de la noche');
};

/** Each turns Ana's on at a moment of the week, with what she says. */
const CASES: readonly (readonly [when: string, says: string, reminded: number, why: string])[] = [
  ['2026-11-27 18:30', 'recuérdame otra vez', 1, 'before the week is planned'],
  ['2026-11-27 18:59', 'recuérdame otra vez', 1, 'a minute before the week is planned'],
  ['2026-11-27 19:01', 'recuérdame otra vez', 1, 'a minute after it'],
  ['2026-11-30 17:59', 'recuérdame otra vez', 1, 'a minute before her hour'],
  ['2026-11-30 18:01', 'recuérdame otra vez', 0, 'a minute after her hour'],
  ['2026-11-27 19:01', 'recuérdame los domingos a las 10 de la mañana', 1, 'on a day of her own'],
  ['2026-11-28 12:00', 'recuérdame los sábados a las 10 de la mañana', 0, 'on a day of her own that is over'],
  [
    '2026-11-30 18:01',
    'recuérdame los martes a las 8 de la mañana',
    1,
    'after the hour of the group, before hers',
  ],
  ['2026-12-01 17:01', 'recuérdame otra vez', 0, 'after the meeting'],
];

describe('who turns them on gets hers when her hour is still to come', () => {
  test.each(CASES)('on %s, %s: %i, %s', async (when, says, reminded) => {
    await open();
    await plannedEarly();
    await scene.say('Ana', 'no me recuerdes');
    const stops = ['2026-11-27 19:00', '2026-11-30 18:00', '2026-12-01 08:00', '2026-12-01 17:30'];
    for (const stop of stops.filter((s) => s <= when)) await goTo(stop);
    await goTo(when);
    await scene.say('Ana', says);
    // Asked twice is still once.
    await scene.say('Ana', says);
    for (const stop of stops.filter((s) => s > when)) {
      await goTo(stop);
      await goTo(`${stop.slice(0, -2)}${String(Number(stop.slice(-2)) + 1).padStart(2, '0')}`);
    }
    expect(had('Ana')).toBe(reminded);
    expect(had('Rosa')).toBe(1);
    expect(had('Petra')).toBe(1);
  });
});

test('who had hers already has the new hour from the next week on', async () => {
  await open();
  await plannedEarly();
  await goTo('2026-11-27 19:00');
  await goTo('2026-11-30 18:00');
  expect(had('Rosa')).toBe(1);
  await scene.say('Rosa', 'no me recuerdes');
  await scene.say('Rosa', 'recuérdame los martes a las 8 de la mañana');
  await goTo('2026-12-01 08:00');
  expect(had('Rosa')).toBe(1);
  await goTo('2026-12-08 08:00');
  expect(had('Rosa')).toBe(2);
});

test('who turned them off and on around her hour, to a later one, gets that one', async () => {
  await open();
  await plannedEarly();
  await goTo('2026-11-27 19:00');
  await scene.say('Ana', 'no me recuerdes');
  await goTo('2026-11-30 18:00');
  expect(had('Ana')).toBe(0);
  await scene.say('Ana', 'recuérdame los martes a las 8 de la mañana');
  await goTo('2026-12-01 08:00');
  expect(had('Ana')).toBe(1);
  await goTo('2026-12-01 16:59');
  expect(had('Ana')).toBe(1);
});

test('who owes nothing when it goes out hears nothing', async () => {
  await open();
  await plannedEarly();
  await scene.say('Ana', 'no me recuerdes');
  await goTo('2026-11-27 19:00');
  await scene.say('Ana', 'recuérdame otra vez');
  await goTo('2026-11-29 12:00');
  await scene.say('Rosa', 'Ana 50');
  await scene.say('Rosa', 'sí');
  await goTo('2026-11-30 18:00');
  expect(had('Ana')).toBe(0);
});

test('who comes to the group after the planning gets hers', async () => {
  await open();
  await plannedEarly();
  await goTo('2026-11-27 19:00');
  await scene.say('Yolanda', `UNIRME ${scene.world.codes.get('Yolanda Soto') ?? ''}`);
  await scene.say('Yolanda', 'sí');
  await goTo('2026-11-30 17:59');
  expect(had('Yolanda')).toBe(0);
  await goTo('2026-11-30 18:00');
  expect(had('Yolanda')).toBe(1);
});

test('in a group whose reminders are off nobody is planned by it; when they are on again, all whose hour is ahead', async () => {
  await open();
  await plannedEarly();
  await scene.say('Ana', 'no me recuerdes');
  await goTo('2026-11-27 19:00');
  await scene.say('Rosa', 'apaga los recordatorios del grupo');
  await scene.say('Ana', 'recuérdame otra vez');
  const { rows } = await run(`select 1 from outbox where kind = 'reminder' and member_id = $1`, [
    scene.world.person('Ana').id,
  ]);
  expect(rows).toEqual([]);
  await scene.say('Rosa', 'prende los recordatorios del grupo');
  await goTo('2026-11-30 18:00');
  expect(['Ana', 'Rosa', 'Petra'].map(had)).toEqual([1, 1, 1]);
});
