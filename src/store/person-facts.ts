import type { Pool } from 'pg';
import { z } from 'zod';
import type { PersonFacts } from '../conversation/person-facts.ts';
import { type Currency, money } from '../domain/money.ts';
import { wordPlace } from './draws-json.ts';
import { movementFacts } from './extra-facts.ts';
import { bytes, clock, currency, date, digits, id, instant, language, role, sealed } from './json-fields.ts';
import { loanTermsSchema, restoreTerms } from './loan-terms.ts';
import { goalPlace } from './member-facts.ts';
import { openName } from './open-name.ts';
import { personRecords, recordsJson, requestsJson } from './person-records.ts';
import type { Secrets } from './secrets.ts';
import { movementJson } from './snapshot-json.ts';
import { linePlace } from './talks-json.ts';

const personJson = z.object({
  member: z.object({
    id,
    number: z.int(),
    ...sealed,
    role,
    state: z.string(),
    language: language.nullable(),
    joinedOn: date,
    leftOn: date.nullable(),
    consentedAt: instant.nullable(),
    reminders: z.boolean(),
    reminderTime: clock.nullable(),
    reminderWeekday: z.int().nullable(),
    openNotices: z.boolean().nullable(),
    safeFrom: clock.nullable(),
    safeUntil: clock.nullable(),
    goal: digits.nullable(),
    goalWords: bytes.nullable(),
    createdAt: instant,
    discreet: z.boolean(),
    hasPin: z.boolean(),
  }),
  group: z.object({ id, ...sealed, currency, language, timeZone: z.string() }),
  programme: z.string(),
  addresses: z.array(
    z.object({ id, channel: z.string(), value: bytes, key: bytes.nullable(), since: instant }),
  ),
  consents: z.array(z.object({ topic: z.string(), given: z.boolean(), version: z.int(), at: instant })),
  permissions: z.record(z.string(), z.boolean()),
  movements: z.array(movementJson),
  payments: z.array(
    z.object({
      on: date,
      state: z.enum(['reported', 'signed', 'confirmed', 'rejected', 'expired', 'reversed']),
      savings: digits,
      loan: digits,
      fine: digits,
      social: digits,
      turn: digits,
      receipt: digits.nullable(),
    }),
  ),
  loans: z.array(z.object({ on: date, state: z.string(), terms: loanTermsSchema })),
  loanRequests: z.array(
    z.object({
      at: instant,
      amount: digits,
      purpose: z.enum(['business', 'health', 'school', 'home', 'other']),
      n: z.int(),
      state: z.string(),
    }),
  ),
  fines: z.array(z.object({ on: date, reason: z.string(), amount: digits })),
  moneyOut: z.array(z.object({ on: date, kind: z.string(), amount: digits, state: z.string() })),
  rounds: z.array(z.object({ round: z.int(), on: date, amount: digits, state: z.string() })),
  attendance: z.array(z.object({ on: date, present: z.boolean() })),
  votes: z.array(z.object({ at: instant, yes: z.boolean() })),
  disputes: z.array(z.object({ at: instant, state: z.string() })),
  lessons: z.array(
    z.object({
      lessonId: z.string(),
      language: z.string(),
      voice: z.boolean(),
      enrolledAt: instant,
      openedAt: instant.nullable(),
      finishedAt: instant.nullable(),
      answer: z.string().nullable(),
      isRight: z.boolean().nullable(),
      reviewRight: z.boolean().nullable(),
      did: z.boolean().nullable(),
    }),
  ),
  lessonWishes: z
    .object({
      off: z.boolean(),
      hour: clock.nullable(),
      days: z.array(z.string()),
      language: z.string().nullable(),
    })
    .nullable(),
  lines: z.array(z.object({ id, at: instant, hers: z.boolean(), body: bytes.nullable(), file: z.boolean() })),
  words: z.array(z.object({ draw: id, number: z.int(), at: instant, word: bytes })),
  messages: z.array(z.object({ day: date, kind: z.string(), count: z.int() })),
  requests: requestsJson,
  looked: z.array(z.object({ at: instant, by: z.string(), action: z.string() })),
  records: recordsJson,
});

type PersonJson = z.infer<typeof personJson>;

/**
 * Everything that is kept of one member, in the clear; undefined when there is no such member. Of other people nothing is in
 * it: amounts, and "staff" for whoever of them it was.
 */
export const personFacts = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  of: { readonly groupId: string; readonly memberId: string },
): Promise<PersonFacts | undefined> => {
  const { rows } = await pool.query<{ facts: unknown }>('select person_facts($1, $2) as facts', [
    of.groupId,
    of.memberId,
  ]);
  const facts = rows[0]?.facts;
  return facts === null || facts === undefined ? undefined : opened(secrets, personJson.parse(facts));
};

const opened = (secrets: Secrets, json: PersonJson): PersonFacts => {
  const { member, group, addresses, lines, words, loans, payments, requests, ...rest } = json;
  const { key, name: _, goal, goalWords, ...own } = member;
  const unwrapped = key === null ? undefined : secrets.unwrap(key);
  const inGroup = (minor: bigint) => money(minor, group.currency);
  return {
    ...rest,
    ...moneyOf(json, group.currency),
    member: {
      ...own,
      language: member.language ?? group.language,
      name: openName(secrets, 'member', member),
      goal: goal === null ? undefined : inGroup(goal),
      goalWords:
        goalWords === null || !unwrapped
          ? undefined
          : secrets.open(unwrapped, goalPlace(member.id), goalWords),
    },
    group: { name: openName(secrets, 'savings_group', group), timeZone: group.timeZone },
    addresses: addresses.flatMap((address) =>
      address.key === null
        ? []
        : [
            {
              channel: address.channel,
              since: address.since,
              value: secrets.open(
                secrets.unwrap(address.key),
                { table: 'address', column: 'value', rowId: address.id },
                address.value,
              ),
            },
          ],
    ),
    loans: loans.map(({ on, state, terms }) => ({ on, state, terms: restoreTerms(terms, group.currency) })),
    payments: payments.map(({ savings, loan, fine, social, turn, ...payment }) => ({
      ...payment,
      total: inGroup(savings + loan + fine + social + turn),
    })),
    // Sealed for the cell that it goes to.
    requests: requests.map(({ name, ...request }) => ({
      ...request,
      wanted:
        name === null || !unwrapped
          ? undefined
          : secrets.open(unwrapped, { table: 'member', column: 'name', rowId: member.id }, name),
    })),
    lines: lines.map(({ id: lineId, body, ...line }) => ({
      ...line,
      words: body === null || !unwrapped ? '' : secrets.open(unwrapped, linePlace(lineId), body),
    })),
    words: words.map(({ draw, number, at, word }) => ({
      at,
      word: secrets.outboxOpen(wordPlace(draw, number), word),
    })),
  };
};

const moneyOf = (json: PersonJson, of: Currency) => {
  const amount = <Row extends { readonly amount: bigint }>(row: Row) => ({
    ...row,
    amount: money(row.amount, of),
  });
  return {
    movements: json.movements.map((movement) => movementFacts(movement, of)),
    loanRequests: json.loanRequests.map(amount),
    fines: json.fines.map(amount),
    moneyOut: json.moneyOut.map(amount),
    rounds: json.rounds.map(amount),
    records: personRecords(json.records, of),
  };
};
