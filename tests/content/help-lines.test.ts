// The lines a woman is shown are those a person has called, and 911; no text of ours names another number.

import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { loadHelpLines } from '../../src/app/load-lessons.ts';
import { AREAS, linesFor, linesToCall, parseHelpLines, shownLines } from '../../src/content/help-lines.ts';
import { dialled, phoneNumbersIn } from '../../src/content/lessons/phone-numbers.ts';
import { jsonOf } from '../support/tidy/files.ts';

const lines = loadHelpLines(new URL('../../locales/', import.meta.url));
const today = Temporal.PlainDate.from('2026-11-22');
const ids = (of: readonly { id: string }[]): string[] => of.map(({ id }) => id);

/** The registry as if nobody had called yet, with fields of one line changed: whatever staff confirm, these hold. */
const changed = (id: string, fields: object = {}): unknown => {
  const { lines: all } = jsonOf('locales/help-lines.json') as { lines: { id: string; status: string }[] };
  const uncalled = all.map((line) =>
    line.id !== 'mx-911' && line.status === 'confirmed'
      ? { ...line, status: 'must-confirm', checked_on: null }
      : line,
  );
  return { lines: uncalled.map((line) => (line.id === id ? { ...line, ...fields } : line)) };
};
const uncalled = parseHelpLines(changed('mx-911'));
const called = { status: 'confirmed', checked_on: '2026-11-20' };

describe('what a woman is shown', () => {
  test('is 911 alone, until a person has called the others', () => {
    for (const area of [undefined, ...AREAS]) expect(ids(linesFor(uncalled, area))).toEqual(['mx-911']);
  });

  test('is what was confirmed for the country and for her state, and nothing of another state', () => {
    const confirmed = parseHelpLines(changed('bc-075', called));
    expect(ids(linesFor(confirmed, 'BC'))).toEqual(['mx-911', 'bc-075']);
    expect(ids(linesFor(confirmed, 'OAX'))).toEqual(['mx-911']);
    expect(ids(linesFor(confirmed))).toEqual(['mx-911']);
    const national = parseHelpLines(changed('mx-079-1', called));
    expect(ids(linesFor(national, 'CHIS'))).toEqual(['mx-911', 'mx-079-1']);
  });
});

describe('a registry that says what is not so is not read:', () => {
  test.each<[string, string, object, RegExp]>([
    ['confirmed, and nobody called', 'mx-079-1', { status: 'confirmed' }, /says on which day it was called/u],
    ['confirmed without a number', 'mx-ceav', called, /a confirmed line has a number/u],
    ['without 911', 'mx-911', { status: 'do-not-show' }, /mx-911.* is missing or not confirmed/u],
    ['a line twice', 'bc-075', { id: 'mx-911' }, /mx-911.* stands there twice/u],
    ['an extension in the number', 'bc-075', { number: '075 ext. 2' }, /is digits and spaces/u],
    ['an area nobody knows', 'bc-075', { area: 'CDMX' }, /area/u],
    ['a status nobody knows', 'bc-075', { status: 'sure' }, /status/u],
  ])('%s', (_name, id, fields, said) => {
    expect(() => parseHelpLines(changed(id, fields))).toThrow(said);
  });
});

test('what a person must still call is told, and a line again after ninety days', () => {
  const { call, find, again } = linesToCall(uncalled, today);
  expect(ids(call)).toContain('mx-linea-de-la-vida');
  expect(ids(find)).toContain('mx-ceav');
  expect(again).toEqual([]);
  expect(call.length + find.length + shownLines(uncalled).length).toBe(uncalled.length);
  const confirmed = parseHelpLines(changed('mx-089-extorsion', called));
  expect(ids(linesToCall(confirmed, today.add({ days: 88 })).again)).toEqual([]);
  expect(ids(linesToCall(confirmed, today.add({ days: 89 })).again)).toEqual(['mx-089-extorsion']);
  expect(ids(linesToCall(confirmed, today).call)).not.toContain('mx-089-extorsion');
});

describe('no text names a number that may not be shown', () => {
  const shown = new Set(shownLines(lines).map(({ number }) => dialled(number ?? '')));

  test.each(['es', 'en'])('%s', (language) => {
    const texts = jsonOf(`locales/${language}/texts.json`) as Record<string, string>;
    const wrong = Object.entries(texts).flatMap(([key, text]) =>
      phoneNumbersIn(text)
        .filter((number) => !shown.has(dialled(number)))
        .map((number) => `${key}: ${number}`),
    );
    expect(wrong).toEqual([]);
    expect(phoneNumbersIn(texts['urgent.danger'] ?? '')).toEqual(['911']);
  });
});
