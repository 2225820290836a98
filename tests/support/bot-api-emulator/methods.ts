import type { Button, Chat, FileKind, Read } from './person.ts';
import { seconds } from './person.ts';
import type { UploadedFile } from './read-call.ts';
import { METHODS, type Method } from './table.ts';
import type { Updates } from './updates.ts';

// core.telegram.org/bots/api, Bot API 10.1: "Sending files", getFile, deleteMessage
const PHOTO_BYTES_MAX = 10_000_000;
const UPLOAD_BYTES_MAX = 50_000_000;
const DOWNLOAD_BYTES_MAX = 20_000_000;
const DELETE_SECONDS_MAX = 48 * 3_600;

/** What Telegram answers when it says no, in its own words. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, description: string) {
    super(description);
    this.status = status;
  }
}

export type Server = {
  readonly bot: { readonly id: number; readonly username: string };
  readonly updates: Updates;
  readonly chats: ReadonlyMap<number, Chat>;
  /** Presses not answered yet. */
  readonly presses: Set<string>;
  readonly files: ReadonlyMap<string, UploadedFile>;
  /** What the next getFiles answer in place of the true paths. */
  readonly filePaths: string[];
  /** Keeps a file and returns its id. */
  keepFile(file: UploadedFile): string;
  nextMessageId(): number;
};

export type Asked = {
  readonly method: Method;
  readonly params: Readonly<Record<string, unknown>>;
  readonly files: ReadonlyMap<string, UploadedFile>;
  /** Aborted when the caller hung up. */
  readonly closed: AbortSignal;
};

/** Does what a checked call asks. Throws `Refusal`. */
export async function carryOut(server: Server, asked: Asked): Promise<unknown> {
  const { method, params } = asked;
  switch (method) {
    case 'getMe':
      return { ...botOf(server), can_join_groups: true, can_read_all_group_messages: false };
    case 'getUpdates':
      return await poll(server, asked);
    case 'setWebhook':
    case 'deleteWebhook':
      return setHook(server, asked);
    case 'getWebhookInfo': {
      const url = server.updates.hook()?.url ?? '';
      const pending = server.updates.open().length;
      return { url, has_custom_certificate: false, pending_update_count: pending };
    }
    case 'sendMessage':
      return send(server, METHODS.sendMessage.parse(params), { kind: 'text' });
    case 'sendPhoto':
      return sendFile(server, asked, { kind: 'photo', params: METHODS.sendPhoto.parse(params) });
    case 'sendVoice':
      return sendFile(server, asked, { kind: 'voice', params: METHODS.sendVoice.parse(params) });
    case 'sendAudio':
      return sendFile(server, asked, { kind: 'audio', params: METHODS.sendAudio.parse(params) });
    case 'sendVideo':
      return sendFile(server, asked, { kind: 'video', params: METHODS.sendVideo.parse(params) });
    case 'sendDocument':
      return sendFile(server, asked, { kind: 'document', params: METHODS.sendDocument.parse(params) });
    case 'editMessageText':
    case 'editMessageReplyMarkup':
    case 'deleteMessage':
      return change(server, asked);
    case 'deleteMessages':
      return deleteMany(server, METHODS.deleteMessages.parse(params));
    case 'answerCallbackQuery': {
      const { callback_query_id: id } = METHODS.answerCallbackQuery.parse(params);
      if (server.presses.delete(id)) return true;
      const why = 'query is too old and response timeout expired or query ID is invalid';
      throw new Refusal(400, `Bad Request: ${why}`);
    }
    case 'setMyCommands':
      return true;
    case 'getFile': {
      const { file_id: id } = METHODS.getFile.parse(params);
      const file = server.files.get(id);
      if (file === undefined) throw new Refusal(400, 'Bad Request: invalid file_id');
      if (file.bytes.length > DOWNLOAD_BYTES_MAX) throw new Refusal(400, 'Bad Request: file is too big');
      const told = server.filePaths.shift();
      if (told !== undefined) return { file_id: id, file_unique_id: id, file_path: told };
      const path = `files/${id}.${/\.(?<end>\w+)$/u.exec(file.name)?.groups?.['end'] ?? 'bin'}`;
      return { file_id: id, file_unique_id: id, file_size: file.bytes.length, file_path: path };
    }
  }
}

async function poll(server: Server, { params, closed }: Asked): Promise<unknown> {
  const { offset, limit = 100, timeout = 0, allowed_updates } = METHODS.getUpdates.parse(params);
  server.updates.allow(allowed_updates);
  const wanted = { ...(offset === undefined ? {} : { offset }), limit, timeoutMs: timeout * 1_000 };
  const taken = await server.updates.poll(wanted, closed);
  if ('updates' in taken) return taken.updates;
  const why =
    taken.conflict === 'webhook'
      ? "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
      : 'terminated by other getUpdates request; make sure that only one bot instance is running';
  throw new Refusal(409, `Conflict: ${why}`);
}

function setHook(server: Server, { method, params }: Asked): true {
  if (method === 'deleteWebhook') {
    const { drop_pending_updates: drop = false } = METHODS.deleteWebhook.parse(params);
    server.updates.setHook(undefined, drop);
    return true;
  }
  const {
    url,
    secret_token: secret,
    allowed_updates,
    drop_pending_updates,
  } = METHODS.setWebhook.parse(params);
  // Telegram wants HTTPS; a test's own server on this machine may do without.
  if (url !== '' && !/^https:\/\/|^http:\/\/(?:127\.0\.0\.1|localhost)[:/]/u.test(url)) {
    throw new Refusal(400, 'Bad Request: bad webhook: An HTTPS URL must be provided for webhook');
  }
  server.updates.allow(allowed_updates);
  server.updates.setHook(url === '' ? undefined : { url, secret }, drop_pending_updates ?? false);
  return true;
}

type Sending = {
  readonly chat_id: number | string;
  readonly text?: string;
  readonly caption?: string | undefined;
  readonly reply_markup?: unknown;
};
type Sent = { readonly kind: Read['kind']; readonly file?: string; readonly upload?: UploadedFile };

function sendFile(
  server: Server,
  { params: raw, files }: Asked,
  { kind, params }: { kind: FileKind; params: Sending },
): unknown {
  const value = String(raw[kind]);
  // Any other text is taken for the id of a file that Telegram has.
  if (!value.startsWith('attach://')) {
    const known = server.files.get(value);
    if (known === undefined) throw new Refusal(400, 'Bad Request: wrong file identifier/HTTP URL specified');
    return send(server, params, { kind, upload: known, file: value });
  }
  const upload = files.get(value.slice('attach://'.length));
  if (upload === undefined) throw new Refusal(400, `Bad Request: there is no ${kind} in the request`);
  const tooLarge = upload.bytes.length > (kind === 'photo' ? PHOTO_BYTES_MAX : UPLOAD_BYTES_MAX);
  if (tooLarge) throw new Refusal(413, 'Request Entity Too Large');
  if (upload.bytes.length === 0) throw new Refusal(400, 'Bad Request: file must be non-empty');
  openChat(server, params.chat_id);
  return send(server, params, { kind, upload, file: server.keepFile(upload) });
}

function send(server: Server, params: Sending, { kind, file, upload }: Sent): unknown {
  const chat = openChat(server, params.chat_id);
  const text = params.text ?? params.caption ?? '';
  if (kind === 'text' && text.trim() === '') throw new Refusal(400, 'Bad Request: message text is empty');
  const buttons = buttonsOf(params.reply_markup);
  const read: Read = {
    messageId: server.nextMessageId(),
    kind,
    text,
    buttons,
    edited: false,
    sentAt: seconds(),
    ...(upload === undefined ? {} : { file: upload }),
  };
  chat.messages.push(read);
  return messageOf(server, chat, { read, ...(file === undefined ? {} : { file }) });
}

function change(server: Server, { method, params }: Asked): unknown {
  const text = params['text'];
  const chat = openChat(server, params['chat_id']);
  const at = chat.messages.findIndex(({ messageId }) => messageId === params['message_id']);
  const read = chat.messages[at];
  const what = method === 'deleteMessage' ? 'delete' : 'edit';
  if (read === undefined) throw new Refusal(400, `Bad Request: message to ${what} not found`);
  if (method === 'deleteMessage') {
    chat.messages.splice(at, 1);
    return true;
  }
  const buttons = buttonsOf(params['reply_markup']);
  const same = JSON.stringify(buttons) === JSON.stringify(read.buttons);
  if (same && (text === undefined || text === read.text)) {
    const why =
      'message is not modified: specified new message content and reply markup are exactly the same';
    throw new Refusal(400, `Bad Request: ${why}`);
  }
  if (typeof text === 'string') read.text = text;
  read.buttons = buttons;
  read.edited = true;
  return messageOf(server, chat, { read });
}

/** Those that are not there are passed over; one that is too old, and none goes. */
function deleteMany(server: Server, asked: { chat_id: number | string; message_ids: number[] }): true {
  const chat = openChat(server, asked.chat_id);
  const found = chat.messages.filter(({ messageId }) => asked.message_ids.includes(messageId));
  if (found.some(({ sentAt }) => seconds() - sentAt > DELETE_SECONDS_MAX)) {
    throw new Refusal(400, "Bad Request: message can't be deleted for everyone");
  }
  for (const read of found) chat.messages.splice(chat.messages.indexOf(read), 1);
  return true;
}

function openChat(server: Server, id: unknown): Chat {
  const chat = server.chats.get(Number(id));
  if (chat === undefined) throw new Refusal(400, 'Bad Request: chat not found');
  switch (chat.state) {
    case 'open':
      return chat;
    case 'never-wrote':
      throw new Refusal(403, "Forbidden: bot can't initiate conversation with a user");
    case 'blocked':
      throw new Refusal(403, 'Forbidden: bot was blocked by the user');
    case 'gone':
      throw new Refusal(403, 'Forbidden: user is deactivated');
  }
}

function buttonsOf(markup: unknown): Button[] {
  const keyboard = METHODS.editMessageReplyMarkup.shape.reply_markup.safeParse(markup);
  const rows = keyboard.success ? (keyboard.data?.inline_keyboard ?? []) : [];
  return rows.flat().map(({ text, callback_data }) => ({ label: text, payload: callback_data ?? '' }));
}

function messageOf(server: Server, chat: Chat, { read, file }: { read: Read; file?: string }): unknown {
  const { messageId, kind, text, buttons, edited } = read;
  const rows = buttons.map(({ label, payload }) => [{ text: label, callback_data: payload }]);
  const media = { file_id: file, file_unique_id: file };
  return {
    message_id: messageId,
    from: botOf(server),
    chat: { id: chat.person.id, type: 'private' },
    date: seconds(),
    ...(edited ? { edit_date: seconds() } : {}),
    ...(kind === 'text' ? { text } : { caption: text, [kind]: kind === 'photo' ? [media] : media }),
    ...(rows.length === 0 ? {} : { reply_markup: { inline_keyboard: rows } }),
  };
}

function botOf({ bot }: Server): object {
  return { id: bot.id, is_bot: true, first_name: 'Comadre', username: bot.username };
}
