import { z } from 'zod';
import { asId, type DangerId, type TalkId } from '../domain/ids.ts';
import { bytes, id, instant, language, reach, role, sealed } from './json-fields.ts';

// The shapes of conversations with staff: the questions of a session, and what load_snapshot answers with.

export const talkFlows = [
  z.object({ type: z.literal('talk-words'), more: z.boolean() }),
  z.object({
    type: z.literal('talk-send'),
    words: z.string(),
    ref: z
      .string()
      .optional()
      .transform((ref) => ref),
  }),
  z.object({
    type: z.enum(['talk-answer', 'talk-give']),
    talkId: id.transform((text) => asId<TalkId>(text)),
  }),
  z.object({ type: z.enum(['danger-when', 'danger-words', 'phone-group']) }),
  z.object({
    type: z.literal('danger-answer'),
    dangerId: id.transform((text) => asId<DangerId>(text)),
  }),
] as const;

const answering = z.object({ id, toldAt: instant.nullable(), untold: z.int() }).nullable();

export const ownTalkJson = z.object({
  programme: z.string(),
  open: z
    .object({ id, answeredAt: instant.nullable(), assignedTo: id.nullable(), isTold: z.boolean() })
    .nullable(),
  answering,
});

export const markedJson = z.object({ answering });

const staffName = z.object({ id, ...sealed });

const summary = {
  id,
  groupId: id,
  state: z.enum(['open', 'closed']),
  openedAt: instant,
  waitsSince: instant.nullable(),
  answeredAt: instant.nullable(),
  member: z.object({ id, number: z.int(), name: bytes, key: bytes, role, language, reach }),
  group: z.object({ id, ...sealed }),
  assigned: staffName.nullable(),
};

export const openTalksJson = z.object({
  count: z.int(),
  skipped: z.int(),
  first: z.array(z.object(summary)),
});

export const staffTalkJson = z.object({
  ...summary,
  answers: z.object({ id, number: z.int(), content: bytes }).nullable(),
  canReach: z.boolean(),
  lines: z.array(
    z.object({
      id,
      at: instant,
      body: bytes.nullable(),
      file: z.string().nullable(),
      by: staffName.nullable(),
    }),
  ),
});

export type StaffTalkJson = z.infer<typeof staffTalkJson>;

export type OwnTalkJson = z.infer<typeof ownTalkJson>;
export type MarkedJson = z.infer<typeof markedJson>;
export type OpenTalksJson = z.infer<typeof openTalksJson>;
