import { Temporal } from 'temporal-polyfill';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openClock, stepFrom } from '../../src/app/simulator-clock.ts';
import { markDemo } from '../../src/store/housekeeping.ts';
import { programmeOf } from '../support/transcript-programme.ts';
import { openWorld, type World } from '../support/world.ts';

const HEADER = [
  'grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00',
  '1 Rosa Hernández, líder, ahorro 250.00',
  '2 Guadalupe Cruz, tesorera',
  '3 Ana Martínez, ahorro 200.00',
  'reloj 2026-11-24 19:00 America/Tijuana',
];

const world = async (): Promise<World> => {
  const opened = await openWorld(programmeOf(HEADER));
  onTestFinished(() => opened.close());
  return opened;
};

const aheadHours = (now: Temporal.Instant): number =>
  Math.round(now.since(Temporal.Now.instant()).total('hours'));
const hoursOn = (now: Temporal.Instant, hours: number): Temporal.Instant => now.add({ hours });

describe("the simulator's clock", () => {
  test('moves forward and never back, and the next start finds it where it was left', async () => {
    const { pool } = (await world()).store;
    const clock = await openClock(pool, 'any-books');
    expect(Math.abs(aheadHours(clock.now()))).toBe(0);
    expect(await clock.moveTo(hoursOn(clock.now(), 24))).toBe(true);
    expect(await clock.moveTo(hoursOn(clock.now(), -1))).toBe(false);
    expect(await clock.moveTo(clock.now())).toBe(false);
    expect(await clock.moveTo(hoursOn(clock.now(), 6))).toBe(true);
    expect(aheadHours(clock.now())).toBe(30);
    expect(aheadHours((await openClock(pool, 'any-books')).now())).toBe(30);
  });

  test('two steps at once are two steps, and ten years ahead is far enough', async () => {
    const { pool } = (await world()).store;
    const clock = await openClock(pool, 'any-books');
    const year = hoursOn(clock.now(), 365 * 24);
    await Promise.all([clock.moveTo(year), clock.moveTo(hoursOn(year, 24))]);
    expect(aheadHours(clock.now())).toBe(366 * 24);
    expect(await clock.moveTo(hoursOn(clock.now(), 3_650 * 24))).toBe(false);
    expect(aheadHours(clock.now())).toBe(366 * 24);
  });

  test('on real books it moves only when somebody asked for it; on the demo it always may', async () => {
    const { pool } = (await world()).store;
    const may = async (rule: 'no-books' | 'demo-books' | 'any-books'): Promise<boolean> => {
      const clock = await openClock(pool, rule);
      return (await clock.mayMove()) && clock.moveTo(hoursOn(clock.now(), 1));
    };
    expect([await may('no-books'), await may('demo-books')]).toEqual([false, false]);
    await markDemo(pool, 'begun');
    expect(await may('demo-books')).toBe(false);
    await markDemo(pool, 'done');
    expect([await may('no-books'), await may('demo-books')]).toEqual([false, true]);
    // From here on the books say things of a time that has not come: no real channel may run on them.
    await expect(openClock(pool, 'no-books')).rejects.toThrow('they are for practice');
    expect(await may('any-books')).toBe(true);
  });

  test('what waits in the outbox has that much less to wait', async () => {
    const here = await world();
    const { store, app } = here;
    const reach = await store.pool.query<{ address_id: string }>(
      'select address_id from member_address where member_id = $1',
      [here.person('Ana').id],
    );
    await app.stop();
    await store.pool.query(
      `insert into outbox (id, channel, address_id, kind, lane, unsolicited, body, not_before, expires_at)
       values ($1, 'simulator', $2, 'reminder', 1, true, '\\x00', now() + interval '10 hours', now() + interval '20 hours')`,
      [app.newId(), reach.rows[0]?.address_id],
    );
    const clock = await openClock(store.pool, 'any-books');
    await clock.moveTo(hoursOn(clock.now(), 8));
    const { rows } = await store.pool.query<{ wait: string; live: string }>(
      `select round(extract(epoch from not_before - now()) / 3600) as wait,
              round(extract(epoch from expires_at - now()) / 3600) as live from outbox`,
    );
    expect(rows).toEqual([{ wait: '2', live: '12' }]);
  });
});

describe('a step of the clock', () => {
  const tijuana = {
    habit: { weekday: 'tuesday', time: Temporal.PlainTime.from('17:00'), timeZone: 'America/Tijuana' },
    reminderTime: Temporal.PlainTime.from('18:00'),
  } as const;
  const from = (text: string, step: 'tomorrow' | 'week' | 'reminder'): string =>
    stepFrom(Temporal.ZonedDateTime.from(`${text}[America/Tijuana]`).toInstant(), step, tijuana)
      .toZonedDateTimeISO('America/Tijuana')
      .toPlainDateTime()
      .toString();

  test.each([
    ['2026-11-24T19:00', 'tomorrow', '2026-11-25T19:00:00'],
    ['2026-11-24T19:00', 'week', '2026-12-01T19:00:00'],
    // The clocks change on 1 November 2026: the hour on the wall stays.
    ['2026-10-31T19:00', 'tomorrow', '2026-11-01T19:00:00'],
    ['2026-11-24T19:00', 'reminder', '2026-11-30T18:00:00'],
    ['2026-11-23T17:59', 'reminder', '2026-11-23T18:00:00'],
    ['2026-11-23T18:00', 'reminder', '2026-11-30T18:00:00'],
    ['2026-11-24T16:00', 'reminder', '2026-11-30T18:00:00'],
  ] as const)('from %s, %s, is %s where the group lives', (at, step, then) => {
    expect(from(at, step)).toBe(then);
  });
});
