// Whose word counts on a loan: what is decided by officers is not voted on, and a new plan takes two of them.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { label, openScene, type Scene } from '../support/scene.ts';

const HEADER = `
grupo Flor de Milpa, ahorro, America/Mexico_City, sunday 10:00
1 Micaela Santiz, líder, ahorro 400.00
2 Dominga Ruiz, tesorera, ahorro 500.00, préstamo 100.00 desde 2026-10-22
3 Pascuala Díaz, ahorro 300.00
4 Refugio López, ahorro 100.00, préstamo 100.00 desde 2026-10-22
equipo Marta Ruiz
reloj 2026-11-22 10:30 America/Mexico_City`;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: HEADER });
});
afterEach(() => scene.close());

const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await scene.world.store.pool.query<Record<string, unknown>>(sql)).rows;
const button = (name: string, payload: string) => scene.post(name, { type: 'button', payload });

describe('where officers decide', () => {
  test('a made-up vote is refused', async () => {
    await scene.say('Pascuala', 'quiero un préstamo de 100');
    await scene.press('Pascuala', label('loan-choice.business'));
    await scene.press('Pascuala', 'En 3 pagos');
    await scene.press('Pascuala', label('choice.yes'));
    const approve = scene.payload('Micaela', label('loan-decide.approve'));
    const vote = approve.replace('loan:approve:', 'vote:yes:');
    expect(vote).toMatch(/^vote:yes:[0-9a-f-]{36}$/);
    for (const name of ['Refugio', 'Micaela', 'Dominga']) await button(name, vote);
    expect(await rows('select * from vote')).toEqual([]);
    expect(await rows('select state from loan_request')).toEqual([{ state: 'asked' }]);
    await button('Micaela', approve);
    expect(await rows('select state from loan_request')).toEqual([{ state: 'approved' }]);
  });
});

describe('a new plan', () => {
  const states = () => rows('select state, instalments from loan_plan order by created_at, id');
  const propose = async (): Promise<string> => {
    await scene.say('Micaela', 'reprogramar préstamo de Refugio a 6 pagos');
    await scene.press('Micaela', label('choice.yes'));
    return scene.payload('Dominga', label('plan.agree'));
  };

  test('one officer saying it twice is one officer; a member says nothing about it', async () => {
    const agree = await propose();
    for (const name of ['Micaela', 'Refugio', 'Pascuala', 'Micaela']) await button(name, agree);
    expect(await states()).toEqual([{ state: 'proposed', instalments: 6 }]);
  });

  test('the second one pressing again and again agrees once, and nothing of it can be changed', async () => {
    const agree = await propose();
    await Promise.all([button('Dominga', agree), button('Dominga', agree)]);
    await button('Dominga', agree);
    await button('Dominga', agree.replace('agree', 'refuse'));
    expect(await states()).toEqual([{ state: 'agreed', instalments: 6 }]);
    await expect(rows(`update loan_plan set instalments = 7`)).rejects.toThrow('never changed');
    await expect(rows(`update loan_plan set state = 'refused'`)).rejects.toThrow('never changed');
    await expect(rows('delete from loan_plan')).rejects.toThrow();
  });

  test('no officer says it of her own loan', async () => {
    const own = (await rows(`select id from member where number = 2`))[0] as { id: string };
    for (const what of ['who', 'n', 'yes']) await button('Dominga', `plan:${what}:${own.id}:6`);
    expect(await states()).toEqual([]);
    // The only other officer is the borrower: there is nobody to say it a second time.
    await button('Micaela', `plan:yes:${own.id}:6`);
    expect(await states()).toEqual([]);
  });
});
