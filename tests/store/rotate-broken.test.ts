// Values that open under no key any more do not keep the key from being changed.

import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { beginGeneration } from '../../src/store/key-check.ts';
import { countSealed } from '../../src/store/root-sealed.ts';
import { rotate } from '../../src/store/rotate-keys.ts';
import { createSecrets } from '../../src/store/secrets.ts';
import { openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
  await scene.say('Rosa', 'Ana 100');
  await scene.say('Rosa', 'sí');
});
afterAll(() => scene.close());

test('each is named by its row, and let go of only when somebody says so', async () => {
  const { pool } = scene.world.store;
  const secrets = createSecrets({
    bytes: scene.world.root,
    later: () => Buffer.alloc(32, 2),
    created: false,
    warnings: [],
  });
  const noise = Buffer.concat([Buffer.from([1, 1]), randomBytes(60)]);
  const session = await pool.query<{ id: string }>(
    'update address set session = $1 where id = (select id from address where session is not null limit 1) returning id',
    [noise],
  );
  const body = await pool.query<{ id: string }>(
    `update outbox set body = $1, state = 'queued' where id = (select id from outbox limit 1) returning id`,
    [noise],
  );
  const question = Buffer.concat([Buffer.from([0, 0, 0, noise.length]), noise]);
  const asked = await pool.query<{ id: string }>(
    'update address set asked = $1, asked_at = now() where id = (select id from address order by id desc limit 1) returning id',
    [question],
  );
  const named = [
    { column: 'address.session', row: `session/${session.rows[0]?.id}` },
    { column: 'outbox.body', row: body.rows[0]?.id },
    { column: 'address.asked', row: asked.rows[0]?.id },
  ];
  await beginGeneration(pool, secrets, 2);
  const order = { pool, secrets, page: 2, onPage: () => undefined };
  expect(await rotate(order)).toEqual({ left: 3, broken: named });
  expect(await rotate({ ...order, leaveBroken: true })).toEqual({ left: 0, broken: named });
  expect(await rotate(order)).toEqual({ left: 0, broken: [] });
  expect(new Set((await countSealed(pool)).map(({ generation }) => generation))).toEqual(new Set([2]));
  const { rows } = await pool.query('select state, reason from outbox where id = $1', [body.rows[0]?.id]);
  expect(rows).toEqual([{ state: 'skipped', reason: 'erased' }]);
});
