// A loan asked for her who has no telephone: no officer decides, or hands over, by her word alone.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { label, openScene, type Scene } from '../support/scene.ts';

const GROUP = `
grupo Flor de Milpa, ahorro, America/Mexico_City, sunday 10:00
1 Micaela Santiz, líder, ahorro 400.00
2 Dominga Ruiz, tesorera, ahorro 500.00
3 Pascuala Díaz, ahorro 300.00
4 Refugio López, ahorro 100.00, por llegar
reloj 2026-11-22 10:30 America/Mexico_City`;

let scene: Scene;
const open = async (header: string): Promise<void> => {
  scene = await openScene({ header });
};
beforeEach(() => open(GROUP));
afterEach(() => scene.close());

const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await scene.world.store.pool.query<Record<string, unknown>>(sql)).rows;
const states = () => rows('select state from loan_request');
const button = (name: string, payload: string) => scene.post(name, { type: 'button', payload });
const numberOf = async (column: string) =>
  (await rows(`select m.number from loan_request r join member m on m.id = r.${column}`)).map(
    ({ number }) => number,
  );

const ask = async (): Promise<void> => {
  await scene.say('Micaela', 'préstamo para Refugio de 200');
  await scene.press('Micaela', label('loan-choice.health'));
  await scene.press('Micaela', 'En 2 pagos');
  await scene.press('Micaela', label('choice.yes'));
};

describe('where officers decide', () => {
  test('it is hers, and who asked for her is kept', async () => {
    await ask();
    expect(await numberOf('member_id')).toEqual([4]);
    expect(await numberOf('asked_by')).toEqual([1]);
  });

  test('who asked does not approve it, nor does a member', async () => {
    await ask();
    const approve = scene.payload('Dominga', label('loan-decide.approve'));
    for (const name of ['Micaela', 'Pascuala', 'Micaela']) await button(name, approve);
    expect(scene.heard('Micaela').at(-1)?.text).toBe(
      label('loan-for.not-you').replace('{{name}}', 'Refugio'),
    );
    expect(await states()).toEqual([{ state: 'asked' }]);
    await button('Dominga', approve);
    expect(await states()).toEqual([{ state: 'approved' }]);
    expect(await numberOf('decided_by')).toEqual([2]);
  });

  test('the database does not let one officer be both', async () => {
    await ask();
    await expect(rows('update loan_request set decided_by = asked_by')).rejects.toThrow('loan_request_two');
    await expect(rows('update loan_request set asked_by = member_id')).rejects.toThrow('loan_request_asked');
  });

  test('who hands it over does not witness it, and until another one does nothing is in the book', async () => {
    await ask();
    await scene.press('Dominga', label('loan-decide.approve'));
    await scene.press('Micaela', label('loan-hand.handed'));
    const got = scene.payload('Dominga', label('loan-hand.got'));
    for (const name of ['Micaela', 'Pascuala']) await button(name, got);
    expect(await rows('select from loan')).toHaveLength(0);
    await Promise.all([button('Dominga', got), button('Dominga', got)]);
    const signed = await rows(`select a.number as author, w.number as witness from journal_entry e
      join member a on a.id = e.author_id join member w on w.id = e.witness_id where e.kind = 'loan'`);
    expect(signed).toEqual([{ author: 1, witness: 2 }]);
    expect(await rows('select m.number from loan l join member m on m.id = l.member_id')).toEqual([
      { number: 4 },
    ]);
  });

  test('a yes pressed twice, or at once, asks for one loan', async () => {
    await scene.say('Micaela', 'préstamo para Refugio de 200');
    await scene.press('Micaela', label('loan-choice.health'));
    await scene.press('Micaela', 'En 2 pagos');
    const yes = scene.payload('Micaela', label('choice.yes'));
    await Promise.all([button('Micaela', yes), button('Micaela', yes)]);
    await button('Micaela', yes);
    expect(await states()).toHaveLength(1);
  });
});

describe('whom it may be asked for, and by whom', () => {
  test('a member asks for nobody else', async () => {
    await button('Pascuala', 'loan:whom');
    await scene.say('Pascuala', 'Refugio 200');
    await scene.say('Pascuala', 'préstamo para Refugio de 200');
    expect(scene.heard('Pascuala').at(-1)?.text).not.toContain('Refugio');
    expect(await states()).toEqual([]);
  });

  test('who has a telephone asks herself, also when it came after the question', async () => {
    await scene.say('Micaela', 'préstamo para Pascuala de 200');
    expect(scene.heard('Micaela').at(-1)?.choices).toEqual([]);
    await scene.say('Micaela', 'préstamo para Refugio de 200');
    await scene.press('Micaela', label('loan-choice.health'));
    await scene.press('Micaela', 'En 2 pagos');
    await rows(`insert into member_address (group_id, member_id, address_id)
      select m.group_id, m.id, a.address_id from member m, member_address a join member p on p.id = a.member_id
       where m.number = 4 and p.number = 3`);
    await scene.press('Micaela', label('choice.yes'));
    expect(await states()).toEqual([]);
  });

  test('where there is no other officer nothing is asked for', async () => {
    await scene.close();
    await open(GROUP.replace(', tesorera', ''));
    await scene.say('Micaela', 'préstamo para Refugio de 200');
    expect(scene.heard('Micaela').at(-1)?.text).toBe(label('list.no-officer'));
  });
});
