import { z } from 'zod';
import { SIGNATURES } from '../conversation/group-facts.ts';
import { ENTRY_KINDS } from '../domain/ledger/entry.ts';
import { OUT_KINDS } from '../domain/money-out.ts';
import { NOTICE_VERSION } from '../domain/rights.ts';
import { constitutionSchema } from './constitution.ts';
import { openDangersJson, ownDangerJson, staffDangerJson } from './danger-json.ts';
import { drawJson } from './draws-json.ts';
import { electionJson } from './election-facts-json.ts';
import {
  closingJson,
  coverDisputesJson,
  coversJson,
  givenJson,
  meetingWorkJson,
  openingJson,
  outJson,
  receiptJson,
  requestJson,
  secondWordJson,
  summaryJson,
} from './extra-json.ts';
import {
  bytes,
  clock,
  currency,
  date,
  digits,
  id,
  instant,
  language,
  officerJson,
  parts,
  reach,
  sealed,
  state,
} from './json-fields.ts';
import { funnelsJson, lessonsJson, staffLessonsJson } from './lesson-facts.ts';
import { memberJson } from './member-json.ts';
import { oddJson } from './odd.ts';
import { boxMovesJson, meetingJson } from './open-meeting-json.ts';
import { pinJson } from './pin-json.ts';
import { erasuresJson, openRequestsJson, ownRightsJson } from './rights-facts-json.ts';
import { staffBroadcastsJson } from './staff-broadcasts-json.ts';
import { markedJson, openTalksJson, ownTalkJson, staffTalkJson } from './staff-talk-json.ts';
import { staffTelephonesJson } from './staff-telephones-json.ts';
import { endedTandaJson, tandaJson } from './tanda-facts.ts';
import { groupTelephonesJson } from './telephones-json.ts';

// The shapes that load_snapshot answers with.

export const groupJson = z.object({
  id,
  programmeId: id,
  ...sealed,
  language,
  currency,
  timeZone: z.string(),
  weekday: z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']),
  time: clock,
  place: bytes.nullable(),
  state: z.string().nullable(),
  municipality: z.string().nullable(),
  safeWord: z.string().nullable(),
  reminders: z.boolean(),
  reminderTime: clock,
  reminderWeekday: z.int().nullable(),
  rulesVersion: z.int(),
  constitution: constitutionSchema,
  seq: digits,
  head: z.string(),
  frozen: z.boolean(),
  cash: z.record(z.string(), digits),
  savedByAll: digits,
  members: z.int(),
  lender: z.object({ put: digits, returned: digits, earned: digits }).nullish(),
  signatures: z.array(z.object({ id, number: z.int(), ...sealed, state: z.enum(SIGNATURES) })),
  underway: z.array(
    z.object({
      id,
      kind: z.enum(['loan', ...OUT_KINDS]),
      member: id.nullable(),
      amount: digits,
      by: id,
      words: bytes.nullable(),
    }),
  ),
  tanda: tandaJson.nullish(),
});

export const companyJson = z.object({
  officers: z.array(officerJson),
  staff: z.array(z.object({ id, ...sealed, language, reach })),
});

const waitingJson = z.object({
  id,
  memberId: id,
  ...parts,
  state: z.enum(['reported', 'signed']),
  meetingOn: date,
  batch: id,
  reportedBy: id,
  firstSigner: id.nullable(),
});

export const movementJson = z.object({
  seq: digits,
  on: date,
  kind: z.enum(ENTRY_KINDS),
  account: z.enum(['savings', 'loan', 'cover', 'covered', 'turn', 'payout', 'savings-earned']),
  delta: digits,
});

const inviteJson = z.object({
  id,
  groupId: id,
  memberId: id.nullable(),
  usesLeft: z.int(),
  expiresAt: instant,
  group: z.object({ ...sealed, language }),
  member: z
    .object({ ...sealed, state, linked: z.boolean(), takenBack: z.boolean(), signs: z.boolean() })
    .nullable(),
  roster: z.array(z.object({ id, number: z.int(), ...sealed, state })).nullable(),
  officers: z.array(officerJson),
  recovers: z
    .object({
      member: officerJson,
      held: z.boolean(),
      contested: z.boolean(),
      staff: companyJson.shape.staff,
    })
    .nullable(),
});

const addressJson = z.object({
  id,
  language: language.nullable(),
  session: bytes.nullable(),
  asked: bytes.nullable(),
  askedAt: instant.nullable(),
  many: z.boolean(),
  version: z.string(),
  consentedAt: z.string().nullable(),
  stoppedAt: z.string().nullable(),
  wrongCodes: z.int(),
  wrongCodeAt: instant.nullable(),
  byAlias: z.boolean(),
  invited: z.boolean(),
  contradicted: z.boolean(),
  doubt: z.enum(['new', 'known', 'paused']).nullable(),
  recovering: z.boolean(),
  erasures: erasuresJson.nullish(),
  key: bytes.nullable(),
});

const seatJson = z.object({
  groupId: id,
  memberId: id,
  group: z.object(sealed),
  member: z.object(sealed),
});

const deskJson = z.object({
  roster: z.array(memberJson),
  pending: z.array(officerJson.omit({ role: true }).extend({ known: z.boolean() })),
  waiting: z.array(waitingJson),
  closedPins: z.array(id),
});

export const snapshotJson = z.object({
  seen: z.boolean(),
  /** She, her group or its programme asks too much: she is to hear so, or has heard it. Nothing else is known then. */
  limited: z.enum(['tell', 'silent']).optional(),
  invite: inviteJson.nullish(),
  /** So many codes were guessed in vain that none is looked up now of whoever had one wrong; known of strangers, and of whoever gives a code. */
  codesPaused: z.boolean().optional(),
  address: addressJson.optional(),
  /** Only of an address with more than one. */
  seats: z.array(seatJson).optional(),
  staff: z
    .object({
      id,
      role: z.enum(['staff', 'safeguarding']),
      language,
      ...sealed,
      programmeId: id,
      programme: z.string(),
      timeZone: z.string().nullable(),
    })
    .optional(),
  summary: z.array(summaryJson).optional(),
  talksWaiting: z.int().default(0),
  openTalks: openTalksJson.optional(),
  talk: staffTalkJson.nullish(),
  ownTalk: ownTalkJson.optional(),
  ownDanger: ownDangerJson.optional(),
  openDangers: openDangersJson.optional(),
  danger: staffDangerJson.nullish(),
  pin: pinJson.optional(),
  waits: z.array(z.string()).optional(),
  noticeSeen: z.int().default(NOTICE_VERSION),
  ownRights: ownRightsJson.optional(),
  openRequests: openRequestsJson.optional(),
  odd: oddJson.optional(),
  telephones: staffTelephonesJson.optional(),
  marked: markedJson.nullish(),
  staffLessons: staffLessonsJson.optional(),
  funnels: funnelsJson.optional(),
  staffBroadcasts: staffBroadcastsJson.default({}),
  staffAll: companyJson.shape.staff.optional(),
  me: memberJson.optional(),
  group: groupJson.optional(),
  company: companyJson.optional(),
  desk: deskJson.nullish(),
  movements: z.array(movementJson).optional(),
  receipts: z.array(receiptJson).optional(),
  given: givenJson.optional(),
  lists: z.array(receiptJson).optional(),
  payment: receiptJson.nullish(),
  disputes: z.array(z.object({ id, memberId: id, payment: receiptJson })).optional(),
  coverDisputes: coverDisputesJson.optional(),
  recoveries: groupTelephonesJson.optional(),
  election: electionJson.optional(),
  requests: z.array(requestJson).optional(),
  voters: z.array(officerJson).optional(),
  meeting: meetingJson.nullish(),
  meetingWork: meetingWorkJson.nullish(),
  lastClosed: date.nullish(),
  counted: date.nullish(),
  boxMoves: boxMovesJson.optional(),
  closing: closingJson.optional(),
  covers: coversJson.optional(),
  outs: z.array(outJson).optional(),
  opening: openingJson.optional(),
  endedTanda: endedTandaJson.nullish(),
  seconds: z.array(secondWordJson).optional(),
  draw: drawJson.nullish(),
  lessons: lessonsJson.optional(),
});

export type SnapshotJson = z.infer<typeof snapshotJson>;
export type GroupJson = z.infer<typeof groupJson>;
export type CompanyJson = z.infer<typeof companyJson>;
export type DeskJson = z.infer<typeof deskJson>;
export type MovementJson = z.infer<typeof movementJson>;
export type ReceiptJson = z.infer<typeof receiptJson>;
export type InviteJson = z.infer<typeof inviteJson>;
