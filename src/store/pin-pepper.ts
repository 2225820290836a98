import type { Pool } from 'pg';
import type { DataKey, Secrets } from './secrets.ts';

/**
 * The keys under which PINs are hashed. With each later generation of the root key comes one of its own, wrapped as any
 * owner's key is: whoever has an older generation cannot try PINs that were given since. Before there is one, the key is
 * derived from the first generation.
 */
export type Peppers = {
  /** In use for what is hashed now; undefined: the first one. */
  readonly newest: string | undefined;
  /** What is hashed of a PIN under one of them. */
  readonly digest: (pepper: string | undefined, memberId: string, digits: string) => string;
};

/** The row of `setting` that names a generation's. */
export const pepperName = (generation: number): string => `pin_pepper.${generation}`;

const KEPT = /^(?:([0-9a-f-]{36}) )?(\$argon2id\$.+)$/u;

/** A hash as it is kept: its key before it, unless it is the first one. */
export const keptHash = (pepper: string | undefined, hash: string): string =>
  pepper === undefined ? hash : `${pepper} ${hash}`;

/** Which key a kept hash is under, and the hash itself. */
export const ofKept = (kept: string): { readonly pepper: string | undefined; readonly hash: string } => {
  const [, pepper, hash = ''] = KEPT.exec(kept) ?? [];
  return { pepper, hash };
};

export const peppersOf = async (store: {
  readonly pool: Pool;
  readonly secrets: Secrets;
}): Promise<Peppers> => {
  const { pool, secrets } = store;
  const { rows } = await pool.query<{ id: string; wrapped: Buffer }>(
    `select k.id, k.wrapped from setting s join data_key k on k.id::text = s.value
      where s.name ~ '^pin_pepper\\.[0-9]+$' order by split_part(s.name, '.', 2)::int`,
  );
  const keys = new Map(rows.map(({ id, wrapped }): [string, DataKey] => [id, secrets.unwrap(wrapped)]));
  return {
    newest: rows.at(-1)?.id,
    digest: (pepper, memberId, digits) =>
      secrets.pinDigest(memberId, digits, pepper === undefined ? undefined : keys.get(pepper)),
  };
};

/** Her PIN was right, and is kept under the newest key from now on, unless it was changed meanwhile. */
export const keepAnew = async (
  pool: Pool,
  { was, now }: { readonly was: string; readonly now: string },
): Promise<void> => {
  await pool.query(
    `update member_pin set hash = case when hash = $1 then $2 else hash end,
            other_hash = case when other_hash = $1 then $2 else other_hash end where $1 in (hash, other_hash)`,
    [was, now],
  );
};
