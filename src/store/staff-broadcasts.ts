import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { BroadcastFacts, BroadcastPlaces, StaffBroadcasts } from '../conversation/broadcast-facts.ts';
import { asId, type BroadcastId, type GroupId, type StaffId } from '../domain/ids.ts';
import { audienceJson } from './audience-json.ts';
import { openContent } from './broadcast-words.ts';
import { openName } from './facts.ts';
import { bytes, id, instant, language, sealed } from './json-fields.ts';
import type { Secrets } from './secrets.ts';

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

const broadcastJson = z.object({
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
});

const previewJson = z.object({
  people: z.int(),
  reached: z.int(),
  ways: z.array(
    z.object({ channel: z.string(), language, timeZone: z.string(), isOpen: z.boolean(), messages: z.int() }),
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

type Json = z.infer<typeof staffBroadcastsJson>;

export const staffBroadcastsOf = (secrets: Secrets, json: Json): StaffBroadcasts => ({
  places: json.places && placesOf(secrets, json.places),
  preview: json.preview && {
    ...json.preview,
    samples: json.preview.samples.map((sample) => ({
      name: openName(secrets, 'member', sample),
      group: openName(secrets, 'savings_group', sample.group),
    })),
  },
  sent: json.broadcasts?.map((one) => factsOf(secrets, one)),
  saved: json.saved?.map((one) => factsOf(secrets, one)),
  one: json.broadcast === null ? 'none' : json.broadcast && factsOf(secrets, json.broadcast),
});

const placesOf = (secrets: Secrets, rows: NonNullable<Json['places']>): BroadcastPlaces => ({
  groups: rows.map((row) => ({ id: asId<GroupId>(row.id), name: openName(secrets, 'savings_group', row) })),
  municipalities: [...new Set(rows.flatMap(({ municipality }) => municipality ?? []))],
  timeZones: [...new Set(rows.map(({ timeZone }) => timeZone))],
});

const factsOf = (secrets: Secrets, json: z.infer<typeof broadcastJson>): BroadcastFacts => {
  const { content, atLocal, author, ...rest } = json;
  return {
    ...rest,
    id: asId<BroadcastId>(json.id),
    content: openContent(secrets, json.id, content),
    at: atLocal,
    author: { id: asId<StaffId>(author.id), name: openName(secrets, 'staff', author) },
  };
};
