// A platform may show a person's number today and another id of hers tomorrow: she stays herself, and nobody else becomes her.

import { randomUUID } from 'node:crypto';
import type { Temporal } from 'temporal-polyfill';
import { afterEach, describe, expect, test } from 'vitest';
import { idMaker } from '../../src/app/new-id.ts';
import type { IncomingBody } from '../../src/conversation/message.ts';
import { parkMessage } from '../../src/store/park-message.ts';
import { openScene, outboxStates, type Scene, type SceneOptions } from '../support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const PHONE = '5215550100003';
const OTHER_ID = 'id:MX.1001';

const ANA = `join member_address m on m.address_id = a.id where m.member_id = $1`;
const STAFF = `join staff_address s on s.address_id = a.id where s.staff_id = $1`;

/** Ana's address, or that of the staff, is a telephone number from here on. */
const open = async (options: SceneOptions = {}, whose = ANA, name = 'Ana'): Promise<void> => {
  scene = await openScene(options);
  const { pool, secrets } = scene.world.store;
  const { rows } = await pool.query<{ id: string; key: Buffer }>(
    `select a.id, (select k.wrapped from data_key k where k.id = a.id) as key from address a ${whose}`,
    [scene.world.person(name).id],
  );
  const place = { table: 'address', column: 'value', rowId: rows[0]!.id };
  await pool.query('update address set value = $1, value_index = $2 where id = $3', [
    secrets.seal(secrets.unwrap(rows[0]!.key), place, PHONE),
    secrets.blindIndex('simulator', PHONE),
    rows[0]!.id,
  ]);
};

/** What is said at that address after somebody wrote from it; "saldo", unless it is something else. */
const balanceAt = async (
  address: string,
  aliases: readonly string[],
  body: IncomingBody = { type: 'text', text: 'saldo' },
): Promise<string[]> => {
  const before = scene.channel.to(address).length;
  await scene.app.receive({
    channel: 'simulator',
    messageId: randomUUID(),
    address,
    aliases,
    receivedAt: scene.world.now.toString(),
    body,
  });
  await scene.app.settle();
  return scene.channel
    .to(address)
    .slice(before)
    .map(({ text }) => text);
};

const HERS = [expect.stringContaining('$200.00')];
const STRANGER = [expect.stringContaining('código')];

test('known by her number, she is known by her other id as well, and is answered where she writes from', async () => {
  await open();
  expect(await balanceAt(PHONE, [OTHER_ID])).toEqual(HERS);
  // Her number is hidden now: the other id is all that comes.
  expect(await balanceAt(OTHER_ID, [])).toEqual(HERS);
  await scene.say('Rosa', 'Ana 100');
  await scene.say('Rosa', 'sí');
  expect(scene.channel.to(OTHER_ID).at(-1)?.text).toContain('Recibo nº');
  expect(await balanceAt(PHONE, [OTHER_ID])).toEqual([expect.stringContaining('$300.00')]);
});

test('an id that nobody knows is a stranger', async () => {
  await open();
  expect(await balanceAt('id:MX.2002', ['id:MX.2002'])).toEqual(STRANGER);
});

test('her number with another person’s id tells nothing, ends the link, and her officers hear of it', async () => {
  await open();
  expect(await balanceAt(PHONE, [OTHER_ID])).toEqual(HERS);
  expect(await balanceAt(PHONE, ['id:MX.3003'])).toEqual([
    expect.stringContaining('No conozco este teléfono'),
  ]);
  expect(await balanceAt(PHONE, ['id:MX.3003'])).toEqual(STRANGER);
  expect(await balanceAt(PHONE, [OTHER_ID])).not.toEqual(HERS);
  expect(scene.heard('Rosa').at(-1)?.text).toContain('Parece que Ana');
  await scene.say('Rosa', 'Ana 100');
  await scene.say('Rosa', 'sí');
  expect(scene.channel.to(PHONE).some(({ text }) => text.includes('Recibo nº'))).toBe(false);
});

const later = async (duration: Temporal.DurationLike): Promise<void> => {
  scene.world.now = scene.world.now.add(duration);
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
};

describe('what waits for somebody whose number has another owner now', () => {
  const moves: [string, readonly string[], IncomingBody][] = [
    ['another id comes with it', ['id:MX.3003'], { type: 'text', text: 'hola' }],
    ['the platform says so', [OTHER_ID], { type: 'moved' }],
  ];

  test.each(moves)('never goes to it: a member (%s)', async (_how, aliases, body) => {
    await open({ windowHours: 24 });
    await balanceAt(PHONE, [OTHER_ID]);
    await later({ hours: 30 });
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    expect(await outboxStates(scene.world)).toMatchObject({ held: 1 });
    await balanceAt(PHONE, aliases, body);
    await balanceAt(PHONE, ['id:MX.3003']);
    await later({ seconds: 2 });
    expect(scene.channel.to(PHONE).some(({ text }) => text.includes('Recibo nº'))).toBe(false);
    const { rows } = await scene.world.store.pool.query(
      `select state, reason, body from outbox where kind = 'receipt'`,
    );
    expect(rows).toEqual([{ state: 'skipped', reason: 'not-hers-any-more', body: null }]);
  });

  test.each(moves)('never goes to it: somebody of the staff (%s)', async (_how, aliases, body) => {
    await open({ windowHours: 24 }, STAFF, 'Marta');
    await balanceAt(PHONE, [OTHER_ID], { type: 'text', text: 'resumen' });
    await later({ hours: 30 });
    await scene.say('Ana', 'quiero hablar con una persona');
    await scene.say('Ana', 'mi marido me quitó el dinero');
    await later({ seconds: 1 });
    const before = scene.channel.to(PHONE).length;
    expect(scene.channel.to(PHONE).at(-1)?.template?.key).toBe('new-message');
    await balanceAt(PHONE, aliases, body);
    await balanceAt(PHONE, ['id:MX.3003']);
    await later({ seconds: 2 });
    const said = scene.channel.to(PHONE).slice(before);
    expect(said.filter(({ text }) => /Ana|Jacarandas|marido/u.test(text))).toEqual([]);
    expect(await outboxStates(scene.world)).not.toHaveProperty('held');
  });

  test('what was leased for staff who are staff no more is not sent again', async () => {
    await open({ windowHours: 24 }, STAFF, 'Marta');
    await balanceAt(PHONE, [OTHER_ID], { type: 'text', text: 'resumen' });
    scene.channel.failTo(PHONE, { type: 'unavailable' });
    await scene.say('Ana', 'quiero hablar con una persona');
    await scene.world.store.pool.query('delete from staff_address');
    await scene.world.store.pool.query(`update outbox set not_before = now() where state = 'queued'`);
    const before = scene.channel.to(PHONE).length;
    await later({ seconds: 2 });
    expect(scene.channel.to(PHONE)).toHaveLength(before);
    const { rows } = await scene.world.store.pool.query(`select reason from outbox where kind = 'help'`);
    expect(rows).toEqual([{ reason: 'not-hers-any-more' }]);
  });
});

test('what our own mistake left unanswered is told to her by whichever id she wrote with, and only that', async () => {
  await open({ windowHours: 24 });
  await balanceAt(PHONE, [OTHER_ID]);
  await later({ hours: 30 });
  await scene.say('Rosa', 'Ana 100');
  await scene.say('Rosa', 'sí');
  const before = scene.channel.to(PHONE).length;
  await parkMessage(scene.world.store, {
    message: {
      channel: 'simulator',
      messageId: randomUUID(),
      address: 'id:MX.4004',
      aliases: [OTHER_ID],
      receivedAt: scene.world.now.toString(),
      body: { type: 'text', text: 'saldo' },
    },
    now: scene.world.now,
    error: 'TypeError',
    apology: { text: 'No se pudo. No anoté nada.', choices: [] },
    outboxId: idMaker()(),
  });
  await later({ seconds: 1 });
  expect(scene.channel.to(PHONE).slice(before)).toEqual([
    { text: 'No se pudo. No anoté nada.', choices: [] },
  ]);
  expect(await outboxStates(scene.world)).toMatchObject({ held: 1 });
});
