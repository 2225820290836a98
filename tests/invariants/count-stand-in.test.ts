// A count that differs, and the other officer away: whose word may be the second one, and whose never is.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { balances, label, openScene, type Scene } from '../support/scene.ts';

const header = (rules = ''): string => `
grupo Flor de Milpa, ahorro, America/Mexico_City, sunday 10:00${rules}
1 Micaela Santiz, líder, ahorro 400.00
2 Dominga Ruiz, tesorera, ahorro 500.00
3 Pascuala Díaz, ahorro 300.00
4 Luz Vargas, ahorro 100.00
reloj 2026-11-22 10:30 America/Mexico_City`;

let scene: Scene;
const open = async (rules?: string): Promise<void> => {
  scene = await openScene({ header: header(rules) });
};
beforeEach(() => open());
afterEach(() => scene.close());

const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await scene.world.store.pool.query<Record<string, unknown>>(sql)).rows;
const meeting = async () => (await rows('select state, stand_in_id, witness_id from meeting'))[0];
const counts = () => rows(`select from journal_entry where kind = 'count'`);
const button = (name: string, payload: string) => scene.post(name, { type: 'button', payload });
const offersOf = (name: string) =>
  scene
    .heard(name)
    .at(-1)
    ?.choices.map((choice) => choice.label) ?? [];

/** Micaela counted twenty pesos too little, and says why. */
const countShort = async (absent: string): Promise<void> => {
  for (const said of ['abrir la reunión', '1', absent, 'contar la caja', '1280'])
    await scene.say('Micaela', said);
  await scene.press('Micaela', label('count.because-unknown'));
};

describe('who is asked', () => {
  test.each([
    ['the roll says that she came', '', 'Ninguna'],
    ['only a member stayed away', '', 'Luz'],
    ['the rules ask for two officers', ', firmas 2', 'Dominga'],
  ])('no member while %s', async (_, rules, absent) => {
    await scene.close();
    await open(rules);
    await countShort(absent);
    expect(offersOf('Micaela')).not.toContain(label('stand-in.offer'));
    await button('Micaela', 'meeting-count:witness');
    expect(scene.heard('Micaela').at(-1)?.text).toBe(label('loan-decide.already'));
    expect(await meeting()).toMatchObject({ state: 'differs', stand_in_id: null });
  });

  test.each(['Luz', 'Dominga', 'Micaela'])('not %s: away, an officer, or who counted', async (name) => {
    await countShort('Dominga, Luz');
    await scene.press('Micaela', label('stand-in.offer'));
    await scene.say('Micaela', name);
    expect(scene.heard('Micaela').at(-1)?.text).toContain(label('stand-in.not-she'));
    expect(await meeting()).toMatchObject({ stand_in_id: null });
  });
});

describe('her word', () => {
  beforeEach(async () => {
    await countShort('Dominga');
    await scene.press('Micaela', label('stand-in.offer'));
    await scene.say('Micaela', 'Pascuala');
  });

  test('is nobody else’s, and books once', async () => {
    const yes = scene.payload('Pascuala', label('count.agree'));
    for (const name of ['Luz', 'Micaela', 'Dominga']) await button(name, yes);
    expect(await counts()).toHaveLength(0);
    await Promise.all([button('Pascuala', yes), button('Pascuala', yes)]);
    await button('Pascuala', yes);
    expect(await counts()).toHaveLength(1);
    expect((await balances(scene.world))['cash/loan-fund']).toBe(128_000n);
    const [signed] = await rows(
      `select a.number as author, w.number as witness from journal_entry e
         join member a on a.id = e.author_id join member w on w.id = e.witness_id where e.kind = 'count'`,
    );
    expect(signed).toEqual({ author: 1, witness: 3 });
  });

  test('counts no more once the officer who stayed away says that it is not so', async () => {
    const yes = scene.payload('Pascuala', label('count.agree'));
    await scene.press('Dominga', label('count.disagree'));
    await button('Pascuala', yes);
    expect(await counts()).toHaveLength(0);
    expect(await meeting()).toMatchObject({ state: 'open', stand_in_id: null });
  });

  test('is for the count that she was shown, and for no later one', async () => {
    const yes = scene.payload('Pascuala', label('count.agree'));
    for (const said of ['contar la caja', '1', '1270']) await scene.say('Micaela', said);
    await scene.press('Micaela', label('count.because-unknown'));
    await button('Pascuala', yes);
    expect(await counts()).toHaveLength(0);
  });

  test('the database does not let her be who counted', async () => {
    await expect(rows('update meeting set stand_in_id = counted_by')).rejects.toThrow('meeting_stand_in');
  });
});
