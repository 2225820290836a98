// A question of ours that somebody did not ask for is hers to answer once it is before her eyes, and not before.

import { Temporal } from 'temporal-polyfill';
import { afterEach, describe, expect, test } from 'vitest';
import { recordStatuses } from '../../src/store/statuses.ts';
import { entryCount, openScene, outboxStates, passSeconds, type Scene } from '../support/scene.ts';

let scene: Scene;
afterEach(() => scene.close());

const later = async (duration: Temporal.DurationLike): Promise<void> => {
  scene.world.now = scene.world.now.add(duration);
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
};
const address = (name: string) => scene.world.person(name).id;
const words = (name: string, from = 0) =>
  scene
    .heard(name)
    .slice(from)
    .map(({ text, template }) => template?.key ?? text);
/** What a member says she paid: the officers are asked. */
const claims = async (name: string, amount: number): Promise<void> => {
  await scene.say(name, `ya pagué ${amount}`);
  await scene.say(name, '1');
};
const states = async (): Promise<string[]> => {
  const { rows } = await scene.world.store.pool.query<{ state: string }>(
    'select state from payment order by created_at, id',
  );
  return rows.map(({ state }) => state);
};

describe('a question that waits until she writes', () => {
  const invite = async (): Promise<number> => {
    scene = await openScene({ windowHours: 24 });
    await claims('Ana', 40);
    expect(words('Guadalupe')).toEqual(['new-message']);
    return entryCount(scene.world);
  };

  test.each(['1', ' 1.', 'ok', 'sí', 'Hola'])(
    '"%s" to the invitation brings it, and answers nothing',
    async (said) => {
      const entries = await invite();
      await scene.post('Guadalupe', { type: 'text', text: said });
      await later({ seconds: 1 });
      expect(words('Guadalupe', 1)).toEqual([expect.stringContaining('$40.00')]);
      expect([await entryCount(scene.world), await states()]).toEqual([entries, ['reported']]);
      await scene.post('Guadalupe', { type: 'text', text: '1' });
      await later({ seconds: 1 });
      expect([await entryCount(scene.world), await states()]).toEqual([entries + 1, ['confirmed']]);
    },
  );

  test.each(['2', 'no'])('"%s" to the invitation rejects nothing', async (said) => {
    await invite();
    await scene.post('Guadalupe', { type: 'text', text: said });
    await later({ seconds: 1 });
    expect(words('Guadalupe')).toContainEqual(expect.stringContaining('$40.00'));
    expect(await states()).toEqual(['reported']);
  });

  test('what she asks for is answered as well', async () => {
    await invite();
    await scene.post('Guadalupe', { type: 'text', text: 'saldo' });
    await later({ seconds: 1 });
    expect(words('Guadalupe', 1)).toEqual([
      expect.stringContaining('$40.00'),
      expect.stringContaining('Llevas ahorrado'),
    ]);
    expect(await states()).toEqual(['reported']);
  });

  test('a question of her own that was open when she was invited is not answered by it', async () => {
    scene = await openScene({ windowHours: 24 });
    const entries = await entryCount(scene.world);
    await scene.say('Rosa', 'Consuelo 100');
    await later({ hours: 23, minutes: 56 });
    await claims('Ana', 40);
    await later({ seconds: 1 });
    expect(words('Rosa').at(-1)).toBe('new-message');
    await scene.post('Rosa', { type: 'text', text: '1' });
    await later({ seconds: 1 });
    expect(words('Rosa').at(-1)).toContain('$40.00');
    expect([await entryCount(scene.world), await states()]).toEqual([entries, ['reported']]);
  });

  test('after a reminder in prepared words she is not invited any more: a greeting is one', async () => {
    await invite();
    await scene.world.store.pool.query(`update savings_group set created_at = '2026-11-20'`);
    scene.world.now = Temporal.Instant.from('2026-12-01T03:00:00Z');
    await scene.app.tick();
    await scene.app.delivery.idle();
    expect(words('Guadalupe')).toEqual(['new-message', 'reminder']);
    await scene.post('Guadalupe', { type: 'text', text: 'hola' });
    await later({ seconds: 1 });
    expect(words('Guadalupe').at(-1)).toContain('¿Qué quieres hacer?');
  });

  test('the platform says only afterwards that it did not take it: then nobody has read it', async () => {
    scene = await openScene({ windowHours: 24 });
    await scene.say('Guadalupe', 'saldo');
    await claims('Ana', 40);
    const { store } = scene.world;
    const { rows } = await store.pool.query<{ sent_id: string }>(
      `update outbox set channel = 'whatsapp-cloud', status_id = sent_id, body = '\\x00'
        where asked is not null and address_id = (select address_id from member_address where member_id = $1) returning sent_id`,
      [address('Guadalupe')],
    );
    const at = scene.world.now.toString();
    const said = rows.map(
      ({ sent_id }) => ({ sentId: sent_id, state: 'failed', at, reason: 'our-bug' }) as const,
    );
    await recordStatuses(store, 'whatsapp-cloud', said);
    await scene.say('Guadalupe', '1');
    expect(await states()).toEqual(['reported']);
  });
});

describe('a question that is delayed on a platform without such a rule', () => {
  test.each(['1', 'sí', '2', 'no'])(
    '"%s" answers nothing while it waits, and "1" the question once it is there',
    async (said) => {
      scene = await openScene();
      scene.channel.failTo(address('Guadalupe'), { type: 'retry-after', seconds: 3_600, scope: 'chat' });
      await claims('Ana', 40);
      await scene.say('Guadalupe', said);
      expect(await states()).toEqual(['reported']);
      await passSeconds(scene.world, 3_600);
      await later({ seconds: 1 });
      expect(words('Guadalupe').at(-1)).toContain('$40.00');
      await scene.say('Guadalupe', '1');
      expect(await states()).toEqual(['confirmed']);
    },
  );

  test('while the next one waits, a number answers the one she has', async () => {
    scene = await openScene();
    await claims('Ana', 40);
    scene.channel.failTo(address('Guadalupe'), { type: 'retry-after', seconds: 3_600, scope: 'chat' });
    await claims('Petra', 70);
    await scene.say('Guadalupe', '1');
    expect((await states()).toSorted()).toEqual(['confirmed', 'reported']);
    expect(words('Ana').at(-1)).toContain('$40.00');
    await passSeconds(scene.world, 3_600);
    await later({ seconds: 1 });
    await scene.say('Guadalupe', '1');
    expect(await states()).toEqual(['confirmed', 'confirmed']);
  });

  test('two that are there are asked about, whichever went out first', async () => {
    scene = await openScene();
    scene.channel.failTo(address('Guadalupe'), { type: 'retry-after', seconds: 3_600, scope: 'chat' });
    await claims('Ana', 40);
    await claims('Petra', 70);
    await passSeconds(scene.world, 3_600);
    await later({ seconds: 1 });
    await scene.say('Guadalupe', '1');
    expect(await states()).toEqual(['reported', 'reported']);
  });

  test('what nobody has sent yet is not asked; once it is recorded, what was decided without it is decided again', async () => {
    scene = await openScene({ running: false });
    const by = { app: scene.mute };
    const dialogue = async () => {
      const { rows } = await scene.world.store.pool.query<{ version: number; asked: boolean }>(
        `select a.version::int, a.asked is not null as asked from address a join member_address m on m.address_id = a.id where m.member_id = $1`,
        [address('Guadalupe')],
      );
      return rows[0] ?? { version: -1, asked: false };
    };
    for (const text of ['ya pagué 40', '1']) await scene.post('Ana', { type: 'text', text }, { by });
    await scene.post('Guadalupe', { type: 'text', text: '1' }, { by });
    expect(await states()).toEqual(['reported']);
    const { version, asked } = await dialogue();
    expect(asked).toBe(false);
    await scene.app.start();
    await expect.poll(() => outboxStates(scene.world)).not.toHaveProperty('queued');
    await scene.app.delivery.idle();
    expect(await dialogue()).toEqual({ version: version + 1, asked: true });
  });
});
