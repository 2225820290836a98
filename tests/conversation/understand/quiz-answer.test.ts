// Answers to a lesson's question, in every way people give them, over all the lessons there are.

import { describe, expect, test } from 'vitest';
import type { Language } from '../../../src/conversation/message.ts';
import { quizAnswer } from '../../../src/conversation/understand/quiz-answer.ts';
import { OPTIONS } from '../../../src/domain/lesson/lesson.ts';
import { written } from '../../support/lessons.ts';
import { locales } from '../../support/scene.ts';

const words = (language: Language) => locales.lexicons[language]['lesson-work'].quiz;
const GAS = ['El mantel, porque mañana sube', 'La medicina y el gas', 'Un poco de cada cosa'];
const TABLE = ['The tablecloth, because it goes up tomorrow', 'Medicine and gas', 'A bit of each'];

const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N} ]/gu, '');

describe('every option of every lesson is understood', () => {
  const all = written.files.flatMap(({ language, lesson }) =>
    language === 'es' || language === 'en' ? [{ language, lesson } as const] : [],
  );

  test('whole: as it is written, in capitals, and without commas and accents', () => {
    const missed = all.flatMap(({ language, lesson: { id, quiz } }) => {
      const labels = OPTIONS.map((option) => quiz.options[option]);
      return labels.flatMap((label, at) =>
        [label, label.toUpperCase(), bare(label), `  ${bare(label).toLowerCase()} !!`]
          .filter((said) => {
            const read = quizAnswer(said, labels, words(language));
            return read?.type !== 'option' || read.at !== at || !read.sure;
          })
          .map((said) => `${language} ${id}: ${said}`),
      );
    });
    expect(missed).toEqual([]);
    expect(all.length).toBe(112);
  });

  test.each([
    ['es', ['la 1', 'LA PRIMERA', 'opción 1', '1️⃣', 'a', 'creo que la 1', 'inciso a)']],
    ['en', ['number 1', 'the first one', 'option 1', '1️⃣', 'a', 'I think the first', '1)']],
  ] as const)('by its place, in %s', (language, ways) => {
    const missed = all
      .filter((one) => one.language === language)
      .flatMap(({ lesson: { id, quiz } }) => {
        const labels = OPTIONS.map((option) => quiz.options[option]);
        return ways
          .filter((said) => {
            const read = quizAnswer(said, labels, words(language));
            return read?.type !== 'option' || read.at !== 0;
          })
          .map((said) => `${id}: ${said}`);
      });
    expect(missed).toEqual([]);
  });

  test('by a long word that only one of them has', () => {
    const missed = all.flatMap(({ language, lesson: { id, quiz } }) => {
      const labels = OPTIONS.map((option) => quiz.options[option]);
      const of = labels.map((label) =>
        label
          .toLowerCase()
          .replace(/['’]/gu, '')
          .split(/[^\p{L}\p{N}]+/u),
      );
      return of.flatMap((mine, at) =>
        mine
          .filter((word) => word.length > 7 && of.every((other, n) => n === at || !other.includes(word)))
          .filter((word) => {
            const read = quizAnswer(word, labels, words(language));
            return read?.type !== 'option' || read.at !== at;
          })
          .map((word) => `${language} ${id}: ${word}`),
      );
    });
    expect(missed).toEqual([]);
  });
});

describe('one question', () => {
  test.each([
    ['la 2', 1],
    ['dos', 1],
    ['la segunda', 1],
    ['opción 2', 1],
    ['b', 1],
    ['B)', 1],
    ['2️⃣', 1],
    ['la última', 2],
    ['la del gas', 1],
    ['gas', 1],
    ['medisina y gas', 1],
    ['la medicina', 1],
    ['creo que el mantel', 0],
    ['un poco', 2],
  ] as const)('«%s» is one of the options', (said, at) => {
    expect(quizAnswer(said, GAS, words('es'))).toMatchObject({ type: 'option', at });
  });

  test.each([
    ['two', 1],
    ['the second one', 1],
    ['gas', 1],
    ['the tablecloth', 0],
    ['c', 2],
  ] as const)('"%s" is one of the options', (said, at) => {
    expect(quizAnswer(said, TABLE, words('en'))).toMatchObject({ type: 'option', at });
  });

  test.each(['no sé', 'No lo sé', 'ninguna', 'pues no sé', 'ni idea'])(
    '«%s» is that she does not know',
    (said) => {
      expect(quizAnswer(said, GAS, words('es'))).toEqual({ type: 'unsure' });
    },
  );
  test.each(["I don't know", 'i dont know', 'none of them', 'not sure'])('"%s" too', (said) => {
    expect(quizAnswer(said, TABLE, words('en'))).toEqual({ type: 'unsure' });
  });

  test.each(['ya', 'ok', 'sí', 'no'])('«%s» answers nothing', (said) => {
    expect(quizAnswer(said, GAS, words('es'))).toEqual({ type: 'filler' });
  });

  test.each([
    'saldo',
    'cuánto hay en la caja',
    'no la medicina',
    'el mantel y el gas',
    'ya pagué 200',
    'me pega',
    '4',
    '¿?',
  ])('«%s» is none of them', (said) => expect(quizAnswer(said, GAS, words('es'))).toBeUndefined());

  test('a number word that is also in another option is not guessed', () => {
    expect(quizAnswer('tres', ['Una', 'Tres veces', 'Ninguna'], words('es'))).toBeUndefined();
    expect(quizAnswer('la tres', ['Una', 'Tres veces', 'Ninguna'], words('es'))).toMatchObject({ at: 2 });
    expect(quizAnswer('ninguna', ['Una', 'Tres veces', 'Ninguna'], words('es'))).toMatchObject({ at: 2 });
  });

  test('«no» is the option that begins with it, and no other', () => {
    expect(quizAnswer('no', ['No, porque es suyo', 'Sí', 'Depende'], words('es'))).toMatchObject({ at: 0 });
    expect(quizAnswer('no', ['Porque no quiero', 'Sí', 'Depende'], words('es'))).toEqual({ type: 'filler' });
  });
});
