// What a platform refuses: nothing of hers is lost by it, it is not knocked at in vain, and her own answers go on.

import { afterEach, describe, expect, test } from 'vitest';
import { idMaker } from '../../src/app/new-id.ts';
import { failureOfCode } from '../../src/channels/whatsapp-cloud/failures.ts';
import { asId } from '../../src/domain/ids.ts';
import { queueNotices } from '../../src/store/frozen-books.ts';
import { recordStatuses } from '../../src/store/statuses.ts';
import type { Fault } from '../support/fake-channel.ts';
import { openScene, passSeconds, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

let scene: Scene;
afterEach(() => scene.close());

const newId = idMaker();
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

test('after "undeliverable" nothing unasked is tried again, until she writes', async () => {
  scene = await openScene();
  scene.channel.failTo(address('Ana'), { type: 'undeliverable' });
  await bookFor('Ana 100');
  await bookFor('Ana 20');
  expect(callsTo('Ana')).toBe(1);
  expect((await scene.say('Ana', 'saldo')).at(-1)?.text).toContain('$320.00');
  await bookFor('Ana 30');
  expect(scene.heard('Ana').at(-1)?.text).toContain('Recibo nº');
});

const DAY_SECONDS = 86_400;
const receiptsOf = (name: string): string[] =>
  scene.channel.calls
    .filter((call) => call.address === address(name))
    .flatMap(({ message }) => /\$\d+\.00/.exec(message.text) ?? []);
const failedReasons = async () => {
  const { rows } = await scene.world.store.pool.query<{ reason: string }>(
    `select reason from outbox where state = 'failed'`,
  );
  return rows;
};

test('what Meta keeps from her in an experiment (130472) is that message, for good, and no other', async () => {
  scene = await openScene();
  scene.channel.failTo(address('Ana'), failureOfCode(130_472, { status: 400 }));
  await bookFor('Ana 100');
  await bookFor('Ana 20');
  await bookFor('Ana 30');
  expect(receiptsOf('Ana')).toEqual(['$100.00', '$20.00', '$30.00']);
  await later(3 * DAY_SECONDS);
  expect(callsTo('Ana')).toBe(3);
  expect(await failedReasons()).toEqual([{ reason: 'held-back' }]);
});

describe('what Meta keeps from her for a day (131049)', () => {
  const heldBack = failureOfCode(131_049, { status: 400 });

  test('others go on; it is tried again a day later, and not before', async () => {
    scene = await openScene();
    scene.channel.failTo(address('Ana'), heldBack);
    await bookFor('Ana 100');
    await bookFor('Ana 20');
    expect((await scene.say('Ana', 'saldo')).at(-1)?.text).toContain('$320.00');
    await later(DAY_SECONDS - 60);
    expect(receiptsOf('Ana').filter((amount) => amount === '$100.00')).toHaveLength(1);
    await later(120);
    expect(receiptsOf('Ana').filter((amount) => amount === '$100.00')).toHaveLength(2);
    expect(await failedReasons()).toEqual([]);
  });

  test('twice at most; then it is given up, with its reason', async () => {
    scene = await openScene();
    scene.channel.failTo(address('Ana'), heldBack, heldBack, heldBack);
    await bookFor('Ana 100');
    await later(DAY_SECONDS + 60);
    expect(await failedReasons()).toEqual([]);
    await later(DAY_SECONDS + 60);
    expect(callsTo('Ana')).toBe(3);
    expect(await failedReasons()).toEqual([{ reason: 'held-back' }]);
    await later(2 * DAY_SECONDS);
    expect(callsTo('Ana')).toBe(3);
  });

  test('the same when Meta says it only afterwards', async () => {
    scene = await openScene();
    await bookFor('Ana 100');
    const { pool } = scene.world.store;
    const toldAfterwards = async (): Promise<void> => {
      // What Meta may still refuse keeps its words until it has arrived, as on that channel.
      const { rows } = await pool.query<{ id: string; sent_id: string }>(
        `select id, sent_id from outbox where kind = 'receipt' and state = 'sent'`,
      );
      const [receipt] = rows;
      const words = JSON.stringify({ text: 'Recibo nº 1 de $100.00', choices: [] });
      const body = scene.world.store.secrets.outboxSeal(receipt?.id ?? '', words);
      await pool.query(`update outbox set status_id = sent_id, body = $1 where id = $2`, [body, receipt?.id]);
      await recordStatuses(scene.world.store, 'simulator', [
        {
          sentId: receipt?.sent_id ?? '',
          state: 'failed',
          at: '2026-11-26T03:00:00Z',
          reason: 'held-back-today',
        },
      ]);
    };
    for (const calls of [2, 3]) {
      await toldAfterwards();
      await later(DAY_SECONDS - 60);
      expect(callsTo('Ana')).toBe(calls - 1);
      await later(120);
      expect(callsTo('Ana')).toBe(calls);
    }
    await toldAfterwards();
    expect(await failedReasons()).toEqual([{ reason: 'held-back' }]);
  });
});

test('an invitation that Meta keeps from her is not repeated on that day, and what waits waits', async () => {
  scene = await openScene({ windowHours: 24 });
  const { pool } = scene.world.store;
  scene.channel.failTo(address('Ana'), { type: 'held-back' });
  await bookFor('Ana 100');
  await bookFor('Ana 20');
  expect(callsTo('Ana')).toBe(1);
  await pool.query(`update address set invited_at = invited_at - interval '25 hours'`);
  await bookFor('Ana 30');
  expect(scene.heard('Ana')).toMatchObject([{ template: { key: 'new-message' } }]);
});

describe('she told Meta that she wants no news and offers (131050)', () => {
  const NEWS = { text: 'Aviso de todas', choices: [] };
  const queueNews = async (key: 'lesson' | 'announcement' | 'reminder'): Promise<void> => {
    const { rows } = await scene.world.store.pool.query<Record<'group_id' | 'address_id', string>>(
      'select group_id, address_id from member_address where member_id = $1',
      [address('Ana')],
    );
    const values = key === 'announcement' ? [] : ['Ana'];
    await queueNotices(scene.world.store, rows[0]?.group_id ?? '', [
      {
        id: newId(),
        addressId: rows[0]?.address_id ?? '',
        channel: 'simulator',
        memberId: asId(address('Ana')),
        kind: 'test',
        lane: 0,
        unsolicited: true,
        message: { ...NEWS, template: { key, language: 'es', values } },
        delaySeconds: 0,
      },
    ]);
    scene.app.delivery.wake();
    await later(0);
  };
  const heardKeys = () => scene.heard('Ana').map(({ text, template }) => template?.key ?? text.slice(0, 14));

  test('she gets none of those words; receipts, reminders and answers go on', async () => {
    scene = await openScene({ windowHours: 24 });
    scene.channel.failTo(address('Ana'), failureOfCode(131_050, { status: 400 }));
    await queueNews('lesson');
    expect(callsTo('Ana')).toBe(1);
    await queueNews('lesson');
    await queueNews('announcement');
    expect(callsTo('Ana')).toBe(1);
    await queueNews('reminder');
    await bookFor('Ana 100');
    expect(heardKeys()).toEqual(['reminder', 'new-message']);
    // What staff wrote to all waits with her receipt; the lesson is not announced.
    await scene.post('Ana', { type: 'text', text: '1' });
    await later(1);
    expect(heardKeys().slice(2)).toEqual(['Aviso de todas', 'Hola, Ana. Tie']);
  });

  test('within a day of her word they go as free words', async () => {
    scene = await openScene({ windowHours: 24 });
    await scene.say('Ana', 'saldo');
    const { pool } = scene.world.store;
    await pool.query(`update address set refused_as = 'opted-out'`);
    await queueNews('announcement');
    expect(scene.heard('Ana').at(-1)?.text).toBe('Aviso de todas');
  });
});

describe('what a platform says only afterwards', () => {
  /** Her receipt went out, and then Meta says this of it. */
  const toldLater = async (reason: string, at: string): Promise<void> => {
    scene = await openScene();
    await bookFor('Ana 100');
    const { store } = scene.world;
    const { rows } = await store.pool.query<{ sent_id: string }>(
      `update outbox set channel = 'whatsapp-cloud', status_id = sent_id where kind = 'receipt' returning sent_id`,
    );
    await recordStatuses(store, 'whatsapp-cloud', [
      { sentId: rows[0]?.sent_id ?? '', state: 'failed', at, reason },
    ]);
  };

  test.each([
    ['undeliverable', 0],
    ['blocked', 0],
    ['opted-out', 1],
    ['held-back', 1],
    ['our-bug', 1],
  ])(
    '"%s" is the same as when it is said at once: %i of the next receipts goes out',
    async (reason, more) => {
      await toldLater(reason, '2026-11-26T03:00:00Z');
      const before = callsTo('Ana');
      await bookFor('Ana 20');
      expect(callsTo('Ana') - before).toBe(more);
      await scene.say('Ana', 'saldo');
      await bookFor('Ana 30');
      expect(scene.heard('Ana').at(-1)?.text).toContain('Recibo nº');
    },
  );

  test('what is older than her last word says nothing of now', async () => {
    scene = await openScene();
    await scene.say('Ana', 'saldo');
    const { store } = scene.world;
    await store.pool.query(`update outbox set channel = 'whatsapp-cloud', status_id = sent_id`);
    const { rows } = await store.pool.query<{ sent_id: string }>('select sent_id from outbox');
    await recordStatuses(store, 'whatsapp-cloud', [
      {
        sentId: rows[0]?.sent_id ?? '',
        state: 'failed',
        at: '2026-11-01T03:00:00Z',
        reason: 'undeliverable',
      },
    ]);
    await bookFor('Ana 20');
    expect(scene.heard('Ana').at(-1)?.text).toContain('Recibo nº');
  });
});

describe('a channel that rests because it could not send', () => {
  const pace = async () => {
    const { rows } = await scene.world.store.pool.query<{ rests: boolean; paused: boolean }>(
      'select coalesce(rests_until > now(), false) as rests, coalesce(paused_until > now(), false) as paused from channel_pace',
    );
    return rows[0];
  };
  const begin = async (fault: Fault): Promise<void> => {
    scene = await openScene();
    scene.channel.failAll(fault);
    await scene.post('Ana', { type: 'text', text: 'saldo' }, { by: { app: scene.mute } });
    await later(0);
    scene.channel.failAll();
  };
  const PAUSED = { type: 'paused', detail: 'not linked' } as const;

  test('sends again as soon as it can, and not when the rest would have ended', async () => {
    await begin(PAUSED);
    expect(await pace()).toEqual({ rests: true, paused: false });
    scene.channel.becomesReady();
    await expect.poll(pace).toEqual({ rests: false, paused: false });
    await later(3_600);
    expect(scene.heard('Ana')).toHaveLength(1);
  });

  test('is tried by a program that starts: somebody may have mended it', async () => {
    await begin(PAUSED);
    const other = await scene.another();
    await later(3_600);
    expect([...scene.heard('Ana'), ...other.channel.to(address('Ana'))]).toHaveLength(1);
  });

  test('what the platform asked for is not over by that', async () => {
    await begin({ type: 'retry-after', seconds: 3_600, scope: 'channel' });
    scene.channel.becomesReady();
    const other = await scene.another();
    await later(7_200);
    expect(await pace()).toEqual({ rests: false, paused: true });
    expect([...scene.heard('Ana'), ...other.channel.to(address('Ana'))]).toEqual([]);
  });
});

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

describe('what is tried again', () => {
  const waiting = async (kind: string) => {
    const { rows } = await scene.world.store.pool.query<{ what: string; seconds: number }>(
      `select state || ' ' || reason as what, extract(epoch from not_before - now())::float as seconds from outbox where kind = $1`,
      [kind],
    );
    return rows;
  };

  test('does not come back all at once', async () => {
    scene = await openScene();
    await scene.world.store.pool.query(`update savings_group set created_at = '2026-11-24'`);
    scene.channel.failAll({ type: 'unavailable' });
    scene.world.now = instantOf('2026-11-30 18:00 America/Tijuana');
    await scene.app.tick();
    await scene.app.delivery.idle();
    const all = await waiting('reminder');
    expect(all.map(({ what }) => what)).toEqual(Array(5).fill('queued unavailable'));
    const seconds = all.map((one) => one.seconds);
    expect(Math.max(...seconds)).toBeLessThanOrEqual(2.5);
    // They failed within milliseconds of each other: what lies between them is more.
    expect(Math.max(...seconds) - Math.min(...seconds)).toBeGreaterThan(0.05);
  });

  test.each([
    ['unavailable', 'failed unavailable'],
    ['bad-credentials', 'queued bad-credentials'],
  ] as const)('"%s" after a day of tries is then "%s"', async (type, what) => {
    scene = await openScene();
    scene.channel.failTo(address('Ana'), { type: 'unavailable' }, { type });
    await bookFor('Ana 100');
    await scene.world.store.pool.query(`update outbox set attempts = 149 where kind = 'receipt'`);
    await later(3);
    expect((await waiting('receipt')).map((one) => one.what)).toEqual([what]);
  });
});
