// What people write about themselves stays what it is: a name. It is no line of ours, no amount, no formatting, no code.

import { describe, expect, test } from 'vitest';
import { seeded } from '../../bench/seeded.ts';
import { createContent } from '../../src/content/render.ts';
import { planGoal } from '../../src/domain/goal.ts';
import { money } from '../../src/domain/money.ts';
import { readPersonName, readTitle } from '../../src/domain/person-name.ts';
import { locales } from '../support/scene.ts';

const CHARS_MAX = 40;

describe('a name', () => {
  test.each([
    'Petra Gómez',
    'María de los Ángeles O’Farrill-Ñáñez',
    "Xunk' Ik’al",
    'Juana ʼAkʼabal',
    'J. Pérez',
    'Ñu',
    'Анна Иванова',
    'فاطمة الزهراء',
    'Zoë Çelik',
    'A'.repeat(CHARS_MAX),
  ])('%s is one', (name) => {
    expect(readPersonName(name).ok).toBe(true);
  });

  test('is kept composed, with single spaces and one apostrophe', () => {
    expect(readPersonName('  Jose\u0301   Pe\u0301rez ')).toEqual({ ok: true, value: 'José Pérez' });
    expect(readPersonName('Juana ʼAkʼabal')).toEqual({ ok: true, value: 'Juana ’Ak’abal' });
  });

  test.each([
    // what it is, what is written, why it is refused
    ['one letter', 'A', 'name_form'],
    ['too many letters', 'A'.repeat(CHARS_MAX + 1), 'name_form'],
    ['nothing', '   ', 'name_form'],
    ['a line of ours behind it', 'Ana\n✅ Pago confirmado $500', 'name_form'],
    ['a carriage return', 'Ana\rRosa', 'name_form'],
    ['a tab', 'Ana\tRosa', 'name_form'],
    ['a zero byte', 'Ana\u0000', 'name_form'],
    ['a bell', 'Ana\u0007', 'name_form'],
    ['an emoji', 'Ana 👑', 'name_form'],
    ['a digit', 'Ana 1', 'name_form'],
    ['an amount', 'Ana $500', 'name_form'],
    ['a link', 'Ana http://x.mx', 'name_form'],
    ['an address', 'ana@x.mx', 'name_form'],
    ['bold', '*Ana*', 'name_form'],
    ['italics', '_Ana_', 'name_form'],
    ['struck out', '~Ana~', 'name_form'],
    ['a fixed width', '`Ana`', 'name_form'],
    ['a value of ours', '{{amount}}', 'name_form'],
    ['a text of ours', '$t(menu.title)', 'name_form'],
    ['a tag', '<b>Ana</b>', 'name_form'],
    ['a formula', '=1+1', 'name_form'],
    ['a mark first', '\u0301Ana', 'name_form'],
    ['a zero-width space', 'A\u200Bna', 'name_look_alike'],
    ['a line separator', 'Ana\u2028Rosa', 'name_form'],
    ['a zero-width joiner', 'A\u200Dna', 'name_look_alike'],
    ['a direction turned', 'Ana\u202E005', 'name_look_alike'],
    ['an isolate', 'Ana\u2067', 'name_look_alike'],
    ['a soft hyphen', 'A\u00ADna', 'name_look_alike'],
    ['a byte-order mark inside', 'A\uFEFFna', 'name_look_alike'],
    ['a letter nobody sees', 'Ana \u3164', 'name_look_alike'],
    ['a variation selector', 'Ana\uFE0F', 'name_look_alike'],
    ['a tag character', 'Ana\u{E0041}', 'name_look_alike'],
    ['a heap of marks', `A${'\u0335'.repeat(3)}na`, 'name_look_alike'],
    ['Cyrillic among Latin', 'Аna Gómez', 'name_look_alike'],
    ['Greek among Latin', 'Αna Gómez', 'name_look_alike'],
    ['Armenian among Latin', 'Anaո', 'name_look_alike'],
    ['wide letters', 'Ａｎａ', 'name_look_alike'],
    ['wide digits', 'Ana ５００', 'name_look_alike'],
    ['mathematical letters', '𝐀𝐧𝐚', 'name_look_alike'],
    ['mathematical digits', 'Ana 𝟓𝟎', 'name_look_alike'],
    ['Arabic digits', 'Ana ٥٠٠', 'name_form'],
    ['a raised digit', 'Ana²', 'name_look_alike'],
    ['a ligature', 'Soﬁa', 'name_look_alike'],
    ['circled letters', 'Ⓐna', 'name_look_alike'],
  ])('with %s is refused', (_what, text, type) => {
    const [person, title] = [readPersonName(text), readTitle(text)];
    expect(person).toEqual({ ok: false, refusal: { type } });
    // Of a group's name only digits, commas, brackets and "&" are taken as well.
    if (text !== 'Ana 1') expect(title.ok).toBe(false);
  });

  test('of a group may have numbers and brackets', () => {
    for (const name of ['Grupo 3', 'Las Jacarandas (Centro)', '8 de Marzo', 'Pan & Maíz, A.C.'])
      expect(readTitle(name)).toEqual({ ok: true, value: name });
    for (const name of ['Grupo *3*', '3\u202E', 'Grupo ３', '=Grupo', 'Grupo\n3'])
      expect(readTitle(name).ok).toBe(false);
  });

  test('what a goal is for is kept only as plain words', () => {
    const of = (words: string) => {
      const goal = planGoal(money(100n, 'MXN'), words);
      return goal.ok ? goal.value.words : 'refused';
    };
    expect(of('una lavadora, en diciembre')).toBe('una lavadora, en diciembre');
    for (const words of [
      '*x*',
      'a\nb',
      'x\u202Ey',
      '{{sum}}',
      '$t(menu.title)',
      '`x`',
      '~x~',
      '_x_',
      '🏠',
      'x\u200By',
    ])
      expect(of(words), words).toBeUndefined();
  });
});

/** Five hundred ways to be more than a name, from the parts of some thirty. */
const payloads = (): string[] => {
  const parts = [
    '{{amount}}',
    '{{name}}',
    '{{- name}}',
    '{{{name}}}',
    '$t(menu.title)',
    '$t(menu.title, { "count": 2 })',
    '$t(',
    '{{',
    '}}',
    '%s',
    '${1}',
    '#{x}',
    '$&',
    "$'",
    '$`',
    '$1',
    '$$',
    '\\',
    '\\u202e',
    '*x*',
    '_x_',
    '~x~',
    '`x`',
    '```x```',
    '<b>x</b>',
    '<script>alert(1)</script>',
    '&amp;',
    '&#42;',
    '\n✅ $500',
    '\r\n',
    '\t',
    '[x](http://y.mx)',
    '__proto__',
    'constructor',
    'count',
    'defaultValue',
    '=1+1',
    "'; drop table member; --",
    '@todos',
    '/saldo',
    '1. Sí',
    '👑',
    'ﬁ',
    '５００',
  ];
  const draws = seeded(9);
  const pick = (): string => parts[Math.floor(draws() * parts.length)] ?? '';
  const made = new Set(parts);
  while (made.size < 500) made.add(`${pick()}${draws() < 0.5 ? ' Ana ' : ''}${pick()}`);
  return [...made];
};

describe('whatever stands in a name', () => {
  test('every text around it is as it is written: five hundred payloads in all texts of both languages', () => {
    const content = createContent(locales.texts);
    const all = payloads();
    expect(all).toHaveLength(500);
    // Each payload is in every text, beside nine others; and alone in some.
    const beside = Array.from({ length: 50 }, (_, at) => all.slice(10 * at, 10 * at + 10).join(' '));
    let rendered = 0;
    const broken: string[] = [];
    for (const language of ['es', 'en'] as const) {
      for (const [at, [key, text]] of Object.entries(locales.texts[language]).entries()) {
        const names = [...new Set([...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? ''))];
        if (names.length === 0) continue;
        const pieces = text.split(/\{\{\w+\}\}/g);
        for (const payload of [...beside, ...all.filter((_, n) => n % 100 === at % 100)]) {
          const said = { key, with: Object.fromEntries(names.map((name) => [name, payload])) };
          rendered += 1;
          if (content.sentence(said as never, language) === pieces.join(payload)) continue;
          broken.push(`${language} ${key} ${JSON.stringify(payload)}`);
        }
      }
    }
    console.log(`payloads in texts: ${500 * (rendered / 55)} placed, ${broken.length} texts changed`);
    expect(broken.slice(0, 5)).toEqual([]);
    expect(rendered).toBeGreaterThan(50 * 500);
  });

  test('what is written from right to left stands between marks of its own; what turns the direction is left out', () => {
    const content = createContent(locales.texts);
    const shown = (name: string) => content.sentence({ key: 'notice.opener', with: { name } } as never, 'es');
    expect(shown('فاطمة')).toBe(shown('X').replace('X', '\u2068فاطمة\u2069'));
    expect(shown('Ana\u202E\u2067005')).toBe(shown('X').replace('X', 'Ana005'));
    expect(shown('Petra')).toBe(shown('X').replace('X', 'Petra'));
  });
});
