// One proposal, one entry: whatever is repeated, pressed again, edited, or done by two at the same moment.

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { balances, entryCount, faults, label, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
let opened: number;

beforeEach(async () => {
  scene = await openScene();
  opened = await entryCount(scene.world);
});
afterEach(async () => {
  try {
    expect(await faults(scene.world)).toEqual([]);
  } finally {
    await scene.close();
  }
});

const entriesMade = async () => (await entryCount(scene.world)) - opened;
const savedBy = async (name: string) =>
  -((await balances(scene.world))[`savings/${scene.world.person(name).id}`] ?? 0n);

const YES = { type: 'text', text: 'sí' } as const;
const received = label('choice.confirm');
const another = label('choice.another');

describe('L5 one proposal is booked once', () => {
  test('L5 when the same message comes again and again, at once and later', async () => {
    await scene.say('Rosa', 'Ana 100');
    const messageId = randomUUID();
    await Promise.all(Array.from({ length: 6 }, () => scene.post('Rosa', YES, { messageId })));
    await scene.post('Rosa', YES, { messageId });
    expect(await entriesMade()).toBe(1);
    expect(await savedBy('Ana')).toBe(30_000n);
    expect(scene.heard('Ana').filter((m) => m.text.includes('Recibo nº'))).toHaveLength(1);
  });

  test('L5 when one press of a button comes as several messages with ids of their own', async () => {
    await scene.say('Rosa', 'Ana 100');
    const payload = scene.payload('Rosa', label('choice.yes'));
    await Promise.all(Array.from({ length: 6 }, () => scene.post('Rosa', { type: 'button', payload })));
    expect(await entriesMade()).toBe(1);
    const answers = scene.heard('Rosa').map((m) => m.text);
    expect(answers.filter((text) => text.includes('Anoté 1 pago'))).toHaveLength(1);
    expect(answers.filter((text) => text.includes('No se anota dos veces'))).toHaveLength(5);
  });

  test('L5 when she writes yes twice, presses too, and says it in another word', async () => {
    await scene.say('Rosa', 'Ana 100, Consuelo 50');
    const payload = scene.payload('Rosa', label('choice.yes'));
    await scene.say('Rosa', 'sí');
    await scene.say('Rosa', 'sí');
    await scene.say('Rosa', '1');
    await scene.say('Rosa', 'sale');
    await scene.post('Rosa', { type: 'button', payload });
    expect(await entriesMade()).toBe(2);
  });

  test('L5 when two officers press the same report at the same moment, and again', async () => {
    await scene.say('Ana', 'ya pagué 200');
    const payload = scene.payload('Rosa', received);
    expect(scene.payload('Guadalupe', received)).toBe(payload);
    const press = (name: string) => scene.post(name, { type: 'button', payload });
    await Promise.all([press('Rosa'), press('Guadalupe'), press('Rosa'), press('Guadalupe')]);
    await press('Guadalupe');
    expect(await entriesMade()).toBe(1);
    expect(await savedBy('Ana')).toBe(40_000n);
    expect(scene.heard('Ana').filter((m) => m.text.includes('Recibo nº'))).toHaveLength(1);
  });

  test('L5 when two programs on one database hear of it at the same moment', async () => {
    const other = await scene.another();
    await scene.say('Ana', 'ya pagué 200');
    await scene.say('Rosa', 'Consuelo 50');
    const report = scene.payload('Guadalupe', received);
    const list = scene.payload('Rosa', label('choice.yes'));
    const messageId = randomUUID();
    await Promise.all([
      scene.post('Guadalupe', { type: 'button', payload: report }, { messageId }),
      scene.post('Guadalupe', { type: 'button', payload: report }, { messageId, by: other }),
      scene.post('Guadalupe', { type: 'button', payload: report }, { by: other }),
      scene.post('Rosa', { type: 'button', payload: list }),
      scene.post('Rosa', { type: 'button', payload: list }, { by: other }),
      scene.post('Rosa', YES, { by: other }),
    ]);
    expect(await entriesMade()).toBe(2);
    expect([await savedBy('Ana'), await savedBy('Consuelo')]).toEqual([40_000n, 15_000n]);
  });

  test('L5 when the program was stopped and started again between two presses', async () => {
    await scene.say('Rosa', 'Ana 100');
    const payload = scene.payload('Rosa', label('choice.yes'));
    await scene.post('Rosa', { type: 'button', payload });
    await scene.app.stop();
    const restarted = await scene.another();
    await scene.post('Rosa', { type: 'button', payload }, { by: restarted });
    expect(await entriesMade()).toBe(1);
  });

  test('L5 a correction, and the undoing of a list, are booked once as well', async () => {
    await scene.say('Rosa', 'Ana 100, Consuelo 50');
    await scene.say('Rosa', 'sí');
    await scene.say('Ana', 'no');
    await scene.press('Ana', label('choice.not-correct'));
    await scene.press('Rosa', label('choice.correct'));
    await scene.say('Rosa', '80');
    const correct = scene.payload('Rosa', label('choice.yes'));
    await Promise.all([1, 2, 3].map(() => scene.post('Rosa', { type: 'button', payload: correct })));
    expect(await entriesMade()).toBe(4);
    expect(await savedBy('Ana')).toBe(28_000n);
    await scene.say('Rosa', 'deshacer');
    const undo = scene.payload('Rosa', label('choice.yes'));
    await Promise.all([1, 2, 3].map(() => scene.post('Rosa', { type: 'button', payload: undo })));
    const once = await entriesMade();
    await scene.post('Rosa', { type: 'button', payload: undo });
    expect(await entriesMade()).toBe(once);
  });
});

describe('L7 one payment of a member for one meeting', () => {
  test('L7 a second list with her name is asked about, and counts only after a yes to that question', async () => {
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    const [question] = await scene.say('Rosa', 'Ana 100');
    expect(question?.text).toContain('ya tiene el recibo nº');
    expect(await entriesMade()).toBe(1);
    await scene.press('Rosa', label('choice.yes-again'));
    expect(await entriesMade()).toBe(2);
    const { rows } = await scene.world.store.pool.query<{ nth: number }>(
      `select nth from payment where state = 'confirmed' order by nth`,
    );
    expect(rows.map((row) => row.nth)).toEqual([0, 1]);
  });

  test('L7 two officers who write the same member down at the same moment make one payment and one question', async () => {
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Guadalupe', 'Ana 100');
    await Promise.all([scene.post('Rosa', YES), scene.post('Guadalupe', YES)]);
    const { rows } = await scene.world.store.pool.query<{ nth: number }>(
      `select nth from payment where state = 'confirmed' order by nth`,
    );
    expect(rows.map((row) => row.nth)).toEqual([0]);
    const asked = [...scene.heard('Rosa'), ...scene.heard('Guadalupe')];
    expect(asked.filter((m) => m.text.includes('ya tiene el recibo nº'))).toHaveLength(1);
  });

  test('L7 a press that comes twice is no yes to the question that came of the first', async () => {
    await scene.say('Rosa', 'Ana 100, Consuelo 50');
    const payload = scene.payload('Rosa', label('choice.yes'));
    await scene.say('Guadalupe', 'Ana 100');
    await scene.say('Guadalupe', 'sí');
    for (const _ of [1, 2, 3]) await scene.post('Rosa', { type: 'button', payload });
    expect(await entriesMade()).toBe(1);
    expect(scene.heard('Rosa').some((m) => m.text.includes('ya tiene el recibo nº'))).toBe(true);
    await scene.press('Rosa', label('choice.without-repeats'));
    expect(await entriesMade()).toBe(2);
    expect(await savedBy('Ana')).toBe(30_000n);
  });

  test('L7 a report of what a list holds already is asked about before it counts as another payment', async () => {
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    await scene.say('Ana', 'ya pagué 100');
    const payload = scene.payload('Guadalupe', received);
    await Promise.all([1, 2, 3].map(() => scene.post('Guadalupe', { type: 'button', payload })));
    expect(await entriesMade()).toBe(1);
    expect(scene.heard('Guadalupe').at(-1)?.text).toContain('ya tiene el recibo nº');
    const yes = scene.payload('Guadalupe', another);
    await Promise.all([1, 2, 3].map(() => scene.post('Guadalupe', { type: 'button', payload: yes })));
    expect(await entriesMade()).toBe(2);
  });
});

describe('L9 a message that was changed afterwards', () => {
  test('L9 never moves the book, before the yes or after it', async () => {
    await scene.say('Rosa', 'Ana 100');
    await scene.post('Rosa', { type: 'unread', kind: 'edited' });
    expect(scene.heard('Rosa').at(-1)?.text).toContain('no mueve la libreta');
    expect(await entriesMade()).toBe(0);
    await scene.say('Rosa', 'sí');
    const before = await balances(scene.world);
    await scene.post('Rosa', { type: 'unread', kind: 'edited' });
    await scene.post('Ana', { type: 'unread', kind: 'edited' });
    expect(await balances(scene.world)).toEqual(before);
    expect(await entriesMade()).toBe(1);
  });
});

describe('L10 what is acknowledged is in the book, and nothing else', () => {
  test('L10 every receipt that was sent names an entry of that number, member and amount', async () => {
    await scene.say('Rosa', 'Ana 100, Consuelo 55.50, Petra 200 préstamo');
    await scene.say('Rosa', 'sí');
    await scene.say('Ana', 'ya pagué 20');
    await scene.press('Guadalupe', received);
    await scene.press('Guadalupe', another);
    const { rows } = await scene.world.store.pool.query<{ seq: string; member: string; amount: string }>(
      `select e.seq::text, p.member_id as member, (p.savings_minor + p.loan_minor + p.fine_minor + p.social_minor)::text as amount
         from payment p join journal_entry e on e.group_id = p.group_id and e.id = p.entry_id`,
    );
    const booked = rows.map((row) => `${row.member} ${row.seq} ${row.amount}`);
    const acknowledged = scene.channel.arrived.flatMap(({ address, message }) => {
      const found = /Recibo nº (\d+)\. \S+ anotó que entregaste \$([\d,.]+) /.exec(message.text);
      const [, seq = '', amount = ''] = found ?? [];
      return found ? [`${address} ${seq} ${BigInt(amount.replace(/[,.]/g, ''))}`] : [];
    });
    expect(acknowledged.toSorted()).toEqual(booked.toSorted());
    expect(acknowledged).toHaveLength(4);
  });

  test('L10 when the commit fails nobody hears of a receipt, and the same message books it later', async () => {
    await scene.say('Rosa', 'Ana 100');
    const { pool } = scene.world.store;
    await pool.query(
      `create function no_disk() returns trigger language plpgsql as $$
       begin raise exception 'no space left' using errcode = '53100'; end $$`,
    );
    await pool.query('create trigger no_disk before insert on journal_entry execute function no_disk()');
    const messageId = randomUUID();
    const before = scene.channel.calls.length;
    await expect(scene.post('Rosa', YES, { messageId })).rejects.toThrow('no space left');
    expect(scene.channel.calls).toHaveLength(before);
    expect(await entriesMade()).toBe(0);
    await pool.query('drop trigger no_disk on journal_entry');
    await scene.post('Rosa', YES, { messageId });
    expect(await entriesMade()).toBe(1);
    expect(scene.heard('Ana').at(-1)?.text).toContain('Recibo nº');
  });
});
