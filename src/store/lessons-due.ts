import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Reach } from '../conversation/contact.ts';
import type { Language } from '../conversation/message.ts';
import { WEEKDAYS, type Weekday } from '../domain/calendar.ts';
import type { LessonAudio } from '../domain/lesson/audio.ts';
import type { LessonProgress } from '../domain/lesson/progress.ts';
import type { LessonHabit } from '../domain/lesson/schedule.ts';
import type { Place } from '../domain/lesson/shelf.ts';
import { id, language, reach } from './json-fields.ts';
import { audioJson, progressJson } from './lesson-facts.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';

type Keys = { readonly pool: Pool; readonly secrets: Secrets };

/** Members read at a time, so that memory stays flat whatever their number. */
export const LESSON_PAGE = 1_000;
/** Before the first id. */
const NO_ID = '00000000-0000-0000-0000-000000000000';

const time = z.string().transform((text) => Temporal.PlainTime.from(text));
const habit = z.object({ weekday: z.enum(WEEKDAYS), time, timeZone: z.string(), reminderTime: time });
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

const habitOf = (
  group: z.infer<typeof habit>,
  her: { readonly hour: Temporal.PlainTime | null; readonly days: readonly Weekday[] },
): LessonHabit => ({
  meeting: { weekday: group.weekday, time: group.time, timeZone: group.timeZone },
  days: her.days,
  hour: her.hour ?? group.reminderTime,
});

/** What it is decided on that a member has in common with others: one object for all of a page who do. */
export type LessonTerms = {
  /** Equal for equal terms. */
  readonly key: string;
  readonly language: Language;
  /** The languages she wants lessons in, the best first. */
  readonly wanted: readonly string[];
  readonly place: Place;
  readonly programmeId: string;
  readonly drafts: boolean;
  readonly languages: readonly string[];
  readonly habit: LessonHabit;
};

/** A member who is to be told of a lesson now, and what it is decided on. */
export type DueLesson = {
  readonly groupId: string;
  readonly memberId: string;
  readonly name: string;
  readonly terms: LessonTerms;
  readonly unanswered: number;
  /** As it is kept: an instant in ISO 8601. */
  readonly dueAt: string;
  readonly progress: readonly LessonProgress[];
  readonly reach: readonly Reach[];
};

const termsJson = z.object({
  memberLanguage: language,
  habit,
  state: z.string().nullable(),
  municipality: z.string().nullable(),
  programmeId: id,
  drafts: z.boolean(),
  languages: z.array(z.string()),
  wishes: z.object({ hour: time.nullable(), days, language: z.string().nullable() }),
});

type DueRow = {
  group_id: string;
  member_id: string;
  number: number;
  name: Buffer;
  key: Buffer | null;
  terms: string;
  unanswered: number;
  due_at: string;
  progress: unknown;
  reach: unknown;
};

const DUE = {
  name: 'lessons-due',
  text: 'select * from lessons_due($1::timestamptz, $2::timestamptz, $3, $4)',
};
const progressList = z.array(progressJson);

/** A page of the members who are due, those after `after` in the order in which they fell due. */
export const dueLessons = async (
  store: Keys,
  now: Temporal.Instant,
  after: Pick<DueLesson, 'dueAt' | 'memberId'> | undefined,
): Promise<readonly DueLesson[]> => {
  const values = [now.toString(), after?.dueAt ?? '-infinity', after?.memberId ?? NO_ID, LESSON_PAGE];
  const { rows } = await store.pool.query<DueRow>({ ...DUE, values });
  const known = new Map<string, LessonTerms>();
  return rows.map((row): DueLesson => {
    const terms = known.get(row.terms) ?? termsOf(row.terms);
    known.set(row.terms, terms);
    return {
      groupId: row.group_id,
      memberId: row.member_id,
      name: openName(store.secrets, 'member', { ...row, id: row.member_id }),
      terms,
      unanswered: row.unanswered,
      dueAt: row.due_at,
      progress: progressList.parse(row.progress),
      reach: reach.parse(row.reach),
    };
  });
};

const termsOf = (key: string): LessonTerms => {
  const terms = termsJson.parse(JSON.parse(key));
  const { memberLanguage, wishes, programmeId, drafts, languages } = terms;
  return {
    key,
    language: memberLanguage,
    wanted: [...(wishes.language ? [wishes.language] : []), memberLanguage],
    place: { state: terms.state ?? undefined, municipality: terms.municipality ?? undefined },
    programmeId,
    drafts,
    languages,
    habit: habitOf(terms.habit, wishes),
  };
};

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
