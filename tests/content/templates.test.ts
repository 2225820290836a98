// Prepared words for WhatsApp: what Meta would refuse is refused here, and nothing in their beginning gives anything away.

import { describe, expect, test } from 'vitest';
import { loadTemplates } from '../../src/app/load-templates.ts';
import { NEWS_TEMPLATES } from '../../src/app/message-way.ts';
import { filledBody, parseTemplates } from '../../src/content/templates.ts';

/** What a locked telephone shows of a message. */
const PREVIEW_CHARS = 40;
const TELLING =
  /pes[oa]s?\b|ahorro|préstamo|pago|pagu|recibo|multa|caja|grupo|libreta|reuni|saldo|debe|saving|loan|pay|receipt|fine|group|passbook|meeting|owe|\$/iu;

const templates = loadTemplates(new URL('../../locales/', import.meta.url));
const all = Object.entries(templates).flatMap(([language, of]) =>
  Object.entries(of).map(([key, template]) => ({ name: `${language} ${key}`, key, language, template })),
);

describe('the templates of the languages', () => {
  test('are the same ones, with as many values each', () => {
    const shape = (of: (typeof templates)['es']) =>
      Object.entries(of).map(([key, { values, category }]) => [key, values.length, category]);
    expect(shape(templates.en)).toEqual(shape(templates.es));
    expect(Object.keys(templates.es)).toEqual([
      'new-message',
      'waiting',
      'reminder',
      'lesson',
      'announcement',
    ]);
  });

  test('are known to be news or not as they are registered: who wants no news gets none of them', () => {
    const news = Object.entries(templates.es).filter(([, { category }]) => category === 'MARKETING');
    expect(new Set(news.map(([key]) => key))).toEqual(NEWS_TEMPLATES);
  });

  test('are told apart by name', () => {
    const names = all.map(({ template }) => template.name);
    expect(new Set(names).size).toBe(names.length);
  });

  test('are registered in the language they are written in', () => {
    for (const { language, template } of all) expect(template.language.slice(0, 2)).toBe(language);
  });

  test.each(all)('$name: its beginning tells nothing, and no word of it tells of money', ({ template }) => {
    const shown = filledBody(template.body, template.example);
    expect(shown.slice(0, PREVIEW_CHARS)).not.toMatch(TELLING);
    expect(shown).not.toMatch(/\{|ahorro|préstamo|multa|caja|grupo|saving|loan|fine\b|group|\$/iu);
    expect(shown.length).toBeLessThan(200);
  });
});

describe('a template that Meta would refuse', () => {
  const good = templates.es['reminder']!;
  const parse = (more: object) => parseTemplates({ key: { ...good, ...more } });

  test('the good one passes', () => expect(parse({})).toEqual({ key: good }));

  test.each([
    ['begins with a place', { body: '{{1}}, el {{2}} a {{3}} con {{4}}, nos vemos.' }],
    ['ends with a place', { body: 'Hola, {{1}}. El {{2}} a {{3}} con {{4}}' }],
    ['ends with a place and a full stop', { body: 'Hola, {{1}}. El {{2}} a {{3}} con {{4}}.' }],
    ['has places beside each other', { body: 'Hola, {{1}}. El {{2}} {{3}} con {{4}}, nos vemos.' }],
    ['has a comma alone between them', { body: 'Hola, {{1}}. El {{2}}, {{3}} con {{4}}, nos vemos.' }],
    ['skips a number', { body: 'Hola, {{1}}. El {{2}} a {{4}} con {{5}}, nos vemos.' }],
    ['has a place too few', { body: 'Hola, {{1}}. El {{2}} a {{3}}, nos vemos.' }],
    ['names its places', { body: 'Hola, {{name}}. El {{2}} a {{3}} con {{4}}, nos vemos.' }],
    ['has a line end', { body: 'Hola, {{1}}.\nEl {{2}} a {{3}} con {{4}}, nos vemos.' }],
    ['is too long', { body: `${good.body} ${'x'.repeat(1_000)}` }],
    ['lacks an example', { example: ['Ana'] }],
    ['has a value without a place', { values: [...good.values, 'otro'] }],
    ['has a name with capitals', { name: 'Te_Espero' }],
    ['has another category', { category: 'AUTHENTICATION' }],
    ['has a field nobody knows', { footer: 'x' }],
  ])('%s', (_name, more) => {
    expect(() => parse(more)).toThrow();
  });
});
