// A lesson file that cannot be read is told with its file and line, and the others are read.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readLessons } from '../../../src/app/load-lessons.ts';
import { faultText } from '../../../src/content/lessons/fault.ts';
import { parseLesson } from '../../../src/content/lessons/parse-lesson.ts';
import { ES, good as lesson } from '../../support/lessons.ts';

const good = lesson.es;
const faults = (text: string, file = ES): string[] => {
  const reading = parseLesson(file, text);
  return reading.ok ? [] : reading.faults.map(faultText);
};
const after = (from: string, to: string): string[] => {
  expect(good).toContain(from);
  return faults(good.replace(from, to));
};

test('a lesson is read: its fields, its bubbles as they are sent, and where they stand', () => {
  const reading = parseLesson(ES, good.replaceAll('\n', '\r\n'));
  if (!reading.ok) throw new Error(faults(good).join('\n'));
  const { lesson: read, language, name, lineOf } = reading.read;
  expect([read.id, read.track, read.neutralTitle, read.quiz.answer, read.reviewedBy]).toEqual([
    'F2',
    'finance',
    'Primero lo primero',
    'a',
    null,
  ]);
  expect([language, name, read.expires.toString()]).toEqual([
    'es',
    'finance/02-what-can-wait.md',
    '2027-11-22',
  ]);
  expect(read.bubbles.fact).toBe(
    'Gastar no es malo: con eso vives y cuidas a tu gente.\n' +
      'Ayuda hacer dos montones. En uno va lo que urge: comida, medicina, luz, renta. En el otro va lo que te gusta y puede ser otro día.',
  );
  const lines = good.split('\n');
  for (const [place, said] of [
    ['id', 'id: F2'],
    ['quiz.options.c', 'c: Un poco'],
    ['quiz.answer', 'answer: a'],
    ['quiz.nothing', 'quiz:'],
    ['why', '# why'],
  ] as const)
    expect(lines[lineOf(place) - 1], place).toContain(said);
});

describe('a header that is broken is told with its line', () => {
  test.each([
    ['no header', '---\nid: F2', 'id: F2', '1: does not begin with a header between two lines "---"'],
    ['no YAML', 'track: finance', 'track: "finance', ': the header is not YAML'],
    [
      'a field twice',
      'track: finance',
      'id: F2\ntrack: finance',
      '3: the header is not YAML: Map keys must be unique',
    ],
    [
      'an answer that is no option',
      'answer: a',
      'answer: d',
      '21: quiz.answer is "d", but the options are a, b, c',
    ],
    ['an option too few', '    c: Un poco de cada cosa\n', '', '17: quiz.options.c is missing'],
    ['no title', 'title: Lo que urge y lo que espera\n', '', '2: title is missing'],
    ['a title that is empty', 'title: Lo que urge y lo que espera', 'title: ""', '4: title is empty'],
    ['a title of a number', 'title: Lo que urge y lo que espera', 'title: 12', '4: title must be a text'],
    [
      'a neutral title longer than a row of a list',
      'Primero lo primero',
      'Primero va lo que es primero',
      '5: neutral_title is longer than 24 characters',
    ],
    [
      'a field nobody knows',
      'sources: []',
      'sources: []\nauthor: Ana',
      '8: "author" is no field of a lesson',
    ],
    ['an id of another form', 'id: F2', 'id: F-2', '2: id must be an id such as F4'],
    [
      'a track nobody knows',
      'track: finance',
      'track: money',
      '3: track must be one of finance, nutrition, rights, business, self-care, health',
    ],
    [
      'another track than the folder',
      'track: finance',
      'track: health',
      '3: track is health, and the folder finance',
    ],
    [
      'a sensitivity nobody knows',
      'sensitivity: open',
      'sensitivity: shy',
      '6: sensitivity must be open or opt-in',
    ],
    ['no day', 'expires: 2027-11-22', 'expires: next year', '10: expires must be a day such as 2026-11-22'],
    [
      'a day that is not in the calendar',
      'expires: 2027-11-22',
      'expires: 2027-02-30',
      '10: expires is "2027-02-30", and there is no such day',
    ],
    [
      'an area that is no list',
      'sources: []',
      'sources: []\narea: OAX',
      '8: area must be a list such as [OAX, "BC/Tijuana"]',
    ],
    [
      'an area nobody knows',
      'sources: []',
      'sources: []\narea: [CDMX]',
      '8: area.0 must be one of BC, OAX, CHIS, or "OAX/<municipality>"',
    ],
    [
      'an alias that unfolds without end',
      'sources: []',
      `sources: [&a [${'x, '.repeat(9)}x], &b [${'*a, '.repeat(9)}*a], ${'*b, '.repeat(30)}*b]`,
      '1: the header has more aliases than a header needs',
    ],
  ])('%s', (_name, from, to, said) => {
    const found = after(from, to);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
    expect(found[0]).toMatch(/^locales\/es\/lessons\/finance\/02-what-can-wait\.md:\d+: /u);
  });

  test('several faults are told at once', () => {
    const broken = good.replace('id: F2', 'id: 2').replace('answer: a', 'answer: d');
    expect(faults(broken).map((fault) => fault.split(': ')[1]?.split(' ')[0])).toEqual(['id', 'quiz.answer']);
  });
});

describe('a body that is broken is told with its line', () => {
  test.each([
    [
      'a section missing',
      '# why\n',
      '',
      '26: the sections are # fact, # action; each of # fact, # why, # action is needed once, in this order',
    ],
    [
      'a section nobody knows',
      '# why',
      '# reason',
      '"# reason" is no section: they are # fact, # why, # action',
    ],
    ['a section twice', '# why', '# fact', 'the sections are # fact, # fact, # action'],
    [
      'an empty section',
      'Esta noche piensa en tres cosas que pagaste hoy. ¿Cuál podía esperar? Es solo para ti.',
      '',
      '# action is empty',
    ],
    ['text before the first', '# fact', 'Hola.\n\n# fact', '26: text stands before "# fact"'],
    [
      'formatting',
      'Es solo para ti.',
      'Es **solo** para ti.',
      '# action has formatting; a telephone shows the marks',
    ],
    ['a list', 'Es solo para ti.', '\n- Es solo para ti.', '# action has formatting'],
  ])('%s', (_name, from, to, said) => {
    const found = after(from, to);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(said);
  });

  test('a file that is too long is not read', () => {
    expect(faults(good + ' '.repeat(20_000))).toEqual([`${ES}:1: is longer than 20000 characters`]);
  });
});

describe('files', () => {
  test.each([
    'locales/es/lessons/finance/2-x.md',
    'locales/es/lessons/finance/02-x.txt',
    'locales/e!/lessons/finance/02-x.md',
  ])('%s is misnamed', (file) => {
    expect(faults(good, file)).toEqual([
      `${file}:1: is not named locales/<language>/lessons/<track>/<nn>-<slug>.md`,
    ]);
  });

  test('one that is broken is told, and the others are read', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'comadre-lessons-'));
    try {
      const track = path.join(folder, 'es/lessons/finance');
      fs.mkdirSync(track, { recursive: true });
      fs.writeFileSync(path.join(track, '02-what-can-wait.md'), good);
      fs.writeFileSync(path.join(track, '04-broken.md'), good.replace('answer: a', 'answer: d'));
      fs.writeFileSync(path.join(track, 'audio.ogg'), Buffer.from([0xff, 0x00]));
      const { files, faults: told } = readLessons(pathToFileURL(`${folder}/`));
      expect(files.map(({ lesson }) => lesson.id)).toEqual(['F2']);
      expect(told.map(faultText)).toEqual([
        'locales/es/lessons/finance/04-broken.md:21: quiz.answer is "d", but the options are a, b, c',
        'locales/es/lessons/finance/audio.ogg:1: is named by no lesson of its folder',
      ]);
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  });
});
