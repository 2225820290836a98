import type { Pool } from 'pg';
import type { Secrets } from './secrets.ts';

/** The key file on this machine is not the one this database was written with. */
export class WrongKeyFile extends Error {
  override name = 'WrongKeyFile';
}

/** Ties a database to its key file at first use; later another key file is refused before anything is sealed with it. */
export const checkKey = async (pool: Pool, secrets: Secrets, keyFile: string): Promise<void> => {
  const mine = secrets.fingerprint();
  await pool.query(
    `insert into setting (name, value) values ('key_fingerprint', $1) on conflict do nothing`,
    [mine],
  );
  const { rows } = await pool.query<{ value: string }>(
    `select value from setting where name = 'key_fingerprint'`,
  );
  if (rows[0]?.value !== mine) {
    throw new WrongKeyFile(
      `The key file ${keyFile} does not belong to this database: names in it cannot be read. Put the right file there, or name it with COMADRE_KEY_FILE.`,
    );
  }
};
