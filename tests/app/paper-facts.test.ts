// The facts of the papers as the book has them.

import { Temporal } from 'temporal-polyfill';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passbookPage } from '../../src/content/paper/passbook.ts';
import { reportPages } from '../../src/content/paper/report.ts';
import { money, sum } from '../../src/domain/money.ts';
import { groupPaper, listGroups, memberMovements } from '../../src/store/paper-facts.ts';
import { voice, wordsOf } from '../support/paper.ts';
import { JACARANDAS, label, MILPA, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
let groupId: string;
beforeAll(async () => {
  const [header = '', clock = ''] = JACARANDAS.split(/(?=\nequipo)/);
  scene = await openScene({ header: `${header}${MILPA}${clock}` });
  await scene.say('Ana', 'ya pagué 200');
  await scene.press('Rosa', label('choice.confirm'));
  for (const text of ['gasto 50 de copias', 'sí']) await scene.say('Rosa', text);
  await scene.press('Guadalupe', label('loan-hand.got'));
  groupId = (await listGroups(scene.world.store))[0]!.id;
});
afterAll(() => scene.close());

const facts = () => groupPaper(scene.world.store, groupId, scene.world.now);

test('an expense of the cycle is on the report with what it was for, and not once it was taken back', async () => {
  const { expenses } = await facts();
  expect(expenses).toEqual([
    { on: Temporal.PlainDate.from('2026-11-24'), amount: money(5_000n), words: 'copias' },
  ]);
  const words = wordsOf(reportPages({ ...(await facts()), checkCode: undefined }, voice('es'))[0]!);
  expect(words).toEqual(expect.arrayContaining(['Últimos gastos', 'martes 24 de noviembre: $50.00, copias']));
  const { pool } = scene.world.database;
  const session = await pool.connect();
  try {
    await session.query('begin');
    await session.query('set local session_replication_role = replica');
    await session.query(
      `update journal_entry set kind = 'reversal', reverses = (select id from journal_entry where group_id = $1 and kind = 'expense'), reason = 'undo'
        where group_id = $1 and kind = 'payment'`,
      [groupId],
    );
    const { rows } = await session.query<{ left: unknown }>('select cycle_expenses($1) as left', [groupId]);
    expect(rows[0]?.left).toEqual([]);
  } finally {
    await session.query('rollback');
    session.release();
  }
});

test('groups are listed by name with their programme', async () => {
  const groups = await listGroups(scene.world.store);
  expect(groups.map(({ name, programme }) => [name, programme])).toEqual([
    ['Las Jacarandas', 'Raíces'],
    ['Flor de Milpa', 'Raíces'],
  ]);
});

test('what stands below the rows is what the book holds, and so are the boxes', async () => {
  const { group, members, boxes } = await facts();
  expect(sum(members.map(({ saved }) => saved))).toEqual(group.savedByAll);
  expect(sum(boxes.map(({ cash }) => cash))).toEqual(group.cash);
  // It has no social fund: a box that a group does not have is not on its papers.
  expect(boxes.map(({ pot }) => pot)).toEqual(['loan-fund', 'savings-pot']);
});

test('members who have not come to the chat are on it, those who wait to come in are not', async () => {
  const { members } = await facts();
  expect(members.map(({ number, state }) => [number, state])).toEqual([
    [1, 'active'],
    [2, 'active'],
    [3, 'active'],
    [4, 'active'],
    [5, 'active'],
    [6, 'invited'],
  ]);
  await scene.world.database.pool.query("update member set state = 'pending' where number = 6");
  expect((await facts()).members).toHaveLength(5);
});

test('who has left stays on it while the group owes her, and then no more', async () => {
  const { pool } = scene.world.database;
  await pool.query("update member set state = 'left' where number in (5, 6)");
  const { members } = await facts();
  expect(members.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5]);
});

test('her passbook has what was booked by message, as she reads it in the chat', async () => {
  const paper = await facts();
  const ana = paper.members.find(({ number }) => number === 3)!;
  const movements = await memberMovements(scene.world.store, { id: ana.id, group: paper.group }, paper.now);
  const page = passbookPage(
    { ...paper, me: ana, movements, goal: undefined, discreet: false },
    voice('es'),
    1440,
  );
  expect(wordsOf(page)).toEqual(
    expect.arrayContaining(['Ana', '$400.00', '+$200.00', 'Ahorro (al empezar)', 'Último recibo: nº 2']),
  );
  // The chat says the same.
  const [answer] = await scene.say('Ana', 'saldo');
  expect(answer?.text).toContain('$400.00');
});

test("a loan is on the report with its interest, under its member's number", async () => {
  const words = wordsOf(reportPages({ ...(await facts()), checkCode: undefined }, voice('es'))[0]!);
  const petra = words.indexOf('Petra Gómez');
  // 2,000.00 and 4 % for each of four times four weeks.
  expect(words.slice(petra - 1, petra + 3)).toEqual(['4', 'Petra Gómez', '$150.00', '$2,320.00']);
});
