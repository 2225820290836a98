import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import type { Reach } from '../conversation/contact.ts';
import type { DueLesson } from './lessons-due.ts';

/** When the next lesson of a member is due, in ISO 8601, of whom nobody has said it yet. */
export type PlannedLesson = {
  readonly groupId: string;
  readonly memberId: string;
  readonly nextAt: string;
};

/** What was decided for a member who is due. */
export type ToldLesson = {
  readonly due: Pick<DueLesson, 'groupId' | 'memberId' | 'dueAt'>;
  /** When she is told of the one after it, in ISO 8601; undefined while she is asked whether to go on. */
  readonly nextAt: string | undefined;
  readonly lesson: { readonly id: string; readonly language: string; readonly voice: boolean } | undefined;
  readonly asks: boolean;
  /** A message for each of her addresses, whose words are made when it is sent; none, when she is told nothing. */
  readonly messages: readonly { readonly id: string; readonly reach: Reach }[];
};

const PLAN = {
  name: 'plan-lessons',
  text: 'select plan_lessons($1::uuid[], $2::uuid[], $3::timestamptz[])',
};

/** Writes down when their next lessons are due. */
export const planLessons = async (pool: Pool, planned: readonly PlannedLesson[]): Promise<void> => {
  const values = [
    planned.map(({ groupId }) => groupId),
    planned.map(({ memberId }) => memberId),
    planned.map(({ nextAt }) => nextAt),
  ];
  await pool.query({ ...PLAN, values });
};

const TELL = {
  name: 'commit-lesson-plan',
  text: `select commit_lesson_plan($1::timestamptz, $2::uuid[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[], $7::text[],
           $8::boolean[], $9::boolean[], $10::integer[], $11::uuid[], $12::uuid[], $13::text[], $14) as told`,
};

/** Writes a page of what was decided at `now`; resolves to how many messages are to go out. */
export const commitLessonPlan = async (
  pool: Pool,
  told: readonly ToldLesson[],
  { now, expiresSeconds }: { readonly now: Temporal.Instant; readonly expiresSeconds: number },
): Promise<number> => {
  const messages = told.flatMap((one) => one.messages);
  const values = [
    now.toString(),
    told.map(({ due }) => due.groupId),
    told.map(({ due }) => due.memberId),
    told.map(({ due }) => due.dueAt),
    told.map(({ nextAt }) => nextAt),
    told.map(({ lesson }) => lesson?.id),
    told.map(({ lesson }) => lesson?.language),
    told.map(({ lesson }) => lesson?.voice),
    told.map(({ asks }) => asks),
    // unnest counts from 1.
    told.flatMap((one, n) => one.messages.map(() => n + 1)),
    messages.map(({ id }) => id),
    messages.map(({ reach }) => reach.addressId),
    messages.map(({ reach }) => reach.channel),
    expiresSeconds,
  ];
  const { rows } = await pool.query<{ told: number }>({ ...TELL, values });
  return rows[0]?.told ?? 0;
};
