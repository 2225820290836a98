import { type Api, GrammyError, InputFile } from 'grammy';
import type { InlineKeyboardMarkup, Message } from 'grammy/types';
import type { OutgoingFile } from '../channel.ts';
import { timeLimit } from './signal.ts';

// core.telegram.org/bots/api#sending-files, #sendphoto, #sendvoice and #sendaudio, Bot API 10.1 of 2026-06-11
export const UPLOAD_BYTES_MAX = 50_000_000;
const PHOTO_BYTES_MAX = 10_000_000;
const PHOTO_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);
const AUDIO_TYPES: ReadonlySet<string> = new Set(['audio/mpeg', 'audio/mp4', 'audio/x-m4a']);

/** Shorter than what delivery holds a message for: past that, somebody else may send it as well. */
const UPLOAD_TIMEOUT_MS = 40_000;

/**
 * 400s that speak of how the file is shown, not of the file: a picture too long and narrow for a photo, a person whose
 * settings take no voice notes. As a document it reaches her. The Bot API documents no list; these are its own words.
 */
const SHOWN_OTHERWISE = /photo_invalid|image_process_failed|photo_save_file|voice_messages_forbidden/iu;

type Way = 'photo' | 'voice' | 'audio' | 'video' | 'document';
type Sending = {
  readonly file: OutgoingFile;
  readonly more: {
    readonly caption?: string;
    readonly reply_markup?: InlineKeyboardMarkup;
    readonly allow_paid_broadcast?: boolean;
  };
};

/** A 400 that speaks of the id of a file that it was given before: the bytes go instead. */
const UNKNOWN_ID = /file[ _](?:identifier|id|reference)|type of file mismatch/iu;

/**
 * Sends a file so that it can be seen or heard in the chat, where Telegram can show its type; else as a document. By its id
 * where Telegram has it. `fileId`: by which it can be sent so again.
 */
export async function sendFile(
  api: Api,
  chatId: number,
  sending: Sending,
): Promise<{ readonly message: Message; readonly fileId: string | undefined }> {
  const way = wayOf(sending.file);
  try {
    const message = await knownOrUploaded(api, chatId, { ...sending, way });
    return { message, fileId: fileIdOf(message, way) };
  } catch (error) {
    const otherwise = error instanceof GrammyError && SHOWN_OTHERWISE.test(error.description);
    if (way === 'document' || !otherwise) throw error;
    const message = await send(api, chatId, { ...sending, way: 'document', input: inputOf(sending) });
    return { message, fileId: undefined };
  }
}

const inputOf = ({ file }: Sending): InputFile => new InputFile(file.bytes, file.name);

async function knownOrUploaded(api: Api, chatId: number, sending: Sending & { way: Way }): Promise<Message> {
  const { knownId } = sending.file;
  try {
    return await send(api, chatId, { ...sending, input: knownId ?? inputOf(sending) });
  } catch (error) {
    const isForgotten = error instanceof GrammyError && UNKNOWN_ID.test(error.description);
    if (knownId === undefined || !isForgotten) throw error;
    return await send(api, chatId, { ...sending, input: inputOf(sending) });
  }
}

/** The id of the file as it was sent: of one that Telegram shows as something else there is none to keep. */
function fileIdOf(message: Message, way: Way): string | undefined {
  return way === 'photo' ? message.photo?.at(-1)?.file_id : message[way]?.file_id;
}

function wayOf({ kind, mime, bytes }: OutgoingFile): Way {
  const type = mime.replace(/;.*$/u, '').trim().toLowerCase();
  switch (kind) {
    case 'image':
      return PHOTO_TYPES.has(type) && bytes.length <= PHOTO_BYTES_MAX ? 'photo' : 'document';
    case 'voice':
      if (type === 'audio/ogg') return 'voice';
      return AUDIO_TYPES.has(type) ? 'audio' : 'document';
    case 'video':
      return type === 'video/mp4' ? 'video' : 'document';
    case 'document':
      return 'document';
  }
}

/** @param input its bytes, or the id that Telegram knows it by */
async function send(
  api: Api,
  chatId: number,
  { way, more, input }: Sending & { way: Way; input: InputFile | string },
): Promise<Message> {
  const limit = timeLimit(UPLOAD_TIMEOUT_MS);
  switch (way) {
    case 'photo':
      return await api.sendPhoto(chatId, input, more, limit);
    case 'voice':
      return await api.sendVoice(chatId, input, more, limit);
    case 'audio':
      return await api.sendAudio(chatId, input, more, limit);
    case 'video':
      return await api.sendVideo(chatId, input, { ...more, supports_streaming: true }, limit);
    case 'document':
      return await api.sendDocument(chatId, input, { ...more, disable_content_type_detection: true }, limit);
  }
}
