import type { IncomingMessage } from './message.ts';
import type { Flow } from './session.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * What was passed on, to whom nobody looks inside: somebody else's words can never be an order to book money, open an
 * invitation or answer a question. A card stays one: it is answered as another woman's number.
 */
export const unlessForwarded = (message: IncomingMessage): IncomingMessage => {
  if (!message.forwarded) return message;
  const { body } = message;
  if (body.type === 'contact') return { ...message, body: { ...body, own: false } };
  return { ...message, body: { type: 'unread', kind: 'other' } };
};

/** The message as far as it may be read: of what was passed on only words and files, of staff who may send them to many. */
export const readable = ({ speaker, address }: Snapshot, message: IncomingMessage): IncomingMessage => {
  const { type } = message.body;
  const forMany = speaker.type === 'staff' && mayBegin(address.session.flow);
  return forMany && (type === 'text' || type === 'media') ? message : unlessForwarded(message);
};

/** Whether she writes a message to many, or may begin one: nothing else is asked of her. */
const mayBegin = ({ type }: Flow): boolean =>
  type === 'idle' || (type.startsWith('broadcast-') && type !== 'broadcast-second');
