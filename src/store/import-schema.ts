// The form of a programme file: what each field may hold. How fields fit together is checked by app/programme-file.

import { z } from 'zod';
import { isTimeZone, WEEKDAYS } from '../domain/calendar.ts';
import { constitutionSchema } from './constitution.ts';
import { duty, safeWord } from './import-danger.ts';
import {
  amount,
  clock,
  date,
  difference,
  languageTag,
  notices,
  personName,
  phone,
  placeText,
  safeHours,
  says,
  telegramId,
  title,
} from './import-fields.ts';
import { runningTanda } from './import-tanda.ts';
import { newConstitutionSchema } from './rules-checks.ts';

const GROUPS_MAX = 2_000;
const STAFF_MAX = 500;
/** The largest group of the field has some forty; its opening must fit one entry of 200 postings. */
const MEMBERS_MAX = 99;
const MEMBER_NUMBER_MAX = 999;
const SHARES_MAX = 100_000;
const LOANS_MAX = 5;
const LANGUAGES_MAX = 20;

/** Ways to reach her, by channel. `phone` is only an alias: nothing is sent to it. */
const addresses = z
  .object({ telegram: telegramId.optional(), whatsapp: phone.optional(), phone: phone.optional() })
  .prefault({});

const language = z.enum(['es', 'en']);

const agreed = constitutionSchema.shape;
const loanAgreed = agreed.loans.unwrap().shape;

/**
 * A loan that runs already. Its terms are those of the constitution but for what is written here. `repaid` is all she
 * has paid of it so far; `repaidInterest` the part of it that was interest, when that is known.
 */
const openingLoan = z.object({
  principal: amount.refine((minor) => minor > 0n, says('is zero', 'leave the loan out, or write its amount')),
  disbursed: date,
  repaid: amount.default(0n),
  repaidInterest: amount.optional(),
  interest: loanAgreed.interest.optional(),
  ratePct: loanAgreed.ratePct.optional(),
  ratePer: loanAgreed.ratePer.optional(),
  every: loanAgreed.every.optional(),
  n: loanAgreed.n.optional(),
  rounding: agreed.rounding.unwrap().optional(),
  cashUnit: agreed.cashUnit.unwrap().optional(),
});

const weekday = z.enum(WEEKDAYS);

/** What she allows beyond her book; what is not said was never asked. `notice`: her word on the notice she was shown last. */
const permissions = z
  .object({
    lessons: z.boolean().optional(),
    reminders: z.boolean().optional(),
    staff: z.boolean().optional(),
    notice: z.boolean().optional(),
  })
  .prefault({});

const opening = z
  .object({
    savings: amount.optional(),
    shares: z.int().min(0).max(SHARES_MAX).optional(),
    loan: openingLoan.optional(),
    /** In place of `loan` when she has several. */
    loans: z.array(openingLoan).max(LOANS_MAX).optional(),
  })
  .prefault({});

/** One member as a programme file has her. */
export const memberSchema = z.object({
  number: z.int().min(1).max(MEMBER_NUMBER_MAX),
  name: personName,
  role: z.enum(['member', 'leader', 'treasurer', 'secretary']).default('member'),
  language: language.optional(),
  /** Only for a member who no longer takes part but is in the book. */
  state: z.enum(['suspended', 'left']).optional(),
  addresses,
  /** The day she said yes to the privacy notice. */
  consented: date.optional(),
  /** Whether she is reminded, and on a day or at an hour of her own; else as the group. */
  reminders: z.boolean().default(true),
  reminderTime: clock.optional(),
  reminderWeekday: weekday.optional(),
  /** She is told no amounts in the chat. */
  discreet: z.boolean().default(false),
  /** Her own word on what comes unasked; else as the programme. */
  notices: notices.optional(),
  /** The hours in which she is written to unasked; else any. */
  safeHours: safeHours.optional(),
  permissions,
  opening,
});

const countedBox = z.object({
  loanFund: amount.nullish(),
  savingsPot: amount.nullish(),
  socialFund: amount.nullish(),
  signedBy: z.array(z.int()),
  /** Whether the two are asked in the chat, or have signed on paper: then nobody asks them. */
  signed: z.enum(['chat', 'paper']).default('chat'),
});

const groupSchema = z.object({
  name: title,
  place: z.object({ municipality: placeText.optional(), state: placeText.optional() }).prefault({}),
  timeZone: z
    .string()
    .refine(isTimeZone, says('is not a time zone', 'write its IANA name, such as "America/Tijuana"')),
  language: language.optional(),
  meeting: z.object({
    weekday,
    time: clock,
    place: placeText.optional(),
  }),
  /** Whether its members are reminded, at which hour, and on which day; without a day, the day before the meeting. */
  reminders: z.boolean().default(true),
  reminderTime: clock.default('18:00'),
  reminderWeekday: weekday.optional(),
  /** Whether who owes hears once more, the day after the meeting. */
  lateReminders: z.boolean().default(false),
  /** Whether officers hear each week how the book stands, with its check code. */
  digest: z.boolean().default(true),
  constitution: newConstitutionSchema,
  cycle: z.object({ starts: date, ends: date }),
  members: z.array(memberSchema).min(1).max(MEMBERS_MAX),
  countedBox: countedBox.optional(),
  /** What the group had earned before this book: interest and fines not yet shared out, less what was spent. */
  earnings: difference.default(0n),
  /** What an organisation put in for loans and has not had back; when left out, what the book needs it to be. */
  outsideCapital: amount.optional(),
  /** Only of a tanda that runs already. */
  tanda: runningTanda.optional(),
});

const staffSchema = z
  .object({
    name: personName,
    role: z.enum(['staff', 'safeguarding']),
    language: language.optional(),
    addresses,
    duty: duty.optional(),
  })
  .refine(({ role, duty: hours }) => role === 'safeguarding' || !hours, {
    ...says('is of somebody who is not trained for it', 'write "role": "safeguarding", or leave "duty" out'),
    path: ['duty'],
  });

/** `drafts`: lessons that no person has approved go out too, marked. `languages`: in which its members may have them. */
const lessons = z
  .object({
    drafts: z.boolean().default(false),
    languages: z.array(languageTag).min(1).max(LANGUAGES_MAX).default(['es', 'en']),
  })
  .prefault({});

/** Whether a member sets a PIN before what is hers is shown in the chat, or as she likes. */
const pin = z.enum(['optional', 'required']).default('optional');

/** Fields may be added; none of these may be renamed. */
export const programmeFileSchema = z.object({
  programme: z.object({
    name: title,
    language,
    currency: z.enum(['MXN', 'USD']),
    pin,
    safeWord: safeWord.optional(),
    notices: notices.default('closed'),
    lessons,
  }),
  staff: z.array(staffSchema).max(STAFF_MAX).default([]),
  groups: z.array(groupSchema).min(1).max(GROUPS_MAX),
});

/** A programme file as it is written. */
export type ProgrammeDocument = z.input<typeof programmeFileSchema>;
export type GroupDocument = ProgrammeDocument['groups'][number];
export type MemberDocument = GroupDocument['members'][number];
export type LoanDocument = z.input<typeof openingLoan>;

/** A programme file that was read: amounts in minor units, dates as dates, names and numbers in their one form. */
export type ProgrammeForm = z.output<typeof programmeFileSchema>;
export type GroupForm = ProgrammeForm['groups'][number];
export type MemberForm = z.output<typeof memberSchema>;
export type LoanForm = z.output<typeof openingLoan>;
