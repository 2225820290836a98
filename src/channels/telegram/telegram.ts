import { Bot } from 'grammy';
import type { IncomingMessage } from '../../conversation/message.ts';
import type { Channel, Receive } from '../channel.ts';
import type { ChannelLog } from '../channel-log.ts';
import { type CommandMenu, showCommands } from './commands.ts';
import { checkDelivery, connect, connectSometime, refuseIfHopeless } from './connect.ts';
import { editIn } from './edit.ts';
import { eraseIn } from './erase.ts';
import { noteOf } from './failures.ts';
import { fetchFile } from './fetch-file.ts';
import { POLL_SECONDS, pollInTurn, type TakeTurn } from './poll.ts';
import { type BotIdentity, isUpdate, pressIdOf, toIncoming } from './receive.ts';
import { sendTo } from './send.ts';
import { timeLimit } from './signal.ts';
import { takePosted, type WebhookOutcome } from './webhook.ts';

// core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this, read 2026-11-21
const FREE_PER_SECOND = 30;
const PER_ADDRESS_MS = 1_000;
const API_ROOT = 'https://api.telegram.org';
const PRESS_ANSWER_TIMEOUT_MS = 5_000;

export type TelegramSettings = {
  readonly token: string;
  /** Another Bot API server than Telegram's own, without the "/bot…" part. */
  readonly apiRoot?: string;
  /** Messages a second to all people together; what is above 30 Telegram gives as a paid broadcast alone. */
  readonly perSecond?: number;
  readonly mode: 'polling' | 'webhook';
  /** Where Telegram posts updates to in webhook mode. */
  readonly webhookUrl?: string;
  /** What Telegram must say with each of them: 1 to 256 letters, digits, "_" or "-". */
  readonly webhookSecret?: string;
  /** What stands behind the "Menu" button, a list for each language; without it the button shows what it showed. */
  readonly menus?: readonly CommandMenu[];
  /** Without it this process polls, whatever others do. */
  readonly takeTurn?: TakeTurn;
  readonly log: ChannelLog;
};

/** Where no other process can poll. */
const alone: TakeTurn = async () => ({ lost: new AbortController().signal, end: async () => undefined });

export type TelegramChannel = Omit<Channel, 'start'> & {
  /** Telegram says nothing of what became of a message. */
  start(receive: Receive): Promise<void>;
  /** `secret` is the X-Telegram-Bot-Api-Secret-Token header as it came; outside webhook mode all is `forbidden`. */
  receiveWebhook(secret: unknown, body: unknown): Promise<WebhookOutcome>;
};

/**
 * Telegram. `start` rejects, in plain words, only for what an operator must mend: a wrong token or webhook setting. A
 * Telegram that cannot be reached is retried in the background. It is started once and stopped once.
 *
 * grammY gives the API and its types. Its errors hold the token (in the address) and what people wrote, so none of them
 * leaves this folder: see failures.ts.
 */
export function telegramChannel(settings: TelegramSettings): TelegramChannel {
  const { token, mode, webhookUrl, webhookSecret, menus = [], takeTurn = alone, log } = settings;
  const { perSecond = FREE_PER_SECOND } = settings;
  const paid = perSecond > FREE_PER_SECOND;
  const root = (settings.apiRoot ?? API_ROOT).replace(/\/+$/u, '');
  // The longest any call may take; shorter ones have their own limit.
  const { api } = new Bot(token, { client: { apiRoot: root, timeoutSeconds: POLL_SECONDS + 15 } });
  const stopping = new AbortController();
  const stopped = stopping.signal;
  const pending = new Set<Promise<unknown>>();
  let receiver: Receive | undefined;
  let identity: BotIdentity | undefined;
  let running: Promise<void> = Promise.resolve();

  /** Has `stop` wait for it. */
  const keep = async <T>(promise: Promise<T>): Promise<T> => {
    pending.add(promise);
    return await promise.finally(() => pending.delete(promise));
  };
  const read = (update: unknown, now = new Date().toISOString()): IncomingMessage | undefined => {
    if (!isUpdate(update)) log.warn({ channel: 'telegram' }, 'a payload that is no readable update');
    return toIncoming(update, now, identity);
  };
  const receive = async (message: IncomingMessage): Promise<void> => {
    if (receiver === undefined || stopped.aborted) throw new Error('the Telegram channel is not running');
    await receiver(message);
    const pressId = pressIdOf(message);
    if (pressId !== undefined) void keep(answerPress(api, pressId));
  };
  const listen = async (found: BotIdentity | undefined): Promise<void> => {
    identity = found;
    if (found !== undefined) void keep(showCommands(api, menus, log));
    if (mode === 'polling') await pollInTurn({ api, log, stopped, read, receive }, takeTurn);
  };

  return {
    name: 'telegram',
    limits: { perSecond, perAddressMs: PER_ADDRESS_MS },
    async start(receiveIt) {
      const delivery = checkDelivery(mode, webhookUrl, webhookSecret);
      receiver = receiveIt;
      try {
        running = listen(await connect(api, delivery));
      } catch (error) {
        refuseIfHopeless(error);
        log.warn(noteOf(error), 'Telegram cannot be reached; trying again in the background');
        running = connectSometime(api, delivery, { log, stopped }).then(listen);
      }
    },
    async receiveWebhook(secret, body) {
      const webhook = { secret: mode === 'webhook' ? webhookSecret : undefined, log, read, receive };
      return await keep(takePosted(webhook, secret, body));
    },
    send: (address, message) => sendTo({ api, paid }, address, message),
    fetch: (ref) => fetchFile({ api, root, token }, ref),
    erase: (address, sentIds) => eraseIn(api, address, sentIds),
    edit: (address, sentId, message) => editIn(api, { address, sentId }, message),
    async stop() {
      stopping.abort();
      await running;
      while (pending.size > 0) await Promise.allSettled(pending);
    },
  };
}

/** Stops the button from turning. Best effort: the press is safe already, and an answer may come too late. */
async function answerPress(api: Bot['api'], pressId: string): Promise<void> {
  try {
    await api.answerCallbackQuery(pressId, {}, timeLimit(PRESS_ANSWER_TIMEOUT_MS));
  } catch {
    // Telegram takes an answer only for a short while, and only once.
  }
}
