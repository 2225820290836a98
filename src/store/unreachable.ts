import type { Pool } from 'pg';

/** The platform takes nothing for this address, or no news and offers: such is not tried again until she writes. */
export const markRefused = async (
  pool: Pool,
  addressId: string,
  as: 'opted-out' | 'undeliverable',
): Promise<void> => {
  await pool.query('update address set refused_as = $2 where id = $1', [addressId, as]);
};

/** The platform kept an invitation from her: the next message that waits may bring another one, a day from now. */
export const inviteAgain = async (pool: Pool, addressId: string): Promise<void> => {
  await pool.query('select invite_again($1)', [addressId]);
};

/** She blocked the bot: nothing more is sent to this address until she writes. */
export const markBlocked = async (pool: Pool, addressId: string): Promise<void> => {
  await pool.query('update address set blocked_at = now() where id = $1', [addressId]);
};
