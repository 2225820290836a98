import { z } from 'zod';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** The questions of a session about lessons. */
export const lessonFlows = [
  z.object({ type: z.literal('lesson-question'), lessonId: z.string(), again: z.boolean() }),
  z.object({ type: z.literal('lesson-hour') }),
  z.object({ type: z.literal('record-voice'), lessonId: z.string(), language: z.string() }),
  z.object({
    type: z.literal('record-confirm'),
    lessonId: z.string(),
    language: z.string(),
    hash: sha256Hex,
    seconds: z.int(),
  }),
  z.object({
    type: z.literal('approve-confirm'),
    lessonId: z.string(),
    language: z.string(),
    textHash: sha256Hex,
  }),
] as const;
