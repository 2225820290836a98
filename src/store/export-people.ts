// The people of an export: staff and members with their addresses, as export-rows.ts reads what they belong to.

import { WEEKDAYS, type Weekday } from '../domain/calendar.ts';
import { readKeys, withKeys } from './export-keys.ts';
import { memberSchema, type ProgrammeDocument, programmeFileSchema } from './import-schema.ts';
import type { ReadTransaction } from './in-read-transaction.ts';
import type { Sealed } from './json-fields.ts';
import type { Secrets } from './secrets.ts';

type Language = ProgrammeDocument['programme']['language'];

type AddressRow = {
  readonly id: string;
  readonly channel: string;
  readonly value: Uint8Array;
  readonly key: Uint8Array | null;
};

type PersonRow = Sealed & { readonly id: string; readonly addresses: readonly AddressRow[] };

type StaffRow = PersonRow & {
  readonly role: 'staff' | 'safeguarding';
  readonly language: Language;
  readonly duty: { readonly days: Weekday[]; readonly from: string; readonly to: string } | undefined;
};

/** @param consentedAt ISO 8601 in UTC */
export type MemberRow = PersonRow & {
  readonly number: number;
  readonly role: 'member' | 'leader' | 'treasurer' | 'secretary';
  readonly state: string;
  readonly language: Language | null;
  readonly consentedAt: string | null;
  readonly reminders: boolean;
  /** `HH:MM` */
  readonly reminderTime: string | undefined;
  readonly reminderWeekday: Weekday | undefined;
  readonly discreet: boolean;
  readonly openNotices: boolean | null;
  /** `HH:MM` */
  readonly safeHours: { readonly from: string; readonly until: string } | undefined;
  readonly permissions: readonly { readonly topic: string; readonly given: boolean }[];
};

const { language } = programmeFileSchema.shape.programme.shape;
const staffRole = programmeFileSchema.shape.staff.unwrap().element.shape.role;
const memberRole = memberSchema.shape.role;

const ADDRESS = { select: { id: true, channel: true, value: true } } as const;

export async function readStaff(session: ReadTransaction, programmeId: string): Promise<StaffRow[]> {
  const rows = await session.staff.findMany({
    where: { programmeId },
    select: {
      id: true,
      name: true,
      role: true,
      language: true,
      dutyDays: true,
      dutyFrom: true,
      dutyTo: true,
      addresses: {
        select: { address: ADDRESS },
        orderBy: [{ address: { createdAt: 'asc' } }, { addressId: 'asc' }],
      },
    },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  });
  return (await peopleWithKeys(session, rows)).map((row) => ({
    ...row,
    role: staffRole.parse(row.role),
    language: language.parse(row.language),
    duty:
      row.dutyFrom && row.dutyTo
        ? {
            days: row.dutyDays.map(weekdayOf).filter((day) => day !== undefined),
            from: clockOf(row.dutyFrom),
            to: clockOf(row.dutyTo),
          }
        : undefined,
  }));
}

export async function readMembers(session: ReadTransaction, groupId: string): Promise<MemberRow[]> {
  const rows = await session.member.findMany({
    where: { groupId },
    select: {
      id: true,
      name: true,
      number: true,
      role: true,
      state: true,
      language: true,
      consentedAt: true,
      reminders: true,
      reminderTime: true,
      reminderWeekday: true,
      discreet: true,
      discreetUntil: true,
      openNotices: true,
      safeFrom: true,
      safeUntil: true,
      addresses: {
        select: { address: ADDRESS },
        orderBy: [{ createdAt: 'asc' }, { addressId: 'asc' }],
      },
    },
    orderBy: { number: 'asc' },
  });
  const permissions = await session.memberPermission.findMany({
    where: { groupId },
    select: { memberId: true, topic: true, given: true },
    orderBy: [{ memberId: 'asc' }, { topic: 'asc' }],
  });
  return (await peopleWithKeys(session, rows)).map((row) => ({
    ...row,
    reminderTime: row.reminderTime === null ? undefined : clockOf(row.reminderTime),
    reminderWeekday: weekdayOf(row.reminderWeekday),
    // Who took it back need not have it again.
    discreet: row.discreet && row.discreetUntil === null,
    safeHours:
      row.safeFrom && row.safeUntil
        ? { from: clockOf(row.safeFrom), until: clockOf(row.safeUntil) }
        : undefined,
    permissions: permissions.filter(({ memberId }) => memberId === row.id),
    role: memberRole.parse(row.role),
    language: row.language === null ? null : language.parse(row.language),
    consentedAt: row.consentedAt?.toISOString() ?? null,
  }));
}

// Prisma gives a time of day as that time of 1970-01-01 in UTC.
export const clockOf = (time: Date): string =>
  time.toISOString().slice('YYYY-MM-DDT'.length, 'YYYY-MM-DDTHH:MM'.length);

/** @param iso Monday is 1 */
export const weekdayOf = (iso: number | null): Weekday | undefined =>
  iso === null ? undefined : WEEKDAYS[iso - 1];

type Linked = { readonly address: Omit<AddressRow, 'key'> };

async function peopleWithKeys<Row extends { readonly id: string; readonly addresses: readonly Linked[] }>(
  session: ReadTransaction,
  rows: readonly Row[],
) {
  const people = rows.map((row) => ({ ...row, addresses: row.addresses.map(({ address }) => address) }));
  const keys = await readKeys(
    session,
    people.flatMap((person) => [person, ...person.addresses]),
  );
  return withKeys(keys, people).map((person) => ({
    ...person,
    addresses: withKeys(keys, person.addresses),
  }));
}

/** The addresses of one person that a programme file can name; of two on one channel the newer. */
export function addressesOf(secrets: Secrets, addresses: readonly AddressRow[]): Record<string, string> {
  const named = addresses.filter(({ channel }) => FILE_CHANNELS.has(channel));
  return Object.fromEntries(
    named.flatMap(({ id, channel, value, key }) =>
      key === null
        ? []
        : fileAddress(
            channel,
            secrets.open(secrets.unwrap(key), { table: 'address', column: 'value', rowId: id }, value),
          ),
    ),
  );
}

const FILE_CHANNELS: ReadonlySet<string> = new Set(['telegram', 'whatsapp-cloud', 'whatsapp-web', 'phone']);

/** As a file writes it: of WhatsApp the number alone, since an id in its place is worth nothing elsewhere. */
function fileAddress(channel: string, value: string): [string, string][] {
  if (!channel.startsWith('whatsapp-')) return [[channel, value]];
  return /^\d+$/u.test(value) ? [['whatsapp', `+${value}`]] : [];
}
