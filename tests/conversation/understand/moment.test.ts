import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { readMoment } from '../../../src/conversation/understand/moment.ts';
import { bareLexicons } from '../../support/bare-lexicons.ts';
import { hostileTexts } from '../../support/understand/hostile.ts';

/** A Sunday, unless another day is named. */
const read = (text: string, today = '2026-11-22'): string => {
  const moment = readMoment(text, Temporal.PlainDate.from(today), bareLexicons);
  return moment ? `${moment.date.toString()} ${moment.time.toString({ smallestUnit: 'minute' })}` : '-';
};

describe('a day and an hour to come', () => {
  test.each([
    ['mañana a las 9', '2026-11-23 09:00'],
    ['manana 9 am', '2026-11-23 09:00'],
    ['mañana a las 5', '2026-11-23 17:00'],
    ['mañana a las 5 de la mañana', '2026-11-23 05:00'],
    ['mañana en la mañana a las 9', '2026-11-23 09:00'],
    ['a las 9 de la mañana de mañana', '2026-11-23 09:00'],
    ['Mañana, a las 9:30.', '2026-11-23 09:30'],
    ['mañana a las nueve y media', '2026-11-23 09:30'],
    ['mañana a las cinco y cuarto de la tarde', '2026-11-23 17:15'],
    ['hoy a las 5 de la tarde', '2026-11-22 17:00'],
    ['hoy a las 8 de la noche', '2026-11-22 20:00'],
    ['hoy en la noche a las 8', '2026-11-22 20:00'],
    ['esta noche a las 8', '2026-11-22 20:00'],
    ['a las 6 pm de hoy', '2026-11-22 18:00'],
    ['el viernes a las 18:00', '2026-11-27 18:00'],
    ['el viernes 27 a las 9', '2026-11-27 09:00'],
    ['el viernes 27 de noviembre a las 9', '2026-11-27 09:00'],
    ['el domingo a las 10', '2026-11-22 10:00'],
    ['el próximo domingo a las 10', '2026-11-29 10:00'],
    ['el domingo que viene a las 10', '2026-11-29 10:00'],
    ['el 30 de noviembre a las 8 am', '2026-11-30 08:00'],
    ['el 30 de noviembre a las 8 a. m.', '2026-11-30 08:00'],
    ['el 30 a las 8', '2026-11-30 08:00'],
    ['el día 5 a las 8', '2026-12-05 08:00'],
    ['a las 8 del 30 de noviembre', '2026-11-30 08:00'],
    ['30/11 a las 8', '2026-11-30 08:00'],
    ['30/11/2026 18:00', '2026-11-30 18:00'],
    ['2026-11-30 18:00', '2026-11-30 18:00'],
    ['5 de enero a las 9', '2027-01-05 09:00'],
    ['1 de noviembre a las 9', '2026-11-01 09:00'],
    ['pasado mañana a las 10', '2026-11-24 10:00'],
    ['mándalo mañana a las 12 del día', '2026-11-23 12:00'],
    ['tomorrow at 9', '2026-11-23 09:00'],
    ['Tomorrow morning at nine', '2026-11-23 09:00'],
    ['tomorrow at nine thirty', '2026-11-23 09:30'],
    ['today at 5 pm', '2026-11-22 17:00'],
    ['this afternoon at 5', '2026-11-22 17:00'],
    ['the day after tomorrow at 10', '2026-11-24 10:00'],
    ['on friday at 18:00', '2026-11-27 18:00'],
    ['this friday at 9 am', '2026-11-27 09:00'],
    ['next sunday at 10', '2026-11-29 10:00'],
    ['november 30 at 8 am', '2026-11-30 08:00'],
    ['at 9 on the 30th', '2026-11-30 09:00'],
  ])('%s: %s', (text, moment) => {
    expect(read(text)).toBe(moment);
  });

  test('a date without a month is of a month that has it', () => {
    expect(read('el 31 a las 9', '2027-02-01')).toBe('2027-03-31 09:00');
    expect(read('el 22 a las 9', '2026-11-22')).toBe('2026-11-22 09:00');
    expect(read('el 21 a las 9', '2026-11-22')).toBe('2026-12-21 09:00');
  });

  test.each([
    '',
    'mañana',
    'el viernes',
    'mañana en la mañana',
    'a las 9',
    'a las 9 de la mañana',
    'mañana a las 25',
    'mañana a las 9 o a las 10',
    'mañana o el viernes a las 9',
    'mañana a las 9 menos cuarto',
    'no mañana a las 9',
    'ayer a las 9',
    'el viernes pasado a las 9',
    'el 31 de noviembre a las 9',
    'el 30/13 a las 9',
    'viernes 9 de la mañana',
    'el viernes 28 de noviembre a las 9',
    'dentro de 2 horas',
    'el viernes de la próxima semana a las 9',
    'mañana a las 9, Ana 100',
  ])('nothing is guessed from "%s"', (text) => {
    expect(read(text)).toBe('-');
  });

  test('hostile texts are read to their end', () => {
    for (const text of [...hostileTexts(120), ...hostileTexts(2_000)])
      expect(read(text)).toBeTypeOf('string');
  });
});
