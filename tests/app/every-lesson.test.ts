// Every lesson there is, in both languages, taken by a member to its end: by number, by its words, by the button, and as
// people say it; left half-way and taken up again. Nobody's words for an answer are taken for anything else.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadCurriculum } from '../../src/app/load-lessons.ts';
import type { Language } from '../../src/conversation/message.ts';
import { OPTIONS, type OptionId, TRACKS } from '../../src/domain/lesson/lesson.ts';
import { quizOrder } from '../../src/domain/lesson/quiz-order.ts';
import { textHash } from '../../src/domain/lesson/text-hash.ts';
import { sha256 } from '../../src/store/sha256.ts';
import { standards } from '../support/lessons.ts';
import { JACARANDAS, openScene, type Scene } from '../support/scene.ts';

const WORDS = {
  es: { lesson: 'lección', yes: 'sí', on: 'seguir', else: 'saldo', nth: (n: number) => `la ${n}` },
  en: { lesson: 'lesson', yes: 'yes', on: 'go on', else: 'my balance', nth: (n: number) => `number ${n}` },
};
const ANA = 3;

const curriculum = loadCurriculum(new URL('../../locales/', import.meta.url), standards.today);
const lessonsOf = (language: Language) =>
  [...curriculum.lessons.values()].flatMap((versions) => versions.get(language) ?? []);
const plain = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\p{L}\p{N} ]/gu, '');

describe.each(['es', 'en'] as const)('every lesson in %s', (language) => {
  let scene: Scene;
  const words = WORDS[language];
  beforeAll(async () => {
    scene = await openScene({ header: JACARANDAS, curriculum });
    // Approved by a person: what is `only_approved` goes out too.
    for (const lesson of lessonsOf(language)) {
      await scene.world.store.pool.query(
        `insert into lesson_approval (lesson_id, language, text_hash, approved_by, approved_at) values ($1, $2, $3, 'Dra. Luna', now())`,
        [lesson.id, language, textHash(sha256, lesson)],
      );
    }
    if (language === 'en') await scene.say('Ana', 'english');
  });
  afterAll(() => scene.close());

  test('is reached, left and taken up again, and every way to answer it is understood', async () => {
    const missed: string[] = [];
    const lessons = lessonsOf(language);
    expect(lessons.length).toBe(56);
    for (const [at, lesson] of lessons.entries()) {
      const { id, quiz, sensitivity } = lesson;
      const [state, municipality] = (lesson.area[0] ?? 'OAX').split('/');
      await scene.world.store.pool.query('update savings_group set state = $1, municipality = $2', [
        state,
        municipality ?? null,
      ]);
      const heard = async (text: string): Promise<string> =>
        (await scene.say('Ana', text)).map((message) => message.text).join('\n');
      const question = async (): Promise<void> => {
        let told = await heard(`${words.lesson} ${id}`);
        if (sensitivity === 'opt-in') told = await heard(words.yes);
        for (let part = 0; part < 2 && !told.includes(quiz.question); part += 1) {
          // Something else in between: "seguir" goes on where she was. Not so in private.
          if (at % 6 === 0 && sensitivity === 'open') await heard(words.else);
          told = await heard(words.on);
        }
        if (!told.includes(quiz.question)) missed.push(`${id} is not reached: ${told.slice(0, 80)}`);
      };
      const order = quizOrder(sha256, { lessonId: id, memberNumber: ANA });
      // Each lesson has its options said in other ways: over the lessons each way meets each option.
      const ways: ((option: OptionId, place: number) => Promise<string>)[] = [
        (_, place) => heard(String(place)),
        (option) => heard(plain(quiz.options[option])),
        async (option) => (await scene.press('Ana', quiz.options[option])).map(({ text }) => text).join('\n'),
        (_, place) => heard(words.nth(place)),
        (option) => heard(quiz.options[option].toUpperCase()),
      ];
      // Two of the three, others in the next lesson: it is a long test.
      for (const [n, option] of OPTIONS.entries()) {
        if (n === at % OPTIONS.length) continue;
        await question();
        const way = (at + n) % ways.length;
        const told = await ways[way]!(option, order.indexOf(option) + 1);
        const wanted = option === quiz.answer ? quiz.right : quiz.wrong;
        if (!told.includes(wanted)) missed.push(`${id} ${option} way ${way}: ${told.slice(0, 80)}`);
        if (sensitivity === 'opt-in' && !told.includes('911')) missed.push(`${id}: no card`);
      }
    }
    expect(missed).toEqual([]);
  }, 60_000);

  test('is finished by one member in each track', async () => {
    const { rows } = await scene.world.store.pool.query<{ lesson_id: string }>(
      'select lesson_id from lesson_progress where finished_at is not null',
    );
    const tracks = new Set(rows.map(({ lesson_id: id }) => curriculum.lessons.get(id)?.get('es')?.track));
    expect(tracks).toEqual(new Set(TRACKS));
  });
});
