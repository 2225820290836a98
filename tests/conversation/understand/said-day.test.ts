import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { whichDay } from '../../../src/conversation/flows/which-day.ts';
import { readOfDay } from '../../../src/conversation/understand/said-day.ts';
import { lexicons } from '../../support/lexicons.ts';
import { hear } from './judge.ts';

const TUESDAYS = {
  weekday: 'tuesday',
  time: Temporal.PlainTime.from('17:00'),
  timeZone: 'America/Tijuana',
} as const;

/** The day a text is of when it is said on a day, the list in it, and whether she wants something written. */
const read = (text: string, today: string): string => {
  const named = readOfDay(text, lexicons);
  if (!named) return '-';
  const day = whichDay(named.said, { today: Temporal.PlainDate.from(today), habit: TUESDAYS });
  return [day?.toString() ?? '?', named.writes ? 'writes' : 'names', named.rest].filter(Boolean).join(' | ');
};

describe('a list or a meeting of another day', () => {
  test.each([
    ['lista del martes pasado: Ana 100, Petra 50', '2026-11-17 | writes | Ana 100, Petra 50'],
    ['LISTA DEL MARTES', '2026-11-17 | writes'],
    ['lista del 10 de noviembre', '2026-11-10 | writes'],
    [
      'lista del martes 10 de noviembre⏎Ana 100⏎Petra no vino',
      '2026-11-10 | writes | Ana 100\nPetra no vino',
    ],
    ['Martes 10 de noviembre⏎Ana 100', '2026-11-10 | writes | Ana 100'],
    ['lista del 10/11/2026', '2026-11-10 | writes'],
    ['lista del 10: Ana 100', '2026-11-10 | writes | Ana 100'],
    ['lista del 30: Ana 100', '2026-10-30 | writes | Ana 100'],
    ['pagos de ayer', '2026-11-22 | writes'],
    ['anotar la reunión del martes', '2026-11-17 | writes'],
    ['quiero anotar la junta de la semana pasada', '2026-11-17 | writes'],
    ['me faltó anotar la reunión pasada', '2026-11-17 | writes'],
    ['se me olvidó anotar la lista del martes', '2026-11-17 | writes'],
    ['quiero anotar la reunión pasada', '2026-11-17 | writes'],
    ['lista de la reunión pasada: Ana 20', '2026-11-17 | writes | Ana 20'],
    ['lista de hace dos semanas: Ana 20', '2026-11-10 | writes | Ana 20'],
    ['la reunión del 17', '2026-11-17 | names'],
    ['lista del 28 de diciembre', '2026-12-28 | writes'],
    ['lista del 31 de febrero', '? | writes'],
    ['lista del 10/13', '? | writes'],
    ["last tuesday's meeting: Ana 100", '2026-11-17 | writes | Ana 100'],
    ['list of November 10: Ana 20', '2026-11-10 | writes | Ana 20'],
    ['list for the 17th', '2026-11-17 | writes'],
    ['record the meeting of last week', '2026-11-17 | writes'],
    ["yesterday's list", '2026-11-22 | writes'],
    ['list from two weeks ago', '2026-11-10 | writes'],
  ])('%s', (text, expected) => {
    expect(read(text.replaceAll('⏎', '\n'), '2026-11-23')).toBe(expected);
  });

  test.each([
    'lista: Ana 100, Petra 50',
    'lista de hoy: Ana 20',
    'Ana 100 martes 10 de noviembre',
    'pagos de 20: Ana, Petra',
    '¿cuándo es la reunión del martes?',
    'Ana pagó el martes 100',
    'no pude ir a la reunión del martes',
    'martes',
    '',
  ])('%s: none', (text) => {
    expect(readOfDay(text, lexicons)).toBeUndefined();
  });

  test('the date without a year is the one nearest to the day it is said', () => {
    expect(read('lista del 29 de diciembre', '2027-01-05')).toBe('2026-12-29 | writes');
    expect(read('lista del 5 de enero', '2026-12-30')).toBe('2027-01-05 | writes');
  });

  test('the week before is the one before this Monday', () => {
    expect(read('lista de la semana pasada', '2026-11-23')).toBe('2026-11-17 | writes');
    expect(read('lista de la semana pasada', '2026-11-29')).toBe('2026-11-17 | writes');
    expect(read('lista de la semana pasada', '2026-11-30')).toBe('2026-11-24 | writes');
  });

  test('only a leader names one: members write no lists', () => {
    const text = 'lista del martes pasado: Ana 100';
    expect(hear(text, { role: 'leader' }).ofDay?.rest).toBe('Ana 100');
    expect(hear(text, { role: 'member' }).ofDay).toBeUndefined();
  });
});
