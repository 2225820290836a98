import { z } from 'zod';
import { RIGHTS } from '../domain/rights.ts';
import {
  bytes,
  clock,
  date,
  id,
  instant,
  language,
  officerJson,
  reach,
  role,
  sealed,
} from './json-fields.ts';

// What the database answers about rights: own_rights, waiting_erasures, open_requests.

const groupName = z.object({ id, ...sealed });

export const ownRightsJson = z.object({
  programme: z.string(),
  permissions: z.record(z.string(), z.boolean()),
  lessonsOff: z.boolean(),
  openNotices: z.boolean(),
  safeHours: z.object({ from: clock, until: clock }).nullable(),
  files: z.array(z.string()),
});

export const erasuresJson = z.array(
  z.object({ id, until: instant, number: z.int(), language, timeZone: z.string(), group: groupName }),
);

export const openRequestsJson = z.array(
  z.object({
    id,
    number: z.int(),
    kind: z.enum(RIGHTS),
    state: z.enum(['open', 'accepted']),
    due: date,
    groupId: id,
    memberId: id,
    memberNumber: z.int(),
    memberName: bytes,
    key: bytes.nullable(),
    name: bytes.nullable(),
    role,
    language,
    reach,
    officers: z.array(officerJson).nullable(),
    others: z.array(groupName).nullable(),
    group: groupName,
  }),
);

export type OwnRightsJson = z.infer<typeof ownRightsJson>;
export type ErasuresJson = z.infer<typeof erasuresJson>;
export type OpenRequestsJson = z.infer<typeof openRequestsJson>;
