import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import type { IncomingMessage } from '../conversation/message.ts';
import type { AddressId } from '../domain/ids.ts';
import { type OutboxMessage, outboxJson } from './outbox-json.ts';
import type { Secrets } from './secrets.ts';

/** How many messages a minute are answered; 0: any number. All processes together keep to it. */
export type Limits = {
  readonly person: number;
  readonly group: number;
  readonly programme: number;
};

/** What one message takes of that, or would. */
export type Room = Limits & {
  /** When her platform had the message, as an ISO instant. */
  readonly at: string;
  /** How much of a message it counts for. */
  readonly cost: number;
  /** How far below nothing her own room may go for it. */
  readonly reserve: number;
};

type Unanswered = {
  readonly message: IncomingMessage;
  readonly addressId: AddressId;
  readonly now: Temporal.Instant;
  readonly room: Room;
  readonly sendNow: boolean;
  /** The word that she is to wait; undefined when she has just heard it. */
  readonly told: OutboxMessage | undefined;
};

const LIMIT = { name: 'limit-message', text: 'select limit_message($1::jsonb) as leased' };

/**
 * Keeps a message that is not answered: known by its id, and nothing of what it says. Which answers this process sends now,
 * as from commitOutcome.
 */
export const limitMessage = async (
  store: { readonly pool: Pool; readonly secrets: Secrets },
  { message, addressId, now, room, sendNow, told }: Unanswered,
): Promise<ReadonlyMap<string, number>> => {
  const doc = JSON.stringify({
    channel: message.channel,
    messageId: store.secrets.messageIndex(message.channel, message.messageId),
    address: { id: addressId },
    now: now.toString(),
    room,
    sendNow,
    outbox: told ? [outboxJson(store.secrets, told)] : [],
  });
  const { rows } = await store.pool.query<{ leased: Record<string, number> }>({ ...LIMIT, values: [doc] });
  return new Map(Object.entries(rows[0]?.leased ?? {}));
};
