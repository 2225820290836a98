import type { Pool } from 'pg';
import type { Temporal } from 'temporal-polyfill';
import type { IncomingMessage, OutgoingMessage } from '../conversation/message.ts';
import type { Secrets } from './secrets.ts';

export type Parked = {
  readonly message: IncomingMessage;
  readonly now: Temporal.Instant;
  /** The kind of our mistake; never the words of a person. */
  readonly error: string;
  readonly apology: OutgoingMessage;
  readonly outboxId: string;
};

/**
 * Keeps a message that our own mistake left unanswered, sealed, and queues an apology if her address is known, by whichever
 * of her ids. She has written, so the apology may go; what waits for her word goes with a message that is understood.
 */
export const parkMessage = async (
  store: { readonly pool: Pool; readonly secrets: Secrets },
  parked: Parked,
): Promise<void> => {
  const { message } = parked;
  const { channel, address, aliases = [], forwarded } = message;
  const kept = { ...message.body, ...(forwarded && { forwarded }) };
  const { secrets } = store;
  const messageId = secrets.messageIndex(channel, message.messageId);
  await store.pool.query(
    `with hers as (
       select found.id from (
         select a.id, a.value_index <> $7 as by_other from address a where a.channel = $1 and a.value_index = $7
         union all
         select s.address_id, true from address_alias s where s.channel = $1 and s.value_index = any ($8::bytea[])) found
        order by by_other limit 1
     ), seen as (
       insert into inbox (channel, message_id, address_id, outcome, error, body) values ($1, $2, (select id from hers), 'dead', $3, $4)
       on conflict do nothing returning 1
     ), heard as (
       update address a set heard_at = greatest(a.heard_at, $9::timestamptz) from hers, seen where a.id = hers.id
     )
     insert into outbox (id, channel, address_id, kind, lane, unsolicited, body)
     select $5, $1, hers.id, 'reply', 0, false, $6 from hers, seen`,
    [
      channel,
      messageId,
      parked.error,
      secrets.outboxSeal(`${channel}/${messageId}`, JSON.stringify(kept)),
      parked.outboxId,
      secrets.outboxSeal(parked.outboxId, JSON.stringify(parked.apology)),
      secrets.blindIndex(channel, address),
      [address, ...aliases].map((id) => secrets.blindIndex(channel, id)),
      parked.now.toString(),
    ],
  );
};
