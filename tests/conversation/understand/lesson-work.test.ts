import { describe, expect, test } from 'vitest';
import { loadSpoken } from '../../../src/app/load-lessons.ts';
import { lessonWork } from '../../../src/conversation/understand/lesson-work.ts';
import { normalise } from '../../../src/conversation/understand/normalise.ts';
import { spokenCalled, spokenName } from '../../../src/domain/lesson/spoken.ts';
import { bareLexicons } from '../../support/bare-lexicons.ts';

const es = (text: string) => lessonWork(text, bareLexicons.es);
const en = (text: string) => lessonWork(text, bareLexicons.en);

describe('what staff and members say of lessons in whole phrases', () => {
  test.each([
    ['grabar lección F4 en tsotsil', { type: 'record', lessonId: 'F4', language: 'tsotsil' }],
    ['Grabar la lección f 4 en Tsotsil.', { type: 'record', lessonId: 'F4', language: 'tsotsil' }],
    ['graba la RS1', { type: 'record', lessonId: 'RS1', language: undefined }],
    ['APROBAR F12', { type: 'approve', lessonId: 'F12', language: undefined }],
    ['aprobar lección N3 en inglés', { type: 'approve', lessonId: 'N3', language: 'ingles' }],
    ['¿Cómo van las lecciones?', { type: 'report' }],
    ['reporte de lecciones', { type: 'report' }],
    ['quiero oír en tzotzil', { type: 'hear', language: 'tzotzil' }],
    ['lecciones en español', { type: 'hear', language: 'espanol' }],
    ['Mi diploma', { type: 'certificate' }],
    ['reconocimiento del grupo', { type: 'groupCertificate' }],
    ['F4', { type: 'take', lessonId: 'F4', bare: true, apart: false }],
    ['f-4', { type: 'take', lessonId: 'F4', bare: true, apart: false }],
    ['F04', { type: 'take', lessonId: 'F4', bare: true, apart: false }],
    ['f 4', { type: 'take', lessonId: 'F4', bare: true, apart: true }],
    ['lección F-4', { type: 'take', lessonId: 'F4', bare: false, apart: false }],
    ['la lección rs 1', { type: 'take', lessonId: 'RS1', bare: false, apart: false }],
    ['Lección #4', { type: 'number', number: 4 }],
    ['lección RS1', { type: 'take', lessonId: 'RS1', bare: false, apart: false }],
    ['Lección 4', { type: 'number', number: 4 }],
    ['repetir lección', { type: 'repeat', lessonId: undefined }],
    ['repite la lección n2', { type: 'repeat', lessonId: 'N2' }],
    ['Lección para el grupo', { type: 'groupLesson' }],
    ['lección del grupo', { type: 'groupLesson' }],
    ['Apaga las lecciones del grupo', { type: 'groupWish' }],
    ['lecciones del grupo los jueves', { type: 'groupWish' }],
    ['ya no mandes lecciones a mi grupo', { type: 'groupWish' }],
    ['una lección por semana para todas', { type: 'groupWish' }],
    ['¿En qué lenguas hay lecciones?', { type: 'languages' }],
    ['una lección por semana', { type: 'schedule', wish: { type: 'once' } }],
    ['dos lecciones por semana', { type: 'schedule', wish: { type: 'days', days: [] } }],
    [
      'lecciones los lunes y jueves',
      { type: 'schedule', wish: { type: 'days', days: ['monday', 'thursday'] } },
    ],
    ['Quiero lecciones los sábados', { type: 'schedule', wish: { type: 'days', days: ['saturday'] } }],
  ])('%s', (text, meaning) => {
    expect(es(text)).toEqual(meaning);
  });

  test.each([
    ['record lesson F4 in Tsotsil', { type: 'record', lessonId: 'F4', language: 'tsotsil' }],
    ['approve F4', { type: 'approve', lessonId: 'F4', language: undefined }],
    ['lesson report', { type: 'report' }],
    ['I want to hear lessons in Nahuatl', { type: 'hear', language: 'nahuatl' }],
    ['group certificate', { type: 'groupCertificate' }],
    ['lessons on Mondays', { type: 'schedule', wish: { type: 'days', days: ['monday'] } }],
    [
      'lessons on Tuesday and Friday',
      { type: 'schedule', wish: { type: 'days', days: ['tuesday', 'friday'] } },
    ],
    ['one lesson a week', { type: 'schedule', wish: { type: 'once' } }],
    ['lesson 4', { type: 'number', number: 4 }],
    ['repeat the lesson', { type: 'repeat', lessonId: undefined }],
    ['lesson for the group', { type: 'groupLesson' }],
    ["turn off the group's lessons", { type: 'groupWish' }],
    ['group lessons on Thursdays', { type: 'groupWish' }],
    ['What languages are the lessons in?', { type: 'languages' }],
  ])('%s', (text, meaning) => {
    expect(en(text)).toEqual(meaning);
  });

  test.each([
    'lección',
    'Ana 100',
    'quiero grabar un video',
    'grabar lección',
    'no grabar lección F4',
    'ya aprobaron mi préstamo de 400',
    'aprobar préstamo F4 de Ana',
    'la 4',
    'lecciones los lunes de 5',
    'lecciones de nutrición los lunes',
    'una por semana',
    '¿qué lecciones hay para el grupo?',
    'sin lecciones',
    'lecciones',
    'en tsotsil',
    'quiero oír en un lugar donde nadie más que yo pueda oír',
    'mi reconocimiento del año pasado',
    '',
  ])('nothing is guessed from "%s"', (text) => {
    expect(es(text)).toBeUndefined();
  });
});

describe('languages', () => {
  const known = loadSpoken(new URL('../../../locales/', import.meta.url));
  const called = (said: string, offered: readonly string[] = []) =>
    spokenCalled(known, said, { offered, fold: normalise });

  test('are known by each of their names, in any language, and by their tags', () => {
    const found = ['tsotsil', 'Tzotzil', 'TZO', 'ingles', 'English', "ch'ol", 'wixárika', 'huichol'].map(
      (said) => called(said),
    );
    expect(found).toEqual(['tzo', 'tzo', 'tzo', 'en', 'en', 'ctu', 'hch', 'hch']);
  });

  test('one that nobody named is known by its tag where it is offered', () => {
    expect([called('mxv'), called('mxv', ['mxv']), called('casa')]).toEqual([undefined, 'mxv', undefined]);
    expect([spokenName(known, 'mxv', 'es'), spokenName(known, 'tzo', 'es')]).toEqual(['mxv', 'tsotsil']);
  });

  test('no name means two of them', () => {
    const names = known.flatMap(({ names: { es: spanish, en: english }, tag }) =>
      [...new Set([...spanish, ...english].map(normalise))].map((name) => `${name} ${tag}`),
    );
    expect(new Set(names.map((name) => name.slice(0, name.lastIndexOf(' ')))).size).toBe(names.length);
  });
});
