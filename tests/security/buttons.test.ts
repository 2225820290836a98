// A button as an attacker would use it: somebody else's, of another chat, of another proposal, made up, changed by a bit, cut,
// made longer. None of them is taken. What a button does in the hand it was given to is in tests/invariants/buttons.test.ts.

import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../../bench/seeded.ts';
import { boundPayload, isBoundTo, unboundPayload } from '../../src/app/bound-button.ts';
import { createSecrets } from '../../src/store/secrets.ts';
import { entryCount, JACARANDAS, label, locales, MILPA, openScene, type Scene } from '../support/scene.ts';

/** A tenth of them where CI runs it. */
const FORGED = process.env['COMADRE_TEST_ONCE'] === undefined ? 1_000_000 : 100_000;
/** What goes through the whole program, a database and all. */
const FORGED_WHOLE = 150;

/** A button that was really given: to whom, and what went over the wire. */
type Given = { readonly to: string; readonly wire: string };

let scene: Scene;
let given: Given[];
let addressOf: Map<string, string>;

beforeAll(async () => {
  scene = await openScene({ header: JACARANDAS.replace('\nequipo', `${MILPA}\nequipo`) });
  await scene.say('Ana', 'ya pagué 200');
  await scene.say('Consuelo', 'ya pagué 50');
  await scene.say('Micaela', 'Dominga 50');
  await scene.say('Rosa', 'lista');
  await scene.say('Guadalupe', 'Petra 100');
  for (const name of ['Rosa', 'Guadalupe', 'Ana', 'Petra', 'Micaela', 'Marta']) await scene.say(name, 'menú');
  addressOf = new Map();
  for (const person of scene.world.people) {
    const { rows } = await scene.world.store.pool.query<{ id: string }>(
      `select id from address where channel = 'simulator' and value_index = $1`,
      [scene.world.store.secrets.blindIndex('simulator', person.id)],
    );
    if (rows[0]) addressOf.set(person.id, rows[0].id);
  }
  given = scene.channel.arrived.flatMap(({ address, message }) =>
    message.choices.map(({ payload }) => ({ to: addressOf.get(address) ?? '', wire: payload })),
  );
});
afterAll(() => scene.close());
beforeAll(() => {
  genuine = new Set(given.map(({ to, wire }) => `${to} ${wire}`));
});

const OTHER_KEYS = createSecrets({ bytes: randomBytes(32), created: true, warnings: [] });
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_:~@.';

type Draws = ReturnType<typeof seeded>;
const whole = (draws: Draws, below: number): number => Math.floor(draws() * below);

/** One forgery from a genuine button: who presses it, and what is sent. */
const forge = (draws: Draws): Given => {
  const one = given[whole(draws, given.length)]!;
  const other = given[whole(draws, given.length)]!;
  const at = whole(draws, one.wire.length);
  const letter = LETTERS.charAt(whole(draws, LETTERS.length));
  const tagAt = one.wire.lastIndexOf('~');
  const addresses = [...addressOf.values()];
  switch (whole(draws, 12)) {
    case 0: // somebody else's, as it is
      return { to: addresses[whole(draws, addresses.length)]!, wire: one.wire };
    case 1: // a stranger's hand
      return { to: randomUUID(), wire: one.wire };
    case 2: // one bit
      return { to: one.to, wire: flipped(one.wire, at, whole(draws, 7)) };
    case 3: // cut
      return { to: one.to, wire: one.wire.slice(0, at) };
    case 4: // longer
      return { to: one.to, wire: one.wire + letter };
    case 5: // the words of one, the tag of another
      return { to: one.to, wire: one.wire.slice(0, tagAt) + other.wire.slice(other.wire.lastIndexOf('~')) };
    case 6: // another letter
      return { to: one.to, wire: one.wire.slice(0, at) + letter + one.wire.slice(at + 1) };
    case 7: // no tag, or one made up
      return { to: one.to, wire: unboundPayload(one.wire) };
    case 8:
      return { to: one.to, wire: `${one.wire.slice(0, tagAt)}~${randomTag(draws)}` };
    case 9: // rightly made, with another key
      return { to: one.to, wire: boundPayload(OTHER_KEYS, one.to, unboundPayload(one.wire)) };
    case 10: // yes for no
      return {
        to: one.to,
        wire: one.wire.replace(/(?<=:)(?:yes|no)(?=:)/, (was) => (was === 'no' ? 'yes' : 'no')),
      };
    default: // the id of another proposal
      return { to: one.to, wire: one.wire.replace(/@[\w-]{22}/, /@[\w-]{22}/.exec(other.wire)?.[0] ?? '') };
  }
};

const flipped = (text: string, at: number, bit: number): string =>
  text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ (1 << bit)) + text.slice(at + 1);

const randomTag = (draws: Draws): string =>
  Array.from({ length: 12 }, () => LETTERS.charAt(whole(draws, 64))).join('');

let genuine: ReadonlySet<string>;
const wasGiven = ({ to, wire }: Given): boolean => genuine.has(`${to} ${wire}`);

describe('a button that was not given to whoever presses it', () => {
  test('a million forged and changed ones: none is taken, and every genuine one is', () => {
    const { secrets } = scene.world.store;
    expect(given.length).toBeGreaterThan(40);
    for (const { to, wire } of given) {
      expect(isBoundTo(secrets, to, wire), wire).toBe(true);
      expect(Buffer.byteLength(wire)).toBeLessThanOrEqual(64);
    }
    const draws = seeded(20261122);
    let [taken, tried] = [0, 0];
    while (tried < FORGED) {
      const pressed = forge(draws);
      if (wasGiven(pressed)) continue;
      tried += 1;
      if (isBoundTo(secrets, pressed.to, pressed.wire)) taken += 1;
    }
    console.log(`forged buttons: ${tried} tried, ${taken} taken`);
    expect(taken).toBe(0);
  });

  test('a payload is read back as it was, with its ids', () => {
    const id = randomUUID();
    for (const payload of [
      `pay:yes:${id}`,
      'ask:savings',
      `cover:let-yes:${id}.1500`,
      `lost:say:${id}.12.328`,
      'no',
    ]) {
      const wire = boundPayload(OTHER_KEYS, id, payload);
      expect(unboundPayload(wire)).toBe(payload);
      expect(isBoundTo(OTHER_KEYS, id, wire)).toBe(true);
    }
    for (const wire of [
      '',
      '~',
      'ask:savings',
      'ask:savings~',
      `ask:savings~${'A'.repeat(13)}`,
      'a~b~AAAAAAAAAAAA',
    ])
      expect(unboundPayload(wire)).toBe('');
  });

  test('through the whole program: it is answered as an old button, counted, and neither the book nor a claim moves', async () => {
    const draws = seeded(7);
    const entries = await entryCount(scene.world);
    const before = await claims();
    const addresses = new Map([...addressOf].map(([address, id]) => [id, address]));
    let pressed = 0;
    while (pressed < FORGED_WHOLE) {
      const one = forge(draws);
      const address = addresses.get(one.to) ?? 'nobody-known';
      if (wasGiven(one)) continue;
      pressed += 1;
      await scene.app.receive({
        channel: 'simulator',
        messageId: randomUUID(),
        address,
        receivedAt: scene.world.now.toString(),
        body: { type: 'button', payload: one.wire },
      });
    }
    await scene.app.settle();
    expect([await entryCount(scene.world), await claims()]).toEqual([entries, before]);
    const [refused] = (await scene.world.store.metrics.refusedButtons.get()).values;
    expect(refused?.value).toBe(FORGED_WHOLE);
    expect(scene.heard('Rosa').at(-1)?.text).toBe(locales.texts.es['done.expired']);
    // Hers still does what it says.
    await scene.press('Rosa', label('choice.confirm'));
    expect(await entryCount(scene.world)).toBe(entries + 1);
  });
});

const claims = async (): Promise<string> => {
  const { rows } = await scene.world.store.pool.query<{ all: string }>(
    `select string_agg(id || state, ' ' order by id) as all from payment`,
  );
  return rows[0]?.all ?? '';
};
