// What no key opens any more is emptied: it stands in the way of every change of the key, and is of no use to anybody.

import type { ClientBase } from 'pg';
import { KEY_TABLE } from './backup-format.ts';

type Cells = {
  readonly table: string;
  readonly column: string;
  /** Which of them, as SQL over the row, with the values it takes. */
  readonly where: string;
  readonly values: readonly unknown[];
};

/** A message without its words goes to nobody; who has no key is as one that was shredded. */
const BESIDE: Readonly<Record<string, string>> = {
  'outbox.body': `, state = case when state in ('queued', 'sending', 'held') then 'skipped' else state end,
    reason = case when state in ('queued', 'sending', 'held') then 'erased' else reason end`,
  'address.asked': ', asked_at = null',
  [`${KEY_TABLE}.wrapped`]: ', shredded_at = now()',
};

/** Empties cells, and sees to what rests on them. @returns how many they were */
export const emptyCells = async (
  session: Pick<ClientBase, 'query'>,
  { table, column, where, values }: Cells,
): Promise<number> => {
  const { rows } = await session.query<{ full: boolean }>(
    `select is_nullable = 'NO' as full from information_schema.columns
      where table_schema = 'public' and table_name = $1 and column_name = $2`,
    [table, column],
  );
  const { rowCount } = await session.query(
    `update ${table} set ${column} = ${rows[0]?.full ? `''::bytea` : 'null'} ${BESIDE[`${table}.${column}`] ?? ''} where ${where}`,
    [...values],
  );
  return rowCount ?? 0;
};
