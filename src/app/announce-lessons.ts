import { Temporal } from 'temporal-polyfill';
import type { Content } from '../content/render.ts';
import { localDate } from '../domain/calendar.ts';
import { firstName } from '../domain/group.ts';
import { isOffered, type LessonAudio, voiceOf } from '../domain/lesson/audio.ts';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import { lessonToAnnounce, progressBy } from '../domain/lesson/progress.ts';
import {
  isTooLate,
  LATE_HOURS_MAX,
  type LessonHabit,
  nextLessonAt,
  UNANSWERED_MAX,
} from '../domain/lesson/schedule.ts';
import { type ShelfLesson, shelfOf } from '../domain/lesson/shelf.ts';
import { isQuiet } from '../domain/quiet-hours.ts';
import { commitLessonPlan, type ToldLesson } from '../store/lesson-plan.ts';
import {
  approvedTexts,
  type DueLesson,
  dueLessons,
  LESSON_PAGE,
  type LessonTerms,
  recordedLessons,
  type Unplanned,
  unplannedLessons,
} from '../store/lessons-due.ts';
import { sha256 } from '../store/sha256.ts';
import { type AnnouncementWords, announcementWords } from './announcement-words.ts';
import { remembered } from './remembered.ts';
import type { Store } from './store.ts';

const SECONDS_PER_HOUR = 3_600;

export type Announcing = {
  readonly store: Store;
  readonly content: Content;
  readonly newId: () => string;
  readonly lessons: Catalogue;
};

/**
 * Tells every member whose hour it is that a lesson is there for her, once, whatever the number of processes. Only
 * open lessons, in one neutral message; the lesson itself comes when she answers.
 *
 * @returns how many messages are to go out
 */
export const announceLessons = async (announcing: Announcing, now: Temporal.Instant): Promise<number> => {
  if (announcing.lessons.size === 0) return 0;
  const { store } = announcing;
  const nextOf = nextMoments(now);
  let last: Unplanned | undefined;
  for (;;) {
    const unplanned = await unplannedLessons(store.pool, last);
    const planned = unplanned.map((one) => ({ ...one, nextAt: nextOf(one.habit) }));
    if (planned.length > 0) await commitLessonPlan(store, { now, planned, told: [] });
    if (unplanned.length < LESSON_PAGE) break;
    last = unplanned.at(-1);
  }
  return announceDue(announcing, now, nextOf);
};

/** In ISO 8601: it is only written down. */
type NextOf = (habit: LessonHabit) => string;

const announceDue = async (
  announcing: Announcing,
  now: Temporal.Instant,
  nextOf: NextOf,
): Promise<number> => {
  const { store } = announcing;
  let messages = 0;
  let page = await dueLessons(store, now, undefined);
  if (page.length === 0) return messages;
  const means = { wordsOf: announcementWords(announcing.content), newId: announcing.newId };
  const shelf = shelves(announcing, now, await approvedTexts(store.pool));
  const voice = voices(announcing, await recordedLessons(store.pool));
  // Most of a page have the same terms, and what follows from them is worked out once.
  const termsAt = remembered(
    ({ key }: LessonTerms) => key,
    (terms) => ({
      now,
      nextAt: nextOf(terms.habit),
      shelf: shelf(terms),
      voice: voice(terms),
      isQuiet: isQuiet(now, terms.habit.meeting.timeZone),
    }),
  );
  const tooLate = remembered(
    (dueAt: string) => dueAt,
    (dueAt) => isTooLate(Temporal.Instant.from(dueAt), now),
  );
  while (page.length > 0) {
    const told = page.map((due) => {
      return decided(means, due, { ...termsAt(due.terms), isTooLate: tooLate(due.dueAt) });
    });
    const after = page.length < LESSON_PAGE ? undefined : page.at(-1);
    // The next ones are read while these are written.
    const [count, following] = await Promise.all([
      commitLessonPlan(store, { now, planned: [], told }),
      after === undefined ? [] : dueLessons(store, now, after),
    ]);
    messages += count;
    page = following;
  }
  return messages;
};

/** What she is told: of a lesson; after three without an answer, whether to go on; or nothing, when it is too late. */
const decided = (
  { wordsOf, newId }: { readonly wordsOf: AnnouncementWords; readonly newId: () => string },
  due: DueLesson,
  at: {
    readonly now: Temporal.Instant;
    readonly nextAt: string;
    readonly shelf: readonly ShelfLesson[];
    readonly voice: VoiceOf;
    readonly isQuiet: boolean;
    readonly isTooLate: boolean;
  },
): ToldLesson => {
  const base = { due, nextAt: at.nextAt, lesson: undefined, asks: false, messages: [], expiresSeconds: 0 };
  const { habit, language } = due.terms;
  const { timeZone } = habit.meeting;
  if (due.reach.length === 0 || at.isTooLate || at.isQuiet) return base;
  const item = lessonToAnnounce(at.shelf, progressBy(due.progress), { now: at.now, timeZone });
  if (!item) return base;
  const asks = due.unanswered >= UNANSWERED_MAX;
  const voice = at.voice(item);
  const message = wordsOf({
    name: firstName(due.name),
    language,
    item: asks ? undefined : item,
    again: due.progress.some(({ lessonId, finishedAt }) => lessonId === item.lesson.id && finishedAt),
  });
  return {
    due,
    nextAt: asks ? undefined : at.nextAt,
    lesson: asks
      ? undefined
      : { id: item.lesson.id, language: voice?.language ?? item.language, voice: voice !== undefined },
    asks,
    messages: due.reach.map((reach) => ({ id: newId(), reach, message })),
    expiresSeconds: LATE_HOURS_MAX * SECONDS_PER_HOUR,
  };
};

/** Members of a group have the same habit in most cases, and working out a moment of the wall clock is slow. */
const nextMoments = (now: Temporal.Instant): NextOf =>
  remembered(
    ({ meeting: { weekday, timeZone }, hour, days }: LessonHabit) =>
      [weekday, timeZone, hour.toString(), ...days].join('|'),
    (habit) => nextLessonAt(habit, now).toString(),
  );

type VoiceOf = (item: ShelfLesson) => LessonAudio | undefined;

/** The recording that goes out with a lesson now, for everybody of the same terms. */
const voices =
  ({ lessons }: Announcing, recorded: ReadonlyMap<string, readonly LessonAudio[]>) =>
  ({ programmeId, languages, wanted }: LessonTerms): VoiceOf => {
    const audio = (recorded.get(programmeId) ?? []).filter((one) => isOffered(languages, one.language));
    return remembered(
      ({ lesson, language }: ShelfLesson) => `${lesson.id} ${language}`,
      ({ lesson, language }) => voiceOf({ catalogue: lessons, sha256 }, audio, { lesson, language, wanted }),
    );
  };

type ShelfFor = (terms: LessonTerms) => readonly ShelfLesson[];

/** The shelf of a programme, a place and a language is the same for all of them. */
const shelves = ({ lessons }: Announcing, now: Temporal.Instant, approved: ReadonlySet<string>): ShelfFor =>
  remembered(
    ({ programmeId, place, habit, wanted }: LessonTerms) =>
      JSON.stringify([programmeId, place, habit.meeting.timeZone, wanted]),
    ({ habit, place, drafts, languages, wanted }) =>
      shelfOf(
        { catalogue: lessons, sha256 },
        { today: localDate(now, habit.meeting.timeZone), place, drafts, languages, approved },
        wanted,
      ),
  );
