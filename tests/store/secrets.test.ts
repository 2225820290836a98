import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSecrets, type Place, SealBroken } from '../../src/store/secrets.ts';

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
