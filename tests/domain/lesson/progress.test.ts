import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { localDate } from '../../../src/domain/calendar.ts';
import type { Lesson } from '../../../src/domain/lesson/lesson.ts';
import {
  didToAsk,
  isStillAnnounced,
  type LessonProgress,
  lessonToAnnounce,
  nextLesson,
  progressBy,
  reviewDue,
} from '../../../src/domain/lesson/progress.ts';
import { type ShelfRules, shelfOf } from '../../../src/domain/lesson/shelf.ts';
import { textHash } from '../../../src/domain/lesson/text-hash.ts';
import { curriculum } from '../../support/curriculum.ts';

const ZONE = 'America/Tijuana';
const NOW = Temporal.Instant.from('2026-11-24T20:00:00Z');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const rules = (more: Partial<ShelfRules> = {}): ShelfRules => ({
  today: Temporal.PlainDate.from('2026-11-24'),
  place: { state: 'BC', municipality: 'Tijuana' },
  drafts: true,
  languages: ['es', 'en'],
  approved: new Set(),
  ...more,
});
const shelf = (more: Partial<ShelfRules> = {}, wanted = ['es'], catalogue = curriculum.lessons) =>
  shelfOf({ catalogue, sha256 }, rules(more), wanted);
const ids = (of: ReturnType<typeof shelf>) => of.map(({ lesson }) => lesson.id);
const at = (days: number) => NOW.add({ minutes: Math.round(days * 24 * 60) });
const on = (day: string) => Temporal.PlainDate.from(day);
const had = (lessonId: string, more: Partial<LessonProgress> = {}): LessonProgress => ({
  lessonId,
  announcedAt: undefined,
  openedAt: NOW,
  part: 3,
  finishedAt: NOW,
  reviewOn: undefined,
  reviews: 0,
  didAskedAt: undefined,
  did: undefined,
  ...more,
});
const changed = (id: string, change: Partial<Lesson>) =>
  new Map(
    [...curriculum.lessons].map(([one, languages]) => [
      one,
      new Map([...languages].map(([tag, lesson]) => [tag, one === id ? { ...lesson, ...change } : lesson])),
    ]),
  );

describe('the shelf', () => {
  test('has drafts only where the programme lets them go out, and marks them', () => {
    expect(shelf().every(({ isDraft }) => isDraft)).toBe(true);
    expect(shelf({ drafts: false })).toEqual([]);
  });

  test('has what was approved, in the words that were approved and in no others', () => {
    const f1 = curriculum.lessons.get('F1')?.get('es');
    const approved = new Set([textHash(sha256, f1!)]);
    expect(shelf({ drafts: false, approved }).map(({ lesson, isDraft }) => [lesson.id, isDraft])).toEqual([
      ['F1', false],
    ]);
    const reworded = changed('F1', { bubbles: { ...f1!.bubbles, why: 'Otras palabras.' } });
    expect(shelf({ drafts: false, approved }, ['es'], reworded)).toEqual([]);
    // English is not approved: she gets it in Spanish.
    expect(shelf({ drafts: false, approved }, ['en']).map(({ language }) => language)).toEqual(['es']);
  });

  test('has none that is expired, or that holds somewhere else', () => {
    expect(ids(shelf({ today: Temporal.PlainDate.from('2027-10-01') }))).toEqual([]);
    const only = (area: string[]) => ids(shelf({}, ['es'], changed('F1', { area })));
    expect(only(['OAX'])).not.toContain('F1');
    expect(only(['BC/Ensenada'])).not.toContain('F1');
    expect(only(['BC/Tijuana'])).toContain('F1');
    expect(only(['BC'])).toContain('F1');
  });

  test('is in a language only where the programme offers it', () => {
    expect(new Set(shelf({}, ['en']).map(({ language }) => language))).toEqual(new Set(['en']));
    expect(new Set(shelf({ languages: ['es'] }, ['en']).map(({ language }) => language))).toEqual(
      new Set(['es']),
    );
  });
});

describe('what comes next', () => {
  test('is what was announced last, then what was left half-way, then the next of her track', () => {
    const next = (...progress: LessonProgress[]) => nextLesson(shelf(), progressBy(progress))?.lesson.id;
    const announced = { openedAt: undefined, finishedAt: undefined, part: 0, announcedAt: NOW };
    const half = { finishedAt: undefined, part: 1 };
    expect(next()).toBe('F1');
    expect(next(had('F2', announced), had('F1', half))).toBe('F2');
    expect(next(had('N1', half))).toBe('N1');
    expect(next(had('N1'))).toBe('C1');
    expect(next(had('F1'))).toBe('F2');
    // A lesson she asked for in private does not draw the others after it.
    expect(next(had('R1', { openedAt: at(1) }))).toBe('F1');
    expect(next(had('F1'), had('F2'), had('N1'), had('C1'))).toBeUndefined();
  });

  test('a question she missed comes back on its day, and one of an opt-in lesson never', () => {
    const due = (id: string, on: string) =>
      reviewDue(
        shelf(),
        progressBy([had(id, { reviewOn: Temporal.PlainDate.from(on) })]),
        localDate(NOW, ZONE),
      )?.lesson.id;
    expect([due('F1', '2026-11-24'), due('F1', '2026-11-25'), due('R1', '2026-11-01')]).toEqual([
      'F1',
      undefined,
      undefined,
    ]);
  });

  test('whether she did it is asked of the last one, after two days, within thirty, once', () => {
    const asked = (days: number, more: Partial<LessonProgress> = {}, id = 'F1') =>
      didToAsk(shelf(), progressBy([had(id, more)]), at(days))?.lesson.id;
    expect([asked(1.9), asked(2), asked(30), asked(30.1)]).toEqual([undefined, 'F1', 'F1', undefined]);
    expect([asked(3, { didAskedAt: at(2) }), asked(3, { did: true }), asked(3, {}, 'R1')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test.each<[string, Partial<LessonProgress>, boolean]>([
  ['she has not begun it', { openedAt: undefined, finishedAt: undefined }, true],
  ['she left it half-way, before', { openedAt: at(-3), finishedAt: undefined }, true],
  ['she began it since', { openedAt: at(0.01), finishedAt: undefined }, false],
  ['she began it before and finished it since', { openedAt: at(-3), finishedAt: at(0.01) }, false],
  ['its question comes back', { openedAt: at(-9), finishedAt: at(-9), reviewOn: on('2026-11-24') }, true],
  [
    'she answered its question since',
    { openedAt: at(-9), finishedAt: at(-9), reviewOn: on('2026-12-01') },
    false,
  ],
  ['she had finished it', { openedAt: at(-9), finishedAt: at(-9) }, false],
  ['it was never announced', { announcedAt: undefined, openedAt: undefined, finishedAt: undefined }, false],
])('an announcement that is about to go, when %s', (_, more, isStill) => {
  const progress = had('F1', { announcedAt: NOW, ...more });
  expect(isStillAnnounced(progress, on('2026-11-24'))).toBe(isStill);
});

/** What she may do between one announcement and the next. */
const deeds = fc.array(fc.constantFrom('nothing', 'opens', 'finishes', 'asks for R1'), {
  minLength: 30,
  maxLength: 30,
});

test('whatever she answers, the schedule tells her of no lesson twice in a week, and of none that is opt-in', () => {
  fc.assert(
    fc.property(deeds, fc.array(fc.constantFrom(2, 3, 5), { minLength: 30, maxLength: 30 }), (done, gaps) => {
      const of = new Map<string, LessonProgress>();
      const told: { id: string; on: Temporal.PlainDate }[] = [];
      let now = NOW;
      for (const [step, deed] of done.entries()) {
        now = now.add({ hours: (gaps[step] ?? 2) * 24 });
        const item = lessonToAnnounce(shelf(), of, { now, timeZone: ZONE });
        if (item) {
          const { id, sensitivity } = item.lesson;
          expect(sensitivity).toBe('open');
          expect(of.get(id)?.finishedAt).toBeUndefined();
          told.push({ id, on: localDate(now, ZONE) });
          of.set(id, {
            ...(of.get(id) ?? had(id, { openedAt: undefined, finishedAt: undefined, part: 0 })),
            announcedAt: now,
          });
        }
        const lesson = deed === 'asks for R1' ? 'R1' : nextLesson(shelf(), of)?.lesson.id;
        if (lesson !== undefined && deed !== 'nothing') {
          const before = of.get(lesson) ?? had(lesson, { finishedAt: undefined });
          of.set(lesson, {
            ...before,
            openedAt: before.openedAt ?? now,
            finishedAt: deed === 'opens' ? undefined : now,
          });
        }
      }
      for (const one of told) {
        const again = told.filter(({ id, on }) => id === one.id && one.on.until(on).days > 0);
        for (const { on } of again) expect(one.on.until(on).days).toBeGreaterThanOrEqual(7);
      }
    }),
    { numRuns: 200 },
  );
});
