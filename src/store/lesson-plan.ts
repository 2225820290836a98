import type { Pool } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { Language, OutgoingMessage } from '../conversation/message.ts';
import type { Reach } from '../conversation/snapshot.ts';
import { WEEKDAYS, type Weekday } from '../domain/calendar.ts';
import type { LessonProgress } from '../domain/lesson/progress.ts';
import type { LessonHabit } from '../domain/lesson/schedule.ts';
import type { Place } from '../domain/lesson/shelf.ts';
import { openName } from './facts.ts';
import { bytes, id, instant, language, reach } from './json-fields.ts';
import { progressJson } from './lesson-facts.ts';
import type { Secrets } from './secrets.ts';
import { writeOffered } from './session-json.ts';

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

/** A member who is to be told of a lesson now, and what it is decided on. */
export type DueLesson = {
  readonly groupId: string;
  readonly memberId: string;
  readonly name: string;
  readonly language: Language;
  /** The languages she wants lessons in, the best first. */
  readonly wanted: readonly string[];
  readonly place: Place;
  readonly programmeId: string;
  readonly drafts: boolean;
  readonly languages: readonly string[];
  readonly habit: LessonHabit;
  readonly unanswered: number;
  readonly dueAt: Temporal.Instant;
  readonly progress: readonly LessonProgress[];
  readonly reach: readonly Reach[];
};

const dueJson = z.object({
  groupId: id,
  memberId: id,
  number: z.int(),
  name: bytes,
  key: bytes.nullable(),
  memberLanguage: language,
  habit,
  state: z.string().nullable(),
  municipality: z.string().nullable(),
  programmeId: id,
  drafts: z.boolean(),
  languages: z.array(z.string()),
  wishes: z.object({ hour: time.nullable(), days, language: z.string().nullable() }),
  unanswered: z.int(),
  dueAt: instant,
  progress: z.array(progressJson),
  reach,
});

/** A page of the members who are due, those after `after` in the order in which they fell due. */
export const dueLessons = async (
  store: Keys,
  now: Temporal.Instant,
  after: Pick<DueLesson, 'dueAt' | 'memberId'> | undefined,
): Promise<readonly DueLesson[]> => {
  const { rows } = await store.pool.query<{ facts: unknown }>(
    'select facts from lessons_due($1::timestamptz, $2::timestamptz, $3, $4)',
    [now.toString(), after?.dueAt.toString() ?? '-infinity', after?.memberId ?? NO_ID, LESSON_PAGE],
  );
  return rows.map(({ facts }): DueLesson => {
    const row = dueJson.parse(facts);
    return {
      ...row,
      name: openName(store.secrets, 'member', { ...row, id: row.memberId }),
      language: row.memberLanguage,
      wanted: [...(row.wishes.language ? [row.wishes.language] : []), row.memberLanguage],
      place: { state: row.state ?? undefined, municipality: row.municipality ?? undefined },
      habit: habitOf(row.habit, row.wishes),
    };
  });
};

/** The fingerprints of all the words that a person has approved. */
export const approvedTexts = async (pool: Pool): Promise<ReadonlySet<string>> => {
  const { rows } = await pool.query<{ text_hash: string }>('select text_hash from lesson_approval');
  return new Set(rows.map((row) => row.text_hash));
};

/** What was decided for a member who is due. */
export type ToldLesson = {
  readonly due: DueLesson;
  /** When she is told of the one after it; undefined while she is asked whether to go on. */
  readonly nextAt: Temporal.Instant | undefined;
  readonly lesson: { readonly id: string; readonly language: string } | undefined;
  readonly asks: boolean;
  /** What goes to each of her addresses; nothing, when there is none to tell or nothing to tell. */
  readonly messages: readonly {
    readonly id: string;
    readonly reach: Reach;
    readonly message: OutgoingMessage;
  }[];
  readonly expiresSeconds: number;
};

/** Writes a page of what was planned and decided; resolves to how many messages are to go out. */
export const commitLessonPlan = async (
  store: Keys,
  plan: {
    readonly now: Temporal.Instant;
    readonly planned: readonly {
      readonly groupId: string;
      readonly memberId: string;
      readonly nextAt: Temporal.Instant;
    }[];
    readonly told: readonly ToldLesson[];
  },
): Promise<number> => {
  const doc = {
    now: plan.now.toString(),
    planned: plan.planned.map(({ groupId, memberId, nextAt }) => ({
      group: groupId,
      member: memberId,
      next_at: nextAt.toString(),
    })),
    due: plan.told.map(({ due, nextAt, lesson, asks, messages }) => ({
      group: due.groupId,
      member: due.memberId,
      due_at: due.dueAt.toString(),
      next_at: nextAt?.toString(),
      lesson: lesson?.id,
      language: lesson?.language,
      asks,
      said: messages.length > 0,
    })),
    outbox: plan.told.flatMap((told) => told.messages.map((row) => rowJson(store.secrets, told, row))),
  };
  const { rows } = await store.pool.query<{ told: number }>('select commit_lesson_plan($1::jsonb) as told', [
    JSON.stringify(doc),
  ]);
  return rows[0]?.told ?? 0;
};

const rowJson = (
  secrets: Secrets,
  { due, expiresSeconds }: ToldLesson,
  { id: rowId, reach: to, message }: ToldLesson['messages'][number],
) => ({
  id: rowId,
  member: due.memberId,
  address: to.addressId,
  channel: to.channel,
  body: secrets.outboxSeal(rowId, JSON.stringify(message)).toString('base64'),
  asked: secrets.outboxSeal(`asked/${to.addressId}`, writeOffered(message.choices)).toString('base64'),
  dedupe: `lesson:${due.memberId}:${due.dueAt.toString()}:${to.addressId}`,
  expires_s: expiresSeconds,
});
