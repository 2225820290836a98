import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHECK_WORDS, checkWords } from '../../src/domain/check-code.ts';

test('there is a word for each value of a byte, and no two look alike', () => {
  const plain = CHECK_WORDS.map((word) => word.normalize('NFD').replace(/\p{M}/gu, ''));
  expect(CHECK_WORDS).toHaveLength(256);
  expect(new Set(plain).size).toBe(256);
});

test('four words stand for the first four bytes of the head', () => {
  expect(checkWords(`00017fff${'0'.repeat(56)}`).split(' ')).toEqual(
    [0x00, 0x01, 0x7f, 0xff].map((byte) => CHECK_WORDS[byte]),
  );
});

test('heads that differ in those bytes have other words', () => {
  const head = fc.string({
    unit: fc.constantFrom(...'0123456789abcdef'.split('')),
    minLength: 64,
    maxLength: 64,
  });
  fc.assert(
    fc.property(head, head, (one, other) => {
      expect(checkWords(one) === checkWords(other)).toBe(one.slice(0, 8) === other.slice(0, 8));
    }),
  );
});
