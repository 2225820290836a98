import type { Temporal } from 'temporal-polyfill';
import type { IncomingMessage } from '../conversation/message.ts';
import type { Leased } from '../store/claim-outbox.ts';
import type { OutboxMessage } from '../store/outbox-json.ts';
import type { Delivery } from './deliver-outbox.ts';
import { placeOf } from './pacer.ts';

export type Sending = {
  readonly delivery: Pick<Delivery, 'sendNow' | 'wake'>;
  readonly now: () => Temporal.Instant;
};

/** What a message had written that is to go out at once goes out; the rest is left to the delivery. */
export const sendOn = (
  { delivery, now: clock }: Sending,
  message: IncomingMessage,
  written: { readonly outbox: readonly OutboxMessage[]; readonly leased: ReadonlyMap<string, number> },
): void => {
  const now = written.outbox.flatMap((row): Leased[] => {
    const seconds = written.leased.get(row.id);
    if (seconds === undefined) return [];
    return [
      {
        id: row.id,
        addressId: row.addressId,
        address: message.address,
        message: row.message,
        kind: row.kind,
        lane: row.lane,
        attempts: 1,
        sentParts: undefined,
        quietIn: undefined,
        closed: false,
        over: false,
        ...placeOf(seconds, Date.now()),
        noNews: false,
        heardAt: clock(), // she has just written
        unworded: undefined,
      },
    ];
  });
  if (now.length > 0) delivery.sendNow(message.channel, now);
  if (written.outbox.length > now.length) delivery.wake();
};
