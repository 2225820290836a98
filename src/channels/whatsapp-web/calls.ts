import type WhatsApp from 'whatsapp-web.js';
import { FILE_BYTES_MAX } from '../channel.ts';
import { sizeOf } from './heard.ts';
import type { Identities } from './identities.ts';
import type { FetchAnswer, Part, SendAnswer } from './protocol.ts';

/** What the library says of a number that WhatsApp does not have. */
const NO_SUCH_NUMBER = /No LID for user/u;
const NO_SUCH_ID = /Invalid serialized message id/u;
const ERASE_LOOKS = 10;
const ERASE_LOOK_MS = 100;

type Library = typeof WhatsApp;
export type Line = {
  readonly library: Library;
  readonly whatsapp: WhatsApp.Client;
  readonly identities: Identities;
};

/** Sends one bubble and waits until WhatsApp has taken it. The chat is not marked as read: that says "safe", not "sent". */
export async function sendPart(line: Line, to: readonly string[], part: Part): Promise<SendAnswer> {
  try {
    const chat = await line.identities.chat(to);
    if (chat === undefined) return { outcome: 'no-such-number' };
    const sent: WhatsApp.Message | undefined | null = await line.whatsapp.sendMessage(
      chat,
      contentOf(line.library, part),
      optionsOf(part),
    );
    // Without a message nobody knows what became of it; -1: WhatsApp refused it.
    if (!sent || sent.ack === line.library.MessageAck.ACK_ERROR) return { outcome: 'unknown' };
    return { outcome: 'sent', id: sent.id.id };
  } catch (error) {
    return { outcome: NO_SUCH_NUMBER.test(wordsOf(error)) ? 'no-such-number' : 'unknown' };
  }
}

function contentOf({ MessageMedia }: Library, { text, file }: Part): string | WhatsApp.MessageMedia {
  if (file === undefined) return text;
  return new MessageMedia(mimeOf(file), Buffer.from(file.bytes).toString('base64'), file.name);
}

/** A telephone plays a voice note only if it is told that there is Opus in the Ogg. */
const mimeOf = ({ kind, mime }: NonNullable<Part['file']>): string =>
  kind === 'voice' && mime === 'audio/ogg' ? 'audio/ogg; codecs=opus' : mime;

function optionsOf({ text, file }: Part): WhatsApp.MessageSendOptions {
  return {
    sendSeen: false,
    linkPreview: false,
    parseVCards: false,
    waitUntilMsgSent: true,
    ...(file !== undefined && text !== '' && { caption: text }),
    ...(file?.kind === 'voice' && { sendAudioAsVoice: true }),
    ...(file?.kind === 'document' && { sendMediaAsDocument: true }),
  };
}

/** @param ref the message's id with its chat */
export async function fetchFile({ whatsapp }: Line, ref: string): Promise<FetchAnswer> {
  try {
    const message: WhatsApp.Message | null = await whatsapp.getMessageById(ref);
    if (!message?.hasMedia) return { outcome: 'gone' };
    if (sizeOf(message) > FILE_BYTES_MAX) return { outcome: 'too-large' };
    const media: WhatsApp.MessageMedia | undefined = await message.downloadMedia();
    if (media === undefined) return { outcome: 'gone' };
    const bytes = Buffer.from(media.data, 'base64');
    if (bytes.length > FILE_BYTES_MAX) return { outcome: 'too-large' };
    return { outcome: 'fetched', mime: media.mimetype, bytes };
  } catch (error) {
    return { outcome: NO_SUCH_ID.test(wordsOf(error)) ? 'gone' : 'unavailable' };
  }
}

/** Takes messages of ours back from her telephone. WhatsApp allows it for about two days; what is older stays there. */
export async function eraseMessages(
  line: Line,
  to: readonly string[],
  ids: readonly string[],
): Promise<string[]> {
  const chat = await line.identities.chat(to);
  if (chat === undefined) return [];
  const gone: string[] = [];
  for (const id of ids) {
    if (await eraseOne(line, `true_${chat}_${id}`).catch(() => false)) gone.push(id);
  }
  return gone;
}

async function eraseOne({ library, whatsapp }: Line, id: string): Promise<boolean> {
  const message: WhatsApp.Message | null = await whatsapp.getMessageById(id);
  if (!message) return false;
  await message.delete(true);
  for (let looks = 0; looks < ERASE_LOOKS; looks += 1) {
    const now: WhatsApp.Message | null = await message.reload();
    if (now?.type === library.MessageTypes.REVOKED) return true;
    await new Promise((resolve) => setTimeout(resolve, ERASE_LOOK_MS));
  }
  return false;
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : '');
