import type { Channel } from '../channels/channel.ts';
import { isQuiet, quietEnds } from '../domain/calendar.ts';
import { type Leased, returnOutbox } from '../store/outbox.ts';
import { ChannelLine } from './channel-line.ts';
import { createPacer, type Pacer } from './pacer.ts';
import { type Asked, deliver, erase, type Sending } from './send-leased.ts';
import type { Store } from './store.ts';

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

const lineOf = (how: Omit<Sending, 'wake'>): PacedLine => {
  const pacer = createPacer(how.channel.limits);
  const sending: Sending = { ...how, wake: () => line.wake() };
  const line: ChannelLine = new ChannelLine(sending.store, sending.channel, {
    isPaused: () => pacer.isPaused(),
    send: async (message, isOurs) => {
      if (await heldBack(sending, message)) return undefined;
      if (!(await pacer.turn(message.addressId))) {
        await returnOutbox(sending.store.pool, message.id, { state: 'queued', reason: 'stopped' });
        return undefined;
      }
      // After a long pause it is claimed again, by whoever looks next: sending it now as well would double it.
      if (!isOurs()) return undefined;
      return message.message.erase ? erase(sending, message) : deliver(sending, pacer, message);
    },
  });
  return { line, pacer };
};

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
