// The whole engine under many messages: whatever leaders and members write, the book stays a book.

import * as fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { Account } from '../../src/domain/ledger/account.ts';
import { fold } from '../../src/domain/ledger/balance.ts';
import type { Posting } from '../../src/domain/ledger/entry.ts';
import { balances, faults, JACARANDAS, label, openScene, type Scene } from '../support/scene.ts';

const scenes: Scene[] = [];
const open = async (): Promise<Scene> => {
  const scene = await openScene({ header: JACARANDAS });
  scenes.push(scene);
  return scene;
};
afterEach(async () => {
  await Promise.all(scenes.splice(0).map((scene) => scene.close()));
});

type Row = { debit: Account; credit: Account; amount: string; seq: string; count: number; expected: number };

/** L1, L2, L3, L11, L14, L15 and L19 of everything that is in the database, from its rows. */
const checkBooks = async (scene: Scene): Promise<Row[]> => {
  const { rows } = await scene.world.store.pool.query<Row>(
    `select p.debit, p.credit, p.amount_minor::text as amount, e.seq::text, e.posting_count as expected,
            count(*) over (partition by e.id)::int as count
       from journal_entry e join posting p on p.group_id = e.group_id and p.entry_id = e.id order by e.seq, p.n`,
  );
  for (const row of rows) {
    expect(row.count).toBe(row.expected); // L1: as many postings as it was made with
    expect(BigInt(row.amount) > 0n).toBe(true);
  }
  const folded = fold(
    rows.map((row): Posting => ({ debit: row.debit, credit: row.credit, amountMinor: BigInt(row.amount) })),
  );
  expect([...folded.values()].reduce((a, b) => a + b, 0n)).toBe(0n); // L2
  const cached = await balances(scene.world);
  for (const [account, balance] of Object.entries(cached)) {
    expect(folded.get(account as Account) ?? 0n).toBe(balance); // L3
  }
  expect(await faults(scene.world)).toEqual([]); // L11, L14, L15, and the receipts
  return rows;
};

/** What is said next, from two numbers: lists, reports, yes and no, corrections, undoing, and nonsense. */
const NAMES = ['Ana', 'Petra', 'Consuelo', 'Guadalupe', 'Rosa'];
const LEADERS = ['Rosa', 'Guadalupe'];
const amountOf = (n: number): string => `${(n % 40) * 5 + 5}${n % 3 === 0 ? '.50' : ''}`;
const episode = (a: number, b: number): readonly (readonly [string, string])[] => {
  const leader = LEADERS[b % 2]!;
  const member = NAMES[a % NAMES.length]!;
  const other = NAMES[(a + b) % NAMES.length]!;
  switch (b % 9) {
    case 0:
    case 1:
      return [
        [leader, `${member} ${amountOf(a)} ahorro, ${other} multa ${amountOf(b)}`],
        [leader, 'sí'],
        [leader, 'sí'],
      ];
    case 2:
      return [
        [leader, `Petra ${amountOf(a)} préstamo`],
        [leader, '1'],
      ];
    case 3:
      return [
        [member, `ya pagué ${amountOf(a)} de ahorro`],
        [leader, 'sí'],
      ];
    case 4:
      return [
        [leader, 'deshacer'],
        [leader, a % 3 === 0 ? 'no' : 'sí'],
      ];
    case 5:
      return [
        [member, 'no'],
        [member, '1'],
        [member, '1'],
        [leader, '1'],
        [leader, a % 2 === 0 ? amountOf(b) : '0'],
        [leader, 'sí'],
      ];
    case 6:
      return [
        [leader, 'pendientes'],
        [leader, '1'],
      ];
    case 7:
      return [[leader, String(a)]];
    default:
      return [[member, ['saldo', 'sí', '2', 'cancelar'][a % 4]!]];
  }
};

test('L1 L2 L3 L11 L14 L15 hold after each of many messages, whatever they are', async () => {
  const seed = Number(process.env['COMADRE_SEED'] ?? 20_261_122);
  const scene = await open();
  const numbers = fc.sample(fc.tuple(fc.nat(10_000), fc.nat(10_000)), { numRuns: 70, seed });
  try {
    for (const [at, [a, b]] of numbers.entries()) {
      for (const [name, text] of episode(a, b)) await scene.say(name, text);
      if (at % 10 === 9) await checkBooks(scene);
    }
    const rows = await checkBooks(scene);
    // The messages were not all refused: there are payments and there are reversals.
    const { rows: kinds } = await scene.world.store.pool.query<{ kind: string; count: number }>(
      'select kind, count(*)::int as count from journal_entry group by kind order by kind',
    );
    const made = new Map(kinds.map(({ kind, count }) => [kind, count]));
    expect(made.get('payment') ?? 0).toBeGreaterThan(15);
    expect(made.get('reversal') ?? 0).toBeGreaterThan(1);
    expect(rows.length).toBeGreaterThan(20);
    const { rows: dead } = await scene.world.store.pool.query(
      `select error from inbox where outcome = 'dead'`,
    );
    expect(dead).toEqual([]);
  } catch (error) {
    throw new Error(`COMADRE_SEED=${seed}`, { cause: error });
  }
});

test('L8 the same confirmed payments in another order, and some of them repeated, leave the same balances', async () => {
  const lists = ['Ana 100', 'Consuelo 55.50', 'Guadalupe 80', 'Petra 145 préstamo', 'Ana multa 10'];
  const play = async (order: readonly number[], repeats: number): Promise<Record<string, bigint>> => {
    const scene = await open();
    for (const at of order) {
      await scene.say('Rosa', lists[at]!);
      const offered = scene
        .heard('Rosa')
        .at(-1)
        ?.choices.find((choice) => choice.label.startsWith('Sí'));
      const payload = offered?.payload ?? 'nothing';
      for (let again = 0; again <= repeats; again += 1) {
        await scene.post('Rosa', { type: 'button', payload });
      }
    }
    await checkBooks(scene);
    const names = new Map(scene.world.people.map((person) => [person.id, person.name]));
    const { rows: loans } = await scene.world.store.pool.query<{ id: string }>('select id from loan');
    for (const { id } of loans) names.set(id, 'the loan');
    const all = await balances(scene.world);
    return Object.fromEntries(
      Object.entries(all)
        .map(([account, balance]): [string, bigint] => {
          const [kind = '', id = ''] = account.split('/');
          return [`${kind}/${names.get(id) ?? id}`, balance];
        })
        .toSorted(([one], [other]) => (one < other ? -1 : 1)),
    );
  };
  const first = await play([0, 1, 2, 3, 4], 0);
  expect(first['savings/Ana Martínez']).toBe(-30_000n);
  expect(await play([4, 2, 3, 1, 0], 2)).toEqual(first);
  expect(await play([3, 0, 4, 1, 2], 1)).toEqual(first);
});

test('L11 a list that is taken back leaves every balance as it was before it', async () => {
  const scene = await open();
  await scene.say('Rosa', 'Ana 100');
  await scene.say('Rosa', 'sí');
  const before = await balances(scene.world);
  await scene.say('Rosa', 'Consuelo 60, Petra 200 préstamo, Guadalupe multa 10');
  await scene.say('Rosa', 'sí');
  expect(await balances(scene.world)).not.toEqual(before);
  await scene.say('Rosa', 'deshacer');
  await scene.say('Rosa', 'sí');
  expect(await balances(scene.world)).toEqual(before);
  await checkBooks(scene);
  // What was taken back is not taken back again, only the list before it.
  await scene.say('Rosa', 'deshacer');
  expect(scene.heard('Rosa').at(-1)?.text).toContain('$100.00');
});

test('L18 what stood on a day is the same whenever it is added up', async () => {
  const scene = await open();
  const standing = async (day: string): Promise<unknown> => {
    const { rows } = await scene.world.store.pool.query(
      `select account, sum(amount)::text as balance from (
         select e.occurred_on, p.debit as account, p.amount_minor as amount from journal_entry e join posting p on p.group_id = e.group_id and p.entry_id = e.id
         union all
         select e.occurred_on, p.credit, -p.amount_minor from journal_entry e join posting p on p.group_id = e.group_id and p.entry_id = e.id) x
        where occurred_on <= $1 group by account order by account`,
      [day],
    );
    return rows;
  };
  await scene.say('Rosa', 'Ana 100');
  await scene.say('Rosa', 'sí');
  const then = await standing('2026-11-24');
  scene.world.now = scene.world.now.add({ hours: 14 * 24 });
  await scene.say('Rosa', 'Ana 70, Consuelo 30');
  await scene.say('Rosa', 'sí');
  await scene.say('Ana', 'no');
  await scene.press('Ana', label('choice.not-correct'));
  await scene.press('Rosa', label('choice.correct'));
  await scene.say('Rosa', '40');
  await scene.say('Rosa', 'sí');
  expect(await standing('2026-11-24')).toEqual(then);
  expect(await standing('2026-12-08')).not.toEqual(then);
});
