import type { Temporal } from 'temporal-polyfill';
import type { Catalogue } from '../domain/lesson/catalogue.ts';
import type { Session } from './session.ts';

/** So long what only she may read stays on; later the telephone may be in other hands. */
const PRIVATE_MINUTES = 30;

/** Choices that show more of a lesson: its next part, or the explanation of its question. */
const SHOWS = ['part', 'answer'];

/**
 * The lesson that goes out only at her own request and would go on by this choice; undefined for all others.
 *
 * @param payload as it was offered: "lesson:answer:R1:b"
 */
export const privateLesson = (lessons: Catalogue, payload: string): string | undefined => {
  const [verb, what = '', id = ''] = payload.split(':');
  const isMore = verb === 'lesson' && SHOWS.includes(what);
  return isMore && isOptIn(lessons, id) ? id : undefined;
};

const isOptIn = (lessons: Catalogue, id: string): boolean =>
  [...(lessons.get(id)?.values() ?? [])].some(({ sensitivity }) => sensitivity === 'opt-in');

/** The session, without a lesson that only she may read and that was left open too long: nothing of it is shown again. */
export const withoutOldPrivate = (
  session: Session,
  { now, lessons }: { readonly now: Temporal.Instant; readonly lessons: Catalogue },
): Session => {
  if (session.offered.every(({ payload }) => privateLesson(lessons, payload) === undefined)) return session;
  const isFresh = session.at !== undefined && now.since(session.at).total('minutes') <= PRIVATE_MINUTES;
  return isFresh ? session : { ...session, flow: { type: 'idle' }, offered: [] };
};
