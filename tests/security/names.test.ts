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
    ['one letter', 'A', 'form'],
    ['too many letters', 'A'.repeat(CHARS_MAX + 1), 'form'],
    ['nothing', '   ', 'form'],
    ['a line of ours behind it', 'Ana\n✅ Pago confirmado $500', 'form'],
    ['a carriage return', 'Ana\rRosa', 'form'],
    ['a tab', 'Ana\tRosa', 'form'],
    ['a zero byte', 'Ana\u0000', 'form'],
    ['a bell', 'Ana\u0007', 'form'],
    ['an emoji', 'Ana 👑', 'form'],
    ['a digit', 'Ana 1', 'form'],
    ['an amount', 'Ana $500', 'form'],
    ['a link', 'Ana http://x.mx', 'form'],
    ['an address', 'ana@x.mx', 'form'],
    ['bold', '*Ana*', 'form'],
    ['italics', '_Ana_', 'form'],
    ['struck out', '~Ana~', 'form'],
    ['a fixed width', '`Ana`', 'form'],
    ['a value of ours', '{{amount}}', 'form'],
    ['a text of ours', '$t(menu.title)', 'form'],
    ['a tag', '<b>Ana</b>', 'form'],
    ['a formula', '=1+1', 'form'],
    ['a mark first', '\u0301Ana', 'form'],
    ['a zero-width space', 'A\u200Bna', 'look-alike'],
    ['a line separator', 'Ana\u2028Rosa', 'form'],
    ['a zero-width joiner', 'A\u200Dna', 'look-alike'],
    ['a direction turned', 'Ana\u202E005', 'look-alike'],
    ['an isolate', 'Ana\u2067', 'look-alike'],
    ['a soft hyphen', 'A\u00ADna', 'look-alike'],
    ['a byte-order mark inside', 'A\uFEFFna', 'look-alike'],
    ['a letter nobody sees', 'Ana \u3164', 'look-alike'],
    ['a variation selector', 'Ana\uFE0F', 'look-alike'],
    ['a tag character', 'Ana\u{E0041}', 'look-alike'],
    ['a heap of marks', `A${'\u0335'.repeat(3)}na`, 'look-alike'],
    ['Cyrillic among Latin', 'Аna Gómez', 'look-alike'],
    ['Greek among Latin', 'Αna Gómez', 'look-alike'],
    ['Armenian among Latin', 'Anaո', 'look-alike'],
    ['wide letters', 'Ａｎａ', 'look-alike'],
    ['wide digits', 'Ana ５００', 'look-alike'],
    ['mathematical letters', '𝐀𝐧𝐚', 'look-alike'],
    ['mathematical digits', 'Ana 𝟓𝟎', 'look-alike'],
    ['Arabic digits', 'Ana ٥٠٠', 'form'],
    ['a raised digit', 'Ana²', 'look-alike'],
    ['a ligature', 'Soﬁa', 'look-alike'],
    ['circled letters', 'Ⓐna', 'look-alike'],
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
