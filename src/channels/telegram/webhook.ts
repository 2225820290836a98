import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from '../../conversation/message.ts';
import type { ChannelLog } from '../channel-log.ts';
import { noteOf } from './failures.ts';
import { isUpdate } from './receive.ts';

/**
 * What became of a posted payload. `malformed`: the right secret, but no update. `unavailable`: not stored; a 503 makes
 * Telegram send it again.
 */
export type WebhookOutcome = 'accepted' | 'forbidden' | 'malformed' | 'unavailable';

type Webhook = {
  /** What Telegram must say; undefined lets nobody in. */
  readonly secret: string | undefined;
  readonly log: ChannelLog;
  read(update: unknown): IncomingMessage | undefined;
  receive(message: IncomingMessage): Promise<void>;
};

/**
 * Takes one posted update. The secret comes first: nothing of a stranger's payload is read. One person's order is
 * Telegram's doing: it posts a chat's next update only after the one before was accepted.
 */
export async function takePosted(webhook: Webhook, secret: unknown, body: unknown): Promise<WebhookOutcome> {
  if (!isSecret(webhook.secret, secret)) return 'forbidden';
  const message = webhook.read(body);
  if (message === undefined) return isUpdate(body) ? 'accepted' : 'malformed';
  try {
    await webhook.receive(message);
    return 'accepted';
  } catch (error) {
    webhook.log.warn(noteOf(error), 'a message could not be stored; Telegram will send it again');
    return 'unavailable';
  }
}

/** Compared by digest, so that neither time nor length tells anything. */
function isSecret(expected: string | undefined, given: unknown): boolean {
  if (expected === undefined || expected === '' || typeof given !== 'string') return false;
  return timingSafeEqual(digest(expected), digest(given));
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
