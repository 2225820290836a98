import { z } from 'zod';
import type { OutgoingMessage } from '../conversation/message.ts';

const language = z.enum(['es', 'en']);
export const outgoing = z.object({
  text: z.string(),
  choices: z.array(z.object({ label: z.string(), payload: z.string() })),
  attachment: z
    .union([
      z.object({
        paper: z.enum(['passbook', 'report', 'sheet', 'certificate', 'notice', 'data', 'data-all']),
        form: z.enum(['image', 'pdf']),
        groupId: z.string(),
        language,
        memberId: z.string().exactOptional(),
      }),
      z.object({ type: z.literal('media'), hash: z.string().regex(/^[0-9a-f]{64}$/u), language }),
    ])
    .exactOptional(),
  template: z.object({ key: z.string(), language, values: z.array(z.string()) }).exactOptional(),
  erase: z.literal(true).exactOptional(),
  edits: z.uuid().exactOptional(),
  hers: z.string().max(256).exactOptional(),
  columns: z.int().min(1).max(8).exactOptional(),
});

/** A message as it was sealed. */
export const messageOf = (json: string): OutgoingMessage => outgoing.parse(JSON.parse(json));
