// What a line does about trouble that is not the platform's: the database away for a moment, words that cannot be opened.

import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openScene, outboxStates, passSeconds, type Scene, type SceneOptions } from '../support/scene.ts';

let scene: Scene;
const open = async (options?: SceneOptions): Promise<void> => {
  scene = await openScene(options);
};
afterEach(() => scene.close());

const address = (name: string) => scene.world.person(name).id;
const callsTo = (name: string) => scene.channel.calls.filter((call) => call.address === address(name));
const said = (text: string) => ({ type: 'text', text }) as const;

describe('M5 what went out and could not be recorded', () => {
  const COMPLETE = 'complete_outbox(uuid[], text[], text[], text[], text, integer, timestamptz)';
  const recordable = async (is: boolean): Promise<void> => {
    const [from, to] = is ? ['away', 'complete_outbox'] : ['complete_outbox', 'away'];
    await scene.world.store.pool.query(
      `alter function ${COMPLETE.replace('complete_outbox', from)} rename to ${to}`,
    );
  };

  test('M5 is recorded when it can be, and does not go out again meanwhile, though its lease ended', async () => {
    await open();
    await recordable(false);
    void scene.post('Ana', said('saldo'));
    await expect.poll(() => callsTo('Ana').length).toBe(1);
    await passSeconds(scene.world, 60);
    scene.app.delivery.wake();
    await setTimeout(300);
    await recordable(true);
    await expect.poll(() => outboxStates(scene.world), { timeout: 10_000 }).toEqual({ sent: 1 });
    expect(callsTo('Ana')).toHaveLength(1);
  });
});

test('a message that cannot be opened here keeps no other waiting', async () => {
  await open({ running: false });
  // A payment by message that nobody has sent anything about yet: Ana's receipt waits in the outbox.
  await scene.post('Rosa', said('Ana 100'), { by: { app: scene.mute } });
  await scene.post('Rosa', said('sí'), { by: { app: scene.mute } });
  const { pool } = scene.world.store;
  const { rows } = await pool.query<{ id: string }>(
    `update outbox set body = decode('00', 'hex') where kind = 'receipt' returning id`,
  );
  expect(rows).toHaveLength(1);
  await scene.post('Petra', said('saldo'), { by: { app: scene.mute } });
  await scene.app.start();
  await expect.poll(() => scene.heard('Petra').length).toBe(1);
  await scene.app.delivery.idle();
  const { rows: kept } = await pool.query<{ what: string }>(
    `select state || ' ' || reason as what from outbox where id = $1`,
    [rows[0]?.id],
  );
  expect(kept).toEqual([{ what: 'queued unreadable' }]);
});

test('a line in which nothing waits looks once a second', async () => {
  await open({ limits: { perSecond: 30, perAddressMs: 0 } });
  await scene.say('Ana', 'saldo');
  const query = vi.spyOn(scene.world.store.pool, 'query');
  await setTimeout(3_000);
  const looks = query.mock.calls.filter(([statement]: readonly unknown[]) =>
    JSON.stringify(statement).includes('claim-outbox'),
  );
  query.mockRestore();
  expect(looks.length).toBeLessThanOrEqual(4);
});
