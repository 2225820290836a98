import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { dateWords, digits, listWords, timeWords, words } from '../../src/content/format.ts';
import { AMOUNT_MINOR_MAX, money, parseDecimal } from '../../src/domain/money.ts';

const pesos = (text: string) => money(parseDecimal(text)!);
const dollars = (text: string) => money(parseDecimal(text)!, 'USD');

describe('amounts in words', () => {
  test.each([
    ['0', 'cero pesos', 'zero pesos'],
    ['1', 'un peso', 'one peso'],
    ['2', 'dos pesos', 'two pesos'],
    ['0.01', 'cero pesos con un centavo', 'zero pesos and one centavo'],
    ['0.50', 'cero pesos con cincuenta centavos', 'zero pesos and fifty centavos'],
    ['16', 'dieciséis pesos', 'sixteen pesos'],
    [
      '116.16',
      'ciento dieciséis pesos con dieciséis centavos',
      'one hundred and sixteen pesos and sixteen centavos',
    ],
    ['16016', 'dieciséis mil dieciséis pesos', 'sixteen thousand and sixteen pesos'],
    ['21', 'veintiún pesos', 'twenty-one pesos'],
    ['22', 'veintidós pesos', 'twenty-two pesos'],
    ['23', 'veintitrés pesos', 'twenty-three pesos'],
    ['26', 'veintiséis pesos', 'twenty-six pesos'],
    ['31', 'treinta y un pesos', 'thirty-one pesos'],
    ['100', 'cien pesos', 'one hundred pesos'],
    ['101', 'ciento un pesos', 'one hundred and one pesos'],
    [
      '121.21',
      'ciento veintiún pesos con veintiún centavos',
      'one hundred and twenty-one pesos and twenty-one centavos',
    ],
    ['500', 'quinientos pesos', 'five hundred pesos'],
    ['700', 'setecientos pesos', 'seven hundred pesos'],
    ['1000', 'mil pesos', 'one thousand pesos'],
    ['1001', 'mil un pesos', 'one thousand and one pesos'],
    [
      '1150.50',
      'mil ciento cincuenta pesos con cincuenta centavos',
      'one thousand one hundred and fifty pesos and fifty centavos',
    ],
    ['21000', 'veintiún mil pesos', 'twenty-one thousand pesos'],
    ['31031', 'treinta y un mil treinta y un pesos', 'thirty-one thousand and thirty-one pesos'],
    ['101000', 'ciento un mil pesos', 'one hundred and one thousand pesos'],
    ['1000000', 'un millón de pesos', 'one million pesos'],
    [
      '999999.99',
      'novecientos noventa y nueve mil novecientos noventa y nueve pesos con noventa y nueve centavos',
      'nine hundred and ninety-nine thousand nine hundred and ninety-nine pesos and ninety-nine centavos',
    ],
  ])('%s is "%s" and "%s"', (amount, spanish, english) => {
    expect(words(pesos(amount), 'es')).toBe(spanish);
    // Whether "and" stands after the hundreds is a matter of the country.
    expect(words(pesos(amount), 'en').replaceAll(/(hundred|thousand|million) and /g, '$1 ')).toBe(
      english.replaceAll(/(hundred|thousand|million) and /g, '$1 '),
    );
  });

  test('dollars are dollars', () => {
    expect(words(dollars('1'), 'es')).toBe('un dólar');
    expect(words(dollars('21.50'), 'es')).toBe('veintiún dólares con cincuenta centavos');
    expect(words(dollars('2'), 'en')).toBe('two dollars');
  });

  test('no two amounts have the same words, in either language', () => {
    const amount = fc.bigInt({ min: 0n, max: AMOUNT_MINOR_MAX });
    fc.assert(
      fc.property(amount, amount, (one, other) => {
        fc.pre(one !== other);
        expect(words(money(one), 'es')).not.toBe(words(money(other), 'es'));
        expect(words(money(one), 'en')).not.toBe(words(money(other), 'en'));
        expect(words(money(one), 'es')).not.toMatch(/\d|\buno\b|veintiuno|undefined|NaN/);
        expect(words(money(one), 'en')).not.toMatch(/\d|undefined|NaN/);
      }),
    );
  });
});

describe('amounts in digits', () => {
  test.each([
    ['0', '$0.00', '$0.00 MXN'],
    ['0.05', '$0.05', '$0.05 MXN'],
    ['999.90', '$999.90', '$999.90 MXN'],
    ['1500', '$1,500.00', '$1,500.00 MXN'],
    ['1000000', '$1,000,000.00', '$1,000,000.00 MXN'],
    ['-1500.5', '−$1,500.50', '−$1,500.50 MXN'],
  ])('%s is %s, and %s in English', (amount, spanish, english) => {
    expect(digits(pesos(amount), 'es')).toBe(spanish);
    expect(digits(pesos(amount), 'en')).toBe(english);
  });

  test('dollars always say so', () => {
    expect(digits(dollars('5'), 'es')).toBe('$5.00 USD');
    expect(digits(dollars('5'), 'en')).toBe('$5.00 USD');
  });

  test('what is shown is the amount to the cent', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 14n - 1n }), (minor) => {
        expect(parseDecimal(digits(money(minor), 'es').replace('$', '').replaceAll(',', ''))).toBe(minor);
      }),
    );
  });
});

test.each([
  ['2026-11-24', 'martes 24 de noviembre', 'Tuesday November 24'],
  ['2026-03-08', 'domingo 8 de marzo', 'Sunday March 8'],
  ['2028-02-29', 'martes 29 de febrero', 'Tuesday February 29'],
])('%s is "%s" and "%s"', (date, spanish, english) => {
  expect(dateWords(Temporal.PlainDate.from(date), 'es')).toBe(spanish);
  expect(dateWords(Temporal.PlainDate.from(date), 'en')).toBe(english);
});

test.each([
  ['00:00', 'a las 12 de la noche', '12:00 AM'],
  ['01:00', 'a la 1 de la mañana', '1:00 AM'],
  ['09:30', 'a las 9:30 de la mañana', '9:30 AM'],
  ['12:00', 'a las 12 del día', '12:00 PM'],
  ['13:05', 'a la 1:05 de la tarde', '1:05 PM'],
  ['17:00', 'a las 5 de la tarde', '5:00 PM'],
  ['18:59', 'a las 6:59 de la tarde', '6:59 PM'],
  ['19:00', 'a las 7 de la noche', '7:00 PM'],
  ['23:45', 'a las 11:45 de la noche', '11:45 PM'],
])('%s is "%s" and "%s"', (time, spanish, english) => {
  expect(timeWords(Temporal.PlainTime.from(time), 'es')).toBe(spanish);
  expect(timeWords(Temporal.PlainTime.from(time), 'en')).toBe(english);
});

test('a list is read aloud as one', () => {
  expect(listWords(['Ana', 'Lupita', 'Petra'], 'es')).toBe('Ana, Lupita y Petra');
  expect(listWords(['Ana', 'Inés'], 'es')).toBe('Ana e Inés');
  expect(listWords(['Ana'], 'es')).toBe('Ana');
  expect(listWords(['Ana', 'Lupita', 'Petra'], 'en')).toBe('Ana, Lupita, and Petra');
});
