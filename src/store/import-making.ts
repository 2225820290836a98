// What an import makes: rows by table, with everything that must not be readable sealed.

import type { Temporal } from 'temporal-polyfill';
import { WEEKDAYS, type Weekday } from '../domain/calendar.ts';
import type { GroupId } from '../domain/ids.ts';
import type { Secrets } from './secrets.ts';

/** In the order in which rows may refer to one another. */
export const TABLES = [
  'programme',
  'data_key',
  'staff',
  'savings_group',
  'group_rules',
  'cycle',
  'member',
  'member_permission',
  'opening_signature',
  'tanda_order',
  'address',
  'member_address',
  'staff_address',
  'consent',
  'invite',
  'loan',
  'account',
  'journal_entry',
  'posting',
] as const;

export type Table = (typeof TABLES)[number];
/** A row as PostgreSQL reads it from JSON: bytes as "\x…", big integers as digits. All rows of a table have the same fields. */
export type Row = Readonly<Record<string, unknown>>;
export type Rows = Map<Table, Row[]>;

export type InviteNote = {
  readonly group: string;
  /** Undefined for the code of the whole group. */
  readonly number: number | undefined;
  readonly name: string | undefined;
  readonly code: string;
};

/** Everything an import makes things with; ids and codes are drawn outside. */
export type Making = {
  readonly secrets: Secrets;
  readonly now: Temporal.Instant;
  readonly newId: () => string;
  readonly newCode: () => string;
  readonly whatsApp: WhatsAppChannel | undefined;
  /** The id of the address of that channel and value: one that is known already, or a new one whose row is made. */
  readonly addressId: (channel: string, value: string) => string;
  readonly rows: Rows;
  readonly invites: InviteNote[];
};

/** A group whose members are being added. */
export type Seat = {
  readonly groupId: GroupId;
  readonly name: string;
  readonly timeZone: string;
  readonly language: string;
  /** When a member without a date of consent joined. */
  readonly since: Temporal.PlainDate;
};

export const put = ({ rows }: Making, table: Table, row: Row): void => {
  const all = rows.get(table);
  if (all) all.push(row);
  else rows.set(table, [row]);
};

/** A day of the week as the database keeps it: ISO, Monday is 1. */
export const isoWeekday = (weekday: Weekday | undefined): number | null =>
  weekday === undefined ? null : WEEKDAYS.indexOf(weekday) + 1;

export const bytes = (buffer: Uint8Array): string => `\\x${Buffer.from(buffer).toString('hex')}`;

export type Listed = { readonly channel: string; readonly value: string };

/** By which people who have WhatsApp are reached; a programme file says only that they have it. */
export type WhatsAppChannel = 'whatsapp-cloud' | 'whatsapp-web';

/**
 * The addresses of one person, one by one, as the channels name her: both WhatsApp channels by the digits of her number.
 * Where none of them runs the number is only noted, as a telephone.
 */
export const listed = (
  addresses: Readonly<Record<string, string | undefined>>,
  whatsApp: WhatsAppChannel | undefined,
): Listed[] => {
  const all = Object.entries(addresses).flatMap(([way, value]): Listed[] => {
    if (value === undefined) return [];
    if (way !== 'whatsapp') return [{ channel: way, value }];
    return whatsApp ? [{ channel: whatsApp, value: value.replace('+', '') }] : [{ channel: 'phone', value }];
  });
  return [...new Map(all.map((one) => [`${one.channel}|${one.value}`, one])).values()];
};

/** A new data key under its owner's id, and what seals her columns with it. */
export const sealer = (
  making: Making,
  table: string,
  rowId: string,
): ((column: string, text: string) => string) => {
  const { key, wrapped } = making.secrets.newDataKey();
  put(making, 'data_key', { id: rowId, wrapped: bytes(wrapped) });
  return (column, text) => bytes(making.secrets.seal(key, { table, column, rowId }, text));
};
