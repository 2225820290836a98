// A platform may show a person's number today and another id of hers tomorrow: she stays herself, and nobody else becomes her.

import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const PHONE = '5215550100003';
const OTHER_ID = 'id:MX.1001';

/** Ana's address is a telephone number from here on. */
const open = async (): Promise<void> => {
  scene = await openScene();
  const { pool, secrets } = scene.world.store;
  const { rows } = await pool.query<{ id: string; key: Buffer }>(
    `select a.id, k.wrapped as key from address a join member_address m on m.address_id = a.id join data_key k on k.id = a.id where m.member_id = $1`,
    [scene.world.person('Ana').id],
  );
  const place = { table: 'address', column: 'value', rowId: rows[0]!.id };
  await pool.query('update address set value = $1, value_index = $2 where id = $3', [
    secrets.seal(secrets.unwrap(rows[0]!.key), place, PHONE),
    secrets.blindIndex('simulator', PHONE),
    rows[0]!.id,
  ]);
};

/** What is answered at that address to "saldo". */
const balanceAt = async (address: string, aliases: readonly string[]): Promise<string[]> => {
  const before = scene.channel.to(address).length;
  await scene.app.receive({
    channel: 'simulator',
    messageId: randomUUID(),
    address,
    aliases,
    receivedAt: scene.world.now.toString(),
    body: { type: 'text', text: 'saldo' },
  });
  await scene.app.delivery.idle();
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
