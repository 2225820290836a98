import type { Pool } from 'pg';
import type { WaitingDanger } from '../conversation/danger-facts.ts';
import { waitingDangers } from './danger-facts.ts';
import { waitingDangersJson } from './danger-json.ts';
import type { Secrets } from './secrets.ts';

/** Women in danger whom nobody looks after, told of again fewer than `most` times. */
export const dangersWaiting = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  most: number,
): Promise<readonly WaitingDanger[]> => {
  const { rows } = await pool.query<{ waiting: unknown }>('select dangers_waiting($1) as waiting', [most]);
  return waitingDangers(secrets, waitingDangersJson.parse(rows[0]?.waiting));
};
