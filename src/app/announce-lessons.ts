import { Temporal } from 'temporal-polyfill';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import { lessonToAnnounce, progressBy } from '../domain/lesson/progress.ts';
import {
  isTooLate,
  LATE_HOURS_MAX,
  type LessonHabit,
  nextLessonAt,
  UNANSWERED_MAX,
} from '../domain/lesson/schedule.ts';
import { isQuiet } from '../domain/quiet-hours.ts';
import { commitLessonPlan, planLessons, type ToldLesson } from '../store/lesson-plan.ts';
import type { LessonTerms } from '../store/lesson-terms.ts';
import {
  approvedTexts,
  type DueLesson,
  dueLessons,
  LESSON_PAGE,
  type LessonsHad,
  recordedLessons,
  type Unplanned,
  unplannedLessons,
} from '../store/lessons-due.ts';
import { shelves, voices } from './lesson-shelves.ts';
import { remembered } from './remembered.ts';
import type { Store } from './store.ts';

const SECONDS_PER_HOUR = 3_600;

export type Announcing = {
  readonly store: Store;
  readonly newId: () => string;
  readonly lessons: Catalogue;
};

/**
 * Tells every member whose hour it is that a lesson is there for her, once, whatever the number of processes. Only
 * open lessons, in one neutral message, whose words are made when it is sent (announcement-words.ts); the lesson itself
 * comes when she answers.
 *
 * @returns how many messages are to go out
 */
export const announceLessons = async (announcing: Announcing, now: Temporal.Instant): Promise<number> => {
  if (announcing.lessons.size === 0) return 0;
  const { pool } = announcing.store;
  const nextOf = nextMoments(now);
  let last: Unplanned | undefined;
  for (;;) {
    const unplanned = await unplannedLessons(pool, last);
    const planned = unplanned.map((one) => ({ ...one, nextAt: nextOf(one.habit) }));
    if (planned.length > 0) await planLessons(pool, planned);
    if (unplanned.length < LESSON_PAGE) break;
    last = unplanned.at(-1);
  }
  return announceDue(announcing, now, nextOf);
};

/** In ISO 8601: it is only written down. */
type NextOf = (habit: LessonHabit) => string;

const announceDue = async (
  { store: { pool }, newId, lessons }: Announcing,
  now: Temporal.Instant,
  nextOf: NextOf,
): Promise<number> => {
  let messages = 0;
  let before = Promise.resolve(0);
  let page = await dueLessons(pool, now, undefined);
  if (page.length === 0) return messages;
  const shelf = shelves(lessons, { now, approved: await approvedTexts(pool) });
  const voice = voices(lessons, await recordedLessons(pool));
  // Most of a page have the same terms and had the same lessons; what follows from them is worked out once.
  const termsAt = remembered(
    ({ key }: LessonTerms) => key,
    (terms) => {
      const at = { now, timeZone: terms.habit.meeting.timeZone };
      const voiceFor = voice(terms);
      return {
        nextAt: nextOf(terms.habit),
        isQuiet: isQuiet(now, at.timeZone),
        lessonAfter: (had: LessonsHad): ToldLesson['lesson'] => {
          const item = lessonToAnnounce(shelf(terms), progressBy(had.progress), at);
          if (!item) return undefined;
          const recording = voiceFor(item);
          const language = recording?.language ?? item.language;
          return { id: item.lesson.id, language, voice: recording !== undefined };
        },
      };
    },
  );
  const tooLate = remembered(
    (dueAt: string) => dueAt,
    (dueAt) => isTooLate(Temporal.Instant.from(dueAt), now),
  );
  while (page.length > 0) {
    // Of one page: what all the people of a country had would fill the memory.
    const lessonOf = remembered(
      ({ terms, had }: DueLesson) => `${terms.key} ${had.key}`,
      ({ terms, had }) => termsAt(terms).lessonAfter(had),
    );
    const told = page.map((due): ToldLesson => {
      const { nextAt, isQuiet: atNight } = termsAt(due.terms);
      const lesson = due.reach.length === 0 || atNight || tooLate(due.dueAt) ? undefined : lessonOf(due);
      return lesson ? tell(due, { lesson, nextAt, newId }) : { due, nextAt, ...NOTHING };
    });
    const after = page.length < LESSON_PAGE ? undefined : page.at(-1);
    const written = commitLessonPlan(pool, told, { now, expiresSeconds: LATE_HOURS_MAX * SECONDS_PER_HOUR });
    // What goes wrong with it is thrown where it is waited for.
    written.catch(() => undefined);
    // The next ones are read while these and those before them are written.
    const [count, following] = await Promise.all([
      before,
      after === undefined ? [] : dueLessons(pool, now, after),
    ]);
    messages += count;
    before = written;
    page = following;
  }
  return messages + (await before);
};

/** There is none to tell, nothing to tell, or it is too late. */
const NOTHING = { lesson: undefined, asks: false, messages: [] };

/** What she is told: of a lesson; after three without an answer, whether to go on. */
const tell = (
  due: DueLesson,
  {
    lesson,
    nextAt,
    newId,
  }: { readonly lesson: ToldLesson['lesson']; readonly nextAt: string; readonly newId: () => string },
): ToldLesson => {
  const asks = due.unanswered >= UNANSWERED_MAX;
  return {
    due,
    nextAt: asks ? undefined : nextAt,
    lesson: asks ? undefined : lesson,
    asks,
    messages: due.reach.map((reach) => ({ id: newId(), reach })),
  };
};

/** Members of a group have the same habit in most cases, and working out a moment of the wall clock is slow. */
const nextMoments = (now: Temporal.Instant): NextOf =>
  remembered(
    ({ meeting: { weekday, timeZone }, hour, days }: LessonHabit) =>
      [weekday, timeZone, hour.toString(), ...days].join('|'),
    (habit) => nextLessonAt(habit, now).toString(),
  );
