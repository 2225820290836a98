// Books from before a generation of the key was retired, with the newest keys: names open, since those keys were wrapped anew.
// What was sealed under the retired generation itself opens nowhere any more: sessions, words on their way, draws under way.

import type { ClientBase } from 'pg';
import { BackupRefused, type Head, KEY_TABLE } from './backup-format.ts';
import { setGenerations } from './key-check.ts';
import { emptyCells } from './let-go.ts';
import { ROOT_SEALED } from './root-sealed.ts';
import { generationOf } from './seal.ts';
import { splitAsked } from './session-json.ts';

/** The generations of the books whose file did not come with the keys. @throws BackupRefused for keys of elsewhere */
export const goneGenerations = (keys: Head, books: Head): number[] => {
  const gone: number[] = [];
  for (const [generation, fingerprint] of Object.entries(books.generations)) {
    const here = keys.generations[generation];
    if (here === undefined) gone.push(Number(generation));
    else if (here !== fingerprint) throw new BackupRefused('The keys are of another database.');
  }
  return gone;
};

/**
 * Lets go of what no key opens any more, and has the database know the generations of its keys.
 *
 * @returns how many values that were
 * @throws BackupRefused when the keys are of another database: none of them is of a group of these books
 */
export const letGo = async (session: ClientBase, gone: readonly number[], keys: Head): Promise<number> => {
  if (gone.length === 0) return 0;
  const { rowCount } = await session.query(
    'select from savings_group g join data_key k on k.id = g.id limit 1',
  );
  if (rowCount === 0) throw new BackupRefused('The keys are of another database.');
  let values = await askedLetGo(session, gone);
  const columns = ROOT_SEALED.filter(({ table }) => table !== KEY_TABLE);
  for (const { table, column } of [...columns, { table: 'outbox', column: 'asked' }]) {
    const where = `length(${column}) > 1 and get_byte(${column}, 1) = any ($1)`;
    values += await emptyCells(session, { table, column, where, values: [gone] });
  }
  await setGenerations(session, keys.generations);
  return values;
};

/** Questions that wait stand in one value, each sealed by itself: they go together. */
const askedLetGo = async (session: ClientBase, gone: readonly number[]): Promise<number> => {
  const { rows } = await session.query<{ id: string; asked: Buffer }>(
    'select id, asked from address where asked is not null',
  );
  const ids = rows
    .filter(({ asked }) => splitAsked(asked).some((one) => gone.includes(generationOf(one))))
    .map(({ id }) => id);
  return emptyCells(session, {
    table: 'address',
    column: 'asked',
    where: 'id = any ($1::uuid[])',
    values: [ids],
  });
};
