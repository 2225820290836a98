// The lessons as they are, and every rule of docs/lessons.md with a fault planted against it.

import { existsSync, readFileSync } from 'node:fs';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { checkLessons } from '../../../src/content/lessons/check-lessons.ts';
import { faultText } from '../../../src/content/lessons/fault.ts';
import { messagesOf } from '../../../src/content/lessons/pieces.ts';
import { sentencesOf } from '../../../src/content/lessons/readability.ts';
import { fold } from '../../../src/conversation/understand/normalise.ts';
import {
  type Change,
  EN,
  ES,
  faultsAfter,
  faultsOf,
  fixed,
  good,
  lineSaying,
  standards,
  written,
} from '../../support/lessons.ts';

describe('the lessons', () => {
  test('can all be read', () => expect(written.faults.map(faultText)).toEqual([]));

  test('keep every rule', () => {
    const ids = (language: string) =>
      written.files.filter((file) => file.language === language).map(({ lesson }) => lesson.id);
    expect(new Set(ids('es')).size).toBe(56);
    expect(ids('es').length).toBe(56);
    expect(ids('en')).toEqual(ids('es'));
    expect(checkLessons(written.files, standards).map(faultText)).toEqual([]);
  });

  const facts = new URL('../../../../shared/facts/content-facts.md', import.meta.url);
  test.skipIf(!existsSync(facts))(
    'are written afresh: no sentence of six words is one of the fact sheet',
    () => {
      const plain = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ');
      const sheet = plain(readFileSync(facts, 'utf8'));
      const copied = written.files.flatMap((file) =>
        messagesOf(file)
          .flatMap(({ text }) => sentencesOf(text))
          .map((sentence) => plain(sentence).trim())
          .filter((sentence) => sentence.split(' ').length >= 6 && sheet.includes(sentence))
          .map((sentence) => `${file.file}: ${sentence}`),
      );
      expect(copied).toEqual([]);
    },
  );
});

/** Header lines of a lesson that is opt-in, so that nothing else is wrong with it. */
const optIn: Change[number] = ['sensitivity: open', 'sensitivity: opt-in'];
const enough = 'Gastar no es malo';

/** Some words more, in short sentences that are easy to read. */
const longer = 'Es para ti. '.repeat(30);

const inSpanish: readonly [string, Change, string, string][] = [
  [
    'a figure without a source',
    [['medicina, luz, renta', 'medicina, 35 de luz']],
    '# fact',
    'fact says "35", and numbers gives it no source',
  ],
  [
    'a percentage in words',
    [['medicina, luz, renta', 'medicina, luz, 92 por ciento']],
    '# fact',
    'fact says "92%", and numbers gives it no source',
  ],
  [
    'a large number in words',
    [['medicina, luz, renta', 'medicina, doscientos de renta']],
    '# fact',
    'fact says "doscient*": write the number in figures, with its source in numbers',
  ],
  [
    'a figure in an answer',
    [['Un poco de cada cosa', '3 de cada cosa']],
    '    c:',
    'quiz.options.c says "3", and numbers gives it no source',
  ],
  [
    'a telephone number that is not in the registry',
    [['Es solo para ti.', 'Llama al 664 123 4567.']],
    '# action',
    'action says "664 123 4567", which is no confirmed line of locales/help-lines.json',
  ],
  [
    'a number that nobody has called',
    [['Es solo para ti.', 'Llama al 079.']],
    '# action',
    'action says "079", which is no confirmed line of locales/help-lines.json',
  ],
  [
    'a short number after a word of calling',
    [['Es solo para ti.', 'Marca ahora al 444.']],
    '# action',
    'action says "444", which is no confirmed line of locales/help-lines.json',
  ],
  [
    'a sensitive word in the title',
    [['title: Lo que urge y lo que espera', 'title: Sin violencia'], optIn],
    'title: Sin',
    'title has the sensitive word "violen*": others see it',
  ],
  [
    'a sensitive word in the neutral title',
    [['Primero lo primero', 'Prueba de VIH'], optIn],
    'neutral_title',
    'neutral_title has the sensitive word "vih": others see it',
  ],
  [
    'a sensitive word where a locked telephone shows it',
    [['Un gasto chiquito se nota', 'Nadie tiene por qué aguantar golpes'], optIn],
    '# why',
    'why has the sensitive word "golpe*" in its first 40 characters: a locked telephone shows them',
  ],
  [
    'the same in what she is told after the question',
    [['right: Sí. La salud', 'right: El abuso no. La salud'], optIn],
    '  right:',
    'quiz.right has the sensitive word "abus*" in its first 40 characters: a locked telephone shows them',
  ],
  [
    'a sensitive word anywhere in an open lesson',
    [['no es falla tuya', 'eso también es violencia']],
    '# why',
    'why has the sensitive word "violen*", and sensitivity is open: make it opt-in',
  ],
  ['"usted"', [['Es solo para ti', 'Es solo para usted']], '# action', 'action says "usted": write tú'],
  [
    'an order to "usted"',
    [['Es solo para ti', 'Anote cuál']],
    '# action',
    'action begins a sentence with "anote": write anota',
  ],
  [
    'a masculine form',
    [['Es solo para ti', 'Va entre todos']],
    '# action',
    'action says "entre todos": write entre todas',
  ],
  [
    'an address',
    [['Es solo para ti', 'Ve a https://ejemplo.mx']],
    '# action',
    'action says "http*": write the name of the place, with no address',
  ],
  ['a bubble that is too long', [[enough, `${longer}${enough}`]], '# fact', 'fact has 129 words, at most 90'],
  [
    'an explanation that is too long',
    [['right: Sí.', `right: ${longer.slice(0, 180)}`]],
    '  right:',
    'quiz.right has 58 words, at most 45',
  ],
  [
    'a sentence that is too long',
    [
      [
        'Es solo para ti.',
        'Es solo para ti y para nadie más de los que viven contigo en la misma casa ni en la otra.',
      ],
    ],
    '# action',
    'action has a sentence of 21 words, at most 18: "Es solo para ti y para nadie más de los …"',
  ],
];

describe('a fault in one language is found, and nothing else:', () => {
  test.each(inSpanish)('%s', (_name, change, at, problem) => {
    const inBoth = change.filter((pair) => pair === optIn);
    expect(faultsAfter(change, { en: inBoth })).toEqual([`${ES}:${lineSaying(at, change)}: ${problem}`]);
  });

  test('words that are too hard', () => {
    const hard =
      'La administración responsable de recursos económicos familiares requiere planificación. '.repeat(5);
    const found = faultsAfter([[enough, `${hard}${enough}`]], { en: [] });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(
      /:\d+: fact and the sections after it are too hard: Szigriszt-Pazos [0-6]\d\.\d, at least 70;/u,
    );
  });

  test('English that is too hard, and "$" in it', () => {
    const hard = 'Responsible administration of economic resources necessitates considerable preparation. ';
    const found = faultsAfter([], { en: [['It is not bad', `${hard.repeat(5)}It is not bad`]] });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/: Flesch -?\d+\.\d, at least 75/u);
    expect(faultsAfter([], { en: [['Spend 20 pesos', 'Spend $20']] })).toEqual([
      expect.stringMatching(/^locales\/en\/.*: why says "\$": write "20 pesos"$/u),
    ]);
  });
});

const inHeader: readonly [string, Change, string, string][] = [
  [
    'a sum that does not come out',
    [['= 20 * 6 * 52', '= 20 * 5 * 52']],
    'numbers:',
    'numbers $6,240 is not what "= 20 * 5 * 52" comes to',
  ],
  [
    'a sum that is none',
    [['= 20 * 6 * 52', '= 20 x 6']],
    'numbers:',
    'numbers $6,240 has the sum "= 20 x 6", which cannot be read',
  ],
  [
    'a figure that nobody says',
    [['  "$20": example', '  "$20": example\n  "$30": example']],
    'numbers:',
    'numbers $30 is said nowhere in the lesson',
  ],
  [
    'a figure of a source that is not named',
    [['"$20": example', '"$20": FI24']],
    'numbers:',
    'numbers $20 rests on "FI24", which is not among sources',
  ],
  [
    'a figure that others contradict',
    [
      ['"$20": example', '"$20": FI16'],
      ['sources: []', 'sources: [FI16]'],
      ['expires: 2027-11-22', 'expires: 2027-01-22'],
    ],
    'numbers:',
    'numbers $20 rests on FI16, which other sources contradict: leave the figure out',
  ],
  [
    'a source that is not in the registry',
    [['sources: []', 'sources: [FI99]']],
    'sources:',
    'sources names "FI99", which is not in locales/lesson-sources.json',
  ],
  [
    'an id of another track',
    [['id: F2', 'id: N2']],
    'id:',
    'id is "N2", but lessons of finance begin with F',
  ],
  [
    'an id of another file',
    [['id: F2', 'id: F3']],
    'id:',
    'id is "F3", but the file\'s name begins with another number',
  ],
  [
    'a lesson that nobody looks at for more than a year',
    [['expires: 2027-11-22', 'expires: 2027-11-23']],
    'expires:',
    'expires is more than 12 months after last_reviewed: write 2027-11-22 or earlier',
  ],
  [
    'a price that nobody looks at for more than three months',
    [
      ['"$20": example', '"$20": FI24'],
      ['sources: []', 'sources: [FI24]'],
    ],
    'expires:',
    'expires is more than 3 months after last_reviewed: write 2027-02-22 or earlier',
  ],
  [
    'a review that is still to come',
    [['last_reviewed: 2026-11-22', 'last_reviewed: 2099-11-22']],
    'last_reviewed:',
    'last_reviewed is a day that has not come yet',
  ],
];

describe('a fault in the header of both is found in both:', () => {
  test.each(inHeader)('%s', (_name, change, at, problem) => {
    const line = lineSaying(at, change);
    expect(faultsAfter(change)).toEqual([`${EN}:${line}: ${problem}`, `${ES}:${line}: ${problem}`]);
  });

  test('a lesson that has expired: from the very day on', () => {
    const on = (day: string) =>
      faultsAfter([], { standards: { ...fixed, today: Temporal.PlainDate.from(day) } });
    const line = lineSaying('expires:');
    const problem = 'expires is 2027-11-22: the lesson goes out no more';
    expect(on('2027-11-21')).toEqual([]);
    expect(on('2027-11-22')).toEqual([`${EN}:${line}: ${problem}`, `${ES}:${line}: ${problem}`]);
    expect(on('2029-01-01')).toHaveLength(2);
  });

  test('a line to call that nobody looks at for more than three months', () => {
    const line = { ...fixed.helpLines[0]!, id: 'invented', number: '800 000 0000', checked_on: fixed.today };
    const held = { ...fixed, helpLines: [line] };
    const change: Change = [['Es solo para ti.', 'Llama al 800 000 0000.']];
    expect(faultsAfter(change, { en: [], standards: held })).toEqual([
      expect.stringMatching(/: expires is more than 3 months after last_reviewed/u),
    ]);
  });

  test('rights that are not opt-in', () => {
    const [es, en] = [good.es, good.en].map((text) =>
      text.replace('id: F2', 'id: R2').replace('track: finance', 'track: rights'),
    );
    const there = (file: string): string => file.replace('/finance/', '/rights/');
    const found = faultsOf({ [there(ES)]: es!, [there(EN)]: en! });
    expect(found).toEqual(
      [EN, ES].map((file) => `${there(file)}:6: sensitivity is open, but lessons on rights are opt-in`),
    );
  });
});

describe('an opt-in lesson ends with nothing of its own on safety:', () => {
  test.each([
    ['911', '911'],
    ['Si estás en peligro, sal.', 'en peligro'],
  ])('%s', (said, found) => {
    const change: Change = [optIn, ['Es solo para ti.', `Es solo para ti. ${said}`]];
    expect(faultsAfter(change, { en: [optIn] })).toEqual([
      `${ES}:${lineSaying('# action', change)}: action says "${found}": the program adds the safety card to an opt-in lesson`,
    ]);
  });

  test('an open one may name 911', () => {
    const change: Change = [['Es solo para ti.', 'Si hay peligro, llama al 911.']];
    expect(faultsAfter(change, { en: [] })).toEqual([]);
  });
});

describe('the languages', () => {
  test('a lesson that one lacks is missing there', () => {
    expect(faultsOf({ [ES]: good.es })).toEqual([`${EN}:1: is missing, and ${ES} is there`]);
    expect(faultsOf({ [EN]: good.en })).toEqual([`${ES}:1: is missing, and ${EN} is there`]);
  });

  test.each<[string, Change, string]>([
    ['another right answer', [['answer: a', 'answer: b']], 'quiz.answer'],
    ['another sensitivity', [optIn], 'sensitivity'],
    ['other sources', [['sources: []', 'sources: [FI1]']], 'sources'],
    [
      'another amount',
      [
        ['"$400"', '"$450"'],
        ['400 pesos', '450 pesos'],
      ],
      'numbers',
    ],
    [
      'a draft that goes out in one language alone',
      [['sources: []', 'sources: []\nonly_approved: true']],
      'only_approved',
    ],
    ['another last day', [['expires: 2027-11-22', 'expires: 2027-10-22']], 'expires'],
    ['another area', [['sources: []', 'sources: []\narea: [OAX]']], 'area'],
  ])('%s', (_name, change, field) => {
    expect(faultsAfter([], { en: change })).toEqual([
      expect.stringMatching(new RegExp(`^${EN}:\\d+: ${field} is not as in ${ES}$`, 'u')),
    ]);
  });

  test('what those it speaks of must have read first goes out as a draft in none of them', () => {
    for (const id of ['P4', 'P5', 'RS1']) {
      const versions = written.files.filter(({ lesson }) => lesson.id === id);
      expect(new Set(versions.map(({ language }) => language))).toEqual(new Set(['en', 'es']));
      expect(versions.every(({ lesson }) => lesson.onlyApproved)).toBe(true);
    }
  });

  test('two lessons do not share an id', () => {
    const other = ES.replace('02-what-can-wait', '02-something-else');
    const found = faultsOf({ [ES]: good.es, [other]: good.es, [EN]: good.en });
    expect(found).toContain(`${other}:2: id is "F2", as in ${ES}`);
  });

  test('another language needs no translation of all, and no list of words', () => {
    const tsotsil = ES.replace('/es/', '/tzo/');
    expect(faultsOf({ [ES]: good.es, [EN]: good.en, [tsotsil]: good.es })).toEqual([]);
  });
});
