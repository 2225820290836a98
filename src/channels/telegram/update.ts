import { z } from 'zod';

// Only what we read is checked, so that a field Telegram adds or changes elsewhere never costs a message.
const sender = z.object({
  id: z.int(),
  is_bot: z.boolean().optional(),
  language_code: z.string().max(35).optional().catch(undefined),
});
const chat = z.object({ id: z.int(), type: z.string() });
const file = z.object({
  file_id: z.string().min(1).max(256),
  mime_type: z.string().max(128).optional(),
  file_size: z.int().nonnegative().optional(),
  file_name: z.string().max(255).optional(),
});
/** Seconds since 1970, as far as anybody can mean them. */
const seconds = z.int().positive().max(4e9);
const message = z.object({
  message_id: z.int(),
  date: seconds.optional().catch(undefined),
  edit_date: z.int().optional(),
  chat,
  from: sender.optional(),
  text: z.string().optional(),
  caption: z.string().optional().catch(undefined),
  reply_to_message: z
    .object({ message_id: z.int(), from: z.object({ id: z.int() }).optional() })
    .optional()
    .catch(undefined),
  forward_origin: z.unknown().optional(),
  forward_date: z.unknown().optional(),
  voice: file.optional().catch(undefined),
  audio: file.optional().catch(undefined),
  video: file.optional().catch(undefined),
  photo: z.array(file).optional().catch(undefined),
  document: file.optional().catch(undefined),
  contact: z
    .object({ phone_number: z.string().max(32), user_id: z.int().optional() })
    .optional()
    .catch(undefined),
  animation: z.unknown().optional(),
  location: z.unknown().optional(),
  pinned_message: z.unknown().optional(),
  message_auto_delete_timer_changed: z.unknown().optional(),
  chat_background_set: z.unknown().optional(),
  write_access_allowed: z.unknown().optional(),
});
const callbackQuery = z.object({
  id: z.string().min(1).max(64),
  from: sender,
  message: z.object({ chat }).optional(),
  inline_message_id: z.string().optional(),
  data: z.string().optional(),
});
const chatMember = z.object({
  chat,
  from: sender,
  date: seconds,
  new_chat_member: z.object({ status: z.string() }),
});
/** An update of the Bot API, as far as we read it. */
export const update = z.object({
  update_id: z.int(),
  message: message.optional(),
  edited_message: message.optional(),
  callback_query: callbackQuery.optional(),
  my_chat_member: chatMember.optional(),
});

export type Update = z.infer<typeof update>;
export type Sender = z.infer<typeof sender>;
export type Message = z.infer<typeof message>;
export type CallbackQuery = z.infer<typeof callbackQuery>;
export type ChatMember = z.infer<typeof chatMember>;
export type StoredFile = z.infer<typeof file>;
