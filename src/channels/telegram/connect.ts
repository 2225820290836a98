import { setTimeout as wait } from 'node:timers/promises';
import type { Api } from 'grammy';
import type { ChannelLog } from '../channel-log.ts';
import { isWrongToken, noteOf, toSendFailure } from './failures.ts';
import { type BotIdentity, UPDATE_TYPES } from './receive.ts';
import { timeLimit } from './signal.ts';

const RETRY_MS_FIRST = 250;
const RETRY_MS_MAX = 10_000;
const CALL_TIMEOUT_MS = 15_000;
const SECRET = /^[A-Za-z0-9_-]{1,256}$/u; // Bot API, setWebhook

/** Where updates are to go: fetched by us (long polling) or posted by Telegram to `url`. */
type Delivery =
  | { readonly type: 'polling' }
  | { readonly type: 'webhook'; readonly url: string; readonly secret: string };

/** Throws, in plain words, when webhook mode lacks its address or a secret Telegram would take. */
export function checkDelivery(mode: 'polling' | 'webhook', url?: string, secret?: string): Delivery {
  if (mode === 'polling') return { type: 'polling' };
  if (url === undefined || url === '') {
    throw new Error('Telegram in webhook mode needs the public address of the webhook');
  }
  if (secret === undefined || !SECRET.test(secret)) {
    throw new Error('Telegram in webhook mode needs a secret of 1 to 256 letters, digits, "_" or "-"');
  }
  return { type: 'webhook', url, secret };
}

/** Asks who we are and tells Telegram where updates go. Waiting updates are kept: they are messages of people. */
export async function connect(api: Api, delivery: Delivery): Promise<BotIdentity> {
  const me = await api.getMe(timeLimit(CALL_TIMEOUT_MS));
  const limit = timeLimit(CALL_TIMEOUT_MS);
  if (delivery.type === 'polling') {
    await api.deleteWebhook({ drop_pending_updates: false }, limit);
  } else {
    const other = { secret_token: delivery.secret, allowed_updates: UPDATE_TYPES };
    await api.setWebhook(delivery.url, other, limit);
  }
  return { id: me.id, name: me.username };
}

type Retry = { readonly log: ChannelLog; readonly stopped: AbortSignal };

/** Like `connect`, again and again until it works; undefined if stopped first. */
export async function connectSometime(
  api: Api,
  delivery: Delivery,
  { log, stopped }: Retry,
): Promise<BotIdentity | undefined> {
  const pauses = pausesOf(stopped);
  while (!stopped.aborted) {
    await pauses.next();
    try {
      return await connect(api, delivery);
    } catch (error) {
      log.warn(noteOf(error), 'Telegram cannot be reached yet; trying again');
      pauses.atLeast(error);
    }
  }
  return undefined;
}

/** Throws for what no later try can mend. The error holds nothing of grammY's. */
export function refuseIfHopeless(error: unknown): void {
  if (isWrongToken(error)) {
    throw new Error('Telegram does not know this bot token: copy it again from @BotFather');
  }
  const failure = toSendFailure(error);
  if (failure.type === 'our-bug') throw new Error(`Telegram refused the settings (${failure.detail})`);
}

type Pauses = {
  /** Waits; the pause after it is twice as long, up to 10 s. A stop ends it. */
  next(): Promise<void>;
  /** The next pause lasts at least as long as the platform asked for in this failure, if it did. */
  atLeast(error: unknown): void;
  reset(): void;
};

/** Pauses between tries: 250 ms, doubling to 10 s. */
export function pausesOf(stopped: AbortSignal): Pauses {
  let pauseMs = RETRY_MS_FIRST;
  let askedMs = 0;
  return {
    async next() {
      const ms = Math.max(pauseMs, askedMs);
      pauseMs = Math.min(pauseMs * 2, RETRY_MS_MAX);
      askedMs = 0;
      try {
        await wait(ms, undefined, { signal: stopped });
      } catch {
        // Stopped: whoever waits looks at `stopped` next.
      }
    },
    atLeast(error) {
      const failure = toSendFailure(error);
      askedMs = failure.type === 'retry-after' ? failure.seconds * 1_000 : 0;
    },
    reset() {
      pauseMs = RETRY_MS_FIRST;
    },
  };
}
