// In which hours somebody wants to be written to, as people say it.

import { expect, test } from 'vitest';
import { readSafeHours, saysAnyHour } from '../../../src/conversation/understand/safe-hours.ts';

const said = (text: string): string | undefined => {
  const hours = readSafeHours(text);
  return hours && `${hours.from.toString().slice(0, 5)}-${hours.until.toString().slice(0, 5)}`;
};

test.each([
  ['escríbeme solo de 10 a 2', '10:00-14:00'],
  ['escríbeme solo de diez a dos', '10:00-14:00'],
  ['escribeme entre las 9 y la una', '09:00-13:00'],
  ['escríbeme de 10 de la mañana a 2 de la tarde', '10:00-14:00'],
  ['de 3 a 5 de la tarde', '15:00-17:00'],
  ['de 8 a 10 de la noche', '20:00-22:00'],
  ['de 9 a 5 de la tarde', '09:00-17:00'],
  ['de 8 a mediodía', '08:00-12:00'],
  ['de 10:30 a 11:30', '10:30-11:30'],
  ['solo de 22 a 23:30 hrs', '22:00-23:30'],
  ['no me escribas en la noche', '07:00-19:00'],
  ['no me escribas tan tarde', '07:00-19:00'],
  ['no me escribas tan temprano', '09:00-21:00'],
  ['no me escribas en la madrugada', '07:00-21:00'],
  ['escríbeme solo en la mañana', '07:00-12:00'],
  ['escríbeme en las tardes', '12:00-19:00'],
  ['escríbeme solo de día', '07:00-19:00'],
  ['no me escribas después de las 8 de la noche', '07:00-20:00'],
  ['no me escribas antes de las 9', '09:00-21:00'],
  ['escríbeme después de las 5', '17:00-21:00'],
  ['escríbeme antes de las 12', '07:00-12:00'],
  ['no me escribas de 5 a 8 de la noche', '20:00-17:00'],
  ['write to me only from 10 to 2', '10:00-14:00'],
  ['write to me between 10 am and 1 pm', '10:00-13:00'],
  ["don't write to me at night", '07:00-19:00'],
  ['no messages after 8 pm', '07:00-20:00'],
])('«%s» is %s', (text, hours) => expect(said(text)).toBe(hours));

test.each([
  'mis horas seguras',
  'no me escribas cuando está mi marido',
  'no me escribas los domingos',
  'escríbeme a las 5',
  'de 10 a 10',
  'de 25 a 26',
  'de 8 a 9 y de 4 a 6',
  'en la mañana y en la noche',
])('«%s» names no hours that are certain', (text) => expect(said(text)).toBeUndefined());

test.each(['a cualquier hora', 'Escríbeme a cualquier hora.', 'at any time', 'Any time!'])(
  '«%s» takes them back',
  (text) => expect(saysAnyHour(text)).toBe(true),
);

test('what only begins like it does not', () =>
  expect(saysAnyHour('a cualquier hora puedo pagar 200')).toBe(false));
