import type { z } from 'zod';
import type { BroadcastFacts, BroadcastPlaces, StaffBroadcasts } from '../conversation/broadcast-facts.ts';
import { asId, type BroadcastId, type GroupId, type StaffId } from '../domain/ids.ts';
import { openContent } from './broadcast-words.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';
import type { broadcastJson, staffBroadcastsJson } from './staff-broadcasts-json.ts';

type Json = z.infer<typeof staffBroadcastsJson>;

export const staffBroadcastsOf = (secrets: Secrets, json: Json): StaffBroadcasts => ({
  places: json.places && placesOf(secrets, json.places),
  preview: json.preview && {
    ...json.preview,
    excepted: json.preview.excepted ?? undefined,
    samples: json.preview.samples.map((sample) => ({
      id: sample.id,
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
