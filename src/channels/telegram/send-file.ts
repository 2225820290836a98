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
  readonly more: { readonly caption?: string; readonly reply_markup?: InlineKeyboardMarkup };
};

/** Sends a file so that it can be seen or heard in the chat, where Telegram can show its type; else as a document. */
export async function sendFile(api: Api, chatId: number, sending: Sending): Promise<Message> {
  const way = wayOf(sending.file);
  try {
    return await upload(api, chatId, { ...sending, way });
  } catch (error) {
    const otherwise = error instanceof GrammyError && SHOWN_OTHERWISE.test(error.description);
    if (way === 'document' || !otherwise) throw error;
    return await upload(api, chatId, { ...sending, way: 'document' });
  }
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

async function upload(
  api: Api,
  chatId: number,
  { way, file, more }: Sending & { way: Way },
): Promise<Message> {
  const input = new InputFile(file.bytes, file.name);
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
