// What a platform refuses: nothing of hers is lost by it, it is not knocked at in vain, and her own answers go on.

import { afterEach, expect, test } from 'vitest';
import { recordStatuses } from '../../src/store/statuses.ts';
import { openScene, passSeconds, type Scene } from '../support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const address = (name: string) => scene.world.person(name).id;
const callsTo = (name: string) => scene.channel.calls.filter((call) => call.address === address(name)).length;
const bookFor = async (line: string): Promise<void> => {
  await scene.say('Rosa', line);
  await scene.say('Rosa', 'sí');
};
const later = async (seconds: number): Promise<void> => {
  await passSeconds(scene.world, seconds);
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
};

test('prepared words that are refused keep no answer of hers waiting, and are not tried for each woman', async () => {
  scene = await openScene({ windowHours: 24 });
  const fault = { type: 'template-fault', detail: 'paused' } as const;
  scene.channel.failTo(address('Ana'), fault);
  await bookFor('Ana 100');
  await bookFor('Consuelo 20');
  expect([callsTo('Ana'), callsTo('Consuelo')]).toEqual([1, 0]);
  await scene.post('Ana', { type: 'text', text: 'saldo' });
  await later(1);
  const words = scene.heard('Ana').map(({ text }) => text);
  expect(words).toEqual([expect.stringContaining('Recibo nº'), expect.stringContaining('Llevas ahorrado')]);
});

test('what she did not ask for and may not go yet keeps no answer of hers waiting', async () => {
  scene = await openScene();
  scene.channel.failTo(address('Ana'), { type: 'retry-after', seconds: 36_000, scope: 'chat' });
  await bookFor('Ana 100');
  expect((await scene.say('Ana', 'saldo')).at(-1)?.text).toContain('$300.00');
});

test.each(['opted-out', 'undeliverable'] as const)(
  'after "%s" nothing unasked is tried again, until she writes',
  async (type) => {
    scene = await openScene();
    scene.channel.failTo(address('Ana'), { type });
    await bookFor('Ana 100');
    await bookFor('Ana 20');
    expect(callsTo('Ana')).toBe(1);
    expect((await scene.say('Ana', 'saldo')).at(-1)?.text).toContain('$320.00');
    await bookFor('Ana 30');
    expect(scene.heard('Ana').at(-1)?.text).toContain('Recibo nº');
  },
);

test('a wrong key is not tried with every message', async () => {
  scene = await openScene();
  scene.channel.failAll({ type: 'bad-credentials' });
  for (const name of ['Rosa', 'Ana', 'Petra', 'Guadalupe'] as const) {
    await scene.post(name, { type: 'text', text: 'saldo' }, { by: { app: scene.mute } });
    await later(0);
  }
  expect(scene.channel.calls.length).toBe(1);
});

test.each(['paused', 'unavailable', 'retry-after', 'bad-credentials', 'template-fault'])(
  'a platform that says "%s" only afterwards gets the message again; no words are lost',
  async (reason) => {
    scene = await openScene();
    await scene.say('Ana', 'saldo');
    const { store } = scene.world;
    const body = store.secrets.outboxSeal('x', 'kept');
    await store.pool.query(`update outbox set channel = 'whatsapp-cloud', status_id = sent_id, body = $1`, [
      body,
    ]);
    const { rows } = await store.pool.query<{ sent_id: string }>('select sent_id from outbox');
    const sentId = rows[0]?.sent_id ?? '';
    await recordStatuses(store, 'whatsapp-cloud', [
      { sentId, state: 'failed', at: '2026-11-25T03:00:00Z', reason },
    ]);
    const after = await store.pool.query(
      `select state, reason, body is not null as kept, not_before > now() as later from outbox`,
    );
    expect(after.rows).toEqual([{ state: 'queued', reason, kept: true, later: true }]);
  },
);
