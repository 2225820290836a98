// New members for groups that are in the book already. They bring no money: nothing of the book changes but that each
// has an account.

import type { ClientBase } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import { localDate } from '../domain/calendar.ts';
import { asId, type GroupId } from '../domain/ids.ts';
import { sideOf } from '../domain/ledger/account.ts';
import type { Database } from './database.ts';
import { listed, type Making, put, type Seat } from './import-making.ts';
import { memberRows } from './import-member-rows.ts';
import {
  type ImportOptions,
  ImportRefused,
  type ImportReport,
  inWords,
  reportOf,
  startMaking,
  writeRows,
} from './import-programme.ts';
import type { MemberForm } from './import-schema.ts';
import { inTransaction } from './in-transaction.ts';
import { openName } from './open-name.ts';
import type { Secrets } from './secrets.ts';

/** A member and the group she belongs to, by the name the database has it under. */
export type MemberOf = { readonly group: string; readonly member: MemberForm; readonly line: number };

/**
 * Adds members to groups, all or none.
 *
 * @param work.members as `readNewMembers` accepted them
 * @throws ImportRefused when a group is not known, or known twice; when a number or an address is taken in it
 */
export async function importMembers(
  database: Database,
  secrets: Secrets,
  work: { readonly members: readonly MemberOf[] } & ImportOptions,
): Promise<Omit<ImportReport, 'programmeId'>> {
  const { members, now, whatsApp, dryRun = false } = work;
  const wanted = members.flatMap(({ member }) => listed(member.addresses, whatsApp));
  return inWords(() =>
    inTransaction(
      database.pool,
      async (session) => {
        const making = await startMaking(session, { secrets, ...work }, wanted);
        const groups = await groupsByName(session, secrets, now);
        const taken = await takenIn(session, [...groups.values()].flat());
        for (const { group, member, line } of members) {
          const seat = seatOf(groups, group, line);
          refuseTakenNumber(taken, `${seat.groupId}|${member.number}`, line);
          refuseTakenAddress(taken, addMember(making, seat, member), line);
        }
        await writeRows(session, making.rows);
        return { ...reportOf(making), dryRun };
      },
      { dryRun },
    ),
  );
}

/** Gives the seats she took, as `takenIn` writes them. */
function addMember(making: Making, seat: Seat, member: MemberForm): string[] {
  const before = making.rows.get('member_address')?.length ?? 0;
  const id = memberRows(making, seat, member);
  const name = `savings/${id}` as const;
  put(making, 'account', { group_id: seat.groupId, name, side: sideOf(name), balance_minor: '0' });
  const links = making.rows.get('member_address')?.slice(before) ?? [];
  return links.map((link) => `${seat.groupId}|${String(link['address_id'])}`);
}

type GroupRow = { id: string; name: Buffer; key: Buffer | null; time_zone: string; language: string };

/** Names are sealed, so every group's is opened and compared. */
async function groupsByName(
  session: ClientBase,
  secrets: Secrets,
  now: Temporal.Instant,
): Promise<Map<string, Seat[]>> {
  const { rows } = await session.query<GroupRow>(
    `select g.id, g.name, k.wrapped as key, g.time_zone, g.language
       from savings_group g join data_key k on k.id = g.id`,
  );
  const groups = new Map<string, Seat[]>();
  for (const row of rows) {
    const name = openName(secrets, 'savings_group', row);
    const seat: Seat = {
      groupId: asId<GroupId>(row.id),
      name,
      timeZone: row.time_zone,
      language: row.language,
      since: localDate(now, row.time_zone),
    };
    groups.set(name, [...(groups.get(name) ?? []), seat]);
  }
  return groups;
}

function seatOf(groups: ReadonlyMap<string, readonly Seat[]>, name: string, line: number): Seat {
  const [seat, ...more] = groups.get(name.normalize('NFC').trim()) ?? [];
  if (seat === undefined) {
    throw new ImportRefused(
      `Line ${line}: the database has no group of the name in the column group, so nothing was imported. Write the name exactly as it was imported.`,
    );
  }
  if (more.length > 0) {
    throw new ImportRefused(
      `Line ${line}: ${more.length + 1} groups of the database have the name in the column group, so nothing was imported. Add these members from the chat, with the group's code.`,
    );
  }
  return seat;
}

/** What is in use in each group: numbers as "group|7", addresses as "group|address id". */
async function takenIn(session: ClientBase, seats: readonly Seat[]): Promise<Set<string>> {
  const ids = seats.map((seat) => seat.groupId);
  const { rows } = await session.query<{ taken: string }>(
    `select group_id || '|' || number as taken from member where group_id = any ($1::uuid[])
     union all
     select group_id || '|' || address_id from member_address where group_id = any ($1::uuid[])`,
    [ids],
  );
  return new Set(rows.map((row) => row.taken));
}

function refuseTakenNumber(taken: Set<string>, number: string, line: number): void {
  if (taken.has(number)) {
    throw new ImportRefused(
      `Line ${line}: another member of the group has this number, so nothing was imported. Give her the next free one.`,
    );
  }
  taken.add(number);
}

function refuseTakenAddress(taken: Set<string>, addresses: readonly string[], line: number): void {
  if (addresses.some((address) => taken.has(address))) {
    throw new ImportRefused(
      `Line ${line}: another member of the group has this address, so nothing was imported. Leave it out: she can come with her code.`,
    );
  }
  for (const address of addresses) taken.add(address);
}
