import { z } from 'zod';
import { bytes, clock, date, digits, id, language, reach, role, sealed, state } from './json-fields.ts';
import { loanTermsSchema } from './loan-terms.ts';

// The shape of what the book knows of one member, as member_facts answers.

const loan = z.object({
  id,
  terms: loanTermsSchema,
  before: digits,
  principal: digits,
  interest: digits,
  repaid: z.array(z.object({ on: date, plans: z.int(), principal: digits, interest: digits, fee: digits })),
  plans: z.array(z.object({ on: date, n: z.int(), firstDue: date })),
  proposed: z.object({ id, n: z.int(), firstDue: date, by: id }).nullable(),
});

const given = z.object({
  meetingOn: date,
  savings: digits,
  social: digits,
  loan: digits,
  receipt: digits,
  nth: z.int(),
});

export const memberJson = z.object({
  id,
  number: z.int(),
  ...sealed,
  role,
  state,
  takenBack: z.boolean(),
  language: language.nullable(),
  reminders: z.boolean(),
  reminderTime: clock.nullable(),
  reminderWeekday: z.int().nullable(),
  reach,
  saved: digits,
  coverOwed: digits.nullable(),
  coverDue: digits.nullable(),
  goal: digits.nullable(),
  goalWords: bytes.nullable(),
  loans: z.array(loan),
  fined: digits,
  recent: z.array(given),
});

export type MemberJson = z.infer<typeof memberJson>;
