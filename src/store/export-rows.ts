// The rows an export reads, through Prisma: docs/adr/0012-prisma-where.md. Dates become text as they are read.
// No query asks for two relations side by side: Prisma would load both at once over the one connection of the
// transaction, of which pg warns, and which pg 9 will refuse.

import { constitutionSchema } from './constitution.ts';
import { readKeys, withKeys } from './export-keys.ts';
import { clockOf, type MemberRow, readMembers, weekdayOf } from './export-people.ts';
import { type GroupDocument, type ProgrammeDocument, programmeFileSchema } from './import-schema.ts';
import type { ReadTransaction } from './in-read-transaction.ts';
import type { Sealed } from './json-fields.ts';
import { type TandaJson, tandaJson } from './tanda-facts.ts';

type Language = ProgrammeDocument['programme']['language'];

type ProgrammeRow = { readonly id: string } & ProgrammeDocument['programme'];

/** Times as `HH:MM`. */
type GroupRow = Sealed & {
  readonly id: string;
  readonly municipality: string | null;
  readonly state: string | null;
  readonly timeZone: string;
  readonly language: Language;
  readonly meetingWeekday: GroupDocument['meeting']['weekday'];
  readonly meetingTime: string;
  readonly meetingPlace: Uint8Array | null;
  readonly reminders: boolean;
  readonly reminderTime: string;
  readonly reminderWeekday: GroupDocument['reminderWeekday'];
  readonly lateReminders: boolean;
  readonly digest: boolean;
  readonly constitution: unknown;
};

export type LoanRow = {
  readonly id: string;
  readonly memberId: string;
  readonly terms: unknown;
  readonly interestBeforeMinor: bigint;
};

/** All rows of one group. Balances are debits minus credits, by account; dates are `YYYY-MM-DD`. */
export type GroupRows = {
  readonly group: GroupRow;
  readonly cycle: { readonly starts: string; readonly ends: string };
  readonly members: readonly MemberRow[];
  readonly loans: readonly LoanRow[];
  readonly balances: ReadonlyMap<string, bigint>;
  /** Only of a group whose rules are a tanda's. */
  readonly tanda: TandaJson | undefined;
};

// Columns that hold a few words only are text in the database; their words are those of the programme file.
const file = programmeFileSchema.shape;
const { language, currency } = file.programme.shape;
const { weekday } = file.groups.element.shape.meeting.shape;

export async function readProgrammes(session: ReadTransaction): Promise<ProgrammeRow[]> {
  const rows = await session.programme.findMany({
    select: {
      id: true,
      name: true,
      language: true,
      currency: true,
      lessonDrafts: true,
      lessonLanguages: true,
      pinRequired: true,
      safeWord: true,
      openNotices: true,
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ lessonDrafts, lessonLanguages, pinRequired, safeWord, openNotices, ...row }) => ({
    ...row,
    language: language.parse(row.language),
    currency: currency.parse(row.currency),
    lessons: { drafts: lessonDrafts, languages: lessonLanguages },
    pin: pinRequired ? 'required' : undefined,
    safeWord: safeWord ?? undefined,
    notices: openNotices ? 'open' : undefined,
  }));
}

export async function readGroups(session: ReadTransaction, programmeId: string): Promise<GroupRow[]> {
  const rows = await session.savingsGroup.findMany({
    where: { programmeId },
    select: {
      id: true,
      name: true,
      municipality: true,
      state: true,
      timeZone: true,
      language: true,
      meetingWeekday: true,
      meetingTime: true,
      meetingPlace: true,
      reminders: true,
      reminderTime: true,
      reminderWeekday: true,
      lateReminders: true,
      digest: true,
      rulesVersion: true,
      rules: { select: { version: true, constitution: true } },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return withKeys(await readKeys(session, rows), rows).flatMap(({ rules, rulesVersion, ...row }) =>
    rules
      .filter(({ version }) => version === rulesVersion)
      .map(({ constitution }) => ({
        ...row,
        language: language.parse(row.language),
        meetingWeekday: weekday.parse(row.meetingWeekday),
        meetingTime: clockOf(row.meetingTime),
        reminderTime: clockOf(row.reminderTime),
        reminderWeekday: weekdayOf(row.reminderWeekday),
        constitution,
      })),
  );
}

export async function readGroup(session: ReadTransaction, group: GroupRow): Promise<GroupRows> {
  const where = { groupId: group.id };
  const cycle = await session.cycle.findFirst({
    where,
    select: { starts: true, ends: true },
    orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { starts: 'desc' }],
  });
  if (cycle === null) throw new Error('a group without a cycle');
  const members = await readMembers(session, group.id);
  const loans = await session.loan.findMany({
    where: { ...where, state: 'active' },
    select: { id: true, memberId: true, terms: true, interestBeforeMinor: true },
    orderBy: [{ disbursedOn: 'asc' }, { id: 'asc' }],
  });
  const accounts = await session.account.findMany({ where, select: { name: true, balanceMinor: true } });
  return {
    group,
    cycle: { starts: dayOf(cycle.starts), ends: dayOf(cycle.ends) },
    members,
    loans,
    balances: new Map(accounts.map(({ name, balanceMinor }) => [name, balanceMinor])),
    tanda: await readTanda(session, group),
  };
}

/** As the dialogues see it: one reading of what was given and handed over, not two. */
async function readTanda(session: ReadTransaction, group: GroupRow): Promise<TandaJson | undefined> {
  if (constitutionSchema.parse(group.constitution).product !== 'tanda') return undefined;
  const rows = await session.$queryRaw<{ facts: unknown }[]>`select tanda_facts(${group.id}::uuid) as facts`;
  return tandaJson.parse(rows[0]?.facts);
}

// Prisma gives a day as its midnight in UTC.
const dayOf = (date: Date): string => date.toISOString().slice(0, 'YYYY-MM-DD'.length);
