import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { generationFile } from './key-file.ts';
import { pepperName } from './pin-pepper.ts';
import { FIRST_GENERATION, KeyMissing, type Secrets } from './secrets.ts';

/** The key file on this machine is not the one this database was written with. */
export class WrongKeyFile extends Error {
  override name = 'WrongKeyFile';
}

const PREFIX = 'key_fingerprint';
const INDEX = `${PREFIX}.index`;

/** The row of `setting` that says that values may be sealed under a generation, and how its file is known. */
const fingerprintName = (generation: number): string =>
  generation === FIRST_GENERATION ? PREFIX : `${PREFIX}.${generation}`;

/** The generations under which values of this database may be sealed, ascending. */
export const generationsOf = async (pool: Pool): Promise<Map<number, string>> => {
  const { rows } = await pool.query<{ name: string; value: string }>(
    `select name, value from setting where name = $1 or name ~ $2`,
    [PREFIX, `^${PREFIX}\\.[0-9]+$`],
  );
  const found = rows.map(({ name, value }): [number, string] => [
    name === PREFIX ? FIRST_GENERATION : Number(name.slice(PREFIX.length + 1)),
    value,
  ]);
  return new Map(found.sort(([one], [other]) => one - other));
};

/**
 * Ties a database to its key files at first use; later others are refused before anything is sealed with them. The
 * newest generation that the database knows is the one that seals.
 *
 * @throws WrongKeyFile
 */
export const checkKey = async (pool: Pool, secrets: Secrets, keyFile: string): Promise<void> => {
  // The insert alone decides who was first; once a generation was retired, one of the others stands there.
  await pool.query(
    `insert into setting (name, value) select $1, $2 where not exists (select from setting where starts_with(name, $1)) on conflict do nothing`,
    [PREFIX, ownFingerprint(secrets)],
  );
  for (const [generation, stored] of await generationsOf(pool)) {
    if (fingerprint(secrets, generation) !== stored) throw wrong(generationFile(keyFile, generation));
    secrets.sealUnder(generation);
  }
  const { rows } = await pool.query<{ value: string }>('select value from setting where name = $1', [INDEX]);
  if (rows[0] && rows[0].value !== secrets.indexFingerprint()) throw wrong(`${keyFile}.index`);
};

/**
 * The generation that the database uses and whose file is not here yet, when that is what went wrong. Undefined: it was
 * something else, such as a generation that was retired.
 */
export const awaitedGeneration = async (pool: Pool, error: unknown): Promise<number | undefined> => {
  if (!(error instanceof KeyMissing)) return undefined;
  return (await generationsOf(pool)).has(error.generation) ? error.generation : undefined;
};

/** Lets values be sealed under a generation whose file every program on this database can read; with it comes a key for PINs. */
export const beginGeneration = async (pool: Pool, secrets: Secrets, generation: number): Promise<void> => {
  secrets.sealUnder(generation);
  await pool.query(
    `with begun as (insert into setting (name, value) values ($1, $2), ($3, $4) on conflict do nothing returning name)
     insert into data_key (id, wrapped) select $4::uuid, $5 from begun where name = $3`,
    [
      fingerprintName(generation),
      secrets.fingerprint(generation),
      pepperName(generation),
      randomUUID(),
      secrets.newDataKey().wrapped,
    ],
  );
};

/** The database asks for the files of these generations. */
export const addGenerations = async (
  session: Pick<Pool, 'query'>,
  generations: Readonly<Record<string, string>>,
): Promise<void> => {
  await session.query(
    'insert into setting (name, value) select * from unnest($1::text[], $2::text[]) on conflict (name) do nothing',
    [Object.keys(generations).map((each) => fingerprintName(Number(each))), Object.values(generations)],
  );
};

/** A database that came back with newer keys asks for those, and for no others. */
export const setGenerations = async (
  session: Pick<Pool, 'query'>,
  generations: Readonly<Record<string, string>>,
): Promise<void> => {
  await session.query('delete from setting where name = $1 or name ~ $2', [PREFIX, `^${PREFIX}\\.[0-9]+$`]);
  await addGenerations(session, generations);
};

/** The database no longer asks for this generation's file. */
export const endGeneration = async (pool: Pool, secrets: Secrets, generation: number): Promise<void> => {
  await pool.query(
    `with gone as (delete from setting where name = $1)
     insert into setting (name, value) values ($2, $3) on conflict do nothing`,
    [fingerprintName(generation), INDEX, secrets.indexFingerprint()],
  );
};

/** Nothing, where the first generation was retired: then the database has rows of later ones. */
const ownFingerprint = (secrets: Secrets): string => fingerprint(secrets, FIRST_GENERATION) ?? '';

const fingerprint = (secrets: Secrets, generation: number): string | undefined => {
  try {
    return secrets.fingerprint(generation);
  } catch (error) {
    if (error instanceof KeyMissing) return undefined;
    throw error;
  }
};

const wrong = (file: string): WrongKeyFile =>
  new WrongKeyFile(
    `The key file ${file} does not belong to this database, or is not there: names in it cannot be read. Put the right file there, or name it with COMADRE_KEY_FILE.`,
  );
