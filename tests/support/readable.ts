// What somebody reads who holds the whole database and the key file: every sealed value that opens, with where it stands.

import type { Pool } from 'pg';
import type { Secrets } from '../../src/store/secrets.ts';
import { splitAsked } from '../../src/store/session-json.ts';

type Row = Record<string, unknown>;

/** Every value of the database in the clear, as "table.column: words"; what is not sealed too. */
export const readable = async (pool: Pool, secrets: Secrets): Promise<string[]> => {
  const { rows: keys } = await pool.query<{ wrapped: Buffer }>(
    'select wrapped from data_key where wrapped is not null',
  );
  const opened = keys.map(({ wrapped }) => secrets.unwrap(wrapped));
  const { rows: tables } = await pool.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' order by 1`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<Row>(`select * from "${name}"`);
    for (const row of rows) {
      for (const [column, value] of Object.entries(row)) {
        if (!Buffer.isBuffer(value)) found.push(`${name}.${column}: ${JSON.stringify(value)}`);
        else
          for (const text of openings(secrets, opened, { name, column, row, value }))
            found.push(`${name}.${column}: ${text}`);
      }
    }
  }
  return found;
};

type Cell = { readonly name: string; readonly column: string; readonly row: Row; readonly value: Buffer };

const openings = (
  secrets: Secrets,
  keys: readonly ReturnType<Secrets['unwrap']>[],
  { name, column, row, value }: Cell,
): string[] => {
  const at = (key: string): string => String(row[key]);
  const ids = ['id', 'member_id', 'group_id', 'draw_id'].map(at);
  const places = [
    ...ids,
    ...ids.flatMap((id) => [`session/${id}`, `asked/${id}`, `draw/${id}`, `draw/${id}/${at('number')}`]),
    ...ids.flatMap((id) => [`broadcast/${id}`, `broadcast-content/${id}`]),
    `${at('channel')}/${at('message_id')}`,
    `asked/${at('address_id')}`,
  ];
  // A name that waits to be hers is sealed for the cell it goes to.
  const tables = name === 'rights_request' ? ['member'] : [name];
  return [
    ...keys.flatMap((key) =>
      tables.flatMap((table) =>
        ids.flatMap((rowId) => opens(() => secrets.open(key, { table, column, rowId }, value))),
      ),
    ),
    ...places.flatMap((place) => opens(() => secrets.outboxOpen(place, value))),
    ...(column === 'asked' && name === 'address'
      ? splitAsked(value).flatMap((one) => opens(() => secrets.outboxOpen(`asked/${at('id')}`, one)))
      : []),
  ];
};

const opens = (open: () => string): string[] => {
  try {
    return [open()];
  } catch {
    return [];
  }
};
