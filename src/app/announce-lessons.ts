import type { Temporal } from 'temporal-polyfill';
import type { Content } from '../content/render.ts';
import type { OutgoingMessage } from '../conversation/message.ts';
import { offer, reply, say } from '../conversation/say.ts';
import { isQuiet, localDate } from '../domain/calendar.ts';
import { firstName } from '../domain/group.ts';
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
import {
  approvedTexts,
  commitLessonPlan,
  type DueLesson,
  dueLessons,
  LESSON_PAGE,
  type ToldLesson,
  unplannedLessons,
} from '../store/lesson-plan.ts';
import { sha256 } from '../store/sha256.ts';
import type { Store } from './store.ts';

const SECONDS_PER_HOUR = 3_600;
const NO_ID = '00000000-0000-0000-0000-000000000000';

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
  const nextOf = remembered(now);
  for (;;) {
    const unplanned = await unplannedLessons(store.pool);
    const planned = unplanned.map((one) => ({ ...one, nextAt: nextOf(one.habit) }));
    if (planned.length > 0) await commitLessonPlan(store, { now, planned, told: [] });
    if (unplanned.length < LESSON_PAGE) break;
  }
  return announceDue(announcing, now, nextOf);
};

type NextOf = (habit: LessonHabit) => Temporal.Instant;

const announceDue = async (
  announcing: Announcing,
  now: Temporal.Instant,
  nextOf: NextOf,
): Promise<number> => {
  const { store } = announcing;
  let messages = 0;
  let after = NO_ID;
  let shelfFor: ShelfFor | undefined;
  for (;;) {
    const page = await dueLessons(store, now, after);
    if (page.length === 0) return messages;
    const shelf: ShelfFor = shelfFor ?? shelves(announcing, now, await approvedTexts(store.pool));
    shelfFor = shelf;
    const told = page.map((due) =>
      decided(announcing, due, { now, nextAt: nextOf(due.habit), shelf: shelf(due) }),
    );
    messages += await commitLessonPlan(store, { now, planned: [], told });
    after = page.at(-1)?.memberId ?? after;
    if (page.length < LESSON_PAGE) return messages;
  }
};

/** What she is told: of a lesson; after three without an answer, whether to go on; or nothing, when it is too late. */
const decided = (
  announcing: Announcing,
  due: DueLesson,
  at: {
    readonly now: Temporal.Instant;
    readonly nextAt: Temporal.Instant;
    readonly shelf: readonly ShelfLesson[];
  },
): ToldLesson => {
  const base = { due, nextAt: at.nextAt, lesson: undefined, asks: false, messages: [], expiresSeconds: 0 };
  const { timeZone } = due.habit.meeting;
  if (due.reach.length === 0 || isTooLate(due.dueAt, at.now) || isQuiet(at.now, timeZone)) return base;
  const item = lessonToAnnounce(at.shelf, progressBy(due.progress), { now: at.now, timeZone });
  if (!item) return base;
  const asks = due.unanswered >= UNANSWERED_MAX;
  const message = asks ? askWhether(announcing, due) : announcement(announcing, due, item);
  return {
    due,
    nextAt: asks ? undefined : at.nextAt,
    lesson: asks ? undefined : { id: item.lesson.id, language: item.language },
    asks,
    messages: due.reach.map((reach) => ({ id: announcing.newId(), reach, message })),
    expiresSeconds: LATE_HOURS_MAX * SECONDS_PER_HOUR,
  };
};

/** Neutral from the first word to the last: her name, and a title that tells nothing. */
const announcement = (
  { content }: Announcing,
  { name, language }: DueLesson,
  { lesson, isDraft }: ShelfLesson,
): OutgoingMessage => ({
  ...content.render(
    reply(
      [
        say(isDraft ? 'lesson.announce-draft' : 'lesson.announce', {
          name: firstName(name),
          title: lesson.neutralTitle,
        }),
      ],
      [offer('lesson:next', say('lesson.menu'))],
    ),
    language,
  ),
  template: { key: 'lesson', language, values: [firstName(name)] },
});

const askWhether = ({ content }: Announcing, { name, language }: DueLesson): OutgoingMessage => ({
  ...content.render(
    reply(
      [say('lesson.ask-on', { name: firstName(name) })],
      [offer('lesson:on:yes', say('choice.yes')), offer('lesson:on:no', say('choice.no'))],
    ),
    language,
  ),
  template: { key: 'new-message', language, values: [firstName(name)] },
});

/** Members of a group have the same habit in most cases, and working out a moment of the wall clock is slow. */
const remembered = (now: Temporal.Instant): NextOf => {
  const known = new Map<string, Temporal.Instant>();
  return (habit) => {
    const { weekday, timeZone } = habit.meeting;
    const key = [weekday, timeZone, habit.hour.toString(), ...habit.days].join('|');
    const next = known.get(key) ?? nextLessonAt(habit, now);
    known.set(key, next);
    return next;
  };
};

type ShelfFor = (due: DueLesson) => readonly ShelfLesson[];

/** The shelf of a programme, a place and a language is the same for all of them. */
const shelves = ({ lessons }: Announcing, now: Temporal.Instant, approved: ReadonlySet<string>): ShelfFor => {
  const known = new Map<string, readonly ShelfLesson[]>();
  return ({ habit, place, programmeId, drafts, languages, wanted }) => {
    const { timeZone } = habit.meeting;
    const key = JSON.stringify([programmeId, place, timeZone, wanted]);
    const shelf =
      known.get(key) ??
      shelfOf(
        { catalogue: lessons, sha256 },
        { today: localDate(now, timeZone), place, drafts, languages, approved },
        wanted,
      );
    known.set(key, shelf);
    return shelf;
  };
};
