import { z } from 'zod';
import { SAFE_TIMES } from '../domain/safe-time.ts';
import { bytes, clock, id, instant, language, reach, role, sealed } from './json-fields.ts';

// What the database answers with about women in danger and those who are trained for them.

const people = z.array(
  z.object({
    id,
    ...sealed,
    language,
    days: z.array(z.int().min(1).max(7)),
    from: clock.nullable(),
    to: clock.nullable(),
    reach,
  }),
);

const staffName = z.object({ id, ...sealed });
const lines = z.array(z.object({ id, at: instant, body: bytes, by: staffName.nullable() }));
const state = z.enum(['open', 'closed']);

export const ownDangerJson = z.object({
  people,
  timeZone: z.string(),
  last: z.object({ id, state, assignedTo: id.nullable(), lines }).nullable(),
});

const summary = {
  id,
  state,
  askedAt: instant,
  safe: z.enum(SAFE_TIMES),
  safeFrom: instant.nullable(),
  timeZone: z.string(),
  assigned: staffName.nullable(),
};

export const openDangersJson = z.object({ count: z.int(), first: z.array(z.object(summary)) });

export const staffDangerJson = z.object({
  ...summary,
  groupId: id,
  group: z.object({ id, ...sealed }),
  member: z.object({ id, name: bytes, key: bytes, role, language, reach }),
  stopped: z.boolean(),
  lines,
});

export const waitingDangersJson = z.array(
  z.object({
    id,
    groupId: id,
    askedAt: instant,
    reminders: z.int(),
    remindedAt: instant.nullable(),
    timeZone: z.string(),
    people,
  }),
);

export type OwnDangerJson = z.infer<typeof ownDangerJson>;
export type OpenDangersJson = z.infer<typeof openDangersJson>;
export type StaffDangerJson = z.infer<typeof staffDangerJson>;
export type WaitingDangersJson = z.infer<typeof waitingDangersJson>;
