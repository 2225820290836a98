import type { IncomingMessage } from '../conversation/message.ts';
import { isPinShaped } from '../domain/pin.ts';

/** Digits with nothing but marks between them, or beside the word. */
const PIN_TEXT = /^[\d\s.,:;-]*$|\b(?:nip|pin)\b/iu;

/** What may be a PIN is kept nowhere, not even of a message that is kept for us to look at. */
export const withoutPin = (message: IncomingMessage): IncomingMessage => {
  const { body } = message;
  if (body.type === 'pin') return { ...message, body: { ...body, digits: '' } };
  const isDigits =
    body.type === 'text' && PIN_TEXT.test(body.text) && isPinShaped(body.text.replace(/\D/gu, ''));
  return isDigits ? { ...message, body: { type: 'text', text: '····' } } : message;
};

/** What somebody wrote in danger is kept nowhere either. */
export const withoutWords = (message: IncomingMessage): IncomingMessage =>
  message.body.type === 'text' ? { ...message, body: { type: 'text', text: '····' } } : message;
