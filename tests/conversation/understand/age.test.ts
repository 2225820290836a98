import { describe, expect, test } from 'vitest';
import { hear } from './judge.ts';

describe('her age', () => {
  test.each([
    'tengo 15 años',
    'tengo quince años',
    'Hola, apenas tengo 17 años y quiero ahorrar',
    'no tengo 18 años',
    'todavía no cumplo 18 años',
    'tengo 16 añitos',
    'tengo 17 años cumplidos',
    'tengo casi 18 años',
  ])('"%s" says that she is younger than 18', (text) => {
    expect(hear(text).intent).toBe('minor');
  });

  test.each(["i'm 15", 'I am 16 years old', 'i am not 18 yet', "i'm 17 and i want to join", "i'm almost 18"])(
    '"%s" says so in English',
    (text) => {
      expect(hear(text, { language: 'en' }).intent).toBe('minor');
    },
  );

  test.each([
    'tengo 18 años',
    'tengo 18 años cumplidos',
    'tengo casi 40 años',
    'tengo 40 años',
    'tengo 15',
    'tengo 15 pesos',
    'tengo 15 años de casada',
    'tengo 15 años trabajando en el mercado',
    'mi hija tiene 15 años',
    'no tengo 15 años',
    'i am 15 pesos short',
    'i am 2 weeks behind',
    'i am 18 years old',
  ])('"%s" does not', (text) => {
    expect(hear(text).intent).not.toBe('minor');
  });

  test('an amount that was asked for is asked for again, and no age is booked', () => {
    expect(hear('tengo 15 años', { expecting: 'amount' })).toMatchObject({ intent: 'minor', items: [] });
  });
});
