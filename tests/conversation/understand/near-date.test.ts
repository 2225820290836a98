import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { dateIn, dateNear } from '../../../src/conversation/understand/near-date.ts';

const TODAY = Temporal.PlainDate.from('2026-11-24');

test.each([
  [{ day: 3, month: 11, year: undefined }, '2026-11-03'],
  [{ day: 2, month: 1, year: undefined }, '2027-01-02'],
  [{ day: 29, month: 2, year: undefined }, undefined],
  [{ day: 29, month: 2, year: 2028 }, '2028-02-29'],
  // As people type them, and no calendar has them.
  [{ day: 0, month: 11, year: undefined }, undefined],
  [{ day: 3, month: 0, year: undefined }, undefined],
  [{ day: 3, month: 13, year: undefined }, undefined],
  [{ day: 0, month: 0, year: 0 }, undefined],
])('%j is %s', (said, date) => {
  expect(dateNear(TODAY, said)?.toString()).toBe(date);
});

test('a day alone is of this month, where it has one', () => {
  expect([0, 1, 30, 31].map((day) => dateIn(TODAY, { day }).map(String))).toEqual([
    [],
    ['2026-11-01'],
    ['2026-11-30'],
    [],
  ]);
});
