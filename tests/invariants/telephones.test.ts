// From which telephone a member speaks: silence by the database's own clock, and new telephones that two officers vouch for.

import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { faults, label, openScene, type Scene } from '../support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(async () => {
  try {
    expect(await faults(scene.world)).toEqual([]);
  } finally {
    await scene.close();
  }
});

const HERS = '$200.00';
const pool = () => scene.world.store.pool;
const id = (name: string): string => scene.world.person(name).id;

/** Until nothing is on the wire; what waits for its hour stays. */
const settled = async (): Promise<void> => {
  for (let look = 0; look < 20; look += 1) {
    scene.app.delivery.wake();
    await scene.app.settle();
    const { rows } = await pool().query(`select from outbox where state = 'sending'`);
    if (rows.length === 0 && look > 0) return;
    await setTimeout(25);
  }
};

/** What is answered at an address after somebody wrote from it. */
const answered = async (address: string, text: string, by = scene.app): Promise<string[]> => {
  const before = scene.channel.to(address).length;
  await by.receive({
    channel: 'simulator',
    messageId: randomUUID(),
    address,
    receivedAt: scene.world.now.toString(),
    body: { type: 'text', text },
  });
  await settled();
  return scene.channel
    .to(address)
    .slice(before)
    .map((message) => message.text);
};

/** So long nothing was heard from her telephone. */
const silent = (name: string, days: number) =>
  pool().query(
    `update address a set spoke_at = now() - make_interval(days => $2), doubted_at = null
       from member_address m where m.address_id = a.id and m.member_id = $1`,
    [id(name), days],
  );

const later = async (hours: number): Promise<void> => {
  scene.world.now = scene.world.now.add({ hours });
  await scene.app.tick();
  await settled();
};

const linked = async (name: string): Promise<number> => {
  const { rows } = await pool().query<{ n: number }>(
    'select count(*)::int as n from member_address where member_id = $1',
    [id(name)],
  );
  return rows[0]?.n ?? 0;
};

const NEW = 'new-telephone';

/** Two officers vouch for a new telephone of Ana's; the code that came of it. */
const vouched = async (): Promise<string> => {
  await scene.say('Rosa', 'cambio de número de Ana');
  await scene.press('Rosa', label('pin-reset.yes'));
  await settled();
  const [told] = await scene.press('Guadalupe', label('choice.yes'));
  return /UNIRME (\w+)/u.exec(told?.text ?? '')?.[1] ?? '';
};

describe('silence', () => {
  test.each([
    [59, true],
    [60, false],
    [61, false],
    [179, false],
    [180, false],
  ])('after %d days she is answered as before: %s', async (days, isTrusted) => {
    await silent('Ana', days);
    const told = (await answered(id('Ana'), 'saldo')).join('\n');
    expect(told.includes(HERS)).toBe(isTrusted);
    // Still not at the second message: to have written once proves nothing.
    expect((await answered(id('Ana'), 'saldo')).join('\n').includes(HERS)).toBe(isTrusted);
    expect(told).not.toContain('Ana');
    expect(told).not.toContain('Jacarandas');
    await later(0);
    // Half a year is the clock's.
    expect(await linked('Ana')).toBe(days < 180 ? 1 : 0);
  });

  test('nothing unasked goes to a silent telephone but one line that tells nothing, and it is recorded why', async () => {
    await silent('Ana', 60);
    const before = scene.channel.to(id('Ana')).length;
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    expect(scene.channel.to(id('Ana')).slice(before)).toEqual([]);
    const { rows } = await pool().query<object>(
      `select state, reason, body from outbox where kind = 'receipt'`,
    );
    expect(rows).toEqual([{ state: 'skipped', reason: 'silent', body: null }]);
    await silent('Ana', 50);
    await later(0);
    await later(0);
    const said = scene.channel.to(id('Ana')).slice(before);
    expect(said.map(({ text }) => text)).toEqual([label('silent.nudge')]);
  });

  test('at half a year the code that one officer could make opens nothing: two bring her back, and a day', async () => {
    await scene.say('Rosa', 'código');
    await silent('Ana', 180);
    await later(0);
    expect(scene.heard('Rosa').at(-1)?.text).toContain('180');
    await scene.post('Rosa', { type: 'button', payload: `invite:${id('Ana')}` });
    expect(scene.heard('Rosa').at(-1)?.text).not.toContain('UNIRME');
    const code = await vouched();
    expect((await answered(id('Ana'), `UNIRME ${code}`)).join()).toContain(label('new-phone.wait'));
    expect((await answered(id('Ana'), 'saldo')).join()).not.toContain(HERS);
    await later(24);
    expect((await answered(id('Ana'), 'saldo')).join()).toContain(HERS);
  });

  test('no officer says of her own telephone that it is hers, nor a member of anybody’s', async () => {
    await silent('Guadalupe', 60);
    await answered(id('Guadalupe'), 'pendientes');
    const payload = scene.payload('Rosa', label('pin-reset.yes'));
    await scene.post('Guadalupe', { type: 'button', payload });
    await scene.post('Ana', { type: 'button', payload });
    expect((await answered(id('Guadalupe'), 'saldo')).join()).not.toContain('$300.00');
    await scene.post('Rosa', { type: 'button', payload });
    expect((await answered(id('Guadalupe'), 'saldo')).join()).toContain('$300.00');
    // Said of herself while she is trusted, and of a telephone that is not the one she asked about.
    await silent('Rosa', 60);
    await answered(id('Rosa'), 'saldo');
    const own = scene.payload('Guadalupe', label('pin-reset.yes'));
    await scene.post('Rosa', { type: 'button', payload: own });
    expect((await answered(id('Rosa'), 'saldo')).join()).not.toContain('$250.00');
  });
});

describe('a new telephone', () => {
  test('is not made by one officer alone, nor by her whose it is', async () => {
    await scene.say('Rosa', 'cambio de número de Ana');
    await scene.press('Rosa', label('pin-reset.yes'));
    await settled();
    const payload = scene.payload('Guadalupe', label('choice.yes'));
    await scene.post('Rosa', { type: 'button', payload });
    await scene.post('Ana', { type: 'button', payload });
    const { rows } = await pool().query<object>(
      `select 1 from invite i join second_word w on w.id = i.id where w.kind = 'new-phone'`,
    );
    expect(rows).toEqual([]);
    // Of Guadalupe's own telephone there is nobody left to say it too.
    await scene.say('Rosa', 'cambio de número de Guadalupe');
    await scene.press('Rosa', label('pin-reset.yes'));
    expect(scene.heard('Rosa').at(-1)?.text).toContain('no hay');
  });

  test('is hers a day after it wrote, not a minute sooner, and the old one is a stranger’s', async () => {
    const code = await vouched();
    const [told] = await answered(NEW, `UNIRME ${code}`);
    expect(told).toBe(label('new-phone.wait'));
    await later(23);
    expect((await answered(NEW, 'saldo')).join()).not.toContain(HERS);
    expect((await answered(id('Ana'), 'saldo')).join()).toContain(HERS);
    await later(1);
    expect((await answered(NEW, 'saldo')).join()).toContain(HERS);
    expect((await answered(id('Ana'), 'saldo')).join()).not.toContain(HERS);
    const { rows } = await pool().query<object>(
      'select vouched_by, witness_id, state from recovery where member_id = $1',
      [id('Ana')],
    );
    expect(rows).toEqual([{ vouched_by: id('Rosa'), witness_id: id('Guadalupe'), state: 'done' }]);
  });

  test('is nobody’s when the old one says no', async () => {
    await answered(NEW, `UNIRME ${await vouched()}`);
    await scene.say('Ana', 'NO');
    await later(25);
    expect((await answered(NEW, 'saldo')).join()).not.toContain(HERS);
    expect((await answered(id('Ana'), 'saldo')).join()).toContain(HERS);
  });

  test('tells nobody who else wrote the code, and opens once', async () => {
    const code = await vouched();
    await answered(NEW, `UNIRME ${code}`);
    const other = (await answered('another-telephone', `UNIRME ${code}`)).join();
    expect(other).not.toContain('Ana');
    await later(24);
    expect((await answered('another-telephone', 'saldo')).join()).not.toContain(HERS);
  });

  test('is written once, when two programs look at the clock at the same moment', async () => {
    await answered(NEW, `UNIRME ${await vouched()}`);
    const two = await scene.another();
    scene.world.now = scene.world.now.add({ hours: 24 });
    await Promise.all([scene.app.tick(), two.app.tick()]);
    await settled();
    const { rows } = await pool().query<{ n: number }>(
      `select count(*)::int as n from outbox where kind = 'telephone' and member_id = $1 and created_at > now() - interval '1 hour'`,
      [id('Ana')],
    );
    // One to the old telephone, a day ago, and one to the new one.
    expect(rows[0]?.n).toBe(2);
    expect(await linked('Ana')).toBe(1);
  });

  test('of her who asked to be forgotten meanwhile is never hers', async () => {
    await answered(NEW, `UNIRME ${await vouched()}`);
    await pool().query('update data_key set wrapped = null, shredded_at = now() where id = $1', [id('Ana')]);
    await later(24);
    expect((await answered(NEW, 'saldo')).join()).not.toContain(HERS);
    const { rows } = await pool().query<object>('select state from recovery');
    expect(rows).toEqual([{ state: 'stopped' }]);
  });
});

describe('who is suspended', () => {
  const suspend = async (): Promise<string> => {
    await scene.say('Rosa', 'suspende a Ana');
    await scene.press('Rosa', label('suspend.ask'));
    await settled();
    return scene.payload('Guadalupe', label('choice.yes'));
  };
  const stateOf = async (name: string): Promise<string | undefined> => {
    const { rows } = await pool().query<{ state: string }>('select state from member where id = $1', [
      id(name),
    ]);
    return rows[0]?.state;
  };

  test('is so by the word of two officers, not of one, nor by a member’s', async () => {
    const payload = await suspend();
    await scene.post('Rosa', { type: 'button', payload });
    await scene.post('Ana', { type: 'button', payload });
    await scene.post('Consuelo', { type: 'button', payload });
    expect(await stateOf('Ana')).toBe('active');
    const two = await scene.another();
    await Promise.all([
      scene.post('Guadalupe', { type: 'button', payload }),
      scene.post('Guadalupe', { type: 'button', payload }, { by: two }),
    ]);
    expect(await stateOf('Ana')).toBe('suspended');
    await scene.post('Guadalupe', { type: 'button', payload });
    expect(await stateOf('Ana')).toBe('suspended');
  });

  test('is in the roll, the payments and the closing as before, and none of those it takes a quorum of', async () => {
    await scene.post('Guadalupe', { type: 'button', payload: await suspend() });
    await scene.say('Rosa', 'Ana 50');
    await scene.say('Rosa', 'sí');
    expect((await answered(id('Ana'), 'saldo')).join()).toContain('$250.00');
    expect((await scene.say('Rosa', 'caja'))[0]?.text).toContain('5');
  });
});
