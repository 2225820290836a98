// Opens every sealed value of a database, so that a test can say that none was lost.

import type { Pool } from 'pg';
import { askedPlace, ROOT_SEALED } from '../../src/store/root-sealed.ts';
import type { Secrets } from '../../src/store/secrets.ts';
import { splitAsked } from '../../src/store/session-json.ts';

/** What is sealed under an owner's key: whose, and for which cell. */
export const OWNER_SEALED = [
  { table: 'staff', column: 'name', owner: 't.id' },
  { table: 'savings_group', column: 'name', owner: 't.id' },
  { table: 'savings_group', column: 'meeting_place', owner: 't.id' },
  { table: 'member', column: 'name', owner: 't.id' },
  { table: 'member', column: 'goal_words', owner: 't.id' },
  { table: 'address', column: 'value', owner: 't.id' },
  {
    table: 'talk_line',
    column: 'body',
    owner: '(select k.member_id from talk k where k.id = t.talk_id)',
  },
  {
    table: 'danger_line',
    column: 'body',
    owner: '(select d.member_id from danger d where d.id = t.danger_id)',
  },
  { table: 'money_out', column: 'words', owner: 't.group_id' },
  {
    table: 'rights_request',
    column: 'name',
    owner: 't.member_id',
    cell: { table: 'member', column: 'name', rowId: 't.member_id' },
  },
] as const;

/** Bytes that are no secret: hashes, indexes that cannot be turned back, files. */
export const NOT_SEALED = [
  'address.value_index',
  'address_alias.value_index',
  'audit.hash',
  'audit.prev',
  'audit_head.before_hash',
  'audit_head.hash',
  'broadcast.media_hash',
  'invite.code_index',
  'journal_entry.hash',
  'journal_entry.prev_hash',
  'lesson_audio.hash',
  'media.bytes',
  'media.hash',
  'media_sent.hash',
  'meeting.head',
  'row_seal.hash',
  'savings_group.head',
  'talk_line.file',
];

export type SealedRead = { readonly what: string; readonly text: string };

/** The text of every sealed value, in an order of its own. @throws SealBroken at the first that does not open */
export const readSealedValues = async (pool: Pool, secrets: Secrets): Promise<SealedRead[]> => {
  const read: SealedRead[] = [];
  for (const { table, column, place } of ROOT_SEALED) {
    const { rows } = await pool.query<{ place: string; sealed: Buffer }>(
      `select ${place ?? "''"} as place, ${column} as sealed from ${table} where ${column} is not null`,
    );
    for (const row of rows) {
      const text = place === undefined ? 'a key' : secrets.outboxOpen(row.place, row.sealed);
      if (place === undefined) secrets.unwrap(row.sealed);
      read.push({ what: `${table}.${column}`, text });
    }
  }
  const asked = await pool.query<{ id: string; part: Buffer; many: boolean }>(
    `select id, asked as part, true as many from address where asked is not null
     union all select address_id, asked, false from outbox where asked is not null`,
  );
  for (const { id, part, many } of asked.rows)
    for (const one of many ? splitAsked(part) : [part])
      read.push({
        what: many ? 'address.asked' : 'outbox.asked',
        text: secrets.outboxOpen(askedPlace(id), one),
      });
  for (const of of OWNER_SEALED) {
    const cell = 'cell' in of ? of.cell : { table: of.table, column: of.column, rowId: 't.id' };
    const { rows } = await pool.query<{ row: string; sealed: Buffer; wrapped: Buffer }>(
      `select ${cell.rowId} as row, t.${of.column} as sealed, k.wrapped from ${of.table} t join data_key k on k.id = ${of.owner}
        where t.${of.column} is not null and k.wrapped is not null`,
    );
    for (const { row, sealed, wrapped } of rows)
      read.push({
        what: `${of.table}.${of.column}`,
        text: secrets.open(
          secrets.unwrap(wrapped),
          { table: cell.table, column: cell.column, rowId: row },
          sealed,
        ),
      });
  }
  return read.sort((one, other) => (one.what + one.text < other.what + other.text ? -1 : 1));
};
