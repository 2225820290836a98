import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { digits, words } from '../../src/content/format.ts';
import { createContent } from '../../src/content/render.ts';
import { offer, reply, type Say, say, type Value } from '../../src/conversation/say.ts';
import { TEXTS } from '../../src/conversation/texts.ts';
import { money } from '../../src/domain/money.ts';
import { locales } from '../support/scene.ts';

const content = createContent(locales.texts);
const LANGUAGES = ['es', 'en'] as const;

/** Names whose amount some text says in words too: "{{ceilingWords}}". */
const IN_WORDS = LANGUAGES.flatMap((language) =>
  Object.values(locales.texts[language]).flatMap((text) =>
    [...text.matchAll(/\{\{(\w+)Words\}\}/g)].map(([, name = '']) => name),
  ),
);
const AMOUNTS = [
  ...IN_WORDS,
  'after',
  'amount',
  'arrears',
  'cash',
  'due',
  'lent',
  'max',
  'owed',
  'price',
  'saved',
  'total',
  'unit',
];
const COUNTS = ['count', 'linked', 'members', 'number'];
const RECEIPTS = ['first', 'last', 'old', 'receipt'];
const DATES = ['date', 'today'];
const SENTENCES = ['mark', 'parts', 'purpose', 'sum', 'why'];

/** One may be said without its digit: "una acción", "cada semana", "every week". */
const ONE = /1|\b(?:una?|al|el|la|cada|one|an?|the|each|every|per)\b/i;

type Shown = Readonly<Record<'es' | 'en', readonly string[]>>;

/** A value of the kind that a name stands for, and words by which it is found again in the text. */
const valueOf = (name: string, n: number): { value: Value; shown: Shown } => {
  const both = (text: string) => ({ es: [text], en: [text] });
  if (AMOUNTS.includes(name)) {
    const value = money(BigInt(1_234_00 + n * 100));
    // A text may say it in digits, in words, or both.
    return {
      value,
      shown: { es: [digits(value, 'es'), words(value, 'es')], en: [digits(value, 'en'), words(value, 'en')] },
    };
  }
  if (COUNTS.includes(name)) return { value: 70 + n, shown: both(`${70 + n}`) };
  if (RECEIPTS.includes(name)) return { value: BigInt(800 + n), shown: both(`${800 + n}`) };
  if (DATES.includes(name)) {
    return {
      value: Temporal.PlainDate.from('2026-11-24'),
      shown: { es: ['martes 24 de noviembre'], en: ['Tuesday November 24'] },
    };
  }
  if (name === 'time') {
    return {
      value: Temporal.PlainTime.from('17:00'),
      shown: { es: ['a las 5 de la tarde'], en: ['5:00 PM'] },
    };
  }
  if (SENTENCES.includes(name)) {
    return {
      value: [say('purpose.savings'), say('purpose.fine')],
      shown: { es: ['ahorro y multa'], en: ['savings and fine'] },
    };
  }
  // What people and groups are called, with all that i18next itself would read in a text.
  const value = `{{name}} $t(done.failed) <b>&${'abcdefgh'[n]}`;
  return { value, shown: both(value) };
};

const keys = Object.keys(TEXTS) as (keyof typeof TEXTS)[];
const sayWith = (key: keyof typeof TEXTS): { said: Say; shown: Shown[] } => {
  const made = TEXTS[key].map((name, n) => ({ name, ...valueOf(name, n) }));
  return {
    said: { key, with: Object.fromEntries(made.map(({ name, value }) => [name, value])) },
    shown: made.map(({ shown }) => shown),
  };
};

describe.each(LANGUAGES)('in %s', (language) => {
  test.each(keys)('%s has every value in it, and nothing left open', (key) => {
    const { said, shown } = sayWith(key);
    const text = content.sentence(said, language);
    for (const forms of shown) {
      expect(
        forms[language].some((form) => text.includes(form)),
        `${forms[language][0]} in ${text}`,
      ).toBe(true);
    }
    const ours = shown
      .flatMap((forms) => forms[language])
      .reduce((rest, form) => rest.replaceAll(form, ''), text);
    expect(ours).not.toMatch(/\{\{|\}\}|\$t\(|undefined|NaN|\[object/);
    expect(text).not.toBe(key);
    expect(text.trim()).not.toBe('');
  });

  test.each(keys.filter((key) => (TEXTS[key] as readonly string[]).includes('count')))(
    '%s counts one, several and none in words that differ',
    (key) => {
      const { said } = sayWith(key);
      const counted = (count: number) =>
        content.sentence({ ...said, with: { ...said.with, count } }, language);
      for (const count of [0, 2, 21]) expect(counted(count)).toContain(String(count));
      expect(counted(1)).toMatch(ONE);
      const plural = `${key}_one` in locales.texts[language];
      const without = (count: number) =>
        counted(count).replace(new RegExp(`(?<![\\d,.])${count}(?!\\d|[.,]\\d)`), '#');
      const same = without(1) === without(2);
      // "Quedan 3" and "3 more": a language may have one form for both; a key without forms always has.
      if (!plural) expect(same).toBe(true);
      expect(without(2)).toBe(without(21));
    },
  );
});

test('a reply is its lines one below the other, and each choice keeps what it carries', () => {
  const said = reply(
    [say('done.thanks'), say('balance.saved', { saved: money(10_050n) })],
    [offer('ask:savings', say('menu.savings')), offer('no', say('choice.cancel'))],
  );
  expect(content.render(said, 'es')).toEqual({
    text: `${locales.texts.es['done.thanks']}\nLlevas ahorrado $100.50 (cien pesos con cincuenta centavos).`,
    choices: [
      { payload: 'ask:savings', label: locales.texts.es['menu.savings'] },
      { payload: 'no', label: locales.texts.es['choice.cancel'] },
    ],
  });
});

test('what a person wrote is never read as a text of ours', () => {
  for (const written of ['{{total}}', '$t(done.failed)', '{{- name}}', '__proto__', '%s', '\\']) {
    expect(content.sentence(say('admit.done', { name: written }), 'es')).toContain(written);
  }
});
