import { z } from 'zod';
import { HANDS_ABOUT } from '../conversation/second-word.ts';
import { POTS } from '../domain/ledger/account.ts';
import { LOAN_PURPOSES } from '../domain/loan/request.ts';
import { OUT_KINDS } from '../domain/money-out.ts';
import { bytes, currency, date, digits, id, instant, officerJson, parts, sealed } from './json-fields.ts';
import { loanTermsSchema } from './loan-terms.ts';
import { memberJson } from './member-json.ts';
import type { meetingJson } from './open-meeting-json.ts';

// The shapes of the facts that only some dialogues ask for.

const vote = z.object({ memberId: id, yes: z.boolean() });
const hands = z.object({ yes: z.int(), no: z.int() }).nullable();

export const requestJson = z.object({
  id,
  memberId: id,
  amount: digits,
  purpose: z.enum(LOAN_PURPOSES),
  n: z.int(),
  state: z.enum(['asked', 'approved', 'handed']),
  askedBy: id.nullable(),
  decidedBy: id.nullable(),
  handedBy: id.nullable(),
  terms: loanTermsSchema.nullable(),
  heldOn: date.nullable(),
  votes: z.array(vote),
  hands,
  borrower: officerJson,
});

export const closingJson = z.object({
  cycleId: id,
  proposedBy: id.nullable(),
  fines: digits,
  earnings: digits,
  covered: digits,
  members: z.array(
    z.object({ id, saved: digits, coverOwed: digits, coveredOwed: digits, isWaited: z.boolean() }),
  ),
  interest: z.array(z.object({ loanId: id, memberId: id, minor: digits })),
  lateFees: z.array(z.object({ loanId: id, minor: digits })),
  outsideCapital: digits,
  losses: z.array(z.object({ loanId: id, memberId: id, votes: z.array(vote), hands })),
});

/** No member: the savings pot. */
const share = { member: id.nullable(), amount: digits };

export const coversJson = z.object({
  all: z.array(
    z.object({
      id,
      debtor: id,
      gap: digits,
      state: z.enum(['proposed', 'booked']),
      proposedBy: id,
      votes: z.array(vote),
      hands,
      shares: z.array(z.object(share)),
      booked: z
        .object({
          entry: id,
          receipt: digits,
          closed: z.boolean(),
          postings: z.array(z.object({ debit: z.string(), credit: z.string(), amount: digits })),
          balances: z.record(z.string(), digits),
        })
        .nullable(),
    }),
  ),
  refunds: z.array(
    z.object({
      debtor: id,
      ...share,
      entry: id,
      receipt: digits,
      kind: z.enum(['refund', 'write-off']),
      closed: z.boolean(),
    }),
  ),
  former: z.array(z.object({ id, number: z.int(), ...sealed })),
});

/** What a member gave for others, as receipts of hers. */
export const givenJson = z.array(
  z.object({
    cover: id,
    receipt: digits,
    amount: digits,
    debtor: z.object({ id, number: z.int(), ...sealed }),
    objection: id.nullable(),
    closed: z.boolean(),
  }),
);

export const coverDisputesJson = z.array(
  z.object({ id, member: id, cover: id, debtor: id, receipt: digits, amount: digits }),
);

export const outJson = z.object({
  id,
  kind: z.enum(OUT_KINDS),
  amount: digits,
  state: z.enum(['proposed', 'seconded']),
  by: id,
  words: bytes.nullable(),
  heldOn: date.nullable(),
  member: memberJson.nullable(),
});

export const meetingWorkJson = z.object({
  rolled: z.boolean(),
  absent: z.array(id),
  loans: z.int(),
  expenses: z.array(z.object({ id, amount: digits, words: bytes.nullable() })),
});

export const openingJson = z.object({
  on: date,
  saved: digits,
  lent: digits,
  boxes: z.record(z.enum(POTS), digits),
});

export const receiptJson = z.object({
  id,
  memberId: id,
  ...parts,
  state: z.enum(['reported', 'signed', 'confirmed', 'rejected', 'expired', 'reversed']),
  meetingOn: date,
  nth: z.int(),
  batch: id,
  decidedBy: id.nullable(),
  entryId: id.nullable(),
  receipt: digits.nullable(),
  occurredOn: date.nullable(),
  decidedAt: instant.nullable(),
  postings: z.array(z.object({ debit: z.string(), credit: z.string(), amount: digits })),
  balances: z.record(z.string(), digits),
  closed: z.boolean(),
  told: z.boolean(),
  disputed: z.boolean(),
});

/** A change that waits for a second officer. */
const asked = {
  id,
  by: id,
  toStaff: z.boolean(),
  payments: z.array(receiptJson),
  votes: z.array(vote),
  hands,
};
export const secondWordJson = z.discriminatedUnion('kind', [
  z.object({ ...asked, kind: z.literal('undo') }),
  z.object({ ...asked, kind: z.literal('correction'), parts: z.object(parts).nullable() }),
  z.object({ ...asked, kind: z.literal('fine-off'), member: id, amount: digits }),
  z.object({ ...asked, kind: z.literal('tanda-stop') }),
  z.object({ ...asked, kind: z.enum(['pin-reset', 'suspend', 'let-back', 'new-phone']), member: id }),
  z.object({ ...asked, kind: z.literal('reopen'), meetingOn: date }),
  z.object({
    ...asked,
    kind: z.literal('hands'),
    member: id,
    subject: z.object({ about: z.enum(HANDS_ABOUT), id, yes: z.int(), no: z.int() }),
  }),
  z.object({ ...asked, kind: z.literal('forgive'), member: id, amount: digits }),
  z.object({ ...asked, kind: z.literal('refund'), member: id, amount: digits }),
  z.object({ ...asked, kind: z.enum(['refund-off', 'cover-off']), member: id, amount: digits, entry: id }),
]);

/** What staff see of one group. */
export const summaryJson = z.object({
  id,
  ...sealed,
  currency,
  members: z.int(),
  linked: z.int(),
  saved: digits,
  lent: digits,
  waiting: z.int(),
  disputes: z.int(),
});

export type MeetingJson = z.infer<typeof meetingJson>;
export type CoversJson = z.infer<typeof coversJson>;
export type GivenJson = z.infer<typeof givenJson>;
export type CoverDisputesJson = z.infer<typeof coverDisputesJson>;
export type SecondWordJson = z.infer<typeof secondWordJson>;
