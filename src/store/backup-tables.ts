// What a backup copies: every table of ours, row by row and as text, the same on the embedded database and on a server.
// COPY would do it on a server alone.

import { type ClientBase, escapeIdentifier } from 'pg';

/** What one page of rows may weigh in the database, about. As text it is up to twice that. */
const PAGE_BYTES = 2 * 1024 * 1024;
const PAGE_ROWS_MAX = 1000;

export type Table = {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
};

/** Every table with its columns but for Prisma's own: a restore writes that one itself. */
export const readTables = async (session: ClientBase): Promise<Table[]> => {
  const { rows } = await session.query<{ name: string; columns: Table['columns'] }>(
    `select c.relname as name,
            jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum) as columns
       from pg_class c
       join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> '_prisma_migrations'
      group by c.relname order by c.relname`,
  );
  return rows;
};

/**
 * The rows of a table, each as a JSON array of its columns' text, in pages. The transaction must be one that sees one
 * moment throughout; nothing else may be asked of the session before the last page was taken.
 */
export async function* rowPages(session: ClientBase, table: Table): AsyncGenerator<string[]> {
  const columns = table.columns.map(({ name }) => escapeIdentifier(name));
  const name = escapeIdentifier(table.name);
  const widths = columns.map((column) => `coalesce(pg_column_size(${column}), 0)`);
  const { rows: widest } = await session.query<{ bytes: string | null }>(
    `select max(${widths.join(' + ')})::text as bytes from ${name}`,
  );
  if (!widest[0] || widest[0].bytes === null) return;
  const page = Math.max(
    1,
    Math.min(PAGE_ROWS_MAX, Math.floor(PAGE_BYTES / Math.max(1, Number(widest[0].bytes)))),
  );
  const asText = columns.map((column) => `${column}::text`);
  await session.query(
    `declare backup_rows no scroll cursor for select json_build_array(${asText.join(', ')})::text as line from ${name}`,
  );
  for (;;) {
    const { rows } = await session.query<{ line: string }>(`fetch ${page} from backup_rows`);
    if (rows.length > 0) yield rows.map(({ line }) => line);
    if (rows.length < page) break;
  }
  await session.query('close backup_rows');
}

/** Puts rows, as `rowPages` gave them, into an empty table. @returns how many */
export const insertRows = async (
  session: ClientBase,
  table: Table,
  lines: readonly string[],
): Promise<number> => {
  const columns = table.columns.map(({ name }) => escapeIdentifier(name));
  const values = table.columns.map(({ type }, at) => `(r->>${at})::${type}`);
  const { rowCount } = await session.query(
    `insert into ${escapeIdentifier(table.name)} (${columns.join(', ')})
     select ${values.join(', ')} from jsonb_array_elements($1::jsonb) as rows(r)`,
    [`[${lines.join(',')}]`],
  );
  return rowCount ?? 0;
};
