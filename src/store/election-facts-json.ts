import { z } from 'zod';
import { OFFICES } from '../domain/office.ts';
import { id, instant, officerJson } from './json-fields.ts';

/** What one of a group may know of its elections, as election_facts answers. */
export const electionJson = z.object({
  open: z
    .object({
      id,
      office: z.enum(OFFICES),
      by: id,
      state: z.enum(['open', 'accepted']),
      here: z.boolean(),
      candidate: officerJson,
      votes: z.array(z.object({ memberId: id, yes: z.boolean() })),
      cast: z.int(),
      hands: z.object({ yes: z.int(), no: z.int() }).nullable(),
    })
    .nullable(),
  holders: z.array(officerJson),
  endedAt: instant.nullable(),
});

export type ElectionJson = z.infer<typeof electionJson>;
