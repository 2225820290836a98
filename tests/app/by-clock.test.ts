// What is done when its time comes, by whichever process looks first: once, by day, and only what still holds.

import { afterEach, describe, expect, test } from 'vitest';
import { forgetRecords } from '../../src/store/housekeeping.ts';
import { entryCount, openScene, outboxStates, passSeconds, type Scene } from '../support/scene.ts';
import { instantOf } from '../support/transcript-programme.ts';

let scene: Scene;
const open = async (): Promise<void> => {
  scene = await openScene();
  await query(`update savings_group set created_at = '2026-11-24'`);
};
afterEach(() => scene.close());

const query = async <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  (await scene.world.store.pool.query<Row>(sql, values)).rows;
const tickAt = async (text: string, apps = [scene.app]): Promise<void> => {
  scene.world.now = instantOf(text);
  await Promise.all(apps.map((app) => app.tick()));
  await Promise.all(apps.map((app) => app.delivery.idle()));
};
const heardOf = (kind: string) =>
  query<{ name: string; what: string }>(
    `select m.number::text as name, o.state || coalesce(' ' || o.reason, '') as what
       from outbox o join member m on m.id = o.member_id where o.kind = $1 order by m.number`,
    [kind],
  );

describe('the reminder after the meeting', () => {
  const DAY_AFTER = '2026-12-02 18:00 America/Tijuana';

  const wroteDown = async (list: string): Promise<void> => {
    scene.world.now = instantOf('2026-12-01 17:30 America/Tijuana');
    await scene.say('Rosa', list);
    await scene.say('Rosa', 'sí');
  };

  test('is sent by no group that did not ask for it', async () => {
    await open();
    await wroteDown('Consuelo 50');
    await tickAt(DAY_AFTER);
    expect(await heardOf('late')).toEqual([]);
  });

  test('M3 goes once to each who was due and has not paid, to nobody else, whoever ticks and how often', async () => {
    await open();
    await query('update savings_group set late_reminders = true');
    const other = await scene.another();
    await wroteDown('Ana 50, Consuelo 50');
    await scene.say('Guadalupe', 'ya no me mandes recordatorios');
    await tickAt('2026-12-02 17:59 America/Tijuana');
    expect(await heardOf('late')).toEqual([]);
    await tickAt(DAY_AFTER, [scene.app, other.app]);
    await tickAt('2026-12-02 19:00 America/Tijuana', [scene.app, other.app]);
    await expect
      .poll(() => heardOf('late'))
      .toEqual([
        { name: '1', what: 'sent' },
        { name: '4', what: 'sent' },
      ]);
    const words = [...scene.channel.arrived, ...other.channel.arrived]
      .map(({ message }) => message.text)
      .filter((text) => text.includes('un saludo'));
    expect(words).toHaveLength(2);
    for (const text of words) expect(text).not.toMatch(/\d|\$|ahorro|debe|Jacarandas/u);
  });

  test('M3 is not sent any more to who pays before it leaves', async () => {
    await open();
    await query('update savings_group set late_reminders = true');
    await wroteDown('Consuelo 50');
    scene.channel.failTo(scene.world.person('Ana').id, { type: 'unavailable' });
    await tickAt(DAY_AFTER);
    await scene.say('Rosa', 'Ana 50');
    await scene.say('Rosa', '1');
    await scene.say('Rosa', 'sí');
    await passSeconds(scene.world, 60);
    scene.app.delivery.wake();
    await scene.app.delivery.idle();
    const what = (await heardOf('late')).find(({ name }) => name === '3')?.what;
    const [paid] = await query<{ on: string }>(
      `select meeting_on::text as on from payment where state = 'confirmed' order by created_at desc limit 1`,
    );
    expect(paid?.on).toBe('2026-12-01');
    expect(what).toBe('skipped paid');
  });
});

describe("the week's digest", () => {
  test('comes in a week in which something was written, also after the last one on its day, and in no other', async () => {
    await open();
    await query('update savings_group set reminders = false');
    await tickAt('2026-12-02 18:00 America/Tijuana');
    scene.world.now = instantOf('2026-12-02 19:00 America/Tijuana');
    await scene.say('Rosa', 'Ana 50');
    await scene.say('Rosa', 'sí');
    await tickAt('2026-12-09 18:00 America/Tijuana');
    await expect
      .poll(() => heardOf('digest'))
      .toEqual([
        { name: '1', what: 'sent' },
        { name: '2', what: 'sent' },
      ]);
    await tickAt('2026-12-16 18:00 America/Tijuana');
    expect(await heardOf('digest')).toHaveLength(2);
  });
});

describe('what comes next is known', () => {
  test('a group is not looked at before its time, and at once when it meets at another hour', async () => {
    await open();
    await tickAt('2026-11-30 17:00 America/Tijuana');
    const next = () =>
      query<{ at: string }>(
        `select to_char(at at time zone 'America/Tijuana', 'YYYY-MM-DD HH24:MI') as at from job_due where job = 'reminder'`,
      );
    expect(await next()).toEqual([{ at: '2026-11-30 18:00' }]);
    await query(`update savings_group set reminder_time = '17:30'`);
    expect(await next()).toEqual([]);
    await tickAt('2026-11-30 17:30 America/Tijuana');
    expect(await outboxStates(scene.world)).toEqual({ sent: 5 });
    expect(await next()).toEqual([{ at: '2026-12-07 17:30' }]);
  });
});

describe('her own hour', () => {
  test('the group is planned at the first hour anybody wants; each message waits for hers, and comes once', async () => {
    await open();
    await scene.say('Ana', 'recuérdame a las 8');
    await scene.say('Petra', 'recuérdame a las 8 de la noche');
    await tickAt('2026-11-30 07:59 America/Tijuana');
    expect(await heardOf('reminder')).toEqual([]);
    await tickAt('2026-11-30 08:00 America/Tijuana');
    const waits = await query<{ number: number; hours: number }>(
      `select m.number, round(extract(epoch from o.not_before - o.created_at) / 3600)::int as hours
         from outbox o join member m on m.id = o.member_id where o.kind = 'reminder' order by m.number`,
    );
    expect(waits.map(({ number, hours }) => [number, hours])).toEqual([
      [1, 10],
      [2, 10],
      [3, 0],
      [4, 12],
      [5, 10],
    ]);
    // She changes her mind on the same day: it is planned again, and does not come twice.
    await scene.say('Ana', 'recuérdame a las 7 de la noche');
    await tickAt('2026-11-30 18:00 America/Tijuana');
    await tickAt('2026-11-30 19:00 America/Tijuana');
    expect((await heardOf('reminder')).filter(({ name }) => name === '3')).toEqual([
      { name: '3', what: 'sent' },
    ]);
  });
});

describe('a claim that nobody answers', () => {
  test('expires once, whoever ticks; nothing is booked, and a late yes finds it gone', async () => {
    await open();
    await scene.say('Consuelo', 'ya pagué 40');
    const late = scene.payload('Rosa', 'Sí, lo recibí');
    // Only then: it may be the one that sends her the question.
    const other = await scene.another();
    const before = await entryCount(scene.world);
    await tickAt('2026-12-08 18:59 America/Tijuana', [scene.app, other.app]);
    expect(await query(`select 1 from payment where state = 'expired'`)).toEqual([]);
    await tickAt('2026-12-08 19:01 America/Tijuana', [scene.app, other.app]);
    await tickAt('2026-12-08 19:02 America/Tijuana', [scene.app, other.app]);
    expect(await query('select state from payment where savings_minor = 4000')).toEqual([
      { state: 'expired' },
    ]);
    await expect.poll(() => heardOf('expired')).toHaveLength(3);
    await scene.post('Rosa', { type: 'button', payload: late });
    expect(await entryCount(scene.world)).toBe(before);
  });

  test('is either confirmed or expired when both happen at the same moment', async () => {
    await open();
    await scene.say('Consuelo', 'ya pagué 40');
    const yes = scene.payload('Rosa', 'Sí, lo recibí');
    const before = await entryCount(scene.world);
    scene.world.now = instantOf('2026-12-08 19:01 America/Tijuana');
    await Promise.all([scene.app.tick(), scene.post('Rosa', { type: 'button', payload: yes })]);
    const [row] = await query<{ state: string }>('select state from payment where savings_minor = 4000');
    const booked = (await entryCount(scene.world)) - before;
    expect([
      ['confirmed', 1],
      ['expired', 0],
    ]).toContainEqual([row?.state, booked]);
  });
});

describe('records of delivery', () => {
  test('old ones are deleted once a day; what waits, what was last planned and the books stay', async () => {
    await open();
    await tickAt('2026-11-30 18:00 America/Tijuana');
    await tickAt('2026-12-07 18:00 America/Tijuana');
    await scene.say('Ana', 'saldo');
    await query(`update outbox set created_at = now() - interval '50 days'`);
    await query(`update inbox set received_at = now() - interval '50 days'`);
    await query(
      `update outbox set state = 'queued', not_before = now() + interval '1 day', sent_at = null where id = (select min(id::text)::uuid from outbox)`,
    );
    await query(`update occurrence set due_at = due_at - interval '100 days'`);
    await query(`delete from occurrence where job = 'retention'`);
    const entries = await entryCount(scene.world);
    await forgetRecords(scene.world.store.pool, 40);
    expect(await outboxStates(scene.world)).toEqual({ queued: 1 });
    expect(await query('select 1 from inbox')).toEqual([]);
    expect(await query(`select 1 from occurrence where job = 'reminder'`)).toHaveLength(1);
    expect(await entryCount(scene.world)).toBe(entries);
    await query(`update outbox set state = 'skipped', not_before = now()`);
    await forgetRecords(scene.world.store.pool, 40);
    expect(await outboxStates(scene.world)).toEqual({ skipped: 1 });
  });
});

test('a reminder names her own goal in her words, below what a locked telephone shows, and without its amount', async () => {
  await open();
  await scene.say('Ana', 'mi meta es 3000 para una lavadora');
  await tickAt('2026-11-30 18:00 America/Tijuana');
  const text = scene.heard('Ana').at(-1)?.text ?? '';
  expect(text).toContain('Para una lavadora, poco a poco.');
  expect(text.indexOf('lavadora')).toBeGreaterThan(40);
  expect(text).not.toContain('3');
  expect(scene.heard('Petra').at(-1)?.text).not.toContain('poco a poco');
});
