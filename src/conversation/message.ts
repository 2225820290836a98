/**
 * The contract between channels and the conversation: what comes in and what goes out, with no word of any platform.
 * A channel translates its payloads to these and back; it decides nothing.
 */

/** Longer text is answered with "please shorter". A list of thirty members with two purposes each is about 1,200. */
export const TEXT_CHARS_MAX = 2_000;

export type Language = 'es' | 'en';

/** What a person sent. `address` is her id on that channel (a Telegram user id, a phone number, …). */
export type IncomingMessage = {
  readonly channel: string;
  /** The channel's own id of this delivery; the same id again is the same message. */
  readonly messageId: string;
  readonly address: string;
  readonly receivedAt: string; // ISO instant
  /** What the channel says about her language, if it says anything ("es-MX", "en"). A hint, never stored as fact. */
  readonly languageHint?: string;
  readonly body: IncomingBody;
};

export type IncomingBody =
  | { readonly type: 'text'; readonly text: string }
  /** A button of ours: `payload` is what we put in it, unread by the channel. */
  | { readonly type: 'button'; readonly payload: string }
  /** "/start" with the word of a deep link, if there was one. */
  | { readonly type: 'start'; readonly code?: string }
  /** Anything we cannot read yet: it is answered in words, never lost in silence. */
  | { readonly type: 'unread'; readonly kind: 'voice' | 'image' | 'document' | 'edited' | 'other' }
  /** Written in a chat of several people: personal things are never answered there. */
  | { readonly type: 'group-chat' }
  /** The person blocked the bot, or came back. */
  | { readonly type: 'reachable'; readonly reachable: boolean };

/** One answer the person may give by number (its place in the list), by word (its label) or by button. */
export type Choice = { readonly label: string; readonly payload: string };

/** What a channel is asked to deliver: words already in her language. */
export type OutgoingMessage = {
  readonly text: string;
  readonly choices: readonly Choice[];
};
