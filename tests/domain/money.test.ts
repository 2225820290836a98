import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  allocate,
  divide,
  money,
  parseDecimal,
  type Rounding,
  roundToUnit,
  smaller,
  subtract,
  sum,
  toDecimal,
} from '../../src/domain/money.ts';
import { parsePercent, percentOf, type Rate, toPercent } from '../../src/domain/rate.ts';
import { InvariantError } from '../../src/domain/result.ts';

const minor = fc.bigInt({ min: -99_999_999_999_999n, max: 99_999_999_999_999n });
const positive = fc.bigInt({ min: 1n, max: 10n ** 14n });
const rounding = fc.constantFrom<Rounding>('half-up', 'half-even', 'down', 'up');

describe('decimals', () => {
  test.each([
    ['1150.00', 115_000n],
    ['217.5', 21_750n],
    ['-3', -300n],
    ['0.01', 1n],
    ['-0.05', -5n],
    ['999999999999.99', 99_999_999_999_999n],
  ])('%s is %d minor units', (text, expected) => {
    expect(parseDecimal(text)).toBe(expected);
  });

  test.each([
    '',
    '.5',
    '1.',
    '1.234',
    '1,5',
    '1 000',
    '+1',
    '1e3',
    '0x10',
    'NaN',
    '٣',
    '5²',
    '1O0',
    '1234567890123',
    ' 1',
    '1\n',
    '--1',
  ])('%j is not a decimal', (text) => {
    expect(parseDecimal(text)).toBeUndefined();
  });

  test('L17 an amount written as a decimal is the same amount when it is read again', () => {
    fc.assert(fc.property(minor, (amount) => parseDecimal(toDecimal(amount)) === amount));
  });

  test('L17 whatever is read from any text is a whole number of minor units, or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = parseDecimal(text);
        expect(read === undefined || typeof read === 'bigint').toBe(true);
      }),
    );
  });
});

describe('arithmetic', () => {
  test('adding and taking away the same amount changes nothing', () => {
    fc.assert(fc.property(minor, minor, (a, b) => subtract(add(money(a), money(b)), money(b)).minor === a));
  });

  test('a sum is the same in any order', () => {
    fc.assert(
      fc.property(fc.array(minor), (amounts) => {
        const all = amounts.map((amount) => money(amount));
        expect(sum(all)).toEqual(sum(all.toReversed()));
      }),
    );
  });

  test.each([add, subtract, smaller])('pesos and dollars do not mix (%o)', (operation) => {
    expect(() => operation(money(1n, 'MXN'), money(1n, 'USD'))).toThrow(InvariantError);
  });

  test.each([
    // 2.5  -2.5  2.4  3.5 as fifths and halves
    ['half-up', 3n, -3n, 2n, 4n],
    ['half-even', 2n, -2n, 2n, 4n],
    ['down', 2n, -2n, 2n, 3n],
    ['up', 3n, -3n, 3n, 4n],
  ] as const)('%s rounds 2.5, -2.5, 2.4 and 3.5', (how, a, b, c, d) => {
    expect([divide(5n, 2n, how), divide(-5n, 2n, how), divide(12n, 5n, how), divide(7n, 2n, how)]).toEqual([
      a,
      b,
      c,
      d,
    ]);
  });

  test('a quotient is never a whole unit away from the exact one', () => {
    fc.assert(
      fc.property(minor, positive, rounding, (numerator, denominator, how) => {
        const off = divide(numerator, denominator, how) * denominator - numerator;
        expect(off < denominator && off > -denominator).toBe(true);
        if (how === 'half-up' || how === 'half-even') {
          expect(2n * (off < 0n ? -off : off) <= denominator).toBe(true);
        }
      }),
    );
  });

  test('an amount rounded to coins is a whole number of coins, and stays when rounded again', () => {
    fc.assert(
      fc.property(positive, fc.constantFrom(1n, 50n, 100n, 500n), rounding, (amount, unit, how) => {
        const rounded = roundToUnit(money(amount), unit, how);
        expect(rounded.minor % unit).toBe(0n);
        expect(roundToUnit(rounded, unit, how)).toEqual(rounded);
      }),
    );
  });

  test('nothing is divided by zero', () => {
    expect(() => divide(1n, 0n, 'down')).toThrow(InvariantError);
  });
});

describe('L12 a total is split', () => {
  const weights = fc
    .array(fc.bigInt({ min: 0n, max: 1_000_000n }), { minLength: 1, maxLength: 40 })
    .filter((all) => all.some((weight) => weight > 0n));
  const total = fc.bigInt({ min: 0n, max: 10n ** 12n });

  test('L12 to the cent: the parts add up, each is its exact part or one more, a weight of zero gets nothing', () => {
    fc.assert(
      fc.property(total, weights, (pool, all) => {
        const whole = all.reduce((a, b) => a + b, 0n);
        const parts = allocate(pool, all);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(pool);
        parts.forEach((part, index) => {
          const floor = (pool * all[index]!) / whole;
          expect(part === floor || part === floor + 1n).toBe(true);
          if (all[index] === 0n) expect(part).toBe(0n);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  test('L12 the same way every time, and more weight never gets less', () => {
    fc.assert(
      fc.property(total, weights, (pool, all) => {
        const parts = allocate(pool, all);
        expect(allocate(pool, all)).toEqual(parts);
        all.forEach((a, i) => {
          all.forEach((b, j) => {
            if (a > b) expect(parts[i]! >= parts[j]!).toBe(true);
          });
        });
      }),
    );
  });

  test.each([
    [100n, [1n, 1n, 1n], [34n, 33n, 33n]],
    [1n, [1n, 1n], [1n, 0n]],
    [0n, [3n, 4n], [0n, 0n]],
    [10n, [0n, 7n], [0n, 10n]],
    [7n, [2n, 3n, 5n], [1n, 2n, 4n]],
  ])('L12 %d over %s', (pool, all, expected) => {
    expect(allocate(pool, all)).toEqual(expected);
  });

  test.each([
    [10n, []],
    [10n, [0n, 0n]],
    [-1n, [1n]],
    [10n, [2n, -1n]],
  ])('L12 %d over %s is refused', (pool, all) => {
    expect(() => allocate(pool, all)).toThrow(InvariantError);
  });
});

describe('percentages', () => {
  test('a rate written as a percentage is the same rate when it is read again', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10_000_000n }), (rate) => {
        expect(parsePercent(toPercent(rate as Rate))).toBe(rate);
      }),
    );
  });

  test.each(['-1', '1000.0001', '4 %', '1,5', '2.55555', '', '.5', '1e2'])('%j is not a rate', (text) => {
    expect(parsePercent(text)).toBeUndefined();
  });

  test.each([
    ['2000.00', '4', 'half-up', '80.00'],
    ['0.25', '2', 'half-up', '0.01'],
    ['0.25', '2', 'half-even', '0.00'],
    ['0.25', '2', 'down', '0.00'],
    ['0.25', '2', 'up', '0.01'],
    ['0.75', '2', 'half-even', '0.02'],
    ['333.33', '2.5', 'half-up', '8.33'],
  ] as const)('%s at %s %%, %s, is %s', (amount, rate, how, expected) => {
    const interest = percentOf(money(parseDecimal(amount)!), parsePercent(rate)!, { rounding: how });
    expect(toDecimal(interest.minor)).toBe(expected);
  });

  test('several periods are rounded once', () => {
    const each = money(33n);
    const rate = parsePercent('1')!;
    expect(percentOf(each, rate, { rounding: 'half-up', times: 3n }).minor).toBe(1n);
    expect(percentOf(each, rate, { rounding: 'half-up' }).minor * 3n).toBe(0n);
  });
});
