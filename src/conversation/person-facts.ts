import type { Temporal } from 'temporal-polyfill';
import type { Role } from '../domain/group.ts';
import type { LoanPurpose } from '../domain/loan/request.ts';
import type { LoanTerms } from '../domain/loan/terms.ts';
import type { Money } from '../domain/money.ts';
import type { Language } from './message.ts';
import type { Movement } from './payment-facts.ts';
import type { PersonRecords } from './person-records.ts';

type At = { readonly at: Temporal.Instant };
type On = { readonly on: Temporal.PlainDate };

/** Everything that is kept of one member, in the clear. Of other people there is nothing in it but amounts. */
export type PersonFacts = {
  readonly member: {
    readonly id: string;
    readonly number: number;
    readonly name: string;
    readonly role: Role;
    readonly state: string;
    readonly language: Language;
    readonly joinedOn: Temporal.PlainDate;
    readonly leftOn: Temporal.PlainDate | null;
    readonly consentedAt: Temporal.Instant | null;
    readonly reminders: boolean;
    readonly reminderTime: Temporal.PlainTime | null;
    readonly reminderWeekday: number | null;
    readonly openNotices: boolean | null;
    readonly safeFrom: Temporal.PlainTime | null;
    readonly safeUntil: Temporal.PlainTime | null;
    readonly goal: Money | undefined;
    readonly goalWords: string | undefined;
    readonly createdAt: Temporal.Instant;
    /** No amounts in her chat. */
    readonly discreet: boolean;
    readonly hasPin: boolean;
  };
  readonly group: { readonly name: string; readonly timeZone: string };
  readonly programme: string;
  readonly addresses: readonly {
    readonly channel: string;
    readonly value: string;
    readonly since: Temporal.Instant;
  }[];
  readonly consents: readonly (At & {
    readonly topic: string;
    readonly given: boolean;
    readonly version: number;
  })[];
  readonly permissions: Readonly<Record<string, boolean>>;
  readonly movements: readonly Movement[];
  readonly payments: readonly (On & {
    readonly state: 'reported' | 'signed' | 'confirmed' | 'rejected' | 'expired' | 'reversed';
    readonly total: Money;
    readonly receipt: bigint | null;
  })[];
  readonly loans: readonly (On & { readonly state: string; readonly terms: LoanTerms })[];
  /** What she asked for herself; what officers asked for her is among the records. */
  readonly loanRequests: readonly (At & {
    readonly amount: Money;
    readonly purpose: LoanPurpose;
    readonly n: number;
    readonly state: string;
  })[];
  readonly fines: readonly (On & { readonly reason: string; readonly amount: Money })[];
  readonly moneyOut: readonly (On & {
    readonly kind: string;
    readonly amount: Money;
    readonly state: string;
  })[];
  readonly rounds: readonly (On & {
    readonly round: number;
    readonly amount: Money;
    readonly state: string;
  })[];
  readonly attendance: readonly (On & { readonly present: boolean })[];
  readonly votes: readonly (At & { readonly yes: boolean })[];
  readonly disputes: readonly (At & { readonly state: string })[];
  readonly lessons: readonly {
    readonly lessonId: string;
    readonly language: string;
    readonly voice: boolean;
    readonly enrolledAt: Temporal.Instant;
    readonly openedAt: Temporal.Instant | null;
    readonly finishedAt: Temporal.Instant | null;
    readonly answer: string | null;
    readonly isRight: boolean | null;
    readonly reviewRight: boolean | null;
    readonly did: boolean | null;
  }[];
  readonly lessonWishes: {
    readonly off: boolean;
    readonly hour: Temporal.PlainTime | null;
    readonly days: readonly string[];
    readonly language: string | null;
  } | null;
  /** What she and staff wrote to each other. */
  readonly lines: readonly (At & {
    readonly hers: boolean;
    readonly words: string;
    readonly file: boolean;
  })[];
  /** Words that she gave for draws. */
  readonly words: readonly (At & { readonly word: string })[];
  /** How many messages went to her, by day and kind; their words are not kept. */
  readonly messages: readonly {
    readonly day: Temporal.PlainDate;
    readonly kind: string;
    readonly count: number;
  }[];
  readonly requests: readonly (At & {
    readonly number: number;
    readonly kind: string;
    readonly state: string;
    readonly answerBy: Temporal.PlainDate;
    readonly closedAt: Temporal.Instant | null;
    /** Her name as she says it is written, until she has an answer. */
    readonly wanted: string | undefined;
  })[];
  /** Who looked at or changed something of hers: "staff", "job", "operator". */
  readonly looked: readonly (At & { readonly by: string; readonly action: string })[];
  readonly records: PersonRecords;
};

/** The same without what she learns in private and writes to staff. @param isOpen of a lesson: everybody may know of it */
export const withoutPrivate = (facts: PersonFacts, isOpen: (lessonId: string) => boolean): PersonFacts => ({
  ...facts,
  lessons: facts.lessons.filter(({ lessonId }) => isOpen(lessonId)),
  lines: [],
  // That she hides something is not for whoever opens the file.
  member: { ...facts.member, discreet: false, hasPin: false },
  // That somebody looked at a conversation says that there was one, and a PIN set anew that she has one.
  looked: facts.looked.filter(({ action }) => !action.startsWith('talk-') && action !== 'pin-reset'),
  records: {
    ...facts.records,
    words: facts.records.words.filter(({ kind }) => kind !== 'pin-reset'),
    files: [],
  },
});
