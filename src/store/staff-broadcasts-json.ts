import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { audienceJson } from './audience-json.ts';
import { bytes, id, instant, language, sealed } from './json-fields.ts';

const byReason = z.record(z.string(), z.int());

export const countsJson = z.object({
  all: z.int(),
  sent: z.int(),
  delivered: z.int(),
  read: z.int(),
  held: z.int(),
  waiting: z.int(),
  failed: z.int(),
  skipped: z.int(),
  reasons: byReason,
});

export const broadcastJson = z.object({
  id,
  number: z.int(),
  state: z.enum(['saved', 'waiting', 'ready', 'sending', 'done', 'cancelled']),
  content: bytes,
  audience: audienceJson,
  people: z.int(),
  atLocal: z
    .string()
    .nullable()
    .transform((text) => (text === null ? undefined : Temporal.PlainDateTime.from(text))),
  createdAt: instant,
  author: z.object({ id, ...sealed }),
  counts: countsJson,
  answered: z.int(),
});

const previewJson = z.object({
  people: z.int(),
  excepted: z.int().nullable(),
  reached: z.int(),
  ways: z.array(
    z.object({
      channel: z.string(),
      language,
      timeZone: z.string(),
      isOpen: z.boolean(),
      isClosed: z.boolean(),
      messages: z.int(),
    }),
  ),
  left: byReason,
  samples: z.array(z.object({ id, ...sealed, group: z.object({ id, ...sealed }) })),
});

export const staffBroadcastsJson = z.object({
  places: z
    .array(z.object({ id, ...sealed, municipality: z.string().nullable(), timeZone: z.string() }))
    .optional(),
  preview: previewJson.optional(),
  broadcasts: z.array(broadcastJson).optional(),
  saved: z.array(broadcastJson).optional(),
  broadcast: broadcastJson.nullish(),
});
