// A platform that takes only prepared words a day after she last wrote (WhatsApp): nothing is lost, nothing is said twice.

import { Temporal } from 'temporal-polyfill';
import { afterEach, expect, test } from 'vitest';
import { recordStatuses } from '../../src/store/statuses.ts';
import { openScene, outboxStates, type Scene } from '../support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const templatesTo = (name: string) => scene.heard(name).map(({ template }) => template?.key);
const later = async (duration: Temporal.DurationLike): Promise<void> => {
  scene.world.now = scene.world.now.add(duration);
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
};
const bookFor = async (line: string): Promise<void> => {
  await scene.say('Rosa', line);
  await scene.say('Rosa', 'sí');
};

test('a receipt to somebody who has not written waits; she is invited once, and reads all of it when she writes', async () => {
  scene = await openScene({ windowHours: 24 });
  await bookFor('Ana 100');
  await bookFor('Ana 20');
  expect(scene.heard('Ana')).toEqual([
    { text: '', choices: [], template: { key: 'new-message', language: 'es', values: ['Ana'] } },
  ]);
  expect(await outboxStates(scene.world)).toMatchObject({ held: 2 });
  await scene.post('Ana', { type: 'text', text: 'HOLA' });
  await later({ seconds: 1 });
  const words = scene.heard('Ana').map(({ text }) => text);
  expect(words.slice(1)).toEqual([expect.stringContaining('$100.00'), expect.stringContaining('$20.00')]);
  expect(await outboxStates(scene.world)).not.toHaveProperty('held');
});

test('within the day everything goes as it is, and after it she is invited anew', async () => {
  scene = await openScene({ windowHours: 24 });
  await scene.say('Ana', 'saldo');
  await later({ hours: 23 });
  await bookFor('Ana 100');
  expect(templatesTo('Ana')).toEqual([undefined, undefined]);
  await later({ hours: 2 });
  await bookFor('Ana 20');
  expect(templatesTo('Ana')).toEqual([undefined, undefined, 'new-message']);
});

test('a question that waited is answered by its number once she has read it', async () => {
  scene = await openScene({ windowHours: 24 });
  await scene.say('Ana', 'ya pagué 40');
  await scene.say('Ana', '1');
  expect(scene.heard('Guadalupe')).toMatchObject([{ template: { key: 'new-message' } }]);
  await scene.post('Guadalupe', { type: 'text', text: 'HOLA' });
  await later({ seconds: 1 });
  expect(scene.heard('Guadalupe')[1]?.text).toContain('$40.00');
  await scene.post('Guadalupe', { type: 'text', text: '1' });
  await later({ seconds: 1 });
  expect(scene.heard('Ana').at(-1)?.text).toContain('$40.00');
  expect(await outboxStates(scene.world)).not.toHaveProperty('queued');
});

test('a reminder goes as prepared words of its own', async () => {
  scene = await openScene({ windowHours: 24 });
  await scene.world.store.pool.query(`update savings_group set created_at = '2026-11-20'`);
  scene.world.now = Temporal.Instant.from('2026-12-01T03:00:00Z');
  await scene.app.tick();
  await scene.app.delivery.idle();
  expect(scene.heard('Ana')).toMatchObject([
    {
      template: {
        key: 'reminder',
        language: 'es',
        values: ['Ana', expect.stringContaining('1 de diciembre'), expect.any(String), 'Rosa'],
      },
    },
  ]);
});

test('the platform says that the window is closed: the message waits, it is not lost', async () => {
  scene = await openScene({ windowHours: 24 });
  await scene.say('Ana', 'saldo');
  scene.channel.failTo(scene.world.person('Ana').id, { type: 'outside-window' });
  await bookFor('Ana 100');
  expect(await outboxStates(scene.world)).toMatchObject({ held: 1 });
  await scene.post('Ana', { type: 'text', text: 'saldo' });
  await later({ seconds: 1 });
  const words = scene.heard('Ana').map(({ text }) => text);
  expect(words.filter((text) => text.includes('Recibo nº'))).toHaveLength(1);
});

test('what waits for a month and is never asked for is given up, and its words are erased', async () => {
  scene = await openScene({ windowHours: 24 });
  await bookFor('Ana 100');
  await scene.world.store.pool.query(
    `update outbox set expires_at = now() - interval '1 second' where state = 'held'`,
  );
  await scene.app.tick();
  const { rows } = await scene.world.store.pool.query(
    `select reason, body from outbox where state = 'skipped' and kind = 'receipt'`,
  );
  expect(rows).toEqual([{ reason: 'too-old', body: null }]);
});

test('what the platform says of a message moves forward only, in whatever order it comes', async () => {
  scene = await openScene();
  await scene.say('Ana', 'saldo');
  const { store } = scene.world;
  const { pool } = store;
  await pool.query(`update outbox set channel = 'whatsapp-cloud', status_id = sent_id`);
  const { rows } = await pool.query<{ sent_id: string }>('select sent_id from outbox');
  const sentId = rows[0]?.sent_id ?? '';
  const at = '2026-11-25T03:00:00Z';
  const say = (state: 'delivered' | 'read' | 'failed', hour: string) =>
    recordStatuses(store, 'whatsapp-cloud', [
      { sentId, state, at: `2026-11-25T${hour}:00:00Z`, reason: 'blocked' },
    ]);
  expect(await say('read', '05')).toEqual({ unknown: 0, held: [] });
  expect(await say('delivered', '04')).toEqual({ unknown: 0, held: [] });
  expect(await say('failed', '06')).toEqual({ unknown: 0, held: [] });
  expect(await recordStatuses(store, 'whatsapp-cloud', [{ sentId: 'unknown', state: 'read', at }])).toEqual({
    unknown: 1,
    held: [],
  });
  const after = await pool.query('select state, reason, delivered_at, read_at from outbox');
  expect(after.rows).toEqual([
    { state: 'sent', reason: null, delivered_at: '2026-11-25T05:00:00Z', read_at: '2026-11-25T05:00:00Z' },
  ]);
});
