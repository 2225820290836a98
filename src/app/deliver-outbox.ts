import type { Temporal } from 'temporal-polyfill';
import type { Channel, SendFailure } from '../channels/channel.ts';
import { isQuiet, quietEnds } from '../domain/calendar.ts';
import { type Leased, markBlocked, returnOutbox } from '../store/outbox.ts';
import { ChannelLine, type Sent } from './channel-line.ts';
import { createPacer, type Pacer } from './pacer.ts';
import type { Store } from './store.ts';

/** After so many attempts, about a day of them, a message is given up, and staff can see it. */
const ATTEMPTS_MAX = 150;
const RETRY_FIRST_SECONDS = 2;
const RETRY_MAX_SECONDS = 600;

export type Delivery = {
  /** Sends what this process has just leased with its commit. Resolves when it was handed to the channel. */
  sendNow(channel: string, messages: readonly Leased[]): void;
  /** Looks at the outbox now: something was written that others are to read. */
  wake(): void;
  start(): void;
  /** Lets what is on the wire finish, and records it. */
  stop(): Promise<void>;
  /** Resolves when nothing is queued or on the wire in this process. */
  idle(): Promise<void>;
};

/** Whether a reminder still holds: asked of the book at the moment of sending. */
export type StillTrue = (reminder: NonNullable<Leased['reminder']>) => Promise<boolean>;

/** What is asked at the moment of sending. */
export type Asked = { readonly stillTrue: StillTrue; readonly now: () => Temporal.Instant };

/** One delivery for all channels of this process. */
export const createDelivery = (store: Store, channels: readonly Channel[], asked: Asked): Delivery => {
  const lines = new Map(channels.map((channel) => [channel.name, lineOf({ store, channel, ...asked })]));
  const all = [...lines.values()];
  return {
    sendNow: (channel, messages) => lines.get(channel)?.line.push(messages),
    wake: () => {
      for (const { line } of all) line.wake();
    },
    start: () => {
      for (const { line } of all) line.start();
    },
    stop: async () => {
      for (const { pacer } of all) pacer.close();
      await Promise.all(all.map(({ line }) => line.stop()));
    },
    idle: async () => {
      await Promise.all(all.map(({ line }) => line.idle()));
    },
  };
};

type PacedLine = { readonly line: ChannelLine; readonly pacer: Pacer };

const lineOf = (sending: Sending): PacedLine => {
  const pacer = createPacer(sending.channel.limits);
  const line = new ChannelLine(sending.store, sending.channel, {
    isPaused: () => pacer.isPaused(),
    send: async (message, isOurs) => {
      if (await heldBack(sending, message)) return undefined;
      if (!(await pacer.turn(message.addressId))) {
        await returnOutbox(sending.store.pool, message.id, { state: 'queued', reason: 'stopped' });
        return undefined;
      }
      // After a long pause it is claimed again, by whoever looks next: sending it now as well would double it.
      return isOurs() ? deliver(sending, pacer, message) : undefined;
    },
  });
  return { line, pacer };
};

type Sending = Asked & { readonly store: Store; readonly channel: Channel };

/**
 * Whether a message does not go now: at night no reminder or other bulk does (invariant M9), nor a reminder of what was
 * paid. Receipts and questions follow at once from what somebody of the group has just done, at whatever hour she did it.
 */
const heldBack = async ({ store, now, stillTrue }: Sending, leased: Leased): Promise<boolean> => {
  const at = now();
  if (leased.lane === 1 && leased.quietIn !== undefined && isQuiet(at, leased.quietIn)) {
    const afterSeconds = quietEnds(at, leased.quietIn).since(at).total('seconds');
    await returnOutbox(store.pool, leased.id, { state: 'queued', reason: 'quiet', afterSeconds });
    return true;
  }
  if (!leased.reminder || (await stillTrue(leased.reminder))) return false;
  await returnOutbox(store.pool, leased.id, { state: 'skipped', reason: 'paid' });
  return true;
};

const deliver = async (
  { store, channel }: Sending,
  pacer: Pacer,
  leased: Leased,
): Promise<Sent | undefined> => {
  const result = await channel.send(leased.address, leased.message);
  if (result.ok) {
    store.metrics.sent.inc({ channel: channel.name, outcome: 'sent' });
    return { id: leased.id, sentId: result.sentId };
  }
  store.metrics.sent.inc({ channel: channel.name, outcome: result.failure.type });
  if (result.failure.type === 'retry-after') pacer.pause(result.failure.seconds);
  await returned(store, leased, result.failure);
  return undefined;
};

const returned = async (store: Store, leased: Leased, failure: SendFailure): Promise<void> => {
  switch (failure.type) {
    case 'retry-after':
      return returnOutbox(store.pool, leased.id, {
        state: 'queued',
        reason: failure.type,
        afterSeconds: failure.seconds,
      });
    case 'blocked':
      await markBlocked(store.pool, leased.addressId);
      return returnOutbox(store.pool, leased.id, { state: 'failed', reason: failure.type });
    case 'our-bug':
      store.log.error({ outbox: leased.id, reason: failure.detail }, 'a channel refused our message');
      return returnOutbox(store.pool, leased.id, { state: 'failed', reason: failure.type });
    case 'undeliverable':
      return returnOutbox(store.pool, leased.id, { state: 'failed', reason: failure.type });
    case 'bad-credentials':
      store.log.error({ outbox: leased.id, code: failure.type }, 'a channel refuses our credentials');
      return tryLater(store, leased, failure);
    case 'unavailable':
      return tryLater(store, leased, failure);
  }
};

const tryLater = (store: Store, leased: Leased, failure: SendFailure): Promise<void> =>
  returnOutbox(
    store.pool,
    leased.id,
    leased.attempts >= ATTEMPTS_MAX
      ? { state: 'failed', reason: failure.type }
      : { state: 'queued', reason: failure.type, afterSeconds: backoffSeconds(leased.attempts) },
  );

/** 2, 4, 8 … seconds up to ten minutes, spread by a quarter so that a crowd does not come back at once. */
const backoffSeconds = (attempts: number): number =>
  Math.min(RETRY_MAX_SECONDS, RETRY_FIRST_SECONDS * 2 ** (attempts - 1)) * (0.75 + Math.random() / 2);
