// The parts the checks are made of: how easy a text is, sums, telephone numbers, languages, the order of answers.

import { describe, expect, test } from 'vitest';
import { figuresIn, isSumRight } from '../../../src/content/lessons/figures.ts';
import { phoneNumbersIn } from '../../../src/content/lessons/phone-numbers.ts';
import {
  englishSyllables,
  perspicuity,
  readingEase,
  sentencesOf,
  spanishSyllables,
} from '../../../src/content/lessons/readability.ts';
import { parseLessonSources } from '../../../src/content/lessons/sources.ts';
import { catalogueOf, fallbackChain, lessonIn } from '../../../src/domain/lesson/catalogue.ts';
import { OPTIONS } from '../../../src/domain/lesson/lesson.ts';
import { quizOrder } from '../../../src/domain/lesson/quiz-order.ts';
import { sha256 } from '../../../src/store/sha256.ts';
import { written } from '../../support/lessons.ts';

describe('how easy a text is', () => {
  test.each([
    ['pan', 1],
    ['dinero', 3],
    ['día', 2],
    ['país', 2],
    ['cuidas', 2],
    ['ahorro', 3],
    ['reunión', 2],
    ['que', 1],
    ['guerra', 2],
    ['agua', 2],
    ['vergüenza', 3],
    ['hay', 1],
    ['y', 1],
    ['ley', 1],
    ['yo', 1],
    ['leer', 2],
    ['caja', 2],
    ['cuota', 2],
    ['préstamo', 3],
    ['reíamos', 4],
    ['ciudad', 2],
    ['tesorera', 4],
  ])('%s has %i syllables', (word, count) => expect(spanishSyllables(word)).toBe(count));

  test.each([
    ['save', 1],
    ['money', 2],
    ['table', 2],
    ['wanted', 2],
    ['saved', 1],
    ['yes', 1],
    ['medicine', 3],
    ['the', 1],
    ['again', 2],
    ['tablecloth', 3],
  ])('%s has %i syllables', (word, count) => expect(englishSyllables(word)).toBe(count));

  test('the indices are those of their authors, worked by hand', () => {
    // 4 words, 6 syllables, 1 sentence: 206.835 − 62.3 × 6/4 − 4
    expect(perspicuity('El perro come pan.')).toBeCloseTo(109.385, 6);
    // 10 words, 17 syllables, 2 sentences; the figure is no word: 206.835 − 62.3 × 1.7 − 5
    expect(perspicuity('Si ganas $1,200.50 en la semana, guardas poco. ¿Cuánto te queda?')).toBeCloseTo(
      95.925,
      6,
    );
    // 6 words, 7 syllables, 1 sentence: 206.835 − 84.6 × 7/6 − 1.015 × 6
    expect(readingEase('The dog sat on the table.')).toBeCloseTo(102.045, 6);
  });

  test('sentences end at their marks and at line ends, not inside a figure', () => {
    expect(sentencesOf('Son $1,200.50 al mes. ¿Y tú?\nSí…  Bueno')).toEqual([
      'Son $1,200.50 al mes.',
      '¿Y tú?',
      'Sí…',
      'Bueno',
    ]);
  });
});

describe('figures', () => {
  test('are found in the one form they are compared in', () => {
    const said = 'Paga $1,060.50 en 3 meses, el 92 % o 4.5 por ciento; 92% and 10 percent, 1,500, 2.';
    expect(figuresIn(said)).toEqual(['1060.50', '3', '92%', '4.5%', '10%', '1500', '2']);
  });

  test.each<[string, string, boolean | undefined]>([
    ['= 20 * 6 * 52', '$6,240', true],
    ['= 20 * 6 * 52', '$6,241', false],
    ['= 2120 / 12', '$176.67', true],
    ['= 2120 / 12', '$176.66', false],
    ['= 1000 - 400 - 500', '$100', true],
    ['= 240 + 30 + 2 * 15', '300', true],
    ['= 1,000 + 1000 * 2 / 100 * 3', '$1,060', true],
    ['= 0.5 * 3', '2', true],
    ['= 1 / 0', '0', undefined],
    ['= 2 +', '2', undefined],
    ['= two', '2', undefined],
    ['=', '0', undefined],
  ])('"%s" is %s: %s', (sum, figure, isRight) => expect(isSumRight(sum, figure)).toBe(isRight));
});

test.each<[string, string[]]>([
  ['Llama al 911 o al 800 911 2000.', ['800 911 2000', '911']],
  ['Marca 079, opción 1', ['079']],
  ['Mándale a (664) 608-8200 hoy', ['(664) 608-8200']],
  ['+52 55 5340 0999', ['+52 55 5340 0999']],
  ['*0311', ['*0311']],
  ['Call us at 444', ['444']],
  ['Son $1,200,000.00 en 2026, o 12,000.50 pesos por 48 semanas', []],
  ['Los dados: 3 5 2 6 1 1 4 2, o 3-5-2-6-1-1-4-2', []],
  ['Cuesta $911 y dura 2 horas', []],
  ['Llama hoy. Te deben 400 pesos desde ayer y no te pagan 500', ['400']],
])('telephone numbers of "%s"', (text, found) => expect(phoneNumbersIn(text)).toEqual(found));

describe('languages', () => {
  test.each([
    [['tzo'], ['tzo', 'es']],
    [
      ['tzo-mx', 'en'],
      ['tzo-MX', 'tzo', 'en', 'es'],
    ],
    [[], ['es']],
    [
      ['es-MX', 'es'],
      ['es-MX', 'es'],
    ],
  ])('%j is tried as %j', (wanted, chain) => expect(fallbackChain(wanted)).toEqual(chain));

  test('what Tsotsil does not have is given in Spanish', () => {
    const spanish = written.files.filter(({ language }) => language === 'es');
    const [first, ...others] = spanish;
    const tsotsil = { ...first!, language: 'tzo', lesson: { ...first!.lesson, title: 'Tsotsil' } };
    const catalogue = catalogueOf([...others, tsotsil, first!]);
    const given = (id: string) => {
      const found = lessonIn(catalogue, { id, wanted: ['tzo-MX'] });
      return found && [found.language, found.lesson.title];
    };
    expect(given(first!.lesson.id)).toEqual(['tzo', 'Tsotsil']);
    expect(given(others[0]!.lesson.id)).toEqual(['es', others[0]!.lesson.title]);
    expect(given('F99')).toBeUndefined();
  });

  test('the lessons come track by track', () => {
    const ids = [...catalogueOf(written.files.toReversed()).keys()];
    expect(ids.slice(0, 3)).toEqual(['F1', 'F2', 'F3']);
  });
});

describe('the order of the answers', () => {
  const of = (lessonId: string, memberNumber: number) => quizOrder(sha256, { lessonId, memberNumber });

  test('is the same for the same woman and lesson, and has every answer once', () => {
    expect(of('F4', 12)).toEqual(of('F4', 12));
    for (let member = 1; member <= 30; member += 1) expect(of('F4', member).toSorted()).toEqual([...OPTIONS]);
    expect(new Set([1, 2, 3, 4, 5, 6].map((member) => of('F4', member).join())).size).toBeGreaterThan(1);
  });

  test('puts the right answer in every place equally often, over the catalogue and for each woman', () => {
    const answers = [...catalogueOf(written.files)].map(
      ([id, languages]) => [id, languages.get('es')!.quiz.answer] as const,
    );
    const MEMBERS = 3_000;
    const places = [0, 0, 0];
    for (const [id, answer] of answers)
      for (let member = 1; member <= MEMBERS; member += 1) places[of(id, member).indexOf(answer)]! += 1;
    const even = (answers.length * MEMBERS) / 3;
    for (const count of places) expect(Math.abs(count - even) / even).toBeLessThan(0.06);

    // One woman over a curriculum of 56, whatever letter its writers gave the right answer.
    for (let member = 1; member <= 30; member += 1) {
      const hers = [0, 0, 0];
      for (let n = 1; n <= 56; n += 1) hers[of(`F${n}`, member).indexOf('b')]! += 1;
      expect(Math.max(...hers)).toBeLessThan(56 * 0.6);
    }
  });
});

test('a source without an address says what is known of it', () => {
  const source = { title: 't', publisher: 'p', address: null, read: '2026-11-21', status: 'old' };
  expect(() => parseLessonSources({ X1: source })).toThrow('says what is known');
  expect(parseLessonSources({ X1: { ...source, known: '2021' } })['X1']?.status).toBe('old');
  expect(() => parseLessonSources({ X1: { ...source, known: '2021', status: 'sure' } })).toThrow();
});
