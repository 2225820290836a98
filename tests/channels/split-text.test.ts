import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitText } from '../../src/channels/split-text.ts';

describe('long text', () => {
  const piece = fc.oneof(
    { weight: 8, arbitrary: fc.stringMatching(/^[a-zñé$0-9.,]{1,12}$/u) },
    { weight: 2, arbitrary: fc.constantFrom('. ', '.\n', '\n\n', '? ', '… ') },
    { weight: 2, arbitrary: fc.constantFrom('👩🏽‍🌾', '🇲🇽', 'é', '👍🏽', ' ') },
    { weight: 1, arbitrary: fc.nat(3_000).map((length) => 'x'.repeat(length)) },
  );
  const long = fc
    .array(fc.tuple(piece, fc.constantFrom(' ', '', ' ')), { minLength: 500, maxLength: 1_500 })
    .map((pieces) => pieces.flat().join(''));

  test('every part fits, none is empty, and only white space at a cut is lost', () => {
    fc.assert(
      fc.property(long, fc.constantFrom(64, 1_024, 4_096), (text, max) => {
        const parts = splitText(text, max);
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(max);
          expect(part.trim()).toBe(part);
          expect(part).not.toBe('');
          expect(part).not.toMatch(/\p{Surrogate}/u);
        }
        expect(parts.join('').replace(/\s/gu, '')).toBe(text.replace(/\s/gu, ''));
      }),
      { numRuns: 200 },
    );
  });

  test.each([
    ['at the last line end', `${'a'.repeat(3_000)}. ${'b'.repeat(500)}\n${'c '.repeat(500)}`, 3_502],
    ['else at the last sentence end', `${'a '.repeat(1_500)}fin. ${'c '.repeat(1_000)}`, 3_004],
    ['else at the last space', `${'a'.repeat(4_000)} ${'c'.repeat(4_000)}`, 4_000],
    ['else between two characters', 'c'.repeat(5_000), 4_096],
    ['never inside an emoji', `${'c'.repeat(4_090)}👩🏽‍🌾${'c'.repeat(100)}`, 4_090],
    ['never inside a sum', `${'c'.repeat(4_085)} $1,234,567.00`, 4_085],
  ])('is cut %s', (_name, text, firstLength) => {
    expect(splitText(text, 4_096)[0]).toHaveLength(firstLength);
  });

  test('as long as the limit it is one part, one more makes two, a wall of joined signs is not torn apart', () => {
    expect(splitText('x'.repeat(4_096), 4_096)).toHaveLength(1);
    expect(splitText('x'.repeat(4_097), 4_096)).toHaveLength(2);
    const wall = splitText('👩‍'.repeat(3_000), 4_096);
    for (const part of wall) expect(part).not.toMatch(/\p{Surrogate}/u);
  });
});
