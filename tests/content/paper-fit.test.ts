import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bar } from '../../src/content/paper/bar.ts';
import { fitted, type Ruler } from '../../src/content/paper/fit.ts';
import { figure, text } from '../../src/content/paper/page.ts';
import { paginate } from '../../src/content/paper/paginate.ts';

/** Every letter as wide as it is high. */
const square: Ruler = (words, size) => Array.from(words).length * size;

const place = { x: 0, y: 0, width: 100, size: 10 };

describe('words in an area', () => {
  test.each([
    ['fit as they are', text('diez letra', place), ['diez letra'], 10],
    ['are cut with an ellipsis', text('once letras', place), ['once letr…'], 10],
    ['never end with a space before it', text('las ochos de', { ...place, width: 90 }), ['las ocho…'], 10],
    ['or, as a figure, are made smaller', figure('$100,000.00', place), ['$100,000.00'], 10 * 0.95 ** 2],
    [
      'or go on in a second row, where they may',
      figure('cien mil pesos justos', { ...place, linesMax: 2 }),
      ['cien mil', 'pesos justos'],
      10 * 0.95 ** 4,
    ],
    ['hidden line breaks are spaces', text('a\n\tb', place), ['a b'], 10],
  ])('%s', (_, mark, lines, size) => {
    const found = fitted(mark, square);
    expect(found.lines).toEqual(lines);
    expect(found.size).toBeCloseTo(size, 10);
  });

  test('a letter and its accent are one, an accent without its letter is left out', () => {
    const accented = 'ñ'.normalize('NFD').repeat(11);
    expect(fitted(text(accented, place), square).lines).toEqual([`${'ñ'.repeat(9)}…`]);
    expect(fitted(text('Ñä\u0331ñho', place), square).lines).toEqual(['Ñäñho']);
  });

  test('no row is ever wider than its area, whatever the words', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        fc.integer({ min: 12, max: 400 }),
        fc.constantFrom('cut', 'shrink'),
        fc.constantFrom(1, 2, 3),
        (words, width, fit, linesMax) => {
          const mark = text(words, { ...place, width, fit, linesMax });
          const found = fitted(mark, square);
          expect(found.lines.length).toBeLessThanOrEqual(linesMax);
          for (const line of found.lines) expect(square(line, found.size, false)).toBeLessThanOrEqual(width);
          // What is shown whole is what was given; else it ends visibly.
          const shown = found.lines.join(' ');
          const given = fitted(text(words, { ...place, width: 1e6 }), square).lines.join(' ');
          expect(shown === given || shown === '' || shown.endsWith('…')).toBe(true);
        },
      ),
    );
  });
});

describe('rows on pages', () => {
  test('each row is on one page, in order, no page is too full, and the closing fits below the last', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 120 }),
        fc.integer({ min: 0, max: 700 }),
        fc.integer({ min: 60, max: 700 }),
        fc.integer({ min: 0, max: 60 }),
        (count, first, more, closing) => {
          const rows = Array.from({ length: count }, (_, n) => n);
          const pages = paginate(rows, { first, more, row: 18, closing });
          expect(pages.flat()).toEqual(rows);
          for (const [index, page] of pages.entries()) {
            const last = index === pages.length - 1 ? closing : 0;
            expect(page.length * 18 + last).toBeLessThanOrEqual(index === 0 ? first : more);
          }
        },
      ),
    );
  });
});

describe('a bar', () => {
  const where = { x: 10, y: 0, width: 200, height: 20, ink: 'accent', track: 'tint' } as const;

  test.each([
    [0n, undefined],
    [1n, 20],
    [500n, 100],
    [1000n, 200],
    [4000n, 200],
  ])('of %d thousandths is as long as that', (permille, width) => {
    const [track, full] = bar(permille, where);
    expect(track?.width).toBe(200);
    expect(full?.width).toBe(width);
  });
});
