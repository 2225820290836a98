import type { ReadTransaction } from './in-read-transaction.ts';

type Keys = ReadonlyMap<string, Uint8Array | null>;
type Owner = { readonly id: string };

/** A key has the id of what it seals, in any of several tables: the schema can name no relation. */
export async function readKeys(session: ReadTransaction, owners: readonly Owner[]): Promise<Keys> {
  const rows = await session.dataKey.findMany({ where: { id: { in: owners.map(({ id }) => id) } } });
  return new Map(rows.map(({ id, wrapped }) => [id, wrapped]));
}

/** A shredded key is null; who has no row of a key at all is left out. */
export function withKeys<Row extends Owner>(
  keys: Keys,
  rows: readonly Row[],
): (Row & { key: Uint8Array | null })[] {
  return rows.flatMap((row) => {
    const key = keys.get(row.id);
    return key === undefined ? [] : [{ ...row, key }];
  });
}
