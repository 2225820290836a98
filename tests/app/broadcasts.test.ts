// A message of staff to many: who gets it, how often, what stops it, and what its author is told.

import { Temporal } from 'temporal-polyfill';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openScene, passSeconds, type Scene, type SceneOptions } from '../support/scene.ts';

const GROUPS = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, ahorro 200.00
4 Petra Gómez, ahorro 150.00, préstamo 2000.00 desde 2026-10-06
grupo Las Alcatraces, solidaria, America/Mexico_City, thursday 17:00
1 Consuelo Ruiz, líder, ahorro 100.00
2 Jacinta Pérez, ahorro 100.00
3 Tomasa Vela, ahorro 100.00
equipo Marta Luna
equipo Sofía Díaz
segunda persona, 50
reloj 2026-11-24 11:00 America/Tijuana
`;
/** So many have a loan, and are late with it, that nobody learns of one of them: five. */
const LENT = GROUPS.replaceAll(
  /^(\d (?:Guadalupe|Ana|Jacinta|Tomasa) .*)$/gmu,
  '$1, préstamo 2000.00 desde 2026-10-06',
);
/** Five are late, and six are not: of both there are so many that nobody learns of one of them. Ana will be late tomorrow. */
const HALF_LENT = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00, préstamo 2000.00 desde 2026-10-06
3 Ana Martínez, ahorro 200.00, préstamo 1600.00 desde 2026-11-17
4 Petra Gómez, ahorro 150.00, préstamo 2000.00 desde 2026-10-06
5 Yolanda Soto, ahorro 100.00
grupo Las Alcatraces, solidaria, America/Mexico_City, thursday 17:00
1 Consuelo Ruiz, líder, ahorro 100.00
2 Jacinta Pérez, ahorro 100.00, préstamo 2000.00 desde 2026-10-06
3 Tomasa Vela, ahorro 100.00, préstamo 2000.00 desde 2026-10-06
4 Berta Solís, ahorro 100.00, préstamo 2000.00 desde 2026-10-06
5 Celia Ramos, ahorro 100.00
6 Dora Pineda, ahorro 100.00
equipo Marta Luna
equipo Sofía Díaz
segunda persona, 50
reloj 2026-11-24 11:00 America/Tijuana
`;
const WORDS = 'El sábado hay taller de costos.';
const ALL = ['Rosa', 'Guadalupe', 'Ana', 'Petra', 'Consuelo', 'Jacinta', 'Tomasa'];

let scene: Scene;
const open = async (options: SceneOptions = {}): Promise<void> => {
  scene = await openScene({ header: GROUPS, ...options });
};
afterEach(() => scene.close());

const had = (name: string): number => scene.heard(name).filter(({ text }) => text.includes(WORDS)).length;
const allHad = (): number[] => ALL.map(had);
const lastTo = (name: string): string => scene.heard(name).at(-1)?.text ?? '';
const rows = async <Row extends object>(sql: string): Promise<Row[]> =>
  (await scene.world.store.pool.query<Row>(sql)).rows;
const state = async (): Promise<string | undefined> =>
  (await rows<{ state: string }>('select state from broadcast order by number desc limit 1'))[0]?.state;

const compose = async (who: string, words = WORDS): Promise<void> => {
  await scene.say('Marta', 'mandar un mensaje');
  await scene.say('Marta', words);
  await scene.say('Marta', who);
};

describe('to whom it goes', () => {
  beforeEach(() => open());

  test('everybody gets it once, and its author hears how it went', async () => {
    await compose('todas');
    await scene.say('Marta', 'enviar 7');
    expect(allHad()).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(lastTo('Marta')).toContain('Salieron 7 de 7.');
    expect(await state()).toBe('done');
  });

  test.each([
    ['las líderes', ['Rosa', 'Consuelo']],
    ['Las Alcatraces', ['Consuelo', 'Jacinta', 'Tomasa']],
    ['todas menos las líderes y Las Alcatraces', ['Guadalupe', 'Ana', 'Petra']],
    ['que no escriben hace 3 días', ['Rosa', 'Guadalupe', 'Petra', 'Consuelo', 'Jacinta', 'Tomasa']],
  ])('%s', async (who, names) => {
    await rows(`update address set heard_at = '2026-11-01'`);
    await scene.say('Ana', 'saldo');
    await rows(`update address set heard_at = '2026-11-24' where heard_at > '2026-11-02'`);
    await compose(who);
    await scene.say('Marta', `enviar ${names.length === 6 ? 10 : names.length}`);
    expect(ALL.filter((name) => had(name) === 1)).toEqual(names);
    expect(allHad().filter((times) => times > 1)).toEqual([]);
  });

  test.each(['con préstamo', 'atrasadas'])('%s', async (who) => {
    await scene.close();
    await open({ header: LENT });
    await compose(who);
    await scene.say('Marta', 'enviar 5');
    expect(ALL.filter((name) => had(name) === 1)).toEqual(['Guadalupe', 'Ana', 'Petra', 'Jacinta', 'Tomasa']);
  });

  test('a telephone of two members gets it once', async () => {
    await rows(`insert into member_address (address_id, group_id, member_id)
      select (select address_id from member_address where member_id = '${scene.world.person('Ana').id}'), group_id, member_id
        from member_address where member_id = '${scene.world.person('Petra').id}'`);
    await rows(`delete from member_address where member_id = '${scene.world.person('Petra').id}'
      and address_id <> (select address_id from member_address where member_id = '${scene.world.person('Ana').id}')`);
    await compose('todas');
    await scene.say('Marta', 'enviar 7');
    expect([had('Ana'), had('Petra')]).toEqual([1, 0]);
    expect(lastTo('Marta')).toContain('Salieron 6 de 6.');
  });
});

describe('what is asked again before it goes', () => {
  test('who writes BAJA while it waits for its hour gets nothing, and it is said why', async () => {
    await open();
    await compose('todas');
    await scene.say('Marta', 'mañana a las 9');
    await scene.say('Marta', 'enviar 7');
    expect(allHad()).toEqual([0, 0, 0, 0, 0, 0, 0]);
    // Nine o'clock in Mexico City: it begins there, and in Tijuana it waits.
    scene.world.now = Temporal.Instant.from('2026-11-25T15:00:30Z');
    await scene.app.settle();
    expect(allHad()).toEqual([0, 0, 0, 0, 1, 1, 1]);
    await scene.say('Ana', 'baja');
    scene.world.now = Temporal.Instant.from('2026-11-25T17:00:30Z');
    await passSeconds(scene.world, 7_300);
    scene.app.delivery.wake();
    await scene.app.settle();
    expect(allHad()).toEqual([1, 1, 0, 1, 1, 1, 1]);
    expect(lastTo('Marta')).toContain('1 escribió BAJA');
  });

  test('who pays what she was late with while it waits for the morning does not get it', async () => {
    await open({ header: LENT });
    scene.world.now = Temporal.Instant.from('2026-11-25T06:30:00Z');
    await compose('atrasadas');
    await scene.say('Marta', 'enviar 5');
    expect(allHad()).toEqual([0, 0, 0, 0, 0, 0, 0]);
    await scene.say('Rosa', 'Petra pagó 1900 de su préstamo');
    await scene.say('Rosa', 'sí');
    expect(scene.heard('Petra').at(-1)?.text).toContain('1,900.00');
    scene.world.now = Temporal.Instant.from('2026-11-25T17:00:00Z');
    await passSeconds(scene.world, 11 * 3_600);
    scene.app.delivery.wake();
    await scene.app.settle();
    expect(allHad()).toEqual([0, 1, 1, 0, 0, 1, 1]);
    expect(lastTo('Marta')).toContain('Salieron unos 5 de unos 5.');
    // Of one alone it is not said why.
    expect(lastTo('Marta')).not.toContain('pagado');
    expect(await rows(`select reason from outbox where reason = 'paid'`)).toEqual([{ reason: 'paid' }]);
  });

  test('who falls behind while it waits for the morning does not get what is for all but those in arrears', async () => {
    await open({ header: HALF_LENT });
    const notLate = ['Rosa', 'Ana', 'Yolanda', 'Consuelo', 'Celia', 'Dora'];
    scene.world.now = Temporal.Instant.from('2026-11-25T06:30:00Z');
    await compose('todas menos las atrasadas');
    await scene.say('Marta', 'enviar 10');
    expect(notLate.map(had)).toEqual([0, 0, 0, 0, 0, 0]);
    scene.world.now = Temporal.Instant.from('2026-11-25T17:00:00Z');
    await passSeconds(scene.world, 11 * 3_600);
    scene.app.delivery.wake();
    await scene.app.settle();
    expect(notLate.map(had)).toEqual([1, 0, 1, 1, 1, 1]);
    expect(['Guadalupe', 'Petra', 'Jacinta', 'Tomasa', 'Berta'].map(had)).toEqual([0, 0, 0, 0, 0]);
    // Of one alone it is not said why.
    expect(lastTo('Marta')).not.toContain('pagado');
    expect(await rows(`select reason from outbox where reason = 'paid'`)).toEqual([{ reason: 'paid' }]);
  });

  test('who blocks the bot is counted as such, and the others get it', async () => {
    await open();
    scene.channel.failTo(scene.world.person('Petra').id, { type: 'blocked' });
    await compose('todas');
    await scene.say('Marta', 'enviar 7');
    expect(allHad()).toEqual([1, 1, 1, 0, 1, 1, 1]);
    expect(lastTo('Marta')).toContain('Salieron 6 de 7.');
    expect(lastTo('Marta')).toContain('1 bloqueó el chat');
  });

  test('only those that failed go out again', async () => {
    await open();
    scene.channel.failTo(scene.world.person('Ana').id, { type: 'our-bug', detail: 'a test' });
    await compose('todas');
    await scene.say('Marta', 'enviar 7');
    expect(had('Ana')).toBe(0);
    await scene.press('Marta', 'Reintentar el que falló');
    expect(allHad()).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(lastTo('Marta')).toContain('Salieron 7 de 7.');
    await scene.say('Marta', 'reintentar');
    expect(allHad()).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  test('what a platform took and lost later goes out anew when it is tried again', async () => {
    await open();
    await compose('todas');
    await scene.say('Marta', 'enviar 7');
    await rows(`update outbox set state = 'failed', reason = 'unavailable'
      where broadcast_id is not null and member_id = '${scene.world.person('Ana').id}'`);
    await scene.say('Marta', 'reintentar envío 1');
    expect(had('Ana')).toBe(2);
    // As a new message: nothing of it counts as out already.
    const again = scene.heard('Ana').findLast(({ text }) => text.includes(WORDS));
    expect(again?.sentParts).toBeUndefined();
    expect(allHad().filter((times) => times === 1)).toHaveLength(6);
  });

  test('where only prepared words may go it waits until she writes', async () => {
    await open({ windowHours: 24 });
    await rows(`update address set heard_at = '2026-11-22T19:00:00Z'`);
    await rows(
      `update address set heard_at = '2026-11-24T18:00:00Z' where id = (select address_id from member_address where member_id = '${scene.world.person('Ana').id}')`,
    );
    await compose('Las Jacarandas');
    await scene.say('Marta', 'enviar 4');
    expect([had('Ana'), had('Rosa')]).toEqual([1, 0]);
    const template = scene.heard('Rosa').at(-1)?.template;
    expect(template).toMatchObject({ key: 'announcement', language: 'es', values: [] });
    await scene.say('Rosa', '1');
    expect(had('Rosa')).toBe(1);
  });
});

describe('stopping it', () => {
  const LIMITS = { perSecond: 4, perAddressMs: 0 };

  test('what has not gone out stays here, within a second', async () => {
    await open({ limits: LIMITS });
    await compose('todas');
    const sending = scene.say('Marta', 'enviar 7');
    await expect.poll(() => allHad().reduce((all, n) => all + n, 0), { timeout: 10_000 }).toBeGreaterThan(0);
    await scene.app.receive({
      channel: 'simulator',
      messageId: 'stop',
      address: scene.world.person('Sofía').id,
      receivedAt: scene.world.now.toString(),
      body: { type: 'text', text: 'cancelar' },
    });
    const stoppedAt = performance.now();
    await sending;
    await scene.app.settle();
    const late = scene.channel.calls.filter(
      ({ at, message }) => message.text.includes(WORDS) && at > stoppedAt + 1_000,
    );
    expect(late).toEqual([]);
    expect(allHad().reduce((all, n) => all + n, 0)).toBeLessThan(7);
    expect(await state()).toBe('cancelled');
    // A colleague stopped it: its author hears how far it came, and can have the rest of it sent, nobody twice.
    const before = allHad();
    // Four a second: the word of it waits for its place.
    await expect.poll(() => lastTo('Marta'), { timeout: 10_000 }).toContain('Envío 1: se detuvo.');
    const left = before.filter((times) => times === 0).length;
    await scene.press('Marta', left === 1 ? 'Mandarlo a la que falta' : `Mandarlo a las ${left} que faltan`);
    await expect.poll(allHad, { timeout: 10_000 }).toEqual([1, 1, 1, 1, 1, 1, 1]);
    await expect.poll(() => lastTo('Marta'), { timeout: 10_000 }).toContain('Salieron 7 de 7.');
  });

  test('no claim takes anything of one that was stopped, whoever has marked its rows or not', async () => {
    await open();
    scene.channel.failAll({ type: 'unavailable' });
    await compose('todas');
    await scene.say('Marta', 'enviar 7');
    scene.channel.failAll();
    await rows(`update broadcast set state = 'cancelled', reported_at = now()`);
    await passSeconds(scene.world, 60);
    scene.app.delivery.wake();
    await scene.app.settle();
    expect(allHad()).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('one that waits for its hour goes to nobody', async () => {
    await open();
    await compose('todas');
    await scene.say('Marta', 'mañana a las 9');
    await scene.say('Marta', 'enviar 7');
    expect((await scene.say('Sofía', 'cancelar envío 1')).at(-1)?.text).toContain('No salió a nadie.');
    scene.world.now = Temporal.Instant.from('2026-11-25T18:00:00Z');
    await scene.app.settle();
    expect(allHad()).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('two people of the staff', () => {
  const MANY = GROUPS.replace('segunda persona, 50', 'segunda persona, 3');

  test('the second one is told its hour, and a time that has passed meanwhile is not taken for now', async () => {
    await open({ header: MANY });
    await compose('todas');
    await scene.say('Marta', 'mañana a las 9');
    await scene.say('Marta', 'enviar 7');
    expect(await state()).toBe('waiting');
    expect((await scene.press('Sofía', 'Verlo')).at(-1)?.text).toContain('miércoles 25 de noviembre a las 9');
    scene.world.now = Temporal.Instant.from('2026-11-26T18:00:00Z');
    await scene.press('Sofía', 'Verlo');
    expect((await scene.say('Sofía', 'enviar 7')).at(-1)?.text).toContain('ya pasó');
    expect(lastTo('Marta')).toContain('No salió');
    expect(allHad()).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('its author cannot be the second person, whatever she presses', async () => {
    await open({ header: MANY });
    await compose('todas');
    await scene.say('Marta', 'enviar 7');
    const see = scene.payload('Sofía', 'Verlo');
    await scene.post('Marta', { type: 'button', payload: see });
    expect(lastTo('Marta')).toContain('Lo hiciste tú');
    await scene.say('Marta', 'enviar 7');
    expect(await state()).toBe('waiting');
  });
});

describe('what is not said of one of them', () => {
  test('who took private lessons is no audience, and who is late is not named', async () => {
    await open();
    await compose('lecciones de derechos');
    expect(lastTo('Marta')).toContain('no se le dice a nadie');
  });

  test.each([
    ['one alone', GROUPS, 'atrasadas'],
    ['nobody at all', GROUPS, 'tesoreras con préstamo'],
    ['all but one', LENT, 'con préstamo menos las tesoreras'],
    ['all, for none was taken away', LENT, 'con préstamo menos las líderes'],
  ])('of %s nobody is told how many they are, and nothing goes', async (_what, header, who) => {
    await open({ header });
    await compose(who);
    expect(lastTo('Marta')).toContain('Son muy pocas.');
    expect(scene.heard('Marta').some(({ text }) => /persona;|personas;|Petra/u.test(text))).toBe(false);
    await scene.say('Marta', 'enviar 1');
    expect(await state()).toBeUndefined();
    const seen = await rows<{ action: string }>('select action from audit');
    expect(seen.map(({ action }) => action)).toEqual(['audience-seen']);
  });

  test('of five and more it is said, without a name', async () => {
    await open({ header: LENT });
    await compose('atrasadas');
    expect(lastTo('Marta')).toContain('Son unas 5 personas; les llega a unas 5.');
    expect(scene.heard('Marta').some(({ text }) => text.includes('Petra'))).toBe(false);
  });
});

describe('several processes', () => {
  test('each gets it once, whichever of them sends it, and its author hears of the end once', async () => {
    await open({ limits: { perSecond: 40, perAddressMs: 0 } });
    const [second, third] = [await scene.another(), await scene.another()];
    await compose('todas');
    await scene.say('Marta', 'enviar 7');
    await expect.poll(state, { timeout: 10_000 }).toBe('done');
    await Promise.all([scene, second, third].map(({ app }) => app.settle()));
    const calls = [scene, second, third].flatMap(({ channel }) => channel.arrived);
    for (const name of ALL) {
      const { id } = scene.world.person(name);
      expect(
        calls.filter(({ address, message }) => address === id && message.text.includes(WORDS)),
      ).toHaveLength(1);
    }
    expect(calls.filter(({ message }) => message.text.includes('Salieron 7 de 7.'))).toHaveLength(1);
  });
});

describe('who may do what', () => {
  beforeEach(() => open());

  test('a member who writes what staff write sends nothing', async () => {
    await scene.say('Rosa', 'mandar un mensaje');
    await scene.say('Rosa', WORDS);
    await scene.say('Rosa', 'enviar 7');
    expect(await rows('select id from broadcast')).toEqual([]);
    expect(allHad()).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('the words are sealed, and who did what is written down in a chain', async () => {
    await compose('todas');
    await scene.say('Marta', 'enviar 7');
    const [stored] = await rows<{ text: string }>(
      `select encode(content, 'escape') || encode(messages, 'escape') || audience::text as text from broadcast`,
    );
    expect(stored?.text).not.toContain('taller');
    const audit = await rows<{ action: string; ok: boolean }>(
      `select action, hash = audit_hash(prev, seq, at, actor, action, subject)
              and prev = coalesce(lag(hash) over (order by seq), '\\x00') as ok from audit order by seq`,
    );
    // Three of them were shown by name.
    expect(audit.map(({ action }) => action)).toEqual([
      'audience-seen',
      'name-seen',
      'name-seen',
      'name-seen',
      'broadcast-ready',
    ]);
    expect(audit.every(({ ok }) => ok)).toBe(true);
    await expect(rows(`update audit set actor = 'nobody'`)).rejects.toThrow();
    await expect(rows('delete from audit')).rejects.toThrow();
  });
});
