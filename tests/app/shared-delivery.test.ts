// What several processes on one database share: what the platform allows, its pauses, and who is told to send.

import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { idMaker } from '../../src/app/new-id.ts';
import { queueNotices } from '../../src/store/frozen-books.ts';
import type { Sent } from '../support/fake-channel.ts';
import { openScene, outboxStates, type Program, type Scene, type SceneOptions } from '../support/scene.ts';

let scene: Scene;
const open = async (options?: SceneOptions): Promise<void> => {
  scene = await openScene(options);
};
afterEach(() => scene.close());

const newId = idMaker();
const addressOf = (name: string) => scene.world.person(name).id;
const said = (text: string) => ({ type: 'text', text }) as const;
const byTime = (...programs: readonly Pick<Program, 'channel'>[]): Sent[] =>
  programs.flatMap(({ channel }) => channel.calls).toSorted((a, b) => a.at - b.at);

/** So many messages that nobody waits for, to each of these members in turn. */
const queueBulk = async (count: number, names: readonly string[]): Promise<void> => {
  const { rows } = await scene.world.store.pool.query<
    Record<'group_id' | 'member_id' | 'address_id', string>
  >('select group_id, member_id, address_id from member_address');
  const seat = (n: number) => rows.find((row) => row.member_id === addressOf(names[n % names.length] ?? ''));
  const outbox = Array.from({ length: count }, (_, n) => ({
    id: newId(),
    addressId: seat(n)?.address_id ?? '',
    channel: 'simulator',
    memberId: seat(n)?.member_id,
    kind: 'broadcast',
    lane: 1 as const,
    unsolicited: true,
    message: { text: `number ${n}`, choices: [] },
    delaySeconds: 0,
  }));
  await queueNotices(scene.world.store, seat(0)?.group_id ?? '', outbox);
};

const letter = (n: number): string => String.fromCodePoint(97 + n);

/** So many women of one group. */
const crowdOf = (count: number): { readonly names: string[]; readonly header: string } => {
  const names = Array.from({ length: count }, (_, n) => `Ana${letter(n % 26)}${letter(Math.floor(n / 26))}`);
  const members = names.map((name, n) => `${n + 1} ${name} Cruz${n === 0 ? ', líder' : ''}, ahorro 50.00`);
  const group = ['grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00', ...members];
  return { names, header: [...group, 'reloj 2026-11-24 19:00 America/Tijuana'].join('\n') };
};

const PEOPLE = ['Rosa', 'Guadalupe', 'Ana', 'Petra', 'Consuelo'];

/** How many went out in the busiest second. */
const mostInASecond = (calls: readonly Sent[]): number =>
  Math.max(...calls.map(({ at }) => calls.filter((c) => c.at >= at && c.at < at + 1_000).length));

describe('M7 what the platform allows is allowed to all processes together', () => {
  const LIMITS = { perSecond: 20, perAddressMs: 0 };
  /** Timers of a busy machine come late, and then two at once. */
  const LATE = 3;

  test('M7 two processes send as much as one may, no message twice, and little less than they may', async () => {
    // One each: a person's messages go one after the other, by the process that has the first.
    const { names, header } = crowdOf(60);
    await open({ running: false, header, limits: LIMITS });
    await queueBulk(60, names);
    const [one, other] = await Promise.all([scene.another(), scene.another()]);
    await expect.poll(() => outboxStates(scene.world), { timeout: 15_000 }).toEqual({ sent: 60 });
    const calls = byTime(one, other);
    expect(new Set(calls.map(({ message }) => message.text)).size).toBe(60);
    expect(calls).toHaveLength(60);
    expect(mostInASecond(calls)).toBeLessThanOrEqual(LIMITS.perSecond + LATE);
    const seconds = ((calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0)) / 1_000;
    expect(seconds).toBeLessThan((60 / LIMITS.perSecond) * 1.5);
    expect(Math.min(one.channel.calls.length, other.channel.calls.length)).toBeGreaterThan(0);
  });

  test('M7 where a platform takes many a second, what is due goes one lease after the other, not one a look', async () => {
    const { names, header } = crowdOf(99);
    await open({ running: false, header, limits: { perSecond: 200, perAddressMs: 0 } });
    await queueBulk(99, names);
    const { channel } = await scene.another();
    await expect.poll(() => outboxStates(scene.world), { timeout: 15_000 }).toEqual({ sent: 99 });
    // A lease is of twenty: with a look a second they would take four.
    const calls = byTime({ channel });
    expect((calls.at(-1)?.at ?? 0) - (calls[0]?.at ?? 0)).toBeLessThan(3_000);
  });

  test('M7 an answer overtakes bulk at the limit, in whichever process it is decided', async () => {
    await open({ limits: LIMITS });
    const other = await scene.another();
    // The first message of a process is slow in itself: what is read of the language is compiled.
    await scene.say('Ana', 'hola');
    await queueBulk(90, PEOPLE.slice(0, 3));
    scene.app.delivery.wake();
    await setTimeout(700);
    for (const [{ app }, name] of [
      [scene, 'Consuelo'],
      [other, 'Petra'],
    ] as const) {
      const message = {
        channel: 'simulator',
        messageId: newId(),
        address: addressOf(name),
        body: said('saldo'),
      };
      await app.receive({ ...message, receivedAt: scene.world.now.toString() });
    }
    const answers = async () => {
      const { rows } = await scene.world.store.pool.query<{ seconds: number | null }>(
        `select extract(epoch from sent_at - created_at)::float8 as seconds from outbox where kind = 'reply' order by id desc limit 2`,
      );
      return rows.map(({ seconds }) => seconds);
    };
    await expect.poll(answers).toEqual([expect.any(Number), expect.any(Number)]);
    // From being decided to being on its way; in line behind the bulk it would be four seconds.
    for (const seconds of await answers()) expect(seconds).toBeLessThan(1);
    expect(await outboxStates(scene.world)).toHaveProperty('queued');
  });

  test('M7 "retry after" said to one process stops the other within a second, and for as long as was said', async () => {
    await open();
    const other = await scene.another();
    scene.channel.failTo(addressOf('Ana'), { type: 'retry-after', seconds: 3, scope: 'channel' });
    await scene.post('Ana', said('saldo'));
    const refused = scene.channel.calls[0]!.at;
    await setTimeout(900);
    await Promise.all([
      scene.post('Petra', said('saldo')),
      scene.post('Consuelo', said('saldo'), { by: other }),
    ]);
    await expect.poll(() => outboxStates(scene.world), { timeout: 10_000 }).toEqual({ sent: 3 });
    const later = byTime(scene, other).slice(1);
    expect(later.map(({ address }) => address).toSorted()).toEqual(
      ['Ana', 'Petra', 'Consuelo'].map(addressOf).toSorted(),
    );
    expect(later[0]!.at - refused).toBeGreaterThanOrEqual(3_000);
  });

  test('M7 what waited in two processes through a pause goes out at the pace of one', async () => {
    await open({ running: false, limits: LIMITS });
    await queueBulk(60, PEOPLE);
    const [one, other] = await Promise.all([scene.another(), scene.another()]);
    for (const { channel } of [one, other]) {
      channel.failTo(addressOf('Ana'), { type: 'retry-after', seconds: 2, scope: 'channel' });
    }
    await expect.poll(() => outboxStates(scene.world), { timeout: 30_000 }).toEqual({ sent: 60 });
    const calls = byTime(one, other);
    expect(new Set(calls.map(({ message }) => message.text)).size).toBe(60);
    // Each refusal is a call of its own; nothing else went twice.
    expect(calls.length).toBeLessThanOrEqual(62);
    expect(mostInASecond(calls)).toBeLessThanOrEqual(LIMITS.perSecond + LATE);
  });

  test('M7 a process that was not there when it was said hears of it from the database', async () => {
    await open();
    scene.channel.failTo(addressOf('Ana'), { type: 'retry-after', seconds: 3, scope: 'channel' });
    await scene.post('Ana', said('saldo'));
    const refused = scene.channel.calls[0]!.at;
    const other = await scene.another();
    await queueBulk(1, ['Petra']);
    other.app.delivery.wake();
    await expect.poll(() => outboxStates(scene.world), { timeout: 10_000 }).toEqual({ sent: 2 });
    expect(byTime(scene, other)[1]!.at - refused).toBeGreaterThanOrEqual(3_000);
  });
});

describe('several processes', () => {
  test('what a process that does not send has decided is sent at once by one that does', async () => {
    await open({ running: false });
    const web = await scene.another({ receives: true, sends: false });
    const worker = await scene.another({ receives: false, sends: true });
    const waited: number[] = [];
    for (const question of ['saldo', 'mi libreta', 'cuándo es la reunión', 'saldo', 'mi libreta']) {
      const before = worker.channel.calls.length;
      await scene.post('Ana', said(question), { by: web });
      const decided = performance.now();
      await expect.poll(() => worker.channel.calls.length, { interval: 10 }).toBe(before + 1);
      await worker.app.delivery.idle();
      waited.push(worker.channel.calls[before]!.at - decided);
    }
    expect(web.channel.calls).toEqual([]);
    // By the clock alone it would be half a second in the middle.
    expect(waited.toSorted((a, b) => a - b)[2]).toBeLessThan(150);
    expect(await outboxStates(scene.world)).toEqual({ sent: 5 });
  });

  test('M5 a process that stops gives back what it had not begun, and another one sends it now', async () => {
    await open({ running: false });
    await queueBulk(12, ['Ana', 'Petra', 'Consuelo']);
    const one = await scene.another();
    one.channel.hold();
    await expect.poll(() => one.channel.calls.length).toBe(3);
    const stopping = one.app.stop();
    one.channel.release();
    await stopping;
    const other = await scene.another();
    await expect.poll(() => outboxStates(scene.world), { timeout: 5_000 }).toEqual({ sent: 12 });
    expect(byTime(one, other)).toHaveLength(12);
  });
});

describe('M9 nobody is flooded', () => {
  test("M9 what she did not ask for stops at her day's most; answers and receipts still come", async () => {
    await open({ unaskedDailyMax: 2 });
    await queueBulk(3, ['Ana']);
    scene.app.delivery.wake();
    await scene.say('Rosa', 'Ana 100');
    await scene.say('Rosa', 'sí');
    await scene.say('Ana', 'saldo');
    const bulk = async () => {
      const { rows } = await scene.world.store.pool.query<{ what: string; hours: number }>(
        `select o.state || coalesce(' ' || o.reason, '') as what, extract(epoch from o.not_before - now())::float8 / 3600 as hours
           from outbox o where o.kind = 'broadcast' order by o.id`,
      );
      return rows;
    };
    await expect
      .poll(async () => (await bulk()).map(({ what }) => what), { timeout: 5_000 })
      .toEqual(['sent', 'sent', 'queued enough-today']);
    expect(scene.heard('Ana').map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Recibo nº'),
        expect.stringContaining('Llevas ahorrado'),
      ]),
    );
    // The story is told at 19:00: twelve hours until seven.
    expect((await bulk())[2]?.hours).toBeCloseTo(12, 1);
  });
});
