// A message of staff to many that waits, or stands beside what waits: what is shown of it before, and what becomes of it.

import { afterEach, beforeEach, expect, test } from 'vitest';
import { openScene, passSeconds, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

const GROUPS = `
grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00
1 Rosa Hernández, líder, ahorro 250.00
2 Guadalupe Cruz, tesorera, ahorro 300.00
3 Ana Martínez, ahorro 200.00
4 Petra Gómez, ahorro 150.00
equipo Marta Luna
equipo Sofía Díaz
reloj 2026-11-24 19:00 America/Tijuana
`;
const WORDS = 'El sábado hay taller de costos.';
const ALL = ['Rosa', 'Guadalupe', 'Ana', 'Petra'];
const MINUTES_OF_A_WEEK = 7 * 24 * 60;

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({ header: GROUPS });
});
afterEach(() => scene.close());

const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await scene.world.store.pool.query<Row>(sql, values)).rows;
const allHad = (): number[] =>
  ALL.map((name) => scene.heard(name).filter(({ text }) => text.includes(WORDS)).length);
const lastTo = (name: string): string => scene.heard(name).at(-1)?.text ?? '';
const compose = async (words = WORDS): Promise<void> => {
  await scene.say('Marta', 'mandar un mensaje');
  await scene.say('Marta', words);
  await scene.say('Marta', 'todas');
};
/** The clock of the program and what the database waits for go on together. */
const pass = async (minutes: number): Promise<void> => {
  scene.world.now = scene.world.now.add({ minutes });
  await passSeconds(scene.world, minutes * 60);
};

test('the reminder of a woman who wants hers days later than others keeps nothing else waiting', async () => {
  await query('update savings_group set created_at = $1', [scene.world.now.toString()]);
  await scene.say('Petra', 'recuérdame los viernes a las 10 de la mañana');
  scene.world.now = instantOf('2026-11-27 10:00 America/Tijuana');
  await scene.app.tick();
  await scene.app.settle();
  const planned = await query(`select 1 from outbox where kind = 'reminder' and state = 'queued'`);
  expect(planned).toHaveLength(3);
  await compose();
  await scene.say('Marta', 'enviar 4');
  expect(allHad()).toEqual([1, 1, 1, 1]);
  // Hers comes at its own hour all the same.
  expect(await query(`select 1 from outbox where kind = 'reminder' and state = 'queued'`)).toHaveLength(3);
});

test('whose telephone is silent, and who wants nothing of staff, is not counted among those it comes to', async () => {
  const addressOf = `(select address_id from member_address where member_id = $1)`;
  await query(`update address set spoke_at = now() - interval '61 days' where id = ${addressOf}`, [
    scene.world.person('Ana').id,
  ]);
  await query(
    `insert into member_permission (group_id, member_id, topic, given, notice_version, at)
       select group_id, id, 'staff', false, 1, now() from member where id = $1`,
    [scene.world.person('Petra').id],
  );
  await compose();
  expect(lastTo('Marta')).toContain('Son 4 personas; les llega a 2.');
  expect(lastTo('Marta')).toContain('No les llega a 2: ');
  await scene.say('Marta', 'enviar 2');
  expect(allHad()).toEqual([1, 1, 0, 0]);
  expect(lastTo('Marta')).toContain('Salieron 2 de 2.');
});

test('one whose hour came while nothing ran for a week goes to nobody, and it is said why', async () => {
  await compose();
  await scene.say('Marta', 'mañana a las 9');
  await scene.say('Marta', 'enviar 4');
  await pass(MINUTES_OF_A_WEEK);
  await scene.app.settle();
  expect(allHad()).toEqual([0, 0, 0, 0]);
  expect(lastTo('Marta')).toContain('Salieron 0 de 4.');
  expect(await query(`select distinct reason from outbox where broadcast_id is not null`)).toEqual([
    { reason: 'too-old' },
  ]);
});

test('one that was stopped before a week and is sent now is not too old', async () => {
  await compose();
  await scene.say('Marta', 'mañana a las 9');
  await scene.say('Marta', 'enviar 4');
  // As if it had been stopped before its first page of people.
  await query(`update broadcast set state = 'cancelled'`);
  await pass(MINUTES_OF_A_WEEK);
  await query(
    `select commit_broadcasts(jsonb_build_object('moved', jsonb_build_array(jsonb_build_object(
       'id', b.id, 'was', 'cancelled', 'state', 'sending', 'staff', b.author_id, 'programme', b.programme_id))), $1) from broadcast b`,
    [scene.world.now.toString()],
  );
  await scene.app.settle();
  expect(allHad()).toEqual([1, 1, 1, 1]);
});

test('"cancelar" finds the one that waits for its hour, however many were sent since', async () => {
  await compose();
  await scene.say('Marta', 'pasado mañana a las 9');
  await scene.say('Marta', 'enviar 4');
  for (let n = 0; n < 10; n += 1) {
    await compose(`Aviso de hoy, número ${n}.`);
    await scene.say('Marta', 'enviar 4');
  }
  expect((await scene.say('Sofía', 'cancelar')).at(-1)?.text).toContain('Detuve el envío 1.');
});

test('how far it is its author reads in one message that changes, and its end in another', async () => {
  const putOff = (name: string, seconds: number): void =>
    scene.channel.failTo(scene.world.person(name).id, { type: 'retry-after', seconds, scope: 'chat' });
  /** As if three seconds had passed since the last word of it. */
  const look = async (): Promise<void> => {
    await query(`update broadcast set told_at = told_at - interval '4 seconds'`);
    scene.app.delivery.wake();
    await scene.app.settle();
  };
  putOff('Ana', 20);
  putOff('Petra', 60);
  await compose();
  await scene.say('Marta', 'enviar 4');
  await look();
  expect(lastTo('Marta')).toBe('Envío 1: 2 de 4.');
  await passSeconds(scene.world, 21);
  await look();
  await look();
  await passSeconds(scene.world, 41);
  await look();
  await look();
  expect(scene.channel.edited.map(({ text }) => text)).toEqual(['Envío 1: 3 de 4.', 'Envío 1: terminó.']);
  expect(new Set(scene.channel.edited.map(({ sentId }) => sentId)).size).toBe(1);
  expect(scene.heard('Marta').filter(({ text }) => text.startsWith('Envío 1: '))).toHaveLength(1);
  expect(lastTo('Marta')).toContain('Salieron 4 de 4.');
});

test('who wrote BAJA on the telephone she wrote from last gets it on no other one of hers', async () => {
  const [ana, petra] = [scene.world.person('Ana').id, scene.world.person('Petra').id];
  await query(`update address set heard_at = now() - interval '5 days'`);
  await query(
    `insert into member_address (address_id, group_id, member_id)
       select p.address_id, a.group_id, a.member_id from member_address a, member_address p where a.member_id = $1 and p.member_id = $2`,
    [ana, petra],
  );
  await query('delete from member_address where member_id = $1', [petra]);
  await scene.say('Ana', 'baja');
  await compose();
  expect(lastTo('Marta')).toContain('1 escribió BAJA');
  await scene.say('Marta', 'enviar 2');
  expect(allHad()).toEqual([1, 1, 0, 0]);
});

test('one that cannot be put into the outbox keeps no other one back', async () => {
  await query(`create function refuse_first() returns trigger language plpgsql as $$
    begin
      if (select number from broadcast where id = new.broadcast_id) = 1 then raise exception 'a test'; end if;
      return new;
    end $$`);
  await query(
    'create trigger first_fails before insert on outbox for each row execute function refuse_first()',
  );
  await compose('Aviso que no sale.');
  await scene.say('Marta', 'enviar 4');
  await compose();
  await scene.say('Marta', 'enviar 4');
  expect(allHad()).toEqual([1, 1, 1, 1]);
});

test('what Meta asks for it is said: prepared words first to whom has not written for a day', async () => {
  await scene.close();
  scene = await openScene({ header: GROUPS, windowHours: 24 });
  await query('update address set heard_at = $1', [scene.world.now.subtract({ hours: 30 }).toString()]);
  await scene.say('Ana', 'saldo');
  await compose();
  expect(lastTo('Marta')).toContain('WhatsApp: 1 mensaje directo, que Meta cobra como «utility».');
  expect(lastTo('Marta')).toContain(
    'WhatsApp: a 3 les llega primero un aviso que Meta cobra como «marketing»',
  );
});
