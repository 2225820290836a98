// A country's worth of rows from those of a region: each group copied with all its people and its book.

import type { Pool, PoolClient } from 'pg';

const COPIED = [
  'data_key',
  'savings_group',
  'group_rules',
  'cycle',
  'member',
  'address',
  'member_address',
  'consent',
  'invite',
  'loan',
  'account',
  'journal_entry',
  'posting',
];
/** A copy's ids begin with its digit where ours begin with 0, as a UUID of version 7 does until the year 2527. */
export const COPIES_MAX = 9;

type Column = { readonly name: string; readonly type: string };

/**
 * Copies everything `copies` times, as real in size and keys as the first. What is sealed belongs to the row it was
 * sealed for and does not open in a copy, so nobody may be asked there.
 */
export const copyGroups = async (pool: Pool, copies: number): Promise<void> => {
  const session = await pool.connect();
  try {
    await session.query('set statement_timeout = 0');
    await session.query('begin');
    await session.query('set local session_replication_role = replica');
    for (const table of COPIED) await copyTable(session, table, Math.min(copies, COPIES_MAX));
    await session.query('commit');
    await session.query('reset statement_timeout');
  } finally {
    session.release();
  }
};

const copyTable = async (session: PoolClient, table: string, copies: number): Promise<void> => {
  const { rows } = await session.query<Column>(
    `select column_name as name, data_type as type from information_schema.columns
      where table_schema = 'public' and table_name = $1 order by ordinal_position`,
    [table],
  );
  const names = rows.map(({ name }) => `"${name}"`).join(', ');
  const values = rows.map((column) => copied(column)).join(', ');
  await session.query(
    `insert into "${table}" (${names}) select ${values} from (select * from "${table}") r cross join generate_series(1, ${copies}) k`,
  );
};

const copied = ({ name, type }: Column): string => {
  if (type === 'uuid' && name !== 'programme_id') return `(k || substr(r.${name}::text, 2))::uuid`;
  if (name === 'value_index' || name === 'code_index') return `sha256(r.${name} || k::text::bytea)`;
  // Accounts are named after whose they are: savings/<id>, loan/<id>.
  return ['name', 'debit', 'credit'].includes(name) && type === 'text'
    ? `regexp_replace(r.${name}, '/0([0-9a-f]{7}-)', '/' || k || '\\1')`
    : `r."${name}"`;
};
