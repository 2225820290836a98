import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { answerBy, carryOutBy, daysLeft, workingDaysAfter } from '../../src/domain/rights.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

test.each([
  ['2026-11-24', 1, '2026-11-25'],
  ['2026-11-27', 1, '2026-11-30'], // a Friday
  ['2026-11-28', 1, '2026-11-30'], // a Saturday: the days begin on Monday
  ['2026-11-29', 5, '2026-12-04'],
  ['2026-11-24', 0, '2026-11-24'],
])('%s and %i working days are %s', (from, count, to) => {
  expect(workingDaysAfter(day(from), count).toString()).toBe(to);
});

test('four weeks to answer, three more to carry it out', () => {
  expect(answerBy(day('2026-11-24')).toString()).toBe('2026-12-22');
  expect(carryOutBy(day('2026-11-24')).toString()).toBe('2026-12-15');
});

test('days left are counted by the calendar, and below zero once it is late', () => {
  expect(daysLeft(day('2026-12-22'), day('2026-11-24'))).toBe(28);
  expect(daysLeft(day('2026-12-22'), day('2026-12-22'))).toBe(0);
  expect(daysLeft(day('2026-12-22'), day('2026-12-24'))).toBe(-2);
});
