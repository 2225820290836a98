import { GrammyError, HttpError } from 'grammy';
import type { SendFailure } from '../channel.ts';

const RETRY_AFTER_SECONDS_DEFAULT = 5; // a 429 without the usual retry_after
const DESCRIPTION_CHARS_MAX = 200;

/** 400s that speak of the address, not of our message. The Bot API documents no list; these are its own words. */
const ADDRESS_UNKNOWN =
  /chat not found|user not found|user is deactivated|peer_id_invalid|chat_id is empty|chat_id_invalid/iu;

/** What may be logged or shown of a failed call: never the token, an address or anything a person wrote. */
type FailureNote = { readonly code: string; readonly reason: string };

/**
 * The one way from a failed Bot API call to our closed set. 403 is always "not until she writes": she blocked the bot,
 * left Telegram, or never spoke to it. Without an answer (network, timeout, a proxy's page) nobody knows whether the
 * message arrived, so that is `unavailable` too.
 */
export function toSendFailure(error: unknown): SendFailure {
  if (error instanceof HttpError) return { type: 'unavailable' };
  if (!(error instanceof GrammyError)) return ourBug(error);
  const { error_code: code, description, parameters } = error;
  if (parameters.retry_after !== undefined || code === 429) {
    const seconds = parameters.retry_after ?? RETRY_AFTER_SECONDS_DEFAULT;
    return { type: 'retry-after', seconds, scope: 'channel' };
  }
  if (code === 403) return { type: 'blocked' };
  if (isWrongToken(error)) return { type: 'bad-credentials' };
  if (code === 400 && ADDRESS_UNKNOWN.test(description)) return { type: 'undeliverable' };
  // 409 says that another program uses the token: nothing is wrong with this message.
  if (code >= 400 && code < 500 && code !== 409) return ourBug(error);
  return { type: 'unavailable' };
}

/** Telegram does not know this token: 401 when it is well formed, 404 when it is not. */
export function isWrongToken(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
}

/**
 * grammY's errors hold the address of the call (with the token in it) and what we sent, so they are never passed on:
 * this is what remains of them.
 */
export function noteOf(error: unknown): FailureNote {
  if (error instanceof GrammyError) {
    return { code: String(error.error_code), reason: withoutPersonalWords(error.description) };
  }
  if (error instanceof HttpError) return { code: codeOf(error.error) ?? 'no-answer', reason: 'no answer' };
  return { code: codeOf(error) ?? 'unknown', reason: error instanceof Error ? error.name : 'not an error' };
}

function ourBug(error: unknown): SendFailure {
  const { code, reason } = noteOf(error);
  return { type: 'our-bug', detail: `${code}: ${reason}` };
}

/** Quoted words, long numbers (ids, amounts) and whatever looks like a token are cut out of what the platform says. */
function withoutPersonalWords(description: unknown): string {
  if (typeof description !== 'string') return 'no description';
  return description
    .replace(/\d+:[\w-]{10,}/gu, '…')
    .replace(/"[^"]*"/gu, '"…"')
    .replace(/\d{5,}/gu, '#')
    .slice(0, DESCRIPTION_CHARS_MAX);
}

/** A system error's code, such as ECONNREFUSED: a constant of the system, so it is safe to show. */
function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[A-Z0-9_]{2,40}$/u.test(error.code) ? error.code : undefined;
}
