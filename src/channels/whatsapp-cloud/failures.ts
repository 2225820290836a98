import { z } from 'zod';
import type { SendFailure } from '../channel.ts';

// Meta gives no pause with most of these; ours are short, since delivery asks again and again.
const TOO_FAST_SECONDS = 10;
/** Codes 4 and 80007 count calls over an hour. */
const HOURLY_SECONDS = 60;
/** One message to one person in six seconds, after a burst of 45 (Meta, pair rate limits). */
const PAIR_SECONDS = 6;
const RETRY_AFTER_SECONDS_MAX = 86_400;
const DESCRIPTION_CHARS_MAX = 200;

const UNAVAILABLE = new Set([1, 2, 131_000, 131_016, 131_057, 133_004]);
const HOURLY = new Set([4, 80_007]);
const CREDENTIALS = new Set([0, 3, 10, 190]);
/** Spam rate, billing, a locked account, a policy: nothing goes out until somebody mends it with Meta. */
const PAUSED = new Set([368, 131_031, 131_042, 131_048, 133_010]);
/** So much news a day reaches one person, from all senders; a second try on the same day would only count against us. */
const HELD_BACK_TODAY = 131_049;
/** She is in an experiment of Meta's: this message never comes to her. */
const HELD_BACK = 130_472;
const OUR_BUG = new Set([131_051, 131_052, 131_053]);

export type FailedCall = {
  readonly status: number;
  /** What the HTTP header asks for. */
  readonly retryAfterSeconds?: number | undefined;
  /** Already without words of people. */
  readonly description?: string;
};

/** An error as the Graph API writes it. */
const errorBody = z.object({
  error: z.object({
    code: z.int(),
    message: z.string().catch(''),
    error_data: z
      .object({ details: z.string().catch('') })
      .optional()
      .catch(undefined),
  }),
});

/** The code in the Graph API's answer; undefined when it has none. */
export const codeIn = (body: unknown): number | undefined => errorBody.safeParse(body).data?.error.code;

/** The one way from a refused call to our closed set; `body` is the answer's JSON, if it was any. */
export function failureOf(call: FailedCall, body: unknown): SendFailure {
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) return failureOfStatus(call, `status ${call.status}`);
  const { code, message, error_data: more } = parsed.data.error;
  return failureOfCode(code, { ...call, description: withoutPersonalWords(more?.details || message) });
}

/**
 * What an error code of the Cloud API means for us (Meta, error codes, read 2026-05-15). They come with the answer to a
 * call or, later, with the status of a message.
 */
export function failureOfCode(code: number, call: FailedCall): SendFailure {
  const asked = call.retryAfterSeconds;
  const detail = [`code ${code}`, call.description].filter(Boolean).join(': ');
  if (code === 131_056) {
    return {
      type: 'retry-after',
      seconds: asked ?? PAIR_SECONDS,
      scope: 'chat',
      ...(asked === undefined && { grows: true }),
    };
  }
  if (HOURLY.has(code)) return { type: 'retry-after', seconds: asked ?? HOURLY_SECONDS, scope: 'channel' };
  if (code === 130_429) return { type: 'retry-after', seconds: asked ?? TOO_FAST_SECONDS, scope: 'channel' };
  if (UNAVAILABLE.has(code)) return { type: 'unavailable' };
  if (code === 131_047) return { type: 'outside-window' };
  if (code === 131_050) return { type: 'opted-out' };
  if (code === 131_026) return { type: 'undeliverable' };
  if (code === HELD_BACK_TODAY) return { type: 'held-back', today: true };
  if (code === HELD_BACK) return { type: 'held-back' };
  if (PAUSED.has(code)) return { type: 'paused', detail };
  if (CREDENTIALS.has(code) || (code >= 200 && code <= 299)) return { type: 'bad-credentials' };
  if (code >= 132_000 && code <= 132_999) return { type: 'template-fault', detail };
  if (OUR_BUG.has(code)) return { type: 'our-bug', detail };
  return failureOfStatus(call, detail);
}

/** What remains to go by where the code says nothing. */
function failureOfStatus({ status, retryAfterSeconds }: FailedCall, detail: string): SendFailure {
  if (status === 429)
    return { type: 'retry-after', seconds: retryAfterSeconds ?? TOO_FAST_SECONDS, scope: 'channel' };
  if (status === 401 || status === 403) return { type: 'bad-credentials' };
  if (status >= 400 && status < 500) return { type: 'our-bug', detail };
  return { type: 'unavailable' };
}

/** Seconds of a Retry-After header; undefined for anything else in it. */
export function secondsOf(header: string | null): number | undefined {
  if (header === null || !/^\d{1,6}$/u.test(header.trim())) return undefined;
  return Math.min(Number(header), RETRY_AFTER_SECONDS_MAX);
}

/** Quoted words, long numbers (telephones, ids) and whatever looks like a token or an address are cut out. */
function withoutPersonalWords(description: string): string {
  return description
    .replace(/"[^"]*"|'[^']*'|“[^”]*”/gu, '"…"')
    .replace(/\b[A-Z]{2}\.[A-Za-z0-9.]{6,}/gu, '…')
    .replace(/[A-Za-z0-9_-]{25,}/gu, '…')
    .replace(/https?:\S+/giu, '…')
    .replace(/\d[\d ()+-]{5,}\d/gu, '#')
    .slice(0, DESCRIPTION_CHARS_MAX);
}

/** What may be logged of anything that was thrown: its kind and a code of the system, never its message. */
export function noteOf(error: unknown): { readonly code: string; readonly reason: string } {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  return {
    code: systemCodeOf(cause) ?? 'unknown',
    reason: error instanceof Error ? error.name : 'not an error',
  };
}

function systemCodeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[A-Z0-9_]{2,40}$/u.test(error.code) ? error.code : undefined;
}
