import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Receive } from '../../../src/channels/channel.ts';
import {
  type TelegramChannel,
  type TelegramSettings,
  telegramChannel,
} from '../../../src/channels/telegram/telegram.ts';
import type { IncomingMessage } from '../../../src/conversation/message.ts';
import { type BotApi, startBotApi } from '../../support/bot-api-emulator/bot-api.ts';

export const TOKEN = '7000000001:AAinvented-token_of-the-emulator-01';
export const SECRET = 'invented-secret_0123456789';

type Logged = { readonly fields: unknown; readonly message: string };

export type Bench = {
  readonly api: BotApi;
  readonly logged: readonly Logged[];
  /** A channel at the emulator (or as told), not started. */
  channel(more?: Partial<TelegramSettings>): TelegramChannel;
  /** Stops everything; then nothing wrong may have been called and no secret logged. */
  finish(): Promise<void>;
};

export async function startBench(): Promise<Bench> {
  const api = await startBotApi({ token: TOKEN });
  const logged: Logged[] = [];
  const channels: TelegramChannel[] = [];
  const write = (fields: unknown, message: string): void => void logged.push({ fields, message });
  return {
    api,
    logged,
    channel(more) {
      const log = { warn: write, info: write };
      const made = telegramChannel({ token: TOKEN, apiRoot: api.url, mode: 'polling', log, ...more });
      channels.push(made);
      return made;
    },
    async finish() {
      await Promise.all(channels.map((each) => each.stop()));
      await api.stop();
      expect(api.violations).toEqual([]);
      expectNoSecrets(logged);
    },
  };
}

/** No part of the token or the webhook's secret in a thing or in any error inside it. */
export function expectNoSecrets(thing: unknown): void {
  const everything = everythingIn(thing, new Set());
  expect(everything).not.toContain('invented-token');
  expect(everything).not.toContain(SECRET);
}

/** All words in a thing, with what JSON leaves out: an error's message, stack, cause and own fields. */
function everythingIn(thing: unknown, seen: Set<unknown>): string {
  if (typeof thing !== 'object' || thing === null) return String(thing);
  if (seen.has(thing)) return '';
  seen.add(thing);
  const inside = Object.getOwnPropertyNames(thing).map((name) => (thing as Record<string, unknown>)[name]);
  return inside.map((each) => everythingIn(each, seen)).join('\n');
}

export type Recorder = {
  readonly receive: Receive;
  /** What was made safe, in order. */
  readonly received: readonly IncomingMessage[];
  /** Calls, with those that failed. */
  readonly tries: () => number;
  /** While true every call rejects, as when the database is gone. */
  broken: boolean;
};

/** The app as the channel sees it: it notes messages, or fails. `before` runs first, and may wait. */
export function recorder(
  before: (message: IncomingMessage) => Promise<void> = async () => undefined,
): Recorder {
  const received: IncomingMessage[] = [];
  let tries = 0;
  const own: Recorder = {
    received,
    tries: () => tries,
    broken: false,
    async receive(message) {
      tries += 1;
      await before(message);
      if (own.broken) throw new Error('connection to postgres://invented refused');
      received.push(message);
    },
  };
  return own;
}

export const textsOf = (messages: readonly IncomingMessage[]): string[] =>
  messages.map(({ body }) => (body.type === 'text' ? body.text : body.type));

/** Resolves once `condition` holds; rejects with `what` after `limitMs`. */
export async function until(what: string, condition: () => boolean, limitMs = 10_000): Promise<void> {
  const end = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`not within ${limitMs} ms: ${what}`);
    await wait(5);
  }
}
