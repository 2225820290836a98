import { z } from 'zod';

/** The methods this emulator offers, with what each takes. Written from core.telegram.org/bots/api, Bot API 10.1. */

const chatId = z.union([z.int(), z.string().min(1)]);
const messageId = z.int().positive();
const text = z.string().min(1).max(4_096);
const caption = z.string().max(1_024).optional();
const file = z.string().min(1); // a file id, an address, or attach://<part>
const updateTypes = z.array(z.string()).optional();
const bytes = (max: number) =>
  z.string().refine((value) => Buffer.byteLength(value) >= 1 && Buffer.byteLength(value) <= max, {
    error: `must have 1 to ${max} bytes`,
  });

const button = z
  .strictObject({ text: z.string().min(1), callback_data: bytes(64).optional(), url: z.string().optional() })
  .refine((value) => (value.callback_data === undefined) !== (value.url === undefined), {
    error: 'must have exactly one of callback_data and url',
  });
const inlineKeyboard = z.strictObject({ inline_keyboard: z.array(z.array(button)) });
const replyMarkup = z
  .union([
    inlineKeyboard,
    z.looseObject({ keyboard: z.array(z.array(z.unknown())) }),
    z.looseObject({ remove_keyboard: z.literal(true) }),
    z.looseObject({ force_reply: z.literal(true) }),
  ])
  .optional();
const sending = {
  chat_id: chatId,
  reply_markup: replyMarkup,
  parse_mode: z.enum(['HTML', 'Markdown', 'MarkdownV2']).optional(),
  disable_notification: z.boolean().optional(),
  protect_content: z.boolean().optional(),
  allow_paid_broadcast: z.boolean().optional(),
  reply_parameters: z.looseObject({ message_id: messageId }).optional(),
};
const linkPreview = z
  .strictObject({ is_disabled: z.boolean().optional(), url: z.string().optional() })
  .optional();

export const METHODS = {
  getMe: z.strictObject({}),
  getUpdates: z.strictObject({
    offset: z.int().optional(),
    limit: z.int().min(1).max(100).optional(),
    timeout: z.int().min(0).optional(),
    allowed_updates: updateTypes,
  }),
  setWebhook: z.strictObject({
    url: z.string(),
    secret_token: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,256}$/u)
      .optional(),
    allowed_updates: updateTypes,
    max_connections: z.int().min(1).max(100).optional(),
    drop_pending_updates: z.boolean().optional(),
  }),
  deleteWebhook: z.strictObject({ drop_pending_updates: z.boolean().optional() }),
  getWebhookInfo: z.strictObject({}),
  sendMessage: z.strictObject({
    ...sending,
    text,
    entities: z.array(z.unknown()).optional(),
    link_preview_options: linkPreview,
  }),
  sendPhoto: z.strictObject({ ...sending, photo: file, caption }),
  sendVoice: z.strictObject({ ...sending, voice: file, caption, duration: z.int().optional() }),
  sendAudio: z.strictObject({ ...sending, audio: file, caption, title: z.string().optional() }),
  sendVideo: z.strictObject({ ...sending, video: file, caption, supports_streaming: z.boolean().optional() }),
  sendDocument: z.strictObject({
    ...sending,
    document: file,
    caption,
    disable_content_type_detection: z.boolean().optional(),
  }),
  editMessageText: z.strictObject({
    chat_id: chatId,
    message_id: messageId,
    text,
    link_preview_options: linkPreview,
    reply_markup: inlineKeyboard.optional(),
  }),
  editMessageReplyMarkup: z.strictObject({
    chat_id: chatId,
    message_id: messageId,
    reply_markup: inlineKeyboard.optional(),
  }),
  deleteMessage: z.strictObject({ chat_id: chatId, message_id: messageId }),
  deleteMessages: z.strictObject({ chat_id: chatId, message_ids: z.array(messageId).min(1).max(100) }),
  answerCallbackQuery: z.strictObject({
    callback_query_id: z.string().min(1),
    text: z.string().max(200).optional(),
    show_alert: z.boolean().optional(),
    cache_time: z.int().min(0).optional(),
  }),
  setMyCommands: z.strictObject({
    commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^[a-z0-9_]{1,32}$/u),
          description: z.string().min(1).max(256),
        }),
      )
      .max(100),
    scope: z.looseObject({ type: z.string() }).optional(),
    language_code: z.string().optional(),
  }),
  getFile: z.strictObject({ file_id: z.string().min(1) }),
} as const;

export type Method = keyof typeof METHODS;

export function isMethod(name: string): name is Method {
  return Object.hasOwn(METHODS, name);
}
