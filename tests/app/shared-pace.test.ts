// What a platform allows in any second, and to one person, holds for answers and bulk of all processes together.

import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { idMaker } from '../../src/app/new-id.ts';
import { queueNotices } from '../../src/store/frozen-books.ts';
import type { FakeLimits, Sent } from '../support/fake-channel.ts';
import { openScene, outboxStates, type Program, type Scene } from '../support/scene.ts';

const letter = (n: number): string => String.fromCodePoint(97 + n);
const NAMES = Array.from({ length: 40 }, (_, n) => `Ana${letter(n % 26)}${letter(Math.floor(n / 26))}`);
const HEADER = [
  'grupo Las Jacarandas, solidaria, America/Tijuana, tuesday 17:00',
  ...NAMES.map((name, n) => `${n + 1} ${name} Cruz${n === 0 ? ', líder' : ''}, ahorro 50.00`),
  'reloj 2026-11-24 19:00 America/Tijuana',
].join('\n');

let scene: Scene;
const open = async (limits: FakeLimits): Promise<Program> => {
  scene = await openScene({ header: HEADER, limits });
  const other = await scene.another();
  // The first message of a process is slow in itself: what is read of the language is compiled.
  for (const by of [scene, other]) await scene.post(NAMES.at(-1) ?? '', SALDO, { by });
  await setTimeout(1_200);
  return other;
};
afterEach(() => scene.close());

/** No limit. */
const PER_SECOND_ANY = Number.POSITIVE_INFINITY;
const SALDO = { type: 'text', text: 'saldo' } as const;
const newId = idMaker();
const calls = (other: Program): Sent[] =>
  [...scene.channel.calls, ...other.channel.calls].toSorted((a, b) => a.at - b.at);

/** She asks; resolves when her answer is decided, not when it is sent. */
const ask = ({ app }: Pick<Program, 'app'>, name: string): Promise<void> =>
  app.receive({
    channel: 'simulator',
    messageId: newId(),
    address: scene.world.person(name).id,
    receivedAt: scene.world.now.toString(),
    body: SALDO,
  });

const queueBulk = async (names: readonly string[]): Promise<void> => {
  const { rows } = await scene.world.store.pool.query<
    Record<'group_id' | 'member_id' | 'address_id', string>
  >('select group_id, member_id, address_id from member_address');
  const outbox = names.map((name, n) => {
    const seat = rows.find((row) => row.member_id === scene.world.person(name).id);
    return {
      id: newId(),
      addressId: seat?.address_id ?? '',
      channel: 'simulator',
      memberId: seat?.member_id,
      kind: 'broadcast',
      lane: 1 as const,
      unsolicited: true,
      message: { text: `number ${n}`, choices: [] },
      delaySeconds: 0,
    };
  });
  await queueNotices(scene.world.store, rows[0]?.group_id ?? '', outbox);
};

/**
 * By how many the calls were ever ahead of so many a second, from whichever of them on one counts. Platforms count in this way, with
 * a second's worth to spare; two or three may come together where timers are late.
 */
const mostAhead = (sent: readonly Sent[], perSecond: number): number =>
  Math.max(
    ...sent.flatMap((from, n) =>
      sent.slice(n).map(({ at }, more) => more + 1 - ((at - from.at) * perSecond) / 1_000),
    ),
  );

/** Of the second's worth that a platform spares. */
const TOGETHER_MAX = 4;

describe('M7 no more go out than the platform allows', () => {
  const PER_SECOND = 15;

  test('M7 not with bulk and answers of two processes at once, and all of it arrives', async () => {
    const other = await open({ perSecond: PER_SECOND, perAddressMs: 0 });
    const before = calls(other).length;
    await queueBulk(NAMES.slice(0, 30));
    scene.app.delivery.wake();
    for (let n = 0; n < 30; n += 1) {
      await ask(n % 2 === 0 ? scene : other, NAMES[n] ?? '');
      if (n % 10 === 9) await setTimeout(300);
    }
    await expect.poll(() => outboxStates(scene.world), { timeout: 30_000 }).toEqual({ sent: 62 });
    const sent = calls(other).slice(before);
    expect(sent).toHaveLength(60);
    expect(mostAhead(sent, PER_SECOND)).toBeLessThanOrEqual(TOGETHER_MAX);
  });

  test('M7 and a lone answer waits for none of it, in whichever process', async () => {
    const other = await open({ perSecond: PER_SECOND, perAddressMs: 0 });
    await queueBulk([...NAMES, ...NAMES].slice(0, 60));
    scene.app.delivery.wake();
    await setTimeout(700);
    const waited: number[] = [];
    for (const [by, name] of [
      [scene, 'Anaba'],
      [other, 'Anaca'],
    ] as const) {
      await ask(by, name);
      const decided = performance.now();
      const address = scene.world.person(name).id;
      const isAnswer = ({ address: to, message }: Sent) =>
        to === address && message.text.includes('ahorrado');
      await expect.poll(() => by.channel.calls.some(isAnswer), { interval: 5, timeout: 5_000 }).toBe(true);
      waited.push((by.channel.calls.find(isAnswer)?.at ?? 0) - decided);
      // One a second overtakes.
      await setTimeout(1_000);
    }
    expect(await outboxStates(scene.world)).toHaveProperty('queued');
    // Behind what has places already it would be half a second.
    for (const ms of waited) expect(ms).toBeLessThan(200);
  });
});

describe('M7 what the platform allows to one person', () => {
  const ANA = 'Anaaa';
  const toAna = (other: Program): number[] => {
    const address = scene.world.person(ANA).id;
    return calls(other).flatMap((sent) => (sent.address === address ? [sent.at] : []));
  };
  const gaps = (times: readonly number[]): number[] => times.slice(1).map((at, n) => at - (times[n] ?? 0));
  /** Timers may come a moment early. */
  const EARLY_MS = 15;

  test('M7 the pause between two holds although each is sent by another process', async () => {
    const other = await open({ perSecond: 100, perAddressMs: 800 });
    for (const by of [scene, other, scene, other]) {
      await ask(by, ANA);
      await by.app.settle();
    }
    await expect.poll(() => toAna(other).length, { timeout: 10_000 }).toBe(4);
    for (const gap of gaps(toAna(other))) expect(gap).toBeGreaterThanOrEqual(800 - EARLY_MS);
  });

  test('M7 a burst goes at once; then each waits for its turn, in the outbox and not in a process', async () => {
    const other = await open({ perSecond: 100, perAddressMs: 5_000, burst: 3 });
    for (const by of [scene, other, scene, other]) await ask(by, ANA);
    await expect.poll(() => outboxStates(scene.world)).toEqual({ sent: 5, queued: 1 });
    expect(toAna(other)).toHaveLength(3);
    await expect.poll(() => toAna(other).length, { timeout: 12_000 }).toBe(4);
    const [first = 0, , , fourth = 0] = toAna(other);
    expect(fourth - first).toBeGreaterThanOrEqual(5_000 - EARLY_MS);
  });

  test('M7 while one person waits for hers, the others do not', async () => {
    const other = await open({ perSecond: 100, perAddressMs: 3_000 });
    await ask(scene, ANA);
    await ask(other, ANA);
    const asked = performance.now();
    await ask(other, 'Anaba');
    await expect
      .poll(() => other.channel.to(scene.world.person('Anaba').id).length, { interval: 10, timeout: 5_000 })
      .toBe(1);
    expect(performance.now() - asked).toBeLessThan(1_000);
    expect(toAna(other)).toHaveLength(1);
  });

  test('M7 what was leased for her and did not go is owed by nobody', async () => {
    const other = await open({ perSecond: 100, perAddressMs: 20_000 });
    const { pool } = scene.world.store;
    await Promise.all([scene.app.stop(), other.app.stop()]);
    await queueBulk([ANA]);
    const claimed = await pool.query<{ id: string | null }>(
      `select id from claim_outbox('simulator', 10, null)`,
    );
    const ids = claimed.rows.flatMap(({ id }) => (id === null ? [] : [id]));
    expect(ids).toHaveLength(1);
    await pool.query('select release_outbox($1)', [ids]);
    const again = await pool.query<{ id: string | null }>(
      `select id from claim_outbox('simulator', 10, null)`,
    );
    expect(again.rows.map(({ id }) => id)).toEqual(ids);
  });

  test('M7 parts of one message count as so many', async () => {
    const other = await open({ perSecond: 100, perAddressMs: 1_500, burst: 3 });
    const { pool } = scene.world.store;
    await ask(scene, ANA);
    await scene.app.settle();
    await pool.query(
      `select count_sent('simulator', 0, '{}', array(select address_id from member_address where member_id = $1), array[2])`,
      [scene.world.person(ANA).id],
    );
    const first = toAna(other)[0] ?? 0;
    await ask(other, ANA);
    await expect.poll(() => toAna(other).length, { timeout: 6_000 }).toBe(2);
    expect((toAna(other)[1] ?? 0) - first).toBeGreaterThanOrEqual(1_500 - EARLY_MS);
  });
});

describe('M7 places after a pause', () => {
  test.each([PER_SECOND_ANY, 30])('M7 begin at its end, at %s messages a second', async (perSecond) => {
    const other = await open({ perSecond, perAddressMs: 0 });
    const { pool } = scene.world.store;
    await Promise.all([scene.app.stop(), other.app.stop()]);
    await queueBulk(NAMES.slice(0, 2));
    const claim = async () =>
      (
        await pool.query<{ skipped: string | null; after: number }>(
          `select c.skipped, c.told_ms + 1000 * c.at_s - 1000 * extract(epoch from p.paused_until)::double precision as after
             from claim_outbox('simulator', 10, null) c, channel_pace p where p.channel = 'simulator' order by 2`,
        )
      ).rows;
    await pool.query(`select pause_channel('simulator', 20)`);
    expect((await claim()).map(({ skipped }) => skipped)).toEqual(['paused']);
    await pool.query(
      `update channel_pace set paused_until = clock_timestamp() + interval '140 milliseconds'`,
    );
    const claimed = await claim();
    expect(claimed.map(({ skipped }) => skipped)).toEqual([null, null]);
    // The clock is read in fractions of a microsecond.
    for (const { after } of claimed) expect(after).toBeGreaterThan(-0.1);
  });
});
