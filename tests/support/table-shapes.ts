// What the tables of a database look like, from PostgreSQL's catalogues.

import type { Pool } from 'pg';

/** Each by its name: `uuid not null default`, `unique (a, b) where …`, `(a, b) member(group_id, id) on delete cascade`. */
export type TableShape = {
  columns: Record<string, string>;
  indexes: Record<string, string>;
  references: Record<string, string>;
};

type Row = { table: string; name: string; shape: string };

const TABLES = `
  select oid, relname from pg_class
   where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> '_prisma_migrations'`;

const COLUMNS = `
  select t.relname as table, a.attname as name,
         format_type(a.atttypid, a.atttypmod)
           || case when a.attnotnull then ' not null' else '' end
           || case when a.atthasdef then ' default' else '' end as shape
    from (${TABLES}) t
    join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
   order by t.relname, a.attnum`;

/** Names of columns in the order of an int2 array of their numbers. */
const namesOf = (relation: string, numbers: string): string => `(
  select string_agg(coalesce(a.attname, '?'), ', ' order by n.place)
    from unnest(${numbers}::int2[]) with ordinality n(number, place)
    left join pg_attribute a on a.attrelid = ${relation} and a.attnum = n.number and n.number > 0)`;

const INDEXES = `
  select t.relname as table, c.relname as name,
         case when i.indisunique then 'unique ' else '' end
           || '(' || ${namesOf('t.oid', 'i.indkey')} || ')'
           || coalesce(' where ' || pg_get_expr(i.indpred, i.indrelid), '') as shape
    from (${TABLES}) t
    join pg_index i on i.indrelid = t.oid
    join pg_class c on c.oid = i.indexrelid`;

const REFERENCES = `
  select t.relname as table, k.conname as name,
         '(' || ${namesOf('t.oid', 'k.conkey')} || ') ' || f.relname
           || '(' || ${namesOf('f.oid', 'k.confkey')} || ')'
           || case k.confdeltype when 'a' then ' on delete no action' when 'c' then ' on delete cascade' when 'n' then ' on delete set null'
                                 else ' on delete ' || k.confdeltype::text end
           || case k.confupdtype when 'a' then '' else ' on update ' || k.confupdtype::text end as shape
    from (${TABLES}) t
    join pg_constraint k on k.conrelid = t.oid and k.contype = 'f'
    join pg_class f on f.oid = k.confrelid`;

/** Every table of the schema `public` but the migrator's own. */
export async function tableShapes(pool: Pool): Promise<Record<string, TableShape>> {
  const shapes: Record<string, TableShape> = {};
  for (const { relname } of (await pool.query<{ relname: string }>(TABLES)).rows) {
    shapes[relname] = { columns: {}, indexes: {}, references: {} };
  }
  const add = async (part: keyof TableShape, sql: string): Promise<void> => {
    for (const { table, name, shape } of (await pool.query<Row>(sql)).rows)
      shapes[table]![part][name] = shape;
  };
  await add('columns', COLUMNS);
  await add('indexes', INDEXES);
  await add('references', REFERENCES);
  return shapes;
}
