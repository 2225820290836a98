// What comes unasked waits behind one line until she asks to see it: nothing is lost, nothing is said twice.

import { Temporal } from 'temporal-polyfill';
import { afterEach, expect, test } from 'vitest';
import { JACARANDAS, openScene, outboxStates, type Scene } from '../support/scene.ts';

const CLOSED = `${JACARANDAS}\navisos cerrados`;
const LINE = 'Hay algo nuevo para ti.';

let scene: Scene;
afterEach(() => scene.close());

const open = async (more: Parameters<typeof openScene>[0] = {}): Promise<void> => {
  scene = await openScene({ header: CLOSED, ...more });
};
const texts = (name: string): string[] => scene.heard(name).map(({ text }) => text);
const later = async (duration: Temporal.DurationLike): Promise<void> => {
  scene.world.now = scene.world.now.add(duration);
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
};
const bookFor = async (line: string): Promise<void> => {
  await scene.say('Rosa', line);
  await scene.say('Rosa', 'sí');
};
const query = (text: string) => scene.world.store.pool.query(text);

test('she is told once however much waits, sees all of it in order, and is told again of what comes after', async () => {
  await open();
  await bookFor('Ana 100');
  await bookFor('Ana 20');
  expect(texts('Ana')).toEqual([LINE]);
  expect(await outboxStates(scene.world)).toMatchObject({ held: 2 });
  await scene.press('Ana', 'Ver');
  expect(texts('Ana').slice(1)).toEqual([
    expect.stringContaining('$100.00'),
    expect.stringContaining('$20.00'),
  ]);
  expect(await outboxStates(scene.world)).not.toHaveProperty('held');
  await bookFor('Ana 15');
  expect(texts('Ana').at(-1)).toBe(LINE);
});

test('what she asks meanwhile is answered, and shows nothing of what waits', async () => {
  await open();
  await bookFor('Ana 100');
  await scene.say('Ana', 'cuándo es la reunión');
  await bookFor('Ana 20');
  expect(texts('Ana').filter((text) => text === LINE)).toHaveLength(1);
  expect(texts('Ana').join()).not.toContain('$');
});

test('a question is hers to answer once it is shown, and not before', async () => {
  await open();
  await scene.say('Ana', 'ya pagué 40');
  await scene.say('Guadalupe', '1');
  expect(texts('Guadalupe').at(-1)).toContain('$40.00');
  await scene.say('Guadalupe', '1');
  await scene.press('Ana', 'Ver');
  expect(texts('Ana').at(-1)).toContain('Recibo nº');
});

test('where a platform takes prepared words only, they name nobody, and whatever she answers brings it', async () => {
  await open({ windowHours: 24 });
  await bookFor('Ana 100');
  await bookFor('Ana 20');
  expect(scene.heard('Ana')).toMatchObject([{ template: { key: 'waiting', language: 'es', values: [] } }]);
  await scene.post('Ana', { type: 'text', text: 'HOLA' });
  await later({ seconds: 1 });
  expect(texts('Ana').slice(1)).toEqual([
    expect.stringContaining('$100.00'),
    expect.stringContaining('$20.00'),
  ]);
  // Within her day the line goes as it is.
  await later({ hours: 2 });
  await bookFor('Ana 5');
  expect(texts('Ana').at(-1)).toBe(LINE);
});

test('a message that she writes of her own accord opens nothing', async () => {
  await open({ windowHours: 24 });
  await bookFor('Ana 100');
  await scene.post('Ana', { type: 'text', text: 'cuándo es la reunión' });
  await later({ seconds: 1 });
  expect(texts('Ana').join()).not.toContain('$');
  expect(await outboxStates(scene.world)).toMatchObject({ held: 1 });
});

test('a reminder that is true no more when she looks is not shown', async () => {
  await open();
  await query(`update savings_group set created_at = '2026-11-20'`);
  scene.world.now = Temporal.Instant.from('2026-12-01T03:00:00Z');
  await scene.app.tick();
  await scene.app.delivery.idle();
  expect(texts('Ana')).toEqual([LINE]);
  // She gives what she owed, and the receipt for it is not what is asked about here.
  await query(`update savings_group set reminders = false`);
  await scene.press('Ana', 'Ver');
  expect(texts('Ana').slice(1)).toEqual([expect.stringContaining('recordatorio')]);
  const { rows } = await query(
    `select o.state, o.reason from outbox o join member_address a on a.address_id = o.address_id
       join member m on m.id = a.member_id where o.kind = 'reminder' and m.number = 3`,
  );
  expect(rows).toEqual([{ state: 'skipped', reason: 'paid' }]);
});

test('what she never looks at is given up after its days, its words erased, and the book is as it was', async () => {
  await open();
  await bookFor('Ana 100');
  await query(`update outbox set expires_at = now() - interval '1 second' where state = 'held'`);
  expect((await scene.press('Ana', 'Ver')).map(({ text }) => text)).toEqual(['No hay nada nuevo.']);
  await scene.app.tick();
  const { rows } = await query(
    `select reason, body from outbox where state = 'skipped' and kind = 'receipt'`,
  );
  expect(rows).toEqual([{ reason: 'too-old', body: null }]);
  expect((await scene.say('Ana', 'saldo'))[0]?.text).toContain('$300.00');
});

test('an officer whose meeting is open is asked in clear words, and nobody else is', async () => {
  await open();
  await scene.post('Rosa', { type: 'button', payload: 'meeting:open:yes' });
  await scene.say('Ana', 'ya pagué 40');
  expect(texts('Guadalupe').at(-1)).toContain('$40.00');
  await scene.say('Guadalupe', '1');
  expect(texts('Ana').at(-1)).toBe(LINE);
  await query(`update meeting set opened_at = now() - interval '5 hours'`);
  await scene.say('Ana', 'ya pagué 50');
  expect(texts('Guadalupe').at(-1)).toBe(LINE);
});

test('in discreet mode it is always closed, also where her programme is open; words of staff are shown', async () => {
  await open({ header: JACARANDAS });
  await scene.say('Ana', 'modo discreto');
  await bookFor('Ana 100');
  await scene.say('Ana', 'hablar con una persona');
  await scene.say('Ana', 'me da pena preguntar por mi recibo');
  for (const text of ['conversaciones', '1', '1', 'Yo pregunto.']) await scene.say('Marta', text);
  const before = texts('Ana').length;
  await scene.say('Ana', 'ver');
  const shown = texts('Ana').slice(before).join('\n');
  expect(shown).toContain('Yo pregunto.');
  expect(shown).toContain('Lo vemos en la reunión.');
  expect(shown).not.toContain('$');
  // What is not shown keeps her from hearing of nothing else.
  await bookFor('Ana 20');
  expect(texts('Ana').at(-1)).toBe(LINE);
});

test('who shares a telephone and has no PIN sees hers when the other looks; who has one does not', async () => {
  await open({ header: `${CLOSED}\nmisma dirección: Ana Martínez y Consuelo Vargas` });
  await bookFor('Consuelo 30');
  console.log(
    (await query('select kind,state,reason,address_id,member_id from outbox')).rows,
    texts('Ana'),
    texts('Petra'),
    texts('Rosa'),
  );
  await scene.press('Ana', 'Ver');
  expect(texts('Ana').at(-1)).toContain('$30.00');
  await bookFor('Consuelo 40');
  await query(
    `insert into member_pin (group_id, member_id, hash, other_hash, set_at)
     select group_id, id, '$argon2id$x', '$argon2id$y', now() from member where number = 5`,
  );
  const said = await scene.press('Ana', 'Ver');
  expect(said.map(({ text }) => text)).toEqual(['No hay nada nuevo.']);
});

test('BAJA stops the line too, and who blocked the bot hears nothing', async () => {
  await open();
  await scene.say('Ana', 'BAJA');
  await bookFor('Ana 100');
  expect(texts('Ana')).not.toContain(LINE);
});

test('outside of her own hours nothing unasked comes, not even the line; what she asks is answered', async () => {
  await open();
  await scene.say('Ana', 'escríbeme solo de 10 a 2');
  await bookFor('Ana 100');
  expect(texts('Ana')).not.toContain(LINE);
  expect((await scene.say('Ana', 'saldo'))[0]?.text).toContain('$300.00');
  scene.world.now = Temporal.Instant.from('2026-11-25T18:00:00Z');
  await query(`update outbox set not_before = now() where state = 'queued'`);
  await later({ seconds: 1 });
  expect(texts('Ana').at(-1)).toBe(LINE);
});
