// Everything that is sealed under the root key itself: the owners' keys, and what may be of people who are nobody's member.
// Whoever changes the key must find all of it, so a test holds this list against every column of the tables.

import type { Pool } from 'pg';
import { generationOf } from './seal.ts';
import { splitAsked } from './session-json.ts';

export type RootSealed = {
  readonly table: string;
  readonly column: string;
  /** What the value is bound to, as SQL over its row; none for an owner's wrapped key. */
  readonly place?: string;
  /** A trigger that lets nobody change the column: it is off for as long as the value is sealed anew. */
  readonly guard?: string;
};

export const ROOT_SEALED: readonly RootSealed[] = [
  { table: 'data_key', column: 'wrapped' },
  { table: 'address', column: 'session', place: `'session/' || id` },
  { table: 'outbox', column: 'body', place: 'id::text' },
  { table: 'inbox', column: 'body', place: `channel || '/' || message_id` },
  { table: 'broadcast', column: 'content', place: `'broadcast-content/' || id` },
  { table: 'broadcast', column: 'messages', place: `'broadcast/' || id` },
  { table: 'draw', column: 'secret', place: `'draw/' || id`, guard: 'draw_one_way' },
  {
    table: 'draw_word',
    column: 'word',
    place: `'draw/' || draw_id || '/' || number`,
    guard: 'draw_word_append_only',
  },
];

/** Bound to the address, in both tables: what waits to be answered is found among those of the address by its bytes. */
export const askedPlace = (addressId: string): string => `asked/${addressId}`;

/** Values under each generation of the root key. */
export type SealedCount = { readonly what: string; readonly generation: number; readonly values: number };

/** Where how many values are sealed under which generation, those of nothing left out. */
export const countSealed = async (pool: Pool): Promise<SealedCount[]> => {
  const counts: SealedCount[] = [];
  for (const { table, column } of [...ROOT_SEALED, { table: 'outbox', column: 'asked' }]) {
    const { rows } = await pool.query<{ generation: number; values: number }>(
      `select get_byte(${column}, 1) as generation, count(*)::int as values from ${table} where length(${column}) > 1 group by 1 order by 1`,
    );
    counts.push(...rows.map((row) => ({ what: `${table}.${column}`, ...row })));
  }
  const waiting = new Map<number, number>();
  const { rows } = await pool.query<{ asked: Buffer }>('select asked from address where asked is not null');
  for (const one of rows.flatMap(({ asked }) => splitAsked(asked)))
    waiting.set(generationOf(one), (waiting.get(generationOf(one)) ?? 0) + 1);
  return [
    ...counts,
    ...[...waiting].map(([generation, values]) => ({ what: 'address.asked', generation, values })),
  ];
};

/** Addresses with a question that is sealed under an older generation, beside its message or among those she may answer. */
export const addressesAsked = async (pool: Pool, before: number): Promise<string[]> => {
  const { rows } = await pool.query<{ id: string; asked: Buffer | null; sent: boolean }>(
    `select a.id, a.asked, o.id is not null as sent from address a
       left join (select distinct address_id as id from outbox where get_byte(asked, 1) < $1) o on o.id = a.id
      where a.asked is not null or o.id is not null order by a.id`,
    [before],
  );
  return rows
    .filter(
      ({ asked, sent }) =>
        sent || splitAsked(asked ?? Buffer.alloc(0)).some((one) => generationOf(one) < before),
    )
    .map(({ id }) => id);
};
