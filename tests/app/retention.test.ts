// The job of each minute takes away what has had its time, and nothing before: the periods of docs/privacy.md.

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
const query = async (sql: string): Promise<Record<string, unknown>[]> =>
  (await scene.world.store.pool.query<Record<string, unknown>>(sql)).rows;

beforeAll(async () => {
  scene = await openScene();
  await scene.say('Ana', 'quiero hablar con una persona');
  await scene.app.receive({
    channel: 'simulator',
    messageId: 'of-a-stranger',
    address: 'a-stranger',
    receivedAt: scene.world.now.toString(),
    body: { type: 'text', text: 'hola' },
  });
  await scene.app.settle();
  await query(
    `insert into member_pin (group_id, member_id, hash, other_hash, set_at) select group_id, id, '$argon2id$', '$argon2id$', now() from member where number = 4`,
  );
  await query('alter table media disable trigger media_append_only');
});
afterAll(() => scene.close());
/** What is done once a day is done again. */
const anotherDay = () => query(`delete from occurrence where job in ('retention', 'audit')`);
beforeEach(anotherDay);

test.each<[what: string, aged: (age: string) => string, younger: string, older: string, left: string]>([
  [
    'words of messages that were sent',
    (age) =>
      `update outbox set body = '\\x01', sent_at = now() - interval '${age}' where id = (select min(id::text)::uuid from outbox where state = 'sent')`,
    '47 hours',
    '49 hours',
    `select 1 from outbox where state = 'sent' and body is not null`,
  ],
  [
    'words of messages that could not be sent',
    (age) =>
      `update outbox set state = 'failed', body = '\\x01', created_at = now() - interval '${age}' where id = (select max(id::text)::uuid from outbox)`,
    '29 days',
    '31 days',
    `select 1 from outbox where state = 'failed' and body is not null`,
  ],
  [
    'what a message asked, and whom its choices name',
    (age) =>
      `update outbox set asked = '\\x01', created_at = now() - interval '${age}' where id = (select min(id::text)::uuid from outbox where state = 'sent')`,
    '39 days',
    '41 days',
    `select 1 from outbox where asked = '\\x01'`,
  ],
  [
    'words of a message that could not be answered',
    (age) =>
      `update inbox set body = '\\x01', received_at = now() - interval '${age}' where message_id = (select max(message_id) from inbox)`,
    '29 days',
    '31 days',
    'select 1 from inbox where body is not null',
  ],
  [
    'a stranger’s address',
    (age) =>
      `update address set forget_at = now() + interval '1 day' - interval '${age}' where forget_at is not null`,
    '23 hours',
    '25 hours',
    'select 1 from address where forget_at is not null',
  ],
  [
    'the PIN of who left her group',
    (age) => `update member set state = 'left', left_on = current_date - interval '${age}' where number = 4`,
    '31 days',
    '32 days',
    'select 1 from member_pin',
  ],
  [
    'a conversation that was closed',
    (age) =>
      `update talk set state = 'closed', closed_at = now() - interval '${age}', closed_by = (select id from staff limit 1)`,
    '89 days',
    '91 days',
    'select 1 from talk',
  ],
  [
    'a picture that nothing names',
    (age) =>
      `insert into media (hash, mime, bytes, created_at) values (sha256('x'), 'image/png', 'x', now() - interval '${age}')
         on conflict (hash) do update set created_at = excluded.created_at`,
    '23 hours',
    '49 hours',
    'select 1 from media',
  ],
  [
    'who was sent what',
    (age) => `update inbox set received_at = now() - interval '${age}'`,
    '399 days',
    '401 days',
    'select 1 from inbox',
  ],
])('%s', async (_what, aged, younger, older, left) => {
  await query(aged(younger));
  await scene.app.tick();
  expect((await query(left)).length).toBeGreaterThan(0);
  await anotherDay();
  await query(aged(older));
  await scene.app.tick();
  expect(await query(left)).toEqual([]);
});

test('the record of who did what', async () => {
  const { now } = scene.world;
  const rows = () => query(`select 1 from audit where action = 'old'`);
  await query(`select write_audit('operator', 'old', null, '${now.toString()}')`);
  const inYears = (years: number) => now.toZonedDateTimeISO('UTC').add({ years }).toInstant();
  scene.world.now = inYears(5).subtract({ hours: 24 });
  await scene.app.tick();
  expect(await rows()).toHaveLength(1);
  await anotherDay();
  scene.world.now = inYears(5).add({ hours: 24 });
  await scene.app.tick();
  expect(await rows()).toEqual([]);
});
