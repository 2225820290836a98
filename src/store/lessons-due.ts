import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Reach } from '../conversation/contact.ts';
import { WEEKDAYS } from '../domain/calendar.ts';
import { type AddressId, asId } from '../domain/ids.ts';
import type { LessonAudio } from '../domain/lesson/audio.ts';
import type { Announceable } from '../domain/lesson/progress.ts';
import type { LessonHabit } from '../domain/lesson/schedule.ts';
import { clock, date, instant } from './json-fields.ts';
import { audioJson } from './lesson-facts.ts';
import { habitOf, type LessonTerms, termsOf } from './lesson-terms.ts';

/** Members read at a time, so that memory stays flat whatever their number. */
export const LESSON_PAGE = 1_000;
/** Before the first id. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

const habit = z.object({
  weekday: z.enum(WEEKDAYS),
  time: clock,
  timeZone: z.string(),
  reminderTime: clock,
});
const days = z.array(z.enum(WEEKDAYS));

/** A member of whom it must be said when she is told of her next lesson. */
export type Unplanned = { readonly groupId: string; readonly memberId: string; readonly habit: LessonHabit };

type UnplannedRow = {
  group_id: string;
  member_id: string;
  hour: string | null;
  days: string[];
  facts: unknown;
};

/** A page of them, after `after` in the order of their groups. */
export const unplannedLessons = async (
  pool: Pool,
  after: Pick<Unplanned, 'groupId' | 'memberId'> | undefined,
): Promise<Unplanned[]> => {
  const { rows } = await pool.query<UnplannedRow>('select * from lessons_unplanned($1, $2, $3)', [
    after?.groupId ?? NO_ID,
    after?.memberId ?? NO_ID,
    LESSON_PAGE,
  ]);
  return rows.map((row) => ({
    groupId: row.group_id,
    memberId: row.member_id,
    habit: habitOf(habit.parse(row.facts), {
      hour: row.hour === null ? null : Temporal.PlainTime.from(row.hour),
      days: days.parse(row.days),
    }),
  }));
};

/** What an announcement is decided on of the lessons a member has had: one object for all of a page who had the same. */
export type LessonsHad = {
  /** Equal for equal ones. */
  readonly key: string;
  readonly progress: readonly Announceable[];
};

/** A member who is to be told of a lesson now, and what it is decided on. */
export type DueLesson = {
  readonly groupId: string;
  readonly memberId: string;
  readonly terms: LessonTerms;
  readonly unanswered: number;
  /** As it is kept: an instant in ISO 8601. */
  readonly dueAt: string;
  readonly had: LessonsHad;
  readonly reach: readonly Reach[];
};

type DueRow = {
  group_id: string;
  member_id: string;
  terms: string;
  unanswered: number;
  due_at: string;
  progress: string | null;
  addresses: string[];
  channels: string[];
};

const DUE = {
  name: 'lessons-due',
  text: 'select * from lessons_due($1::timestamptz, $2::timestamptz, $3, $4)',
};

const progressJson = z.array(
  z.tuple([z.string(), instant.nullable(), instant.nullable(), z.int(), instant.nullable(), date.nullable()]),
);

/** A page of the members who are due, those after `after` in the order in which they fell due. */
export const dueLessons = async (
  pool: Pool,
  now: Temporal.Instant,
  after: Pick<DueLesson, 'dueAt' | 'memberId'> | undefined,
): Promise<readonly DueLesson[]> => {
  const values = [now.toString(), after?.dueAt ?? '-infinity', after?.memberId ?? NO_ID, LESSON_PAGE];
  const { rows } = await pool.query<DueRow>({ ...DUE, values });
  const terms = new Map<string, LessonTerms>();
  const had = new Map<string, LessonsHad>();
  return rows.map((row): DueLesson => {
    const progress = row.progress ?? '[]';
    const hers = terms.get(row.terms) ?? termsOf(row.terms);
    const lessons = had.get(progress) ?? hadOf(progress);
    terms.set(row.terms, hers);
    had.set(progress, lessons);
    return {
      groupId: row.group_id,
      memberId: row.member_id,
      terms: hers,
      unanswered: row.unanswered,
      dueAt: row.due_at,
      had: lessons,
      reach: row.addresses.map((addressId, n) => ({
        addressId: asId<AddressId>(addressId),
        channel: row.channels[n] ?? '',
      })),
    };
  });
};

const hadOf = (key: string): LessonsHad => ({
  key,
  progress: progressJson
    .parse(JSON.parse(key))
    .map(([lessonId, announcedAt, openedAt, part, finishedAt, reviewOn]) => ({
      lessonId,
      announcedAt: announcedAt ?? undefined,
      openedAt: openedAt ?? undefined,
      part,
      finishedAt: finishedAt ?? undefined,
      reviewOn: reviewOn ?? undefined,
    })),
});

/** The fingerprints of all the words that a person has approved. */
export const approvedTexts = async (pool: Pool): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ text_hash: string }>('select text_hash from lesson_approval');
  return new Set(rows.map((row) => row.text_hash));
};

/** What was recorded, by programme. */
export const recordedLessons = async (pool: Pool): Promise<ReadonlyMap<string, readonly LessonAudio[]>> => {
  const { rows } = await pool.query<{ id: string; audio: unknown }>(
    'select programme_id as id, lesson_audio_facts(programme_id) as audio from lesson_audio group by programme_id',
  );
  return new Map(rows.map(({ id: programmeId, audio }) => [programmeId, audioJson.parse(audio)]));
};
