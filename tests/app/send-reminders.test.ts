import { afterEach, describe, expect, test } from 'vitest';
import type { FakeChannel } from '../support/fake-channel.ts';
import { JACARANDAS, MILPA, openScene, outboxStates, passSeconds, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

let scene: Scene;
/** @param from the day on which the groups begin, so that reminders before it are not due */
const open = async (options: { header?: string; from?: string } = {}): Promise<void> => {
  scene = await openScene(options);
  const begins = instantOf(options.from ?? '2026-11-24 19:00 America/Tijuana').toString();
  await scene.world.store.pool.query('update savings_group set created_at = $1', [begins]);
};
afterEach(() => scene.close());

const tickAt = async (text: string): Promise<void> => {
  scene.world.now = instantOf(text);
  await scene.app.tick();
  await scene.app.delivery.idle();
};
const reminders = (channel: FakeChannel = scene.channel) =>
  channel.arrived.filter(({ message }) => message.text.includes('Si quieres saber más'));
const remindersTo = (name: string) =>
  reminders().filter(({ address }) => address === scene.world.person(name).id);

type Occurrence = { due: string; outcome: string; reason: string | null; messages: number };
const occurrences = async (): Promise<Occurrence[]> => {
  const { rows } = await scene.world.store.pool.query<Occurrence>(
    `select to_char(o.due_at at time zone g.time_zone, 'YYYY-MM-DD HH24:MI') as due, o.outcome, o.reason, o.messages
       from occurrence o join savings_group g on g.id = o.subject_id where o.job = 'reminder' order by g.id, o.due_at`,
  );
  return rows;
};

describe('M3 every reminder that is due is written once and delivered, or says why not', () => {
  test('M3 one to each active member who owes something, none before its time, none twice', async () => {
    await open();
    await tickAt('2026-11-30 17:59 America/Tijuana');
    expect(reminders()).toEqual([]);
    for (const minute of ['18:00', '18:01', '19:30', '20:59'])
      await tickAt(`2026-11-30 ${minute} America/Tijuana`);
    for (const name of ['Rosa', 'Guadalupe', 'Ana', 'Petra', 'Consuelo']) {
      expect(remindersTo(name)).toHaveLength(1);
    }
    expect(reminders()).toHaveLength(5);
    expect(await occurrences()).toEqual([
      { due: '2026-11-30 18:00', outcome: 'done', reason: null, messages: 5 },
    ]);
  });

  test('M3 who asked for no reminders, who wrote BAJA and who is not active hears nothing', async () => {
    await open();
    await scene.say('Ana', 'ya no me mandes recordatorios');
    await scene.say('Petra', 'BAJA');
    await scene.world.store.pool.query(`update member set state = 'suspended' where id = $1`, [
      scene.world.person('Consuelo').id,
    ]);
    await tickAt('2026-11-30 18:00 America/Tijuana');
    expect(['Ana', 'Petra', 'Consuelo'].map((name) => remindersTo(name).length)).toEqual([0, 0, 0]);
    expect(['Rosa', 'Guadalupe'].map((name) => remindersTo(name).length)).toEqual([1, 1]);
  });

  test('M3 one that cannot be delivered is kept with its reason', async () => {
    await open();
    scene.channel.failTo(scene.world.person('Ana').id, { type: 'undeliverable' });
    await tickAt('2026-11-30 18:00 America/Tijuana');
    const { rows } = await scene.world.store.pool.query(
      `select state, reason from outbox where kind = 'reminder' and member_id = $1`,
      [scene.world.person('Ana').id],
    );
    expect(rows).toEqual([{ state: 'failed', reason: 'undeliverable' }]);
  });

  test('M3 two processes that tick at the same moment write it once', async () => {
    await open();
    const other = await scene.another();
    scene.world.now = instantOf('2026-11-30 18:00 America/Tijuana');
    await Promise.all([scene.app.tick(), other.app.tick(), scene.app.tick(), other.app.tick()]);
    await expect.poll(() => outboxStates(scene.world)).toEqual({ sent: 5 });
    expect(reminders().length + reminders(other.channel).length).toBe(5);
  });
});

describe('whoever has given hears nothing', () => {
  test('when she gave before the reminder was planned', async () => {
    await open();
    scene.world.now = instantOf('2026-11-29 12:00 America/Tijuana');
    await scene.say('Rosa', 'Ana 50');
    await scene.say('Rosa', 'sí');
    await tickAt('2026-11-30 18:00 America/Tijuana');
    expect(remindersTo('Ana')).toEqual([]);
    expect(reminders()).toHaveLength(4);
  });

  test('M3 when she gave between the planning and the sending: it is skipped as paid', async () => {
    await open();
    scene.channel.failTo(scene.world.person('Ana').id, { type: 'unavailable' });
    await tickAt('2026-11-30 18:00 America/Tijuana');
    await scene.say('Rosa', 'Ana 50');
    await scene.say('Rosa', 'sí');
    await passSeconds(scene.world, 60);
    scene.app.delivery.wake();
    await scene.app.delivery.idle();
    expect(remindersTo('Ana')).toEqual([]);
    const { rows } = await scene.world.store.pool.query(
      `select state, reason from outbox where kind = 'reminder' and member_id = $1`,
      [scene.world.person('Ana').id],
    );
    expect(rows).toEqual([{ state: 'skipped', reason: 'paid' }]);
  });
});

describe('M9 no reminder at night', () => {
  test('M9 one that falls due while nothing runs waits until seven, and goes before the meeting', async () => {
    await open();
    await tickAt('2026-11-30 23:15 America/Tijuana');
    expect(reminders()).toEqual([]);
    scene.world.now = instantOf('2026-12-01 07:00 America/Tijuana');
    await passSeconds(scene.world, 7.75 * 3_600);
    scene.app.delivery.wake();
    await scene.app.delivery.idle();
    expect(reminders()).toHaveLength(5);
  });

  test('M9 one that was to go by day and could not is not sent in the night', async () => {
    await open();
    scene.channel.failAll({ type: 'unavailable' });
    await tickAt('2026-11-30 18:00 America/Tijuana');
    scene.channel.failAll();
    scene.world.now = instantOf('2026-11-30 22:00 America/Tijuana');
    await passSeconds(scene.world, 4 * 3_600);
    scene.app.delivery.wake();
    await scene.app.delivery.idle();
    expect(reminders()).toEqual([]);
    scene.world.now = instantOf('2026-12-01 07:00 America/Tijuana');
    await passSeconds(scene.world, 9 * 3_600);
    scene.app.delivery.wake();
    await scene.app.delivery.idle();
    expect(reminders()).toHaveLength(5);
  });

  test('M9 one that would come with the meeting or after it is not sent any more', async () => {
    await open();
    await tickAt('2026-12-01 17:00 America/Tijuana');
    expect(await occurrences()).toEqual([
      { due: '2026-11-30 18:00', outcome: 'skipped', reason: 'stale', messages: 0 },
    ]);
    expect(reminders()).toEqual([]);
  });
});

describe('M10 the reminder keeps its hour on the wall', () => {
  test.each([
    // Tijuana moves its clocks on 2026-03-08 and 2026-11-01; Mexico City does not any more.
    [
      'America/Tijuana',
      '2026-02-24',
      ['2026-03-02', '2026-03-09', '2026-03-16'],
      ['02:00', '01:00', '01:00'],
    ],
    [
      'America/Tijuana',
      '2026-10-20',
      ['2026-10-26', '2026-11-02', '2026-11-09'],
      ['01:00', '02:00', '02:00'],
    ],
    [
      'America/Mexico_City',
      '2026-03-24',
      ['2026-03-30', '2026-04-06', '2026-04-13'],
      ['00:00', '00:00', '00:00'],
    ],
  ])('M10 in %s from %s on: 18:00, once a week', async (zone, from, mondays, utc) => {
    await open({ header: JACARANDAS.replace('America/Tijuana', zone), from: `${from} 19:00 ${zone}` });
    const seen: number[] = [];
    for (const monday of mondays) {
      await tickAt(`${monday} 17:59 ${zone}`);
      seen.push(remindersTo('Ana').length);
      await tickAt(`${monday} 18:00 ${zone}`);
      await tickAt(`${monday} 18:01 ${zone}`);
      await tickAt(`${monday} 19:01 ${zone}`);
    }
    expect(seen).toEqual([0, 1, 2]);
    expect(remindersTo('Ana')).toHaveLength(3);
    expect((await occurrences()).map((o) => `${o.due} ${o.outcome}`)).toEqual(
      mondays.map((monday) => `${monday} 18:00 done`),
    );
    const { rows } = await scene.world.store.pool.query<{ at: string }>(
      `select to_char(due_at at time zone 'UTC', 'HH24:MI') as at from occurrence where job = 'reminder' order by due_at`,
    );
    expect(rows.map((row) => row.at)).toEqual(utc);
  });
});

describe('M11 after weeks without us', () => {
  test('M11 each group hears the latest reminder once; the earlier ones are recorded as skipped', async () => {
    await open({ header: JACARANDAS.replace('\nequipo', `${MILPA}\nequipo`) });
    await tickAt('2026-11-30 18:00 America/Tijuana');
    const before = reminders().length;
    // Three weeks later, between Saturday's reminder of one group and Monday's of the other.
    await tickAt('2026-12-22 10:00 America/Tijuana');
    const since = reminders().slice(before);
    const addresses = since.map(({ address }) => address);
    expect(new Set(addresses).size).toBe(addresses.length);
    expect(addresses.toSorted()).toEqual(
      ['Rosa', 'Guadalupe', 'Ana', 'Petra', 'Consuelo'].map((name) => scene.world.person(name).id).toSorted(),
    );
    const recorded = (await occurrences()).map((o) => `${o.due} ${o.outcome} ${o.reason ?? ''}`.trim());
    expect(recorded.toSorted()).toEqual(
      [
        '2026-11-28 18:00 skipped stale',
        '2026-11-30 18:00 done',
        '2026-12-05 18:00 skipped superseded',
        '2026-12-07 18:00 skipped superseded',
        '2026-12-12 18:00 skipped superseded',
        '2026-12-14 18:00 skipped superseded',
        '2026-12-19 18:00 skipped stale',
        '2026-12-21 18:00 done',
      ].toSorted(),
    );
    const count = reminders().length;
    await tickAt('2026-12-22 10:01 America/Tijuana');
    expect(reminders()).toHaveLength(count);
  });
});

test('M12 a channel that comes up late still delivers what was planned before it', async () => {
  await open();
  await scene.app.stop();
  scene.world.now = instantOf('2026-11-30 18:00 America/Tijuana');
  await scene.mute.tick();
  expect(await outboxStates(scene.world)).toEqual({ queued: 5 });
  const late = await scene.another();
  await late.app.delivery.idle();
  expect(reminders(late.channel)).toHaveLength(5);
});
