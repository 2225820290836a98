import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import {
  INSTALMENTS_MAX,
  type LoanTerms,
  PRINCIPAL_MINOR_MAX,
  parseDayCount,
  parseRatePer,
  parseSpan,
  wrongTerm,
} from '../../../src/domain/loan/terms.ts';
import { money } from '../../../src/domain/money.ts';
import { loanTerms, type Wording } from './wording.ts';

test.each([
  // text, span
  ['1 week', { count: 1, unit: 'week' }],
  ['2 weeks', { count: 2, unit: 'week' }],
  ['15 days', { count: 15, unit: 'day' }],
  ['month', { count: 1, unit: 'month' }],
  ['year', { count: 1, unit: 'year' }],
  ['366 days', { count: 366, unit: 'day' }],
  ['367 days', undefined],
  ['0 weeks', undefined],
  ['-1 week', undefined],
  ['1.5 months', undefined],
  ['1  week', undefined],
  ['fortnight', undefined],
  ['toString', undefined],
  ['', undefined],
])('the span "%s" reads as %j', (text, span) => {
  expect(parseSpan(text)).toEqual(span);
});

test.each([
  ['period', 'period'],
  ['loan', 'loan'],
  ['4 weeks', { count: 4, unit: 'week' }],
  ['lifetime', undefined],
])('a rate per "%s" reads as %j', (text, ratePer) => {
  expect(parseRatePer(text)).toEqual(ratePer);
});

test.each([
  // text, every, day count
  ['equal', '1 week', 'equal'],
  ['actual/365', '1 month', { type: 'actual', yearDays: 365 }],
  ['actual/360', '1 week', { type: 'actual', yearDays: 360 }],
  ['30/360', '1 month', { type: 'nominal', yearDays: 360 }],
  ['30/360', '1 week', { type: 'nominal', yearDays: 360 }],
  ['7/364', '1 week', { type: 'nominal', yearDays: 364 }],
  ['14/364', '2 weeks', { type: 'nominal', yearDays: 364 }],
  ['7/364', '2 weeks', undefined],
  ['actual/400', '1 week', undefined],
  ['actual', '1 week', undefined],
])('days counted "%s" on instalments every %s read as %j', (text, every, dayCount) => {
  const span = parseSpan(every);
  expect(span && parseDayCount(text, span)).toEqual(dayCount);
});

const WORDING: Wording = {
  principal: '3000.00',
  interest: 'flat',
  ratePct: '4',
  ratePer: '4 weeks',
  every: '1 week',
  n: 16,
  disbursed: '2026-09-01',
  rounding: 'half-up',
};

const wrongWith = (change: Partial<LoanTerms>) => wrongTerm({ ...loanTerms(WORDING), ...change });

test('the terms of a usual loan are in order', () => {
  expect(wrongWith({})).toBeUndefined();
  expect(wrongWith({ n: 1 })).toBeUndefined();
  expect(wrongWith({ n: INSTALMENTS_MAX, principalGrace: INSTALMENTS_MAX - 1 })).toBeUndefined();
  expect(wrongWith({ principal: money(PRINCIPAL_MINOR_MAX) })).toBeUndefined();
  expect(wrongWith({ interest: 'upfront', charge: money(0n) })).toBeUndefined();
  expect(wrongWith({ cashUnitMinor: 50n, instalmentMultiple: 100n })).toBeUndefined();
});

const ACTUAL = { type: 'actual', yearDays: 365 } as const;

test.each<[keyof LoanTerms, Partial<LoanTerms>]>([
  ['principal', { principal: money(0n) }],
  ['principal', { principal: money(PRINCIPAL_MINOR_MAX + 1n) }],
  ['n', { n: 0 }],
  ['n', { n: INSTALMENTS_MAX + 1 }],
  ['n', { n: 1.5 }],
  ['every', { every: { count: 0, unit: 'week' } }],
  ['ratePer', { ratePer: { count: 367, unit: 'day' } }],
  ['cashUnitMinor', { cashUnitMinor: 0n }],
  ['dayCount', { dayCount: ACTUAL, ratePer: 'loan' }],
  ['dayCount', { dayCount: ACTUAL, ratePer: 'period' }],
  ['dayCount', { dayCount: { type: 'nominal', yearDays: 0 } }],
  ['firstDue', { firstDue: Temporal.PlainDate.from('2026-09-01') }],
  ['equalPrincipal', { equalPrincipal: true }],
  ['instalmentMultiple', { instalmentMultiple: 0n }],
  ['instalmentMultiple', { cashUnitMinor: 50n, instalmentMultiple: 75n }],
  ['principalGrace', { principalGrace: 16 }],
  ['principalGrace', { principalGrace: -1 }],
  ['interestPaymentGrace', { interestPaymentGrace: 16 }],
  ['charge', { charge: money(100n) }],
  ['charge', { interest: 'upfront', charge: money(-1n) }],
  ['charge', { interest: 'upfront', charge: money(100n, 'USD') }],
])('a wrong %s is named (case %#)', (field, change) => {
  expect(wrongWith(change)).toBe(field);
});
