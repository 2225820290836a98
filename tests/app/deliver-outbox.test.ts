import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openScene, outboxStates, passSeconds, type Scene, type SceneOptions } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

let scene: Scene;
const open = async (options?: SceneOptions): Promise<void> => {
  scene = await openScene(options);
};
afterEach(async () => {
  vi.useRealTimers();
  scene.channel.release();
  await scene.close();
});

const address = (name: string) => scene.world.person(name).id;
const callsTo = (name: string) => scene.channel.calls.filter((call) => call.address === address(name));
const said = (text: string) => ({ type: 'text', text }) as const;

/** As if so many seconds had passed, and this process had looked again. */
const later = async (seconds: number): Promise<void> => {
  await passSeconds(scene.world, seconds);
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
};

/** A payment by message that nobody has sent anything about yet: Ana's receipt waits in the outbox. */
const bookUnsent = async (): Promise<void> => {
  await scene.post('Rosa', said('Ana 100'), { by: { app: scene.mute } });
  await scene.post('Rosa', said('sí'), { by: { app: scene.mute } });
};

const reasonsOf = async (name: string): Promise<string[]> => {
  const { rows } = await scene.world.store.pool.query<{ what: string }>(
    `select o.kind || ' ' || o.state || coalesce(' ' || o.reason, '') as what from outbox o join member_address m on m.address_id = o.address_id
      where m.member_id = $1 order by o.id`,
    [address(name)],
  );
  return rows.map((row) => row.what);
};

describe('M4 after BAJA nothing unasked leaves', () => {
  test('M4 what was queued before it is not sent, and her own question is still answered', async () => {
    await open({ running: false });
    await bookUnsent();
    await scene.post('Ana', said('BAJA'), { by: { app: scene.mute } });
    await scene.post('Ana', said('saldo'), { by: { app: scene.mute } });
    await scene.app.start();
    await scene.app.delivery.idle();
    const words = scene.heard('Ana').map((m) => m.text);
    expect(words).toHaveLength(2);
    expect(words[0]).toContain('Ya no te mando avisos');
    expect(words[1]).toContain('$300.00');
    expect(await reasonsOf('Ana')).toEqual(['receipt skipped opted-out', 'reply sent', 'reply sent']);
  });

  test('M4 what is decided after it is not even queued', async () => {
    await open();
    await scene.say('Ana', 'BAJA');
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    expect(scene.heard('Ana')).toHaveLength(1);
    expect(await reasonsOf('Ana')).toEqual(['reply sent', 'receipt skipped opted-out']);
  });

  test('M4 a message that waits for another try is stopped by it as well', async () => {
    await open();
    scene.channel.failTo(address('Ana'), { type: 'unavailable' });
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    await scene.say('Ana', 'BAJA');
    await later(5);
    expect(scene.heard('Ana').map((m) => m.text)).toEqual([expect.stringContaining('Ya no te mando avisos')]);
  });
});

describe('M5 what may come twice', () => {
  test('M5 a message whose acknowledgement was lost comes once more, and no more than that', async () => {
    await open();
    scene.channel.failTo(address('Ana'), { type: 'lost-acknowledgement' });
    await scene.say('Ana', 'saldo');
    await later(5);
    await later(600);
    expect(scene.heard('Ana')).toHaveLength(2);
    expect(new Set(scene.heard('Ana').map((m) => m.text)).size).toBe(1);
    expect(await outboxStates(scene.world)).toEqual({ sent: 1 });
  });

  test('M5 what a process that died had on the wire is sent once by another one when its lease ends', async () => {
    await open();
    scene.channel.hold();
    void scene.post('Ana', said('saldo'));
    await expect.poll(() => scene.channel.calls.length).toBe(1);
    const other = await scene.another();
    await passSeconds(scene.world, 49);
    other.app.delivery.wake();
    await other.app.delivery.idle();
    expect(other.channel.calls).toHaveLength(0);
    await passSeconds(scene.world, 2);
    other.app.delivery.wake();
    await expect.poll(() => other.channel.calls.length, { timeout: 10_000 }).toBe(1);
    await other.app.delivery.idle();
    scene.channel.release();
    await later(600);
    expect([scene.channel.calls.length, other.channel.calls.length]).toEqual([1, 1]);
    expect(await outboxStates(scene.world)).toEqual({ sent: 1 });
  });

  test('M5 two processes that look at the same moment send each message once', async () => {
    await open({ running: false });
    await scene.post('Rosa', said('Ana 100, Consuelo 50, Petra 50 ahorro, Guadalupe 50'), {
      by: { app: scene.mute },
    });
    await scene.post('Rosa', said('sí'), { by: { app: scene.mute } });
    const [one, other] = await Promise.all([scene.another(), scene.another()]);
    await Promise.all([one.app.delivery.idle(), other.app.delivery.idle()]);
    await expect.poll(() => outboxStates(scene.world)).toEqual({ sent: 6 });
    expect([...one.channel.calls, ...other.channel.calls]).toHaveLength(6);
  });

  test('M5 M7 what waits when a pause begins goes back, and after however long is sent once, by whoever leases it then', async () => {
    await open();
    vi.useFakeTimers({ toFake: ['Date', 'performance'] });
    const names = ['Ana', 'Petra', 'Consuelo'];
    scene.channel.failTo(address('Ana'), { type: 'retry-after', seconds: 4, scope: 'channel' });
    await scene.post('Ana', said('saldo'));
    const posts = ['Petra', 'Consuelo'].map((name) => scene.post(name, said('saldo')));
    await expect.poll(() => outboxStates(scene.world), { timeout: 3_500 }).toEqual({ queued: 3 });
    // More than a minute goes by on every clock.
    vi.advanceTimersByTime(70_000);
    await passSeconds(scene.world, 70);
    // The pause may be told once more, by way of the database: the clocks go on while it lasts.
    const ticking = setInterval(() => vi.advanceTimersByTime(500), 50);
    await Promise.all(posts).finally(() => clearInterval(ticking));
    await expect
      .poll(
        () => {
          vi.advanceTimersByTime(500);
          return outboxStates(scene.world);
        },
        { timeout: 20_000 },
      )
      .toEqual({ sent: 3 });
    await scene.app.delivery.idle();
    expect(names.map((name) => scene.heard(name).length)).toEqual([1, 1, 1]);
  });
});

describe('M6 the order of what one person hears', () => {
  test('M6 answers come in the order of her questions, also when the first one has to be tried again', async () => {
    await open();
    scene.channel.failTo(address('Ana'), { type: 'unavailable' }, { type: 'unavailable' });
    await scene.say('Ana', 'saldo');
    await scene.say('Ana', 'mi libreta');
    await scene.say('Ana', 'cuándo es la reunión');
    expect(scene.heard('Ana')).toEqual([]);
    for (const seconds of [5, 10, 20, 20]) await later(seconds);
    const words = scene.heard('Ana').map((m) => m.text);
    expect(words).toEqual([
      expect.stringContaining('Llevas ahorrado'),
      expect.stringContaining('Tu libreta'),
      expect.stringContaining('Próxima reunión'),
    ]);
  });

  test('M6 what she says at once is answered in that order', async () => {
    await open();
    await Promise.all([
      scene.post('Ana', said('saldo')),
      scene.post('Ana', said('mi libreta')),
      scene.post('Ana', said('cuándo es la reunión')),
    ]);
    await scene.app.delivery.idle();
    await expect.poll(() => scene.heard('Ana').length).toBe(3);
    expect(scene.heard('Ana').map((m) => m.text)).toEqual([
      expect.stringContaining('Llevas ahorrado'),
      expect.stringContaining('Tu libreta'),
      expect.stringContaining('Próxima reunión'),
    ]);
  });

  test('M6 one person who cannot be reached holds up nobody else', async () => {
    await open();
    scene.channel.failTo(
      address('Ana'),
      ...Array.from({ length: 9 }, () => ({ type: 'unavailable' }) as const),
    );
    await scene.say('Rosa', 'Ana 100, Consuelo 50');
    await scene.say('Rosa', 'sí');
    expect(scene.heard('Consuelo')).toHaveLength(1);
    expect(scene.heard('Ana')).toHaveLength(0);
  });

  test('M6 an answer overtakes the reminders of the week', async () => {
    await open({ running: false });
    scene.world.now = instantOf('2026-11-30 18:00 America/Tijuana');
    await scene.mute.tick();
    await scene.post('Consuelo', said('saldo'), { by: { app: scene.mute } });
    await scene.app.start();
    await scene.app.delivery.idle();
    expect(scene.channel.calls.length).toBe(6);
    expect(scene.channel.calls[0]).toMatchObject({ address: address('Consuelo') });
    expect(scene.channel.calls[0]?.message.text).toContain('Llevas ahorrado');
  });
});

describe('M7 what the platform says is obeyed', () => {
  test('M7 after "retry after 2 seconds" no call to that chat comes sooner, and then one does', async () => {
    await open();
    scene.channel.failTo(address('Ana'), { type: 'retry-after', seconds: 2, scope: 'chat' });
    await scene.say('Ana', 'saldo');
    await scene.say('Ana', 'mi libreta');
    scene.app.delivery.wake();
    await expect.poll(() => callsTo('Ana').length, { timeout: 15_000 }).toBe(3);
    const [first, second, third] = callsTo('Ana');
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(2_000);
    expect([second!.message.text, third!.message.text]).toEqual([
      first!.message.text,
      expect.stringContaining('Tu libreta'),
    ]);
  });

  test('M7 who blocked the bot hears nothing more until she writes, and then she is answered', async () => {
    await open();
    scene.channel.failTo(address('Ana'), { type: 'blocked' });
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    await scene.say('Rosa', 'deshacer');
    await scene.say('Rosa', 'sí');
    await later(3_600);
    expect(callsTo('Ana')).toHaveLength(1);
    expect(await reasonsOf('Ana')).toEqual(['receipt failed blocked', 'correction skipped blocked']);
    const [answer] = await scene.say('Ana', 'saldo');
    expect(answer?.text).toContain('$200.00');
    await scene.say('Rosa', 'Ana 50');
    await scene.say('Rosa', 'sí');
    expect(scene.heard('Ana').at(-1)?.text).toContain('Recibo nº');
  });

  test.each([
    ['undeliverable', { type: 'undeliverable' }],
    ['our-bug', { type: 'our-bug', detail: 'message text is empty' }],
  ] as const)('M7 what is %s is given up at once, with the reason', async (reason, fault) => {
    await open();
    scene.channel.failTo(address('Ana'), fault);
    await scene.say('Ana', 'saldo');
    await later(3_600);
    expect(callsTo('Ana')).toHaveLength(1);
    expect(await reasonsOf('Ana')).toEqual([`reply failed ${reason}`]);
  });
});

describe('M8 money is told only to whom the address belongs when it is sent', () => {
  const unlink = (name: string) =>
    scene.world.store.pool.query('delete from member_address where member_id = $1', [address(name)]);
  const sentTo = () => scene.channel.calls.filter((call) => call.address === address('Ana'));

  test('M8 a receipt that was queued for an address that is no longer hers stays', async () => {
    await open({ running: false });
    await bookUnsent();
    await unlink('Ana');
    await scene.app.start();
    await scene.app.delivery.idle();
    expect(sentTo()).toEqual([]);
    expect(await outboxStates(scene.world)).toEqual({ sent: 2, skipped: 1 });
  });

  test('M8 an answer with her balance that waits while the address is taken from her stays', async () => {
    await open();
    scene.channel.failTo(address('Ana'), { type: 'unavailable' });
    await scene.say('Ana', 'saldo');
    await unlink('Ana');
    await later(60);
    expect(sentTo()).toHaveLength(1);
    expect(scene.heard('Ana')).toEqual([]);
    expect(await outboxStates(scene.world)).toEqual({ skipped: 1 });
  });

  test('M8 nothing goes to an address whose key was destroyed', async () => {
    await open({ running: false });
    await bookUnsent();
    await scene.world.store.pool.query(
      `update data_key k set wrapped = null, shredded_at = now() from member_address m
        where m.member_id = $1 and k.id = m.address_id`,
      [address('Ana')],
    );
    await scene.app.start();
    await scene.app.delivery.idle();
    expect(sentTo()).toEqual([]);
    expect(await reasonsOf('Ana')).toEqual(['receipt skipped erased']);
  });
});

describe('M9 at night', () => {
  const NIGHT = '2026-11-24 22:30 America/Tijuana';

  test('M9 an answer and a receipt follow at once from what was just done; only reminders wait for the morning', async () => {
    await open();
    scene.world.now = instantOf(NIGHT);
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    expect(scene.heard('Rosa')).toHaveLength(2);
    expect(scene.heard('Ana').map((m) => m.text)).toEqual([expect.stringContaining('Recibo nº')]);
  });

  test('M9 staff are told at any hour that somebody asks for a person', async () => {
    await open();
    scene.world.now = instantOf(NIGHT);
    await scene.say('Ana', 'quiero hablar con una persona');
    expect(scene.heard('Marta').map((m) => m.text)).toEqual([expect.stringContaining('pide hablar')]);
  });
});

describe('M12 after the trouble everything goes out', () => {
  test('M12 hours without the platform lose nothing, and afterwards the outbox is empty', async () => {
    await open();
    scene.channel.failAll({ type: 'unavailable' });
    await scene.say('Rosa', 'Ana 100, Consuelo 50, Guadalupe 50');
    await scene.say('Rosa', 'sí');
    await scene.say('Ana', 'saldo');
    for (let round = 0; round < 20; round += 1) await later(800);
    expect(scene.channel.arrived).toEqual([]);
    scene.channel.failAll();
    for (let round = 0; round < 4; round += 1) await later(800);
    expect(await outboxStates(scene.world)).toEqual({ sent: 6 });
    expect(scene.channel.arrived).toHaveLength(6);
  });

  test('M12 a swarm of faults ends with everybody having heard everything, in order, at most once more per fault', async () => {
    await open();
    const names = ['Ana', 'Consuelo', 'Petra', 'Guadalupe'];
    const faults = [
      { type: 'unavailable' },
      { type: 'lost-acknowledgement' },
      { type: 'retry-after', seconds: 0.05, scope: 'chat' },
      { type: 'unavailable' },
    ] as const;
    names.forEach((name, n) => scene.channel.failTo(address(name), faults[n]!, faults[(n + 1) % 4]!));
    for (const question of ['saldo', 'mi libreta', 'cuándo es la reunión']) {
      await Promise.all(names.map((name) => scene.post(name, said(question))));
    }
    for (let round = 0; round < 8; round += 1) {
      await setTimeout(60); // longer than the pause the platform asked for
      await later(60);
    }
    expect(await outboxStates(scene.world)).toEqual({ sent: 12 });
    for (const [n, name] of names.entries()) {
      const lost = [faults[n]!, faults[(n + 1) % 4]!].filter((f) => f.type === 'lost-acknowledgement').length;
      const words = scene.heard(name).map((m) => m.text);
      expect(words).toHaveLength(3 + lost);
      expect([...new Set(words)]).toEqual([
        expect.stringContaining('Llevas ahorrado'),
        expect.stringContaining('Tu libreta'),
        expect.stringContaining('Próxima reunión'),
      ]);
    }
  });
});
