import type WhatsApp from 'whatsapp-web.js';
import { z } from 'zod';
import type { Heard } from './protocol.ts';

const ID_CHARS_MAX = 256;

/** A person as WhatsApp's page knows her; either name may be unknown. */
export type Identity = { readonly phone?: string | undefined; readonly lid?: string | undefined };

/** WhatsApp's whole name of a message, a person or a chat. */
export const nameOf = ({ _serialized: name }: { readonly _serialized: string }): string => name;

/** What WhatsApp's page tells of a message beyond what the library makes of it. Ids come as text or as objects. */
const wid = z.union([z.string(), z.object({ _serialized: z.string() }).transform(nameOf)]);
const raw = z.object({
  size: z.number().nonnegative().optional().catch(undefined),
  mimetype: z.string().max(128).optional().catch(undefined),
  filename: z.string().max(255).optional().catch(undefined),
  quotedStanzaID: z.string().max(ID_CHARS_MAX).optional().catch(undefined),
  quotedParticipant: wid.optional().catch(undefined),
  mentionedJidList: z.array(wid).optional().catch(undefined),
  latestEditSenderTimestampMs: z.number().optional().catch(undefined),
});

export type Hearing = {
  readonly event: Heard['event'];
  readonly message: WhatsApp.Message;
  /** Our own names in a chat. */
  readonly own: readonly string[];
};

/** The chat she would be answered in: the group, or she herself. */
export const chatOf = (message: WhatsApp.Message): string => (message.fromMe ? message.to : message.from);

export const isGroup = (chat: string): boolean => chat.endsWith('@g.us');

/** Whether a person may have said this to us: neither we ourselves, nor a status, a channel or a broadcast list. */
export function isSaid(message: WhatsApp.Message): boolean {
  const chat = chatOf(message);
  if (message.fromMe || message.isStatus) return false;
  return chat.endsWith('@c.us') || chat.endsWith('@lid') || isGroup(chat);
}

/** Who wrote it: of a group its member. */
export const writerOf = (message: WhatsApp.Message): string =>
  isGroup(chatOf(message)) ? (message.author ?? '') : chatOf(message);

export function toHeard({ event, message, own }: Hearing, { phone, lid }: Identity): Heard {
  const facts = raw.parse(message.rawData);
  const answersUs = facts.quotedParticipant !== undefined && own.includes(facts.quotedParticipant);
  const namesUs = facts.mentionedJidList?.some((name) => own.includes(name)) ?? false;
  return {
    event,
    id: nameOf(message.id),
    ...(event === 'edited' && { edit: String(facts.latestEditSenderTimestampMs ?? Date.now()) }),
    at: message.timestamp,
    type: message.type,
    body: message.body,
    ...(phone !== undefined && { phone }),
    ...(lid !== undefined && { lid }),
    isGroup: isGroup(chatOf(message)),
    isToUs: answersUs || namesUs,
    isForwarded: message.isForwarded || message.forwardingScore > 0,
    ...(answersUs && facts.quotedStanzaID !== undefined && { repliesTo: facts.quotedStanzaID }),
    ...(message.hasMedia && { file: fileOf(facts) }),
    vCards: message.vCards,
  };
}

function fileOf({ mimetype, size, filename }: z.infer<typeof raw>): NonNullable<Heard['file']> {
  return {
    ...(mimetype !== undefined && { mime: mimetype }),
    ...(size !== undefined && { size }),
    ...(filename !== undefined && { name: filename }),
  };
}

/** The bytes a message says it carries. */
export const sizeOf = (message: WhatsApp.Message): number => raw.parse(message.rawData).size ?? 0;
