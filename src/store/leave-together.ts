import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import type { Room } from './limit-message.ts';
import type { Secrets } from './secrets.ts';

/** Messages of one address, each of which would take this room. */
export type Flood = {
  readonly channel: string;
  readonly address: string;
  /** As the platform names them. */
  readonly messageIds: readonly string[];
  readonly room: Room;
  readonly now: Temporal.Instant;
};

const LEAVE = {
  name: 'leave-together',
  text: 'select leave_together($1, $2, $3::text[], $4::jsonb, $5::timestamptz) as done',
};

/**
 * Leaves them all unanswered, in one round trip: known by their ids from now on, and nothing of what they say. False, and
 * nothing is written, when there is room for one of them again, or she has not heard that she is to wait.
 */
export const leaveTogether = async (
  { pool, secrets }: { readonly pool: Pool; readonly secrets: Secrets },
  { channel, address, messageIds, room, now }: Flood,
): Promise<boolean> => {
  const { rows } = await pool.query<{ done: boolean }>({
    ...LEAVE,
    values: [
      channel,
      secrets.blindIndex(channel, address),
      messageIds.map((id) => secrets.messageIndex(channel, id)),
      JSON.stringify(room),
      now.toString(),
    ],
  });
  return rows[0]?.done ?? false;
};
