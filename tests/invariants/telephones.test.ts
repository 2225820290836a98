// From which telephone a member speaks: silence by the database's own clock, and new telephones that two officers vouch for.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { faults, label, openScene, type Scene } from '../support/scene.ts';
import { answeredAt, codeIn, settled as settledOf, vouchedByStaff } from '../support/telephones.ts';

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

const settled = () => settledOf(scene);
/** What is answered at an address after somebody wrote from it. */
const answered = (address: string, text: string, by = scene.app) => answeredAt(scene, address, text, by);

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
  return codeIn(told?.text);
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

describe('a new telephone where officers cannot say it alone', () => {
  const made = async (): Promise<number> => {
    const { rows } = await pool().query<{ n: number }>(
      `select count(*)::int as n from invite i join second_word w on w.id = i.id where w.kind = 'new-phone'`,
    );
    return rows[0]?.n ?? 0;
  };

  test('is hers by an officer and one of the staff, a day later; by the one alone it is not', async () => {
    await scene.say('Rosa', 'cambio de número de Guadalupe');
    await scene.press('Rosa', label('pin-reset.yes'));
    await settled();
    const word = scene.payload('Marta', label('phones.open')).split(':')[2];
    for (const payload of [`second:yes:${word}`, `phones:yes:${word}`]) {
      await scene.post('Rosa', { type: 'button', payload });
      await scene.post('Guadalupe', { type: 'button', payload });
      await scene.post('Ana', { type: 'button', payload });
    }
    expect(await made()).toBe(0);
    await scene.press('Marta', label('phones.open'));
    const [told] = await scene.press('Marta', label('pin-reset.yes'));
    expect((await answered(NEW, `UNIRME ${codeIn(told?.text)}`)).join()).toBe(label('new-phone.wait'));
    await later(23);
    expect((await answered(NEW, 'saldo')).join()).not.toContain('$300.00');
    await later(1);
    expect((await answered(NEW, 'saldo')).join()).toContain('$300.00');
    const { rows } = await pool().query<object>(
      'select vouched_by, witness_id, vouched_staff_id, witness_staff_id, contested, state from recovery',
    );
    expect(rows).toEqual([
      {
        vouched_by: id('Rosa'),
        witness_id: null,
        vouched_staff_id: null,
        witness_staff_id: id('Marta'),
        contested: false,
        state: 'done',
      },
    ]);
  });

  test('of an officer whom another one can see is not begun by staff', async () => {
    const before = scene.heard('Marta').length;
    for (const name of ['Rosa', 'Guadalupe', 'Ana'])
      for (const what of ['of', 'new', 'known'])
        await scene.post('Marta', { type: 'button', payload: `phones:${what}:${id(name)}` });
    const told = JSON.stringify(scene.heard('Marta').slice(before));
    for (const name of ['Rosa', 'Guadalupe', 'Ana']) expect(told).not.toContain(name);
    const { rows } = await pool().query('select from second_word');
    expect(rows).toEqual([]);
  });

  test('comes after a no by staff too, while the old one hears and opens nothing; staff can stop it', async () => {
    await answered(NEW, `UNIRME ${await vouched()}`);
    await scene.say('Ana', 'NO');
    await settled();
    // Officers alone give her none now.
    await scene.say('Rosa', 'cambio de número de Ana');
    await scene.press('Rosa', label('pin-reset.yes'));
    await settled();
    const heard = scene.heard('Guadalupe').at(-1);
    expect(heard?.choices?.map((choice) => choice.label) ?? []).not.toContain(label('choice.yes'));
    const asked = scene.channel.to(id('Ana')).length;
    const code = await vouchedByStaff(scene, { officer: 'Rosa', staff: 'Marta', whose: 'Ana' });
    await answered(NEW, `UNIRME ${code}`);
    expect(scene.channel.to(id('Ana')).slice(asked)).toEqual([]);
    for (const text of ['saldo', 'NO', 'hola', '4829'])
      expect((await answered(id('Ana'), text)).join()).toContain(label('phones.paused'));
    await scene.post('Ana', { type: 'button', payload: `phone:no:${id('Ana')}` });
    const { rows } = await pool().query<object>('select state, contested from recovery order by contested');
    expect(rows).toEqual([
      { state: 'denied', contested: false },
      { state: 'held', contested: true },
    ]);
    // Nothing unasked goes there either.
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    await settled();
    const receipt = await pool().query<object>(`select state, reason from outbox where kind = 'receipt'`);
    expect(receipt.rows).toEqual([{ state: 'skipped', reason: 'silent' }]);
    await scene.press('Marta', label('phones.open'));
    await scene.press('Marta', label('phones.stop'));
    await later(25);
    expect((await answered(NEW, 'saldo')).join()).not.toContain('$300.00');
    expect((await answered(id('Ana'), 'saldo')).join()).toContain('$300.00');
  });

  test('is given by officers alone again thirty days after the no', async () => {
    await answered(NEW, `UNIRME ${await vouched()}`);
    await scene.say('Ana', 'NO');
    await later(24 * 30 + 1);
    expect(await vouched()).toMatch(/^\w{10}$/u);
  });
});

describe('an officer who is alone', () => {
  const ALONE = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Ana Martínez, ahorro 200.00
equipo Marta Ruiz
equipo Julia Peña
reloj 2026-11-24 10:00 America/Tijuana`;
  beforeEach(async () => {
    await scene.close();
    scene = await openScene({ header: ALONE });
  });

  test('has her new telephone by two of the staff, never by one of them twice', async () => {
    await scene.post('Marta', { type: 'button', payload: `phones:new:${id('Rosa')}` });
    await settled();
    const word = scene.payload('Julia', label('phones.open')).split(':')[2];
    for (const name of ['Marta', 'Rosa', 'Ana'])
      await scene.post(name, { type: 'button', payload: `phones:yes:${word}` });
    const { rows } = await pool().query('select from invite where id = $1', [word]);
    expect(rows).toEqual([]);
    await scene.press('Julia', label('phones.open'));
    const [told] = await scene.press('Julia', label('pin-reset.yes'));
    await answered(NEW, `UNIRME ${codeIn(told?.text)}`);
    // Her old one is asked, and what it says ends it.
    await scene.say('Rosa', 'NO');
    await later(25);
    expect((await answered(NEW, 'saldo')).join()).not.toContain('$250.00');
  });

  test('is known again after a long silence by two of the staff who saw her, by that telephone alone', async () => {
    await silent('Rosa', 60);
    await answered(id('Rosa'), 'saldo');
    await scene.press('Julia', label('phones.open'));
    await scene.press('Julia', label('phones.known'));
    await settled();
    const payload = scene.payload('Marta', label('phones.open'));
    await scene.post('Julia', { type: 'button', payload: payload.replace('word', 'yes') });
    await scene.post('Ana', { type: 'button', payload: payload.replace('word', 'yes') });
    expect((await answered(id('Rosa'), 'saldo')).join()).not.toContain('$250.00');
    await scene.press('Marta', label('phones.open'));
    await scene.press('Marta', label('pin-reset.yes'));
    expect((await answered(id('Rosa'), 'saldo')).join()).toContain('$250.00');
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
