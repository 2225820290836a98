import { Temporal } from 'temporal-polyfill';
import { localDate } from '../calendar.ts';
import { TRACKS, type Track } from './lesson.ts';
import type { ShelfLesson } from './shelf.ts';

/** The parts of a lesson, each a message of its own: the fact, the reason, the action with its question. */
export const PARTS = 3;
/** A question that she missed comes back after so many days, each time (Latimier 2021: equal gaps are enough). */
export const REVIEW_DAYS = 7;
export const REVIEWS_MAX = 3;
/** "¿Lo hiciste?" leaves her at least so many days to do it. */
const DID_AFTER_DAYS = 2;
/** After so long nobody remembers: it is not asked any more. */
const DID_UNTIL_DAYS = 30;
/** The same lesson is announced again only so many days later. */
const ANNOUNCE_AGAIN_DAYS = 7;

/** How far a member is with one lesson. */
export type LessonProgress = {
  readonly lessonId: string;
  readonly announcedAt: Temporal.Instant | undefined;
  readonly openedAt: Temporal.Instant | undefined;
  /** How many of its parts she has had, 0 to 3. */
  readonly part: number;
  readonly finishedAt: Temporal.Instant | undefined;
  /** The day on which its question comes back. */
  readonly reviewOn: Temporal.PlainDate | undefined;
  readonly reviews: number;
  readonly didAskedAt: Temporal.Instant | undefined;
  readonly did: boolean | undefined;
};

/** What she has done, by lesson. */
export type ProgressOf = ReadonlyMap<string, LessonProgress>;

/** As much of her progress as says which lesson comes next. */
export type Announceable = Pick<
  LessonProgress,
  'lessonId' | 'announcedAt' | 'openedAt' | 'part' | 'finishedAt' | 'reviewOn'
>;

type AnnounceableOf = ReadonlyMap<string, Announceable>;

export const progressBy = <One extends Announceable>(progress: readonly One[]): ReadonlyMap<string, One> =>
  new Map(progress.map((one) => [one.lessonId, one]));

/** Lessons that may be offered unasked; never one that is opt-in. */
export const openOnes = (shelf: readonly ShelfLesson[]): ShelfLesson[] =>
  shelf.filter(({ lesson }) => lesson.sensitivity === 'open');

/** Lessons that go out only at her own request. */
export const optInOnes = (shelf: readonly ShelfLesson[]): ShelfLesson[] =>
  shelf.filter(({ lesson }) => lesson.sensitivity === 'opt-in');

/** The open lesson she left half-way, the last one; undefined when there is none. */
export const halfDone = (shelf: readonly ShelfLesson[], of: AnnounceableOf): ShelfLesson | undefined =>
  latest(
    openOnes(shelf).filter(({ lesson }) => isHalf(of.get(lesson.id))),
    ({ lesson }) => of.get(lesson.id)?.openedAt,
  );

const isHalf = (progress: Announceable | undefined): boolean =>
  progress?.openedAt !== undefined && progress.finishedAt === undefined;

/**
 * What "lección" gives her: the one that was announced last, if she has not seen it; else the one she left half-way; else
 * the next of her track, then of the tracks after it. Undefined when she has had them all.
 */
export const nextLesson = (shelf: readonly ShelfLesson[], of: ProgressOf): ShelfLesson | undefined => {
  const announced = latest(openOnes(shelf), ({ lesson }) => of.get(lesson.id)?.announcedAt);
  if (announced && of.get(announced.lesson.id)?.openedAt === undefined) return announced;
  return halfDone(shelf, of) ?? unread(shelf, of)[0];
};

/** The open lesson she opened last, finished or not; undefined when she has had none. */
export const lastOpened = (shelf: readonly ShelfLesson[], of: AnnounceableOf): ShelfLesson | undefined =>
  latest(openOnes(shelf), ({ lesson }) => of.get(lesson.id)?.openedAt);

/** The next one of a track that she has not had. */
export const nextOfTrack = (
  shelf: readonly ShelfLesson[],
  of: ProgressOf,
  track: Track,
): ShelfLesson | undefined => {
  const inTrack = openOnes(shelf).filter(({ lesson }) => lesson.track === track);
  return halfDone(inTrack, of) ?? inTrack.find(({ lesson }) => of.get(lesson.id)?.openedAt === undefined);
};

/**
 * What the schedule announces to her: an open lesson that she has not finished; when none is left, one whose question comes
 * back. None that was announced this week.
 */
export const lessonToAnnounce = (
  shelf: readonly ShelfLesson[],
  of: AnnounceableOf,
  at: { readonly now: Temporal.Instant; readonly timeZone: string },
): ShelfLesson | undefined => {
  const today = localDate(at.now, at.timeZone);
  const isRested = ({ lesson }: ShelfLesson): boolean => {
    const before = of.get(lesson.id)?.announcedAt;
    if (before === undefined) return true;
    return localDate(before, at.timeZone).until(today).days >= ANNOUNCE_AGAIN_DAYS;
  };
  const half = halfDone(shelf, of);
  const open = [...(half ? [half] : []), ...unread(shelf, of)];
  const review = reviewDue(shelf, of, today);
  // Its announcement was of the lesson, weeks ago; of a question there is one a week at most.
  return (open.length > 0 ? open : review ? [review] : []).find(isRested);
};

/**
 * Whether an announcement that was planned is still true when it goes out: she has not begun or finished that lesson since,
 * or its question comes back to her.
 */
export const isStillAnnounced = (
  { announcedAt, openedAt, finishedAt, reviewOn }: Omit<Announceable, 'lessonId' | 'part'>,
  today: Temporal.PlainDate,
): boolean => {
  if (announcedAt === undefined) return false;
  const isSince = (at: Temporal.Instant | undefined): boolean =>
    at !== undefined && Temporal.Instant.compare(at, announcedAt) > 0;
  if (isSince(openedAt) || isSince(finishedAt)) return false;
  if (finishedAt === undefined) return true;
  return reviewOn !== undefined && Temporal.PlainDate.compare(reviewOn, today) <= 0;
};

/** A question that comes back today or earlier; only of open lessons, since the others are never brought up again. */
export const reviewDue = (
  shelf: readonly ShelfLesson[],
  of: AnnounceableOf,
  today: Temporal.PlainDate,
): ShelfLesson | undefined =>
  openOnes(shelf).find(({ lesson }) => {
    const on = of.get(lesson.id)?.reviewOn;
    return on !== undefined && Temporal.PlainDate.compare(on, today) <= 0;
  });

/** The lesson of which she is asked whether she did it: the last one she finished, once, and days later. */
export const didToAsk = (
  shelf: readonly ShelfLesson[],
  of: ProgressOf,
  now: Temporal.Instant,
): ShelfLesson | undefined => {
  const last = latest(openOnes(shelf), ({ lesson }) => of.get(lesson.id)?.finishedAt);
  const { finishedAt, didAskedAt, did } = (last && of.get(last.lesson.id)) ?? {};
  if (!finishedAt || didAskedAt || did !== undefined) return undefined;
  const days = now.since(finishedAt).total('hours') / 24;
  return days >= DID_AFTER_DAYS && days <= DID_UNTIL_DAYS ? last : undefined;
};

/** What "ya lo hice" is about: the lesson she finished last, of which she has not said so. */
export const didSaid = (of: ProgressOf, now: Temporal.Instant): LessonProgress | undefined =>
  latest(
    [...of.values()].filter(
      ({ finishedAt, did }) =>
        finishedAt && did !== true && now.since(finishedAt).total('hours') / 24 <= DID_UNTIL_DAYS,
    ),
    ({ finishedAt }) => finishedAt,
  );

/** Lessons she has not begun: first those of the track she is in, then of the ones after it, round and round. */
const unread = (shelf: readonly ShelfLesson[], of: AnnounceableOf): ShelfLesson[] => {
  const open = openOnes(shelf);
  const last = lastOpened(shelf, of);
  const from = last ? TRACKS.indexOf(last.lesson.track) : 0;
  const turn = ({ lesson }: ShelfLesson): number =>
    (TRACKS.indexOf(lesson.track) - from + TRACKS.length) % TRACKS.length;
  return open
    .filter(({ lesson }) => of.get(lesson.id)?.openedAt === undefined)
    .toSorted((one, other) => turn(one) - turn(other));
};

const latest = <One>(
  all: readonly One[],
  when: (one: One) => Temporal.Instant | undefined,
): One | undefined =>
  all.reduce<One | undefined>((best, one) => {
    const at = when(one);
    const before = best === undefined ? undefined : when(best);
    return at && (!before || Temporal.Instant.compare(at, before) > 0) ? one : best;
  }, undefined);
