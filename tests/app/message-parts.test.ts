// A long message goes out in several parts: none of them comes twice, and what a platform says of any of them counts.

import { afterEach, describe, expect, test } from 'vitest';
import { idMaker } from '../../src/app/new-id.ts';
import { completeOutbox, keepSentParts } from '../../src/store/outbox.ts';
import { recentSentIds } from '../../src/store/sent-before.ts';
import { recordStatuses } from '../../src/store/statuses.ts';
import { openScene, outboxStates, passSeconds, type Scene } from '../support/scene.ts';

let scene: Scene;
const newId = idMaker();
afterEach(() => scene.close());

const later = async (seconds: number): Promise<void> => {
  await passSeconds(scene.world, seconds);
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
};

test('the next try of a message is told which parts are out, and of no other message', async () => {
  scene = await openScene();
  const { id } = scene.world.person('Ana');
  scene.channel.failTo(id, { type: 'unavailable', sentParts: ['a'] }, { type: 'unavailable' });
  await scene.say('Ana', 'saldo');
  await later(10);
  await later(100);
  await scene.say('Ana', 'saldo');
  const parts = scene.channel.calls.filter(({ address }) => address === id).map((c) => c.message.sentParts);
  expect(parts).toEqual([undefined, ['a'], ['a'], undefined]);
  expect(await outboxStates(scene.world)).toEqual({ sent: 2 });
});

test('the parts of a message that was given up in its middle can be taken back', async () => {
  scene = await openScene();
  const mistake = { type: 'our-bug', detail: 'invented', sentParts: ['a', 'b'] } as const;
  scene.channel.failTo(scene.world.person('Ana').id, mistake);
  await scene.say('Ana', 'saldo');
  const { pool } = scene.world.store;
  const { rows } = await pool.query<{ address: string }>('select address_id as address from outbox');
  expect(await outboxStates(scene.world)).toEqual({ failed: 1 });
  expect(await recentSentIds(pool, rows[0]?.address ?? '', newId())).toEqual(['a,b']);
});

describe('what a platform says of the parts', () => {
  const at = '2026-11-25T03:00:00Z';
  const word = (sentId: string, state: 'delivered' | 'read' | 'failed', reason?: string) => ({
    sentId,
    state,
    at,
    ...(reason !== undefined && { reason }),
  });
  const row = async () => {
    const { rows } = await scene.world.store.pool.query<{ id: string }>(
      `select id, state, reason, sent_id, delivered_at is not null as delivered, body is not null as kept from outbox`,
    );
    const [first] = rows;
    if (!first) throw new Error('nothing is in the outbox');
    return first;
  };
  const sent = async (sentId: string): Promise<void> => {
    const { pool, secrets } = scene.world.store;
    const { id } = await row();
    const body = secrets.outboxSeal(id, JSON.stringify({ text: 'Tu libreta', choices: [] }));
    await pool.query(
      `update outbox set state = 'sending', channel = 'whatsapp-cloud', body = coalesce(body, $1)`,
      [body],
    );
    const done = { id, sentId, sentAs: 'text', placed: true, lane: 0, asks: undefined };
    await completeOutbox(scene.world.store, [done], {
      channel: 'whatsapp-cloud',
      now: scene.world.now,
    });
  };
  const begin = async (): Promise<void> => {
    scene = await openScene();
    await scene.say('Ana', 'saldo');
    await sent('A,B,C');
  };
  const said = (...words: ReturnType<typeof word>[]) =>
    recordStatuses(scene.world.store, 'whatsapp-cloud', words);

  test('it arrived when its last part did, not before; the words are kept until then', async () => {
    await begin();
    expect(await said(word('A', 'read'), word('B', 'delivered'))).toEqual({ unknown: 0, held: [] });
    expect(await row()).toMatchObject({ state: 'sent', delivered: false, kept: true });
    await said(word('C', 'delivered'));
    expect(await row()).toMatchObject({ state: 'sent', delivered: true, kept: false });
  });

  test.each<[string, string | null]>([
    ['A', null],
    ['B', 'A'],
    ['C', 'A,B'],
  ])('where part %s did not arrive it goes again from there on', async (part, arrived) => {
    await begin();
    expect(await said(word(part, 'failed', 'unavailable'))).toEqual({ unknown: 0, held: [] });
    expect(await row()).toMatchObject({
      state: 'queued',
      reason: 'unavailable',
      sent_id: arrived,
      kept: true,
    });
  });

  test('several words of one message, told at once, are one decision: from the first that failed', async () => {
    await begin();
    const told = await said(
      word('C', 'failed', 'outside-window'),
      word('A', 'delivered'),
      word('B', 'failed', 'outside-window'),
    );
    expect(told).toMatchObject({ unknown: 0, held: [{ message: { text: 'Tu libreta' } }] });
    expect(await row()).toMatchObject({ state: 'held', sent_id: 'A' });
  });

  test('a part that failed is seen after the last one arrived, too: staff find it', async () => {
    await begin();
    await said(word('C', 'delivered'));
    await said(word('B', 'failed', 'undeliverable'));
    expect(await row()).toMatchObject({ state: 'failed', reason: 'undeliverable' });
  });

  test('a late word about a part that was sent anew moves nothing', async () => {
    await begin();
    await said(word('B', 'failed', 'unavailable'));
    await keepSentParts(scene.world.store.pool, (await row()).id, ['A']);
    await sent('A,D,E');
    expect(await said(word('B', 'failed', 'unavailable'))).toEqual({ unknown: 1, held: [] });
    expect(await row()).toMatchObject({ state: 'sent', sent_id: 'A,D,E' });
    await said(word('D', 'failed', 'unavailable'));
    expect(await row()).toMatchObject({ state: 'queued', sent_id: 'A' });
  });
});
