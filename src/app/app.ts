import { Temporal } from 'temporal-polyfill';
import type { Channel } from '../channels/channel.ts';
import { type Content, createContent } from '../content/render.ts';
import type { IncomingMessage } from '../conversation/message.ts';
import { forgetStrangers, forgetWords } from '../store/housekeeping.ts';
import { drawInviteCode } from '../store/invite-code.ts';
import { sha256 } from '../store/sha256.ts';
import { createDelivery, type Delivery } from './deliver-outbox.ts';
import type { Locales } from './load-locales.ts';
import { idMaker } from './new-id.ts';
import { randomSecret } from './new-secret.ts';
import { makeFile } from './outgoing-file.ts';
import { type Receiver, receiveMessage } from './receive-message.ts';
import { statusBook } from './report-statuses.ts';
import { type Reminding, reminderStillTrue, sendReminders } from './send-reminders.ts';
import type { Store } from './store.ts';
import { watchDraws } from './watch-draws.ts';

/** The running program without its edges: messages in, messages out, and what is due. */
export type App = {
  readonly store: Store;
  readonly content: Content;
  readonly delivery: Delivery;
  readonly newId: () => string;
  receive(message: IncomingMessage): Promise<void>;
  /** Starts delivery and the channels, so that whatever is waiting goes out. */
  start(): Promise<void>;
  /** Plans the reminders that are due, and forgets strangers. Any number of processes may tick: it is done once. */
  tick(): Promise<void>;
  /** Stops listening first, then lets what was taken in and leased finish. */
  stop(): Promise<void>;
};

export type AppOptions = {
  readonly store: Store;
  readonly locales: Locales;
  readonly channels: readonly Channel[];
  readonly now?: () => Temporal.Instant;
  readonly newId?: () => string;
  /** Where the secrets of draws come from. */
  readonly newSecret?: () => string;
  /** Where invitation codes come from. */
  readonly newCode?: () => string;
};

export const createApp = (options: AppOptions): App => {
  const { store, locales, channels } = options;
  const now = options.now ?? (() => Temporal.Now.instant());
  const newId = options.newId ?? idMaker();
  const content = createContent(locales.texts);
  const delivery = createDelivery(store, channels, {
    stillTrue: reminderStillTrue(store),
    now,
    newId,
    makeFile: makeFile(store, content, now),
  });
  const running = new Set(channels.map((channel) => channel.name));
  const erasing = new Set(channels.filter((c) => c.erase !== undefined).map((c) => c.name));
  const windowed = new Set(channels.filter((c) => c.windowHours !== undefined).map((c) => c.name));
  const receiver: Receiver = {
    store,
    content,
    means: {
      lexicons: locales.lexicons,
      newId,
      newSecret: options.newSecret ?? randomSecret,
      newCode: options.newCode ?? drawInviteCode,
      canErase: (channel) => erasing.has(channel),
      sha256,
    },
    delivery,
    now,
    runs: (channel) => running.has(channel),
    isWindowed: (channel) => windowed.has(channel),
  };
  const reminding: Reminding = { store, content, newId };
  const watching = { store, content, newId };
  const statuses = statusBook({ store, newId, wake: () => delivery.wake() });
  const queue = byAddress((message) => receiveMessage(receiver, message));
  return {
    store,
    content,
    delivery,
    newId,
    receive: queue,
    start: async () => {
      delivery.start();
      await Promise.all(channels.map((channel) => channel.start(queue, statuses.of(channel.name))));
    },
    tick: async () => {
      if ((await sendReminders(reminding, now())) > 0) delivery.wake();
      if ((await watchDraws(watching, now())) > 0) delivery.wake();
      await forgetStrangers(store.pool);
      await forgetWords(store.pool);
    },
    stop: async () => {
      await Promise.all(channels.map((channel) => channel.stop()));
      await delivery.stop();
      await statuses.settle();
    },
  };
};

/** One person's messages one after the other, in order; different people's side by side. */
const byAddress = (receive: (message: IncomingMessage) => Promise<void>) => {
  const last = new Map<string, Promise<unknown>>();
  return (message: IncomingMessage): Promise<void> => {
    const key = `${message.channel}/${message.address}`;
    const turn = (last.get(key) ?? Promise.resolve()).then(() => receive(message));
    const settled = turn
      .catch(() => undefined)
      .then(() => {
        if (last.get(key) === settled) last.delete(key);
      });
    last.set(key, settled);
    return turn;
  };
};
