// Invitation codes, guessed: at random, from one telephone and from many, until nobody is answered any more.

import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { Temporal } from 'temporal-polyfill';
import { afterEach, describe, expect, test } from 'vitest';
import { seeded } from '../../bench/seeded.ts';
import { codesFinding } from '../../src/cli/doctor-codes.ts';
import { EMPTY_SESSION } from '../../src/conversation/session.ts';
import type { Snapshot } from '../../src/conversation/snapshot.ts';
import { type Means, step } from '../../src/conversation/step.ts';
import { type AddressId, asId } from '../../src/domain/ids.ts';
import { createLog } from '../../src/log.ts';
import { codeWatch } from '../../src/store/code-watch.ts';
import { drawInviteCode, INVITE_ALPHABET } from '../../src/store/invite-code.ts';
import { createSecrets } from '../../src/store/secrets.ts';
import { JACARANDAS, locales, openScene, type Scene } from '../support/scene.ts';

/** A tenth of them where CI runs it. */
const GUESSES = process.env['COMADRE_TEST_ONCE'] === undefined ? 1_000_000 : 100_000;
const LIVE = 2_000;
const WRONG_A_DAY = 1_000;
const NOW = Temporal.Instant.from('2026-11-24T19:00:00Z');

const secrets = createSecrets({ bytes: Buffer.alloc(32, 5), created: true, warnings: [] });

/** Only what a stranger with a code meets of it is ever used. */
const means = {
  lexicons: locales.lexicons,
  newId: randomUUID,
  canErase: () => false,
  pinWay: () => 'none',
} as unknown as Means;

type Guesser = { wrongCodes: number; wrongCodeAt: Temporal.Instant | undefined };

const facts = (guesser: Guesser, more: Partial<Snapshot>): Snapshot => ({
  now: NOW,
  address: {
    id: asId<AddressId>('00000000-0000-7000-8000-000000000001'),
    channel: 'telegram',
    language: undefined,
    consented: false,
    stopped: false,
    session: EMPTY_SESSION,
    invited: false,
    afterMany: false,
    contradicted: false,
    ...guesser,
  } as Snapshot['address'],
  speaker: { type: 'stranger' },
  invite: undefined,
  codesPaused: false,
  file: undefined,
  marked: undefined,
  ...more,
});

describe('a million codes at random', () => {
  test('none is right, and next to none is even looked up', { timeout: 600_000 }, () => {
    const live = new Set(
      Array.from({ length: LIVE }, () => secrets.codeIndex(drawInviteCode()).toString('hex')),
    );
    expect(live.size).toBe(LIVE);
    const draws = seeded(48);
    const guess = (): string =>
      Array.from({ length: 10 }, () =>
        INVITE_ALPHABET.charAt(Math.floor(draws() * INVITE_ALPHABET.length)),
      ).join('');
    const guesser: Guesser = { wrongCodes: 0, wrongCodeAt: undefined };
    let [lookedUp, counted, cameIn, right] = [0, 0, 0, 0];
    for (let at = 0; at < GUESSES; at += 1) {
      const code = guess();
      if (live.has(secrets.codeIndex(code).toString('hex'))) right += 1;
      const message = {
        channel: 'telegram',
        messageId: 'm',
        address: '1',
        receivedAt: NOW.toString(),
        body: { type: 'start', code },
      } as const;
      let result = step(facts(guesser, {}), message, means);
      if (result.type === 'needs') {
        lookedUp += 1;
        result = step(facts(guesser, { invite: 'none' }), message, means);
      }
      if (result.type !== 'decided') throw new Error('a code was looked up twice');
      if (result.outcome.session.flow.type !== 'code') cameIn += 1;
      if (result.outcome.wrongCode !== 'counted') continue;
      counted += 1;
      guesser.wrongCodes += 1;
      guesser.wrongCodeAt = NOW;
    }
    const refused = 1 - lookedUp / GUESSES;
    console.log(
      `codes: ${GUESSES} guessed, ${cameIn} hits, ${right} would have been right, ${(100 * refused).toFixed(4)} % refused unseen`,
    );
    expect([cameIn, right, lookedUp, counted]).toEqual([0, 0, 5, 5]);
    expect(refused).toBeGreaterThanOrEqual(0.9999);
  });

  /** How many codes there are to draw from: of all words of ten letters and digits those that change often enough between them. */
  const codesToDraw = (): number => {
    const digits = INVITE_ALPHABET.replaceAll(/\D/g, '').length;
    const letters = INVITE_ALPHABET.length - digits;
    // By changes so far, ending in a letter and in a digit; the last place is three changes and more.
    let [inLetter, inDigit] = [
      [letters, 0, 0, 0],
      [digits, 0, 0, 0],
    ];
    const one = (ways: readonly number[], at: number): number => ways[at] ?? 0;
    const moved = (ways: readonly number[], at: number): number =>
      at === 3 ? one(ways, 2) + one(ways, 3) : one(ways, at - 1);
    for (let length = 2; length <= drawInviteCode().length; length += 1)
      [inLetter, inDigit] = [
        [0, 1, 2, 3].map((at) => letters * (one(inLetter, at) + moved(inDigit, at))),
        [0, 1, 2, 3].map((at) => digits * (one(inDigit, at) + moved(inLetter, at))),
      ];
    return one(inLetter, 3) + one(inDigit, 3);
  };

  test('a code has 47 bits and its wrong ones are few: a hit is once in more than a hundred thousand years', () => {
    const bits = Math.log2(codesToDraw());
    expect(bits).toBeGreaterThan(47);
    expect(bits).toBeLessThan(10 * Math.log2(INVITE_ALPHABET.length));
    const yearsToOneHit = 2 ** bits / LIVE / (WRONG_A_DAY + 24) / 365;
    expect(yearsToOneHit).toBeGreaterThan(100_000);
    expect(INVITE_ALPHABET).not.toMatch(/[01OIL5S8]/);
  });
});

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

describe('from many telephones', () => {
  const logged: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _, done) => {
      logged.push(chunk.toString());
      done();
    },
  });
  const guess = async (world: Scene, address: string, code: string): Promise<string> => {
    await world.app.receive({
      channel: 'simulator',
      messageId: randomUUID(),
      address,
      receivedAt: world.world.now.toString(),
      body: { type: 'start', code },
    });
    await world.app.settle();
    await world.world.store.pool.query(`update outbox set not_before = now() where state = 'queued'`);
    world.app.delivery.wake();
    await world.app.settle();
    return world.channel.to(address).at(-1)?.text ?? '';
  };

  test('after a thousand wrong ones in a day who had one wrong waits for an hour, and whoever operates it hears so', async () => {
    scene = await openScene({ header: JACARANDAS, log: createLog('error', stream) });
    const { world } = scene;
    const { pool, metrics } = world.store;
    await pool.query(`select count_wrong_code($1::timestamptz) from generate_series(1, 998)`, [
      world.now.toString(),
    ]);
    const group = world.codes.get('Las Jacarandas') ?? '';
    expect(await guess(scene, 'one', 'AB2CD3EF4G')).toBe(locales.texts.es['arrive.wrong-code']);
    expect(logged.join('')).not.toContain('somebody guesses');
    expect(await guess(scene, 'two', 'AB2CD3EF4H')).toBe(locales.texts.es['arrive.wrong-code']);
    expect(logged.join('')).toContain('somebody guesses');
    expect(logged.join('')).not.toContain('AB2CD3EF4H');
    expect((await metrics.codePauses.get()).values[0]?.value).toBe(1);
    // Also with the right one; and it counts no further.
    expect(await guess(scene, 'one', group)).toBe(locales.texts.es['arrive.paused']);
    expect((await pool.query('select wrong from code_watch')).rows).toEqual([{ wrong: 1_000 }]);
    // Who had none wrong guesses nothing, and comes in.
    expect(await guess(scene, 'three', group)).toContain(locales.texts.es['privacy.question'] ?? '');
    // Members are answered as ever.
    expect((await scene.say('Petra', 'saldo')).at(-1)?.text).toContain('$150.00');
    world.now = world.now.add({ minutes: 61 });
    expect(await guess(scene, 'one', group)).toContain(locales.texts.es['privacy.question'] ?? '');
    // The next wrong one of this day does not begin another hour.
    await guess(scene, 'four', 'AB2CD3EF4K');
    expect((await pool.query('select wrong from code_watch')).rows).toEqual([{ wrong: 501 }]);
    expect(await guess(scene, 'four', group)).toContain(locales.texts.es['privacy.question'] ?? '');
  });

  test('five wrong, and she waits an hour from the fifth on, however often she tries meanwhile', async () => {
    scene = await openScene({ header: JACARANDAS });
    const { world } = scene;
    const group = world.codes.get('Las Jacarandas') ?? '';
    for (let at = 0; at < 5; at += 1) await guess(scene, 'one', `AB2CD3EF${at + 20}`);
    world.now = world.now.add({ minutes: 50 });
    expect(await guess(scene, 'one', group)).toBe(locales.texts.es['arrive.too-many']);
    world.now = world.now.add({ minutes: 11 });
    expect(await guess(scene, 'one', group)).toContain(locales.texts.es['privacy.question'] ?? '');
  });

  test.each(['BAJA', 'soy menor de edad'])(
    'nor is she forgotten and new after «%s» before that hour is over',
    async (words) => {
      scene = await openScene({ header: JACARANDAS });
      const { world } = scene;
      for (let at = 0; at < 5; at += 1) await guess(scene, 'one', `AB2CD3EF${at + 20}`);
      const base = { channel: 'simulator', address: 'one', receivedAt: world.now.toString() };
      await world.app.receive({ ...base, messageId: randomUUID(), body: { type: 'text', text: words } });
      await world.app.settle();
      const { rows } = await world.store.pool.query<{ minutes: number }>(
        `select round(extract(epoch from forget_at - now()) / 60)::int as minutes from address where wrong_codes = 5`,
      );
      expect(rows).toEqual([{ minutes: 60 }]);
    },
  );

  test('one telephone alone cannot keep all the others out: what is refused unseen is no guess', async () => {
    scene = await openScene({ header: JACARANDAS });
    for (let at = 0; at < 12; at += 1) await guess(scene, 'one', `AB2CD3EF${at + 20}`);
    expect((await scene.world.store.pool.query('select wrong from code_watch')).rows).toEqual([{ wrong: 5 }]);
  });

  test('the doctor says so', async () => {
    expect(codesFinding({ wrongToday: 3, paused: false })).toMatchObject({ well: true });
    expect(codesFinding({ wrongToday: 400, paused: false })).toMatchObject({ well: false });
    expect(codesFinding({ wrongToday: 1_000, paused: true }).what).toContain('none is looked up');
    scene = await openScene({ header: JACARANDAS });
    const { pool } = scene.world.store;
    expect(await codeWatch(pool)).toEqual({ wrongToday: 0, paused: false });
    await pool.query('select count_wrong_code(now()) from generate_series(1, 1000)');
    expect(await codeWatch(pool)).toEqual({ wrongToday: 1_000, paused: true });
  });
});
