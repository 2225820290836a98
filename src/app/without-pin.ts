import type { IncomingMessage } from '../conversation/message.ts';
import { isPinShaped } from '../domain/pin.ts';

/** What may be a PIN is kept nowhere, not even of a message that is kept for us to look at. */
export const withoutPin = (message: IncomingMessage): IncomingMessage => {
  const { body } = message;
  if (body.type === 'pin') return { ...message, body: { ...body, digits: '' } };
  const isDigits = body.type === 'text' && isPinShaped(body.text.trim());
  return isDigits ? { ...message, body: { type: 'text', text: '····' } } : message;
};

/** What somebody wrote in danger is kept nowhere either. */
export const withoutWords = (message: IncomingMessage): IncomingMessage =>
  message.body.type === 'text' ? { ...message, body: { type: 'text', text: '····' } } : message;
