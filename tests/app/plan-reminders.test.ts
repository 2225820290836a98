// Planning looks at most members at a glance only, and keeps no words: what it decides must still be what the book says.

import { afterEach, expect, test } from 'vitest';
import { remindersOf } from '../../src/app/reminder-words.ts';
import { recordStatuses } from '../../src/store/statuses.ts';
import { JACARANDAS, MILPA, openScene, outboxStates, passSeconds, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

let scene: Scene;
afterEach(() => scene.close());

const DUE = '2026-11-30 18:00 America/Tijuana';
const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await scene.world.store.pool.query<Row>(sql, values)).rows;
const open = async (options: Parameters<typeof openScene>[0] = {}): Promise<void> => {
  scene = await openScene(options);
  await query(`update savings_group set created_at = $1`, [
    instantOf('2026-11-29 12:00 America/Tijuana').toString(),
  ]);
};
const give = async (line: string): Promise<void> => {
  scene.world.now = instantOf('2026-11-29 12:00 America/Tijuana');
  await scene.say('Rosa', line);
  await scene.say('Rosa', 'sí');
};
const fine = (name: string): Promise<object[]> =>
  query(
    `insert into member_fine (group_id, id, member_id, meeting_on, reason, amount_minor, set_by, created_at)
       select group_id, gen_random_uuid(), id, '2026-11-24', 'late', 500, id, now() from member where id = $1`,
    [scene.world.person(name).id],
  );
/** Who was planned for, by number; and who is, when the whole book is asked of each. */
const planned = async (): Promise<number[]> =>
  (
    await query<{ number: number }>(
      `select m.number from outbox o join member m on m.id = o.member_id where o.kind = 'reminder' order by m.number`,
    )
  ).map(({ number }) => number);
const byTheBook = async (): Promise<number[]> => {
  const rows = await query<{ id: string; on: string }>(
    `select distinct g.id, o.meeting_on::text as on from savings_group g join outbox o on o.group_id = g.id where o.kind = 'reminder'`,
  );
  const { store } = scene.world;
  const all = await Promise.all(
    rows.map(({ id, on }) =>
      remindersOf({ store, content: scene.app.content }, 'reminder', {
        groupId: id,
        meetingDate: instantOf(`${on} 12:00 UTC`).toZonedDateTimeISO('UTC').toPlainDate(),
      }),
    ),
  );
  return all
    .flat()
    .filter(({ member }) => member.reach.length > 0)
    .map(({ member }) => member.number)
    .toSorted((a, b) => a - b);
};

test('who has given her savings is reminded of an instalment or a fine, and of nothing else', async () => {
  await open();
  await give('Guadalupe 50, Ana 50, Petra ahorro 50, Consuelo 50');
  await fine('Consuelo');
  scene.world.now = instantOf(DUE);
  await scene.mute.tick();
  expect(await planned()).toEqual([1, 4, 5]);
  expect(await byTheBook()).toEqual([1, 4, 5]);
});

test('a fine that was paid is looked at closely, and nobody is reminded of it', async () => {
  await open();
  await give('Ana 50');
  await fine('Ana');
  await give('Ana multa 5');
  scene.world.now = instantOf(DUE);
  await scene.mute.tick();
  expect(await planned()).toEqual([1, 2, 4, 5]);
  expect(await byTheBook()).toEqual([1, 2, 4, 5]);
});

test('groups of several zones that are due at one moment are written in one page, each for its own meeting', async () => {
  const sunday = MILPA.replace('sunday 10:00', 'tuesday 12:00');
  await open({ header: JACARANDAS.replace('\nequipo', `${sunday}\nequipo`) });
  scene.world.now = instantOf(DUE);
  const other = await scene.another({ receives: false, sends: false });
  await Promise.all([scene.mute.tick(), other.app.tick(), scene.mute.tick()]);
  expect(await planned()).toEqual([1, 1, 2, 2, 3, 4, 5]);
  expect(await byTheBook()).toEqual([1, 1, 2, 2, 3, 4, 5]);
  const occurrences = await query<{ due: string; messages: number }>(
    `select to_char(o.due_at at time zone g.time_zone, 'YYYY-MM-DD HH24:MI') as due, o.messages
       from occurrence o join savings_group g on g.id = o.subject_id where o.job = 'reminder' order by o.messages`,
  );
  expect(occurrences).toEqual([
    { due: '2026-11-30 18:00', messages: 2 },
    { due: '2026-11-30 18:00', messages: 5 },
  ]);
});

test('a reminder keeps no words while it waits: it says what holds when it is sent', async () => {
  await open();
  await scene.app.stop();
  scene.world.now = instantOf(DUE);
  await scene.mute.tick();
  expect(await query('select 1 from outbox where body is not null')).toEqual([]);
  await query(`update member set language = 'en' where id = $1`, [scene.world.person('Ana').id]);
  const later = await scene.another();
  await later.app.delivery.idle();
  const text = (name: string) => later.channel.to(scene.world.person(name).id).at(-1)?.text ?? '';
  expect(text('Ana')).toMatch(/^Hello, Ana/u);
  expect(text('Petra')).toContain('Petra');
  expect(await outboxStates(scene.world)).toEqual({ sent: 5 });
});

test('a reminder that a platform takes back after all waits for her, and says then what holds', async () => {
  await open();
  scene.world.now = instantOf(DUE);
  await scene.app.tick();
  await scene.app.delivery.idle();
  const { store } = scene.world;
  await query('update outbox set status_id = id::text, sent_id = id::text');
  const [row] = await query<{ sent_id: string }>(`select sent_id from outbox where member_id = $1`, [
    scene.world.person('Ana').id,
  ]);
  const at = '2026-12-01T03:00:00Z';
  const { held } = await recordStatuses(store, 'simulator', [
    { sentId: row?.sent_id ?? '', state: 'failed', at, reason: 'outside-window' },
  ]);
  expect(held).toMatchObject([
    { message: undefined, unworded: { kind: 'reminder', meetingOn: '2026-12-01' } },
  ]);
  expect(await outboxStates(scene.world)).toEqual({ sent: 4, held: 1 });
  await query(`update outbox set state = 'queued', not_before = now() where state = 'held'`);
  await passSeconds(scene.world, 1);
  const before = scene.heard('Ana').length;
  scene.app.delivery.wake();
  await scene.app.delivery.idle();
  expect(scene.heard('Ana')).toHaveLength(before + 1);
  expect(await outboxStates(scene.world)).toEqual({ sent: 5 });
});

/** When each member's reminder may go out, by number, where the group lives. */
const moments = async (since: 'o.created_at' | 'now()' = 'o.created_at'): Promise<string[]> =>
  (
    await query<{ at: string }>(
      `select m.number || ' ' || to_char(date_trunc('minute', $1::timestamptz + (o.not_before - ${since}) + interval '30 seconds') at time zone g.time_zone, 'Dy HH24:MI') as at
         from outbox o join member m on m.id = o.member_id join savings_group g on g.id = m.group_id where o.kind = 'reminder' order by m.number`,
      [scene.world.now.toString()],
    )
  ).map(({ at }) => at);

test('planned once, on the first day that anybody wants: each waits for her own day and hour, or for those of the group', async () => {
  await open();
  scene.world.now = instantOf('2026-11-24 19:00 America/Tijuana');
  await query(`update savings_group set created_at = $1`, [scene.world.now.toString()]);
  await scene.say('Petra', 'recuérdame los viernes a las 7 de la noche');
  await scene.say('Ana', 'recuérdame a las 8 de la noche');
  await scene.say('Consuelo', 'sin recordatorios');
  await scene.say('Rosa', 'recordatorio del grupo los sábados a las 10 de la mañana');
  scene.world.now = instantOf('2026-11-27 09:59 America/Tijuana');
  await scene.mute.tick();
  expect(await moments()).toEqual([]);
  scene.world.now = instantOf('2026-11-27 10:00 America/Tijuana');
  await scene.mute.tick();
  const wanted = ['1 Sat 10:00', '2 Sat 10:00', '3 Sat 20:00', '4 Fri 19:00'];
  expect(await moments()).toEqual(wanted);
  scene.world.now = instantOf('2026-11-30 18:00 America/Tijuana');
  await scene.mute.tick();
  expect(await planned()).toEqual([1, 2, 3, 4]);
});

test('who changes her day or hour when hers is planned and waits has it by the new one for this meeting already', async () => {
  await open();
  scene.world.now = instantOf('2026-11-24 19:00 America/Tijuana');
  await query(`update savings_group set created_at = $1`, [scene.world.now.toString()]);
  await scene.say('Petra', 'recuérdame los viernes a las 7 de la noche');
  await scene.say('Ana', 'recuérdame a las 8 de la noche');
  await scene.say('Consuelo', 'sin recordatorios');
  scene.world.now = instantOf('2026-11-27 18:00 America/Tijuana');
  await scene.mute.tick();
  expect(await moments('now()')).toEqual(['1 Mon 18:00', '2 Mon 18:00', '3 Mon 20:00', '4 Fri 19:00']);
  await scene.say('Petra', 'recuérdame los domingos a las 9 de la mañana');
  expect(await moments('now()')).toEqual(['1 Mon 18:00', '2 Mon 18:00', '3 Mon 20:00', '4 Sun 09:00']);
  await scene.say('Rosa', 'recordatorio del grupo los sábados a las 10 de la mañana');
  // Ana has an hour of her own, and no day.
  expect(await moments('now()')).toEqual(['1 Sat 10:00', '2 Sat 10:00', '3 Sat 20:00', '4 Sun 09:00']);
  // Thursday has passed: for this meeting it comes as it was planned.
  await scene.say('Petra', 'recuérdame los jueves a las 9 de la mañana');
  expect(await moments('now()')).toEqual(['1 Sat 10:00', '2 Sat 10:00', '3 Sat 20:00', '4 Sun 09:00']);
  // On the meeting's own day only before it begins.
  await scene.say('Petra', 'recuérdame los martes a las 9 de la mañana');
  expect((await moments('now()')).at(-1)).toBe('4 Tue 09:00');
  expect(await planned()).toEqual([1, 2, 3, 4]);
});

test('a group that turned its reminders off hears none: not the next one, not what waits, and not the day after', async () => {
  await open();
  await query('update savings_group set late_reminders = true');
  await scene.app.stop();
  scene.world.now = instantOf(DUE);
  await scene.mute.tick();
  expect(await planned()).toEqual([1, 2, 3, 4, 5]);
  await query('update savings_group set reminders = false');
  const later = await scene.another();
  await later.app.delivery.idle();
  expect(await outboxStates(scene.world)).toEqual({ skipped: 5 });
  scene.world.now = instantOf('2026-12-07 18:00 America/Tijuana');
  await scene.mute.tick();
  expect(await query(`select 1 from outbox where meeting_on > '2026-12-01' or kind = 'late'`)).toEqual([]);
});
