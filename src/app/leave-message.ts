import type { Content } from '../content/render.ts';
import type { IncomingMessage } from '../conversation/message.ts';
import { limitMessage } from '../store/limit-message.ts';
import type { Loaded } from '../store/load-snapshot.ts';
import { type Sending, sendOn } from './send-on.ts';
import type { Store } from './store.ts';
import { waitWord } from './wait-word.ts';

type Leaving = Sending & {
  readonly store: Store;
  readonly content: Content;
  readonly means: { readonly newId: () => string };
  readonly runs: (channel: string) => boolean;
};

/** More than is answered: known by its id from now on, and she is told so, unless she has just heard it. */
export const leaveMessage = async (
  receiver: Leaving,
  message: IncomingMessage,
  limited: Extract<Loaded, { type: 'limited' }>,
): Promise<'limited'> => {
  const { address } = limited;
  const told = limited.tell ? waitWord(receiver, message, address) : undefined;
  const leased = await limitMessage(receiver.store, {
    message,
    addressId: address.id,
    now: receiver.now(),
    room: limited.room,
    sendNow: receiver.runs(message.channel),
    told,
  });
  if (told) sendOn(receiver, message, { outbox: [told], leased });
  return 'limited';
};
