import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { Announceable } from '../domain/lesson/progress.ts';
import { type LessonTerms, termsOf } from './lesson-terms.ts';
import { openName } from './open-name.ts';
import type { AnnouncementOf } from './row-words.ts';
import type { Secrets } from './secrets.ts';

/** What the announcement of a lesson says, and by what it is seen whether it is still true. */
export type AnnouncementFacts = {
  readonly name: string;
  readonly terms: LessonTerms;
  /** She wants no lessons (any more). */
  readonly off: boolean;
  /** She was asked whether to go on, and has not answered. */
  readonly isAskedToGoOn: boolean;
  /** How far she is with the lesson that is announced; undefined when none is. */
  readonly progress: Announceable | undefined;
};

type Row = {
  n: number;
  member_id: string;
  number: number;
  name: Buffer;
  key: Buffer | null;
  terms: string;
  off: boolean;
  asked_to_go_on: boolean;
  announced_at: string | null;
  opened_at: string | null;
  finished_at: string | null;
  part: number | null;
  review_on: string | null;
};

const FACTS = {
  name: 'announcement-facts',
  text: 'select * from announcement_facts($1::uuid[], $2::uuid[], $3::text[])',
};

/** The facts of each of these, in their order; undefined of a member who is in her group no more. */
export const announcementFacts = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  asked: readonly AnnouncementOf[],
): Promise<readonly (AnnouncementFacts | undefined)[]> => {
  const values = [
    asked.map(({ groupId }) => groupId),
    asked.map(({ memberId }) => memberId),
    asked.map(({ lessonId }) => lessonId),
  ];
  const { rows } = await pool.query<Row>({ ...FACTS, values });
  const byPlace = new Map(rows.map((row) => [row.n, row]));
  return asked.map(({ lessonId }, n) => {
    // unnest counts from 1.
    const row = byPlace.get(n + 1);
    if (!row) return undefined;
    return {
      name: openName(secrets, 'member', { ...row, id: row.member_id }),
      terms: termsOf(row.terms),
      off: row.off,
      isAskedToGoOn: row.asked_to_go_on,
      progress: lessonId === undefined ? undefined : progressOf(lessonId, row),
    };
  });
};

const progressOf = (lessonId: string, row: Row): Announceable => ({
  lessonId,
  announcedAt: instantOf(row.announced_at),
  openedAt: instantOf(row.opened_at),
  part: row.part ?? 0,
  finishedAt: instantOf(row.finished_at),
  reviewOn: row.review_on === null ? undefined : Temporal.PlainDate.from(row.review_on),
});

const instantOf = (text: string | null): Temporal.Instant | undefined =>
  text === null ? undefined : Temporal.Instant.from(text);
