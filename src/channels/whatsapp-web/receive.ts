import type { IncomingBody, IncomingMessage, MediaKind } from '../../conversation/message.ts';
import { cleanText } from '../clean-text.ts';
import { phoneOf } from '../phone-number.ts';
import { addressOf, aliasOf } from './address.ts';
import type { Heard } from './protocol.ts';

export const CHANNEL = 'whatsapp-web';

/** WhatsApp's names of what can be heard, seen or kept. A sticker is none of them. */
const KINDS: Readonly<Record<string, MediaKind>> = {
  ptt: 'voice',
  audio: 'voice',
  image: 'image',
  video: 'video',
  document: 'document',
};

/** What WhatsApp writes into a chat by itself: nobody said it. */
const SERVICE = new Set([
  'e2e_notification',
  'notification',
  'notification_template',
  'gp2',
  'broadcast_notification',
  'protocol',
  'ciphertext',
  'revoked',
  'call_log',
  'debug',
  'pinned_message',
  'reaction',
]);

/**
 * What was heard in our words, or undefined when it is not for us: a group's chatter, a note of WhatsApp's own, somebody
 * without any id.
 */
export function toIncoming(of: Heard): IncomingMessage | undefined {
  const address = addressOf(of.phone, of.lid);
  const body = address === undefined ? undefined : bodyOf(of, address);
  if (address === undefined || body === undefined) return undefined;
  return {
    channel: CHANNEL,
    messageId: messageIdOf(of),
    address,
    receivedAt: new Date(of.at * 1_000).toISOString(),
    ...(of.lid !== undefined && aliasOf(of.lid) !== address && { aliases: [aliasOf(of.lid)] }),
    ...(of.repliesTo !== undefined && { repliesTo: of.repliesTo }),
    ...(of.isForwarded && { forwarded: true }),
    body,
  };
}

/** The chat is part of it: a telephone makes up the short id itself, and could take one of somebody else's. */
function messageIdOf({ event, id, edit }: Heard): string {
  switch (event) {
    case 'message':
      return `m:${id}`;
    case 'edited':
      return `e:${id}:${edit ?? ''}`;
    case 'unreadable':
      return `u:${id}`;
    case 'moved':
      return `n:${id}`;
  }
}

function bodyOf(of: Heard, address: string): IncomingBody | undefined {
  if (of.isGroup) return of.event === 'message' && of.isToUs ? { type: 'group-chat' } : undefined;
  switch (of.event) {
    case 'edited':
      return { type: 'unread', kind: 'edited' };
    case 'unreadable':
      return { type: 'unread', kind: 'other' };
    case 'moved':
      return { type: 'moved' };
    case 'message':
      return SERVICE.has(of.type) ? undefined : writtenBody(of, address);
  }
}

function writtenBody(of: Heard, address: string): IncomingBody {
  const phone = of.type === 'vcard' ? phoneIn(of.vCards[0] ?? '') : undefined;
  // A card that was passed on says nothing of who passes it on.
  if (phone !== undefined) return { type: 'contact', phone, own: phone === address && !of.isForwarded };
  if (of.type === 'chat') return { type: 'text', text: cleanText(of.body) };
  const kind = KINDS[of.type];
  if (kind !== undefined && of.file !== undefined) return fileBody(of, kind, of.file);
  if (of.type === 'location') return { type: 'unread', kind: 'location' };
  return { type: 'unread', kind: 'other' };
}

function fileBody(
  of: Heard,
  kind: MediaKind,
  { mime, size, name }: NonNullable<Heard['file']>,
): IncomingBody {
  return {
    type: 'media',
    kind,
    ref: of.id,
    ...(mime !== undefined && { mime: cleanText(mime) }),
    ...(size !== undefined && { size }),
    ...(name !== undefined && { fileName: cleanText(name) }),
    ...(of.body !== '' && { caption: cleanText(of.body) }),
  };
}

/** A card with a picture in it is longer; the number stands before that. */
const CARD_CHARS_READ = 4_000;

/** The number on a contact card: "TEL;type=CELL;waid=5215550100123:+52 1 555 010 0123". */
function phoneIn(card: string): string | undefined {
  const found = /^(?:item\d{1,3}\.)?TEL(?<kind>[^:\r\n]{0,200}):(?<number>[^\r\n]{3,40})/imu.exec(
    card.slice(0, CARD_CHARS_READ),
  );
  const named = /waid=(?<digits>\d{7,15})/iu.exec(found?.groups?.['kind'] ?? '')?.groups?.['digits'];
  return phoneOf(named ?? found?.groups?.['number'] ?? '');
}
