import type { IncomingBody, IncomingMessage, MediaKind } from '../../conversation/message.ts';
import { cleanText } from '../clean-text.ts';
import {
  type CallbackQuery,
  type ChatMember,
  type Message,
  type Sender,
  type StoredFile,
  type Update,
  update,
} from './update.ts';

/** What the channel asks Telegram for; everything else is never delivered. */
export const UPDATE_TYPES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const;

/** Who we are on Telegram, so that a group's chatter is told apart from words to us. */
export type BotIdentity = { readonly id: number; readonly name: string };

type Heard = {
  readonly messageId: string;
  readonly from: Sender;
  /** Seconds since 1970. Of a press Telegram does not say it. */
  readonly at?: number | undefined;
  readonly repliesTo?: string;
  readonly forwarded?: boolean;
  readonly body: IncomingBody;
};

/** Whether this is an update of the Bot API in a shape we can read. An update of a kind we ignore is one, too. */
export function isUpdate(payload: unknown): boolean {
  return update.safeParse(payload).success;
}

/**
 * A Telegram update in our words, or undefined when it is not for us (a group's chatter, another bot, a service note)
 * or is no update at all.
 *
 * `messageId` names what the person did, never the update: one button press can arrive under several update ids
 * (github.com/tdlib/telegram-bot-api/issues/699), and a redelivered update must keep its id.
 *
 * @param now ISO instant, kept as `receivedAt` where Telegram does not say when it was
 * @param bot unknown until Telegram was reached; then words to us in a group count only if they are a command
 */
export function toIncoming(payload: unknown, now: string, bot?: BotIdentity): IncomingMessage | undefined {
  const parsed = update.safeParse(payload);
  if (!parsed.success) return undefined;
  const heard = hear(parsed.data, bot);
  if (heard === undefined || heard.from.is_bot === true) return undefined;
  const { messageId, from, at, repliesTo, forwarded, body } = heard;
  return {
    channel: 'telegram',
    messageId,
    address: String(from.id),
    receivedAt: at === undefined ? now : new Date(at * 1_000).toISOString(),
    ...(from.language_code !== undefined && { languageHint: cleanText(from.language_code) }),
    ...(repliesTo !== undefined && { repliesTo }),
    ...(forwarded && { forwarded }),
    body,
  };
}

/** The id to answer a button press with, so that the button stops turning; undefined if it was no press. */
export function pressIdOf(incoming: IncomingMessage): string | undefined {
  return incoming.messageId.startsWith('cb:') ? incoming.messageId.slice('cb:'.length) : undefined;
}

function hear(of: Update, bot: BotIdentity | undefined): Heard | undefined {
  if (of.message !== undefined) return hearMessage(of.message, bot);
  if (of.edited_message !== undefined) return hearEdit(of.edited_message);
  if (of.callback_query !== undefined) return hearPress(of.callback_query);
  if (of.my_chat_member !== undefined) return hearMembership(of.my_chat_member);
  return undefined;
}

function hearMessage(of: Message, bot: BotIdentity | undefined): Heard | undefined {
  if (of.from === undefined) return undefined;
  const messageId = `m:${of.chat.id}:${of.message_id}`;
  if (of.chat.type !== 'private') {
    if (!addressesUs(of, bot)) return undefined;
    return { messageId, from: of.from, at: of.date, body: { type: 'group-chat' } };
  }
  const forwarded = of.forward_origin !== undefined || of.forward_date !== undefined;
  const body = bodyOf(of, forwarded);
  if (body === undefined) return undefined;
  const answered = of.reply_to_message;
  // She may answer words of her own, too: only ours have an id that anybody here knows.
  const ours = answered !== undefined && bot !== undefined && answered.from?.id === bot.id;
  return {
    messageId,
    from: of.from,
    at: of.date,
    ...(ours && { repliesTo: String(answered.message_id) }),
    forwarded,
    body,
  };
}

function hearEdit(of: Message): Heard | undefined {
  // A live location is "edited" every few seconds while it is shared: one answer to its first message is enough.
  if (of.from === undefined || of.chat.type !== 'private' || of.location !== undefined) return undefined;
  const messageId = `e:${of.chat.id}:${of.message_id}:${of.edit_date ?? 0}`;
  return { messageId, from: of.from, at: of.edit_date, body: { type: 'unread', kind: 'edited' } };
}

function hearPress(of: CallbackQuery): Heard | undefined {
  if (of.data === undefined || of.inline_message_id !== undefined) return undefined;
  const messageId = `cb:${of.id}`;
  // Telegram leaves `message` out when it is too old; our buttons were only ever sent to private chats.
  if ((of.message?.chat.type ?? 'private') !== 'private') {
    return { messageId, from: of.from, body: { type: 'group-chat' } };
  }
  return { messageId, from: of.from, body: { type: 'button', payload: cleanText(of.data) } };
}

function hearMembership(of: ChatMember): Heard | undefined {
  if (of.chat.type !== 'private') return undefined;
  const { status } = of.new_chat_member;
  const reachable = status !== 'kicked' && status !== 'left';
  return {
    messageId: `r:${of.chat.id}:${of.date}:${status}`,
    from: of.from,
    at: of.date,
    body: { type: 'reachable', reachable },
  };
}

/** What a message in a private chat says; undefined for Telegram's own notes about the chat. */
function bodyOf(of: Message, forwarded: boolean): IncomingBody | undefined {
  if (of.contact !== undefined) {
    // A card that was passed on says nothing of who passes it on.
    const own = of.contact.user_id === of.from?.id && !forwarded;
    return { type: 'contact', phone: of.contact.phone_number, own };
  }
  if (of.text !== undefined) {
    // Of somebody else's words no command is made.
    return forwarded ? { type: 'text', text: cleanText(of.text) } : textBody(cleanText(of.text));
  }
  const media = mediaOf(of);
  if (media !== undefined) return media;
  // An animation is also given as a document, for programs older than animations.
  if (of.animation !== undefined) return { type: 'unread', kind: 'other' };
  if (of.document !== undefined) return fileBody('document', of.document, of.caption);
  if (of.location !== undefined) return { type: 'unread', kind: 'location' };
  return isServiceNote(of) ? undefined : { type: 'unread', kind: 'other' };
}

/** What can be heard or seen. Of a picture the largest size, which comes last. */
function mediaOf({ voice, audio, photo, video, caption }: Message): IncomingBody | undefined {
  const sound = voice ?? audio;
  if (sound !== undefined) return fileBody('voice', sound, caption);
  const picture = photo?.at(-1);
  if (picture !== undefined) return fileBody('image', picture, caption);
  return video === undefined ? undefined : fileBody('video', video, caption);
}

function fileBody(kind: MediaKind, of: StoredFile, caption: string | undefined): IncomingBody {
  return {
    type: 'media',
    kind,
    ref: of.file_id,
    ...(of.mime_type !== undefined && { mime: cleanText(of.mime_type) }),
    ...(of.file_size !== undefined && { size: of.file_size }),
    ...(of.file_name !== undefined && { fileName: cleanText(of.file_name) }),
    ...(caption !== undefined && { caption: cleanText(caption) }),
  };
}

/** "/start abc" is a deep link with its word; "/saldo@comadre_bot x" is the text "saldo x"; the rest stays as written. */
function textBody(text: string): IncomingBody {
  const start = /^\/start(?:@\w+)?(?:\s+(?<code>\S{1,64}))?(?:\s|$)/iu.exec(text);
  if (start !== null) {
    const code = start.groups?.['code'];
    return code === undefined ? { type: 'start' } : { type: 'start', code };
  }
  return { type: 'text', text: text.replace(/^\/(?<word>\p{L}[\p{L}\p{N}_]*)(?:@\w+)?/u, '$<word>') };
}

function addressesUs(of: Message, bot: BotIdentity | undefined): boolean {
  const words = of.text ?? of.caption ?? '';
  const names = words.match(/@\w+/gu) ?? [];
  const toUs = names.some((name) => name.slice(1).toLowerCase() === bot?.name.toLowerCase());
  const command = /^\/\w+(?<to>@\w+)?/u.exec(words);
  // "/saldo@other_bot" is for the other one.
  if (command !== null) return command.groups?.['to'] === undefined || toUs;
  return toUs || (bot !== undefined && of.reply_to_message?.from?.id === bot.id);
}

function isServiceNote(of: Message): boolean {
  return (
    of.pinned_message !== undefined ||
    of.message_auto_delete_timer_changed !== undefined ||
    of.chat_background_set !== undefined ||
    of.write_access_allowed !== undefined
  );
}
