import type { Pool } from 'pg';
import type { IncomingMessage, OutgoingMessage } from '../conversation/message.ts';
import type { Secrets } from './secrets.ts';

export type Parked = {
  readonly message: IncomingMessage;
  /** The kind of our mistake; never the words of a person. */
  readonly error: string;
  readonly apology: OutgoingMessage;
  readonly outboxId: string;
};

/** Keeps a message that our own mistake left unanswered, sealed, and queues an apology if her address is known. */
export const parkMessage = async (
  store: { readonly pool: Pool; readonly secrets: Secrets },
  parked: Parked,
): Promise<void> => {
  const { message } = parked;
  const { secrets } = store;
  await store.pool.query(
    `with seen as (
       insert into inbox (channel, message_id, outcome, error, body) values ($1, $2, 'dead', $3, $4)
       on conflict do nothing returning 1
     )
     insert into outbox (id, channel, address_id, kind, lane, unsolicited, body)
     select $5, $1, a.id, 'reply', 0, false, $6 from address a, seen where a.channel = $1 and a.value_index = $7`,
    [
      message.channel,
      secrets.messageIndex(message.channel, message.messageId),
      parked.error,
      secrets.outboxSeal(`${message.channel}/${message.messageId}`, JSON.stringify(message.body)),
      parked.outboxId,
      secrets.outboxSeal(parked.outboxId, JSON.stringify(parked.apology)),
      secrets.blindIndex(message.channel, message.address),
    ],
  );
};
