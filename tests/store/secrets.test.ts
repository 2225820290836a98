import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSecrets, KeyMissing, type Place, SealBroken } from '../../src/store/secrets.ts';

const secrets = createSecrets({ bytes: Buffer.alloc(32, 7), created: false, warnings: [] });
const otherSecrets = createSecrets({ bytes: Buffer.alloc(32, 8), created: false, warnings: [] });
const name: Place = { table: 'member', column: 'name', rowId: 'm-1' };

describe('a sealed field', () => {
  test('opens to the text that was sealed, whatever it is', () => {
    const { key } = secrets.newDataKey();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(secrets.open(key, name, secrets.seal(key, name, text))).toBe(text);
      }),
    );
  });

  test('has the layout version, key id, IV, ciphertext, tag, and differs each time', () => {
    const { key } = secrets.newDataKey();
    const sealed = secrets.seal(key, name, 'Ana');
    expect(sealed.length).toBe(1 + 1 + 12 + 3 + 16);
    expect([sealed[0], sealed[1]]).toEqual([1, 1]);
    expect(secrets.seal(key, name, 'Ana').equals(sealed)).toBe(false);
  });

  test.each([
    ['another row', { ...name, rowId: 'm-2' }],
    ['another column', { ...name, column: 'phone' }],
    ['another table', { ...name, table: 'staff' }],
  ])('does not open in %s', (_, place) => {
    const { key } = secrets.newDataKey();
    const sealed = secrets.seal(key, name, 'Ana');
    expect(() => secrets.open(key, place, sealed)).toThrow(SealBroken);
  });

  test('does not open with another key', () => {
    const sealed = secrets.seal(secrets.newDataKey().key, name, 'Ana');
    expect(() => secrets.open(secrets.newDataKey().key, name, sealed)).toThrow(SealBroken);
  });

  test('does not open after any one bit of it changed, nor when cut short', () => {
    const { key } = secrets.newDataKey();
    const sealed = secrets.seal(key, name, 'Ana');
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => secrets.open(key, name, changed)).toThrow(SealBroken);
    }
    for (let length = 0; length < sealed.length; length++) {
      expect(() => secrets.open(key, name, sealed.subarray(0, length))).toThrow(SealBroken);
    }
  });

  test('cannot be given a place whose parts run into each other', () => {
    const { key } = secrets.newDataKey();
    expect(() => secrets.seal(key, { ...name, rowId: 'm-1|x' }, 'Ana')).toThrow('may not contain');
  });
});

describe('a member’s key', () => {
  test('comes back from its wrapped form, and only under the same root key', () => {
    const { key, wrapped } = secrets.newDataKey();
    const sealed = secrets.seal(key, name, 'Ana');
    expect(secrets.open(secrets.unwrap(wrapped), name, sealed)).toBe('Ana');
    expect(() => otherSecrets.unwrap(wrapped)).toThrow(SealBroken);
  });

  test('does not print itself', () => {
    const { key } = secrets.newDataKey();
    expect(JSON.stringify({ key })).toBe('{"key":{}}');
  });
});

describe('an index', () => {
  // Computed apart from this code, with Python's hmac: HKDF (RFC 5869) with no salt, then HMAC.
  test('stays the same for good: databases hold its values', () => {
    expect(secrets.blindIndex('phone', '+525511112222').toString('hex')).toBe(
      'e2e281d0f03fcc0e8cee1ca0f0360ed45e0771e106b2a3d567ca79fe23a1865d',
    );
    expect(secrets.codeIndex('ROSA24').toString('hex')).toBe(
      'c428073a5b27e72947f373387d873b6ef1c9960bc64dfd33ff41b8e30f7df46f',
    );
  });

  test('differs by kind, value, purpose and root key, and is 32 bytes', () => {
    const indexes = [
      secrets.blindIndex('phone', 'x'),
      secrets.blindIndex('telegram', 'x'),
      secrets.blindIndex('phone', 'y'),
      secrets.codeIndex('x'),
      secrets.callbackIndex('x'),
      otherSecrets.blindIndex('phone', 'x'),
    ];
    expect(new Set(indexes.map((index) => index.toString('hex'))).size).toBe(indexes.length);
    expect(indexes.map((index) => index.length)).toEqual(indexes.map(() => 32));
  });

  test('refuses a kind that could run into the value', () => {
    expect(() => secrets.blindIndex('phone|', 'x')).toThrow('may not contain');
  });
});

test('an outbox body opens in its own row only', () => {
  const sealed = secrets.outboxSeal('o-1', 'Hola, Ana');
  expect(secrets.outboxOpen('o-1', sealed)).toBe('Hola, Ana');
  expect(() => secrets.outboxOpen('o-2', sealed)).toThrow(SealBroken);
  expect(() => otherSecrets.outboxOpen('o-1', sealed)).toThrow(SealBroken);
});

test('the fingerprint tells key files apart and stays the same for one', () => {
  expect(secrets.fingerprint()).toBe('7372e1ad351e6492');
  expect(otherSecrets.fingerprint()).not.toBe(secrets.fingerprint());
});

describe('a later generation of the root key', () => {
  const roots = (later: boolean) => ({
    bytes: Buffer.alloc(32, 7),
    later: (generation: number) => (later && generation === 2 ? Buffer.alloc(32, 9) : undefined),
    created: false,
    warnings: [],
  });

  test('seals from when it is in use; what the first one sealed still opens, and is sealed anew', () => {
    const changed = createSecrets(roots(true));
    const old = changed.outboxSeal('o-1', 'Hola');
    const { key, wrapped } = changed.newDataKey();
    const sealed = changed.seal(key, name, 'Ana');
    changed.sealUnder(2);
    const anew = changed.outboxReseal('o-1', old);
    expect([old[1], anew[1], changed.rewrap(wrapped)[1]]).toEqual([1, 2, 2]);
    expect([changed.outboxOpen('o-1', old), changed.outboxOpen('o-1', anew)]).toEqual(['Hola', 'Hola']);
    expect(changed.open(changed.unwrap(changed.rewrap(wrapped)), name, sealed)).toBe('Ana');
    expect(changed.blindIndex('phone', 'x')).toEqual(secrets.blindIndex('phone', 'x'));
  });

  test('is taken up by a program that meets it, and not by one that has no file of it', () => {
    const changed = createSecrets(roots(true));
    changed.sealUnder(2);
    const sealed = changed.outboxSeal('o-1', 'Hola');
    const running = createSecrets(roots(true));
    expect(running.generation()).toBe(1);
    expect(running.outboxOpen('o-1', sealed)).toBe('Hola');
    expect(running.generation()).toBe(2);
    running.sealUnder(1);
    expect(running.generation()).toBe(2);
    const without = createSecrets(roots(false));
    expect(() => without.outboxOpen('o-1', sealed)).toThrow(KeyMissing);
    expect(() => without.sealUnder(2)).toThrow(KeyMissing);
    expect(without.generation()).toBe(1);
  });
});
