import type { Pool } from 'pg';

/**
 * Ids of what went out to an address in the last two days, newest first: what a platform may still take back. The parts
 * of a message that is not out in whole are among it.
 */
export const recentSentIds = async (pool: Pool, addressId: string, before: string): Promise<string[]> => {
  const { rows } = await pool.query<{ sent_id: string }>(
    `select sent_id from outbox where address_id = $1 and id < $2 and sent_id is not null
        and created_at > now() - interval '2 days' and id > $3 order by id desc limit 1000`,
    [addressId, before, idsSince(Date.now() - 2 * 24 * 60 * 60 * 1_000)],
  );
  return rows.map((row) => row.sent_id);
};

/** The platform's id of one message to her, if it is the last thing that was done with it; undefined: it never went out. */
export const sentIdOf = async (pool: Pool, addressId: string, id: string): Promise<string | undefined> => {
  const { rows } = await pool.query<{ sent_id: string }>(
    `select sent_id from outbox where id = $2 and address_id = $1 and state = 'sent' and sent_as = 'text'`,
    [addressId, id],
  );
  return rows[0]?.sent_id;
};

/** The lowest id made at that moment: ids begin with their time, so old rows are never looked at. */
const idsSince = (ms: number): string => {
  const hex = ms.toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
};
