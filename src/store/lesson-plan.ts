import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import type { Reach } from '../conversation/contact.ts';
import type { OutgoingMessage } from '../conversation/message.ts';
import type { DueLesson } from './lessons-due.ts';
import type { Secrets } from './secrets.ts';
import { writeOffered } from './session-json.ts';

type Keys = { readonly pool: Pool; readonly secrets: Secrets };

/** What was decided for a member who is due. */
export type ToldLesson = {
  readonly due: DueLesson;
  /** When she is told of the one after it, in ISO 8601; undefined while she is asked whether to go on. */
  readonly nextAt: string | undefined;
  readonly lesson: { readonly id: string; readonly language: string; readonly voice: boolean } | undefined;
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
      readonly nextAt: string;
    }[];
    readonly told: readonly ToldLesson[];
  },
): Promise<number> => {
  const doc = {
    now: plan.now.toString(),
    planned: plan.planned.map(({ groupId, memberId, nextAt }) => ({
      group: groupId,
      member: memberId,
      next_at: nextAt,
    })),
    due: plan.told.map((told) => {
      const { due, nextAt, lesson, asks, messages } = told;
      return {
        group: due.groupId,
        member: due.memberId,
        due_at: due.dueAt,
        next_at: nextAt,
        lesson: lesson?.id,
        language: lesson?.language,
        voice: lesson?.voice,
        asks,
        said: messages.length > 0,
        outbox: messages.map((row) => rowJson(store.secrets, told, row)),
      };
    }),
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
  address: to.addressId,
  channel: to.channel,
  body: secrets.outboxSeal(rowId, JSON.stringify(message)).toString('base64'),
  asked: secrets.outboxSeal(`asked/${to.addressId}`, writeOffered(message.choices)).toString('base64'),
  dedupe: `lesson:${due.memberId}:${due.dueAt}:${to.addressId}`,
  expires_s: expiresSeconds,
});
