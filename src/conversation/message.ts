/**
 * The contract between channels and the conversation: what comes in and what goes out, with no word of any platform.
 * A channel translates its payloads to these and back; it decides nothing.
 */

/** Longer text is answered with "please shorter". A list of thirty members with two purposes each is about 1,200. */
export const TEXT_CHARS_MAX = 2_000;

export const LANGUAGES = ['es', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What a person sent. `address` is her id on that channel (a Telegram user id, a phone number, …). */
export type IncomingMessage = {
  readonly channel: string;
  /** The channel's own id of this delivery; the same id again is the same message. */
  readonly messageId: string;
  readonly address: string;
  /** When her platform had it, where that says so; else when we did. An ISO instant. */
  readonly receivedAt: string;
  /** Other ids of the same person on this channel: she is known by any of them, and a number alone is never her. */
  readonly aliases?: readonly string[];
  /** What the channel says about her language, if it says anything ("es-MX", "en"). A hint, never stored as fact. */
  readonly languageHint?: string;
  /** The channel's id of our message that she answers, if she marked one. */
  readonly repliesTo?: string;
  /** She passed it on: they are somebody else's words. The conversation decides what may come of them. */
  readonly forwarded?: true;
  /** She types digits on a page, and not by buttons, though the channel has them: the simulator, as WhatsApp. */
  readonly onPage?: true;
  readonly body: IncomingBody;
};

export type IncomingBody =
  | { readonly type: 'text'; readonly text: string }
  /** A button of ours: `payload` is what we put in it, unread by the channel. */
  | { readonly type: 'button'; readonly payload: string }
  /** "/start" with the word of a deep link, if there was one. */
  | { readonly type: 'start'; readonly code?: string }
  /** A file she sent. It stays on the platform: `ref` fetches it from there, if it is wanted at all. */
  | ({ readonly type: 'media' } & IncomingMedia)
  /** A telephone number she shared, as the platform gave it. `own`: the platform says that it is hers. */
  | { readonly type: 'contact'; readonly phone: string; readonly own: boolean }
  /** Anything we cannot read: it is answered in words, never lost in silence. */
  | { readonly type: 'unread'; readonly kind: 'edited' | 'location' | 'other' }
  /** Digits of a page that was sent off; `pad` is the hash of what stood in its address. */
  | { readonly type: 'pin'; readonly pad: string; readonly digits: string }
  /** Written in a chat of several people: personal things are never answered there. */
  | { readonly type: 'group-chat' }
  /** The person blocked the bot, or came back. */
  | { readonly type: 'reachable'; readonly reachable: boolean }
  /** The platform says that this address belongs to somebody else now, or that she took another one. */
  | { readonly type: 'moved' };

/** The largest file taken from anybody: a voice note of an hour, a picture of any telephone. */
export const FILE_BYTES_MAX = 16 * 1024 * 1024;

/** What is said to be larger is not even fetched. */
export const isTooLarge = ({ size = 0 }: Pick<IncomingMedia, 'size'>): boolean => size > FILE_BYTES_MAX;

export type MediaKind = 'voice' | 'image' | 'video' | 'document';

export type IncomingMedia = {
  readonly kind: MediaKind;
  readonly ref: string;
  /** As the platform states them: nothing is trusted before the bytes were looked at. */
  readonly mime?: string;
  readonly size?: number;
  readonly fileName?: string;
  readonly caption?: string;
};

/** One answer the person may give by number (its place in the list), by word (its label) or by button. */
export type Choice = { readonly label: string; readonly payload: string };

/**
 * Prepared words that a platform takes where it takes no others (WhatsApp, a day after she last wrote). What they are is
 * in locales/<language>/templates.json; `values` fill their places, in order.
 */
export type Template = {
  readonly key: string;
  readonly language: Language;
  readonly values: readonly string[];
};

/** A paper, named: it is drawn from the book only when the message is sent. */
export type PaperAttachment = {
  readonly paper: 'passbook' | 'report' | 'sheet' | 'certificate' | 'notice' | 'data' | 'data-all';
  readonly form: 'image' | 'pdf';
  readonly groupId: string;
  readonly language: Language;
  /** Whose passbook or data; whose certificate, or the group's without it. */
  readonly memberId?: string;
};

/** A file that is kept, by what is in it (SHA-256 of its bytes, in hex). */
export type MediaAttachment = {
  readonly type: 'media';
  readonly hash: string;
  readonly language: Language;
};

/** What goes with a message. */
export type Attachment = PaperAttachment | MediaAttachment;

/** What is to be delivered: words already in her language. */
export type OutgoingMessage = {
  readonly text: string;
  readonly choices: readonly Choice[];
  readonly attachment?: Attachment;
  /** What may go in its place where free words may not. */
  readonly template?: Template;
  /**
   * Takes back what the bot wrote to her, as far as the platform lets it; nothing is written. With `edits` only that one
   * message, with `hers` that one of hers.
   */
  readonly erase?: true;
  /** A message of hers, by the id that the channel gave it as it came. */
  readonly hers?: string;
  /** So many choices stand side by side where the platform has buttons, and have no numbers. */
  readonly columns?: number;
  /**
   * The outbox id of an earlier message to her, which says these words from now on; no new one is sent. Where the channel
   * cannot, or that one never went out, nothing is shown to her: so it is for progress, not for what she must know.
   */
  readonly edits?: string;
};
