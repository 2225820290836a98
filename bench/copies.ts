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
/** A copy's ids begin with its number, from 1000 on in hexadecimal, where ours begin with 01.. until the year 2527. */
const FIRST_COPY = 0x1000;
export const COPIES_MAX = 0xffff - FIRST_COPY;

type Column = { readonly name: string; readonly type: string };

/**
 * Copies everything `copies` times, as real in size and keys as the first. What is sealed belongs to the row it was
 * sealed for and does not open in a copy, so nobody may be asked there.
 */
export const copyGroups = async (
  pool: Pool,
  copies: number,
  tables: readonly string[] = COPIED,
): Promise<void> => {
  const session = await pool.connect();
  try {
    await session.query('set statement_timeout = 0');
    await session.query('begin');
    await session.query('set local session_replication_role = replica');
    for (const table of tables) await copyTable(session, table, Math.min(copies, COPIES_MAX));
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
    `insert into "${table}" (${names}) select ${values} from (select * from "${table}") r cross join
       (select k, lpad(to_hex(${FIRST_COPY} + k), 4, '0') as digits from generate_series(1, ${copies}) k) k`,
  );
};

const copied = ({ name, type }: Column): string => {
  if (type === 'uuid' && name !== 'programme_id') return `(k.digits || substr(r.${name}::text, 5))::uuid`;
  if (name === 'value_index' || name === 'code_index') return `sha256(r.${name} || k.digits::bytea)`;
  // Accounts are named after whose they are: savings/<id>, loan/<id>.
  return ['name', 'debit', 'credit'].includes(name) && type === 'text'
    ? `regexp_replace(r.${name}, '/0[0-9a-f]{3}([0-9a-f]{4}-)', '/' || k.digits || '\\1')`
    : `r."${name}"`;
};
