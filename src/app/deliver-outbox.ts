import type { Channel } from '../channels/channel.ts';
import { mayGoAt, morningAfter } from '../domain/quiet-hours.ts';
import {
  beginChannel,
  endRest,
  listenForDelivery,
  notifyWaiting,
  pauseChannel,
  restChannel,
} from '../store/channel-pace.ts';
import type { Leased } from '../store/claim-outbox.ts';
import { releaseOutbox } from '../store/leases.ts';
import type { Listen, StopListening } from '../store/listener.ts';
import { returnOutbox } from '../store/outbox.ts';
import { ChannelLine } from './channel-line.ts';
import { createPacer, leaseSizesOf, type Pacer, paceOf } from './pacer.ts';
import { handOut } from './send-leased.ts';
import type { Asked, Sending, Worded } from './sending.ts';
import { createServerClock } from './server-clock.ts';
import { createStillMeant } from './still-meant.ts';
import type { Store } from './store.ts';

export type Delivery = {
  /** Sends what this process has just leased with its commit. Resolves when it was handed to the channel. */
  sendNow(channel: string, messages: readonly Leased[]): void;
  /** Looks at the outbox now: something was written that others are to read. */
  wake(): void;
  start(): Promise<void>;
  /** Lets what is on the wire finish, and records it. */
  stop(): Promise<void>;
  /** Resolves when nothing is queued or on the wire in this process. */
  idle(): Promise<void>;
};

export type Delivering = Asked & {
  /** How processes tell each other; without it they look by the clock. */
  readonly listen: Listen | undefined;
  /** Of what a person did not ask for, so many messages a day; undefined: any number. */
  readonly dailyMax: number | undefined;
};

/** One delivery for all channels of this process. */
export const createDelivery = (
  store: Store,
  channels: readonly Channel[],
  { listen, dailyMax, ...asked }: Delivering,
): Delivery => {
  const lines = new Map(
    channels.map((channel) => [channel.name, lineOf({ store, channel, ...asked }, dailyMax)]),
  );
  const all = [...lines.values()];
  const wake = (): void => {
    for (const { line } of all) line.wake();
  };
  const heard = {
    waiting: wake,
    paused: (channel: string, seconds: number) => lines.get(channel)?.pacer.pause(seconds),
    rests: (channel: string, seconds: number) => {
      lines.get(channel)?.pacer.rest(seconds);
      if (seconds === 0) wake();
    },
  };
  let stopListening: StopListening | undefined;
  return {
    sendNow: (channel, messages) => lines.get(channel)?.line.push(messages),
    wake,
    start: async () => {
      stopListening = listen && (await listenForDelivery(listen, heard));
      // Whoever starts the program has perhaps mended what a channel rests for.
      for (const { name, limits } of channels) await beginChannel(store.pool, name, paceOf(limits));
      for (const { line } of all) line.start();
    },
    stop: async () => {
      await stopListening?.();
      for (const { pacer } of all) pacer.close();
      await Promise.all(all.map(({ line }) => line.stop()));
    },
    idle: async () => {
      await Promise.all(all.map(({ line }) => line.idle()));
    },
  };
};

/** The delivery of a process that sends nothing itself: it tells those that do. They also look by the clock. */
export const otherwiseDelivered = (store: Store): Delivery => {
  let telling: Promise<void> | undefined;
  const idle = async (): Promise<void> => telling;
  return {
    sendNow: () => undefined,
    wake: () => {
      telling = notifyWaiting(store.pool).catch((error: unknown) =>
        store.log.warn({ error }, 'who sends was not told; they look by the clock'),
      );
    },
    start: async () => undefined,
    stop: idle,
    idle,
  };
};

type PacedLine = { readonly line: ChannelLine; readonly pacer: Pacer };

const lineOf = (
  how: Omit<Sending, 'wake' | 'pause' | 'rest' | 'restingTemplates' | 'stillMeant'>,
  dailyMax: number | undefined,
): PacedLine => {
  const { store, channel } = how;
  const pacer = createPacer(channel.limits);
  let pausing: Promise<void> = Promise.resolve();
  const sending: Sending = {
    ...how,
    wake: () => line.wake(),
    restingTemplates: new Map(),
    stillMeant: createStillMeant(store, how.now),
    pause: async (seconds) => {
      pacer.pause(seconds);
      pausing = pauseChannel(store.pool, channel.name, seconds);
      await pausing;
    },
    rest: async (seconds) => {
      pacer.rest(seconds);
      pausing = restChannel(store.pool, channel.name, seconds);
      await pausing;
    },
  };
  const line: ChannelLine = new ChannelLine(store, channel, {
    pacer,
    now: how.now,
    sizes: leaseSizesOf(channel.limits),
    claiming: { channel: channel.name, dailyMax, clock: createServerClock() },
    send: async (message, isOurs) => {
      const worded = (await heldBack(sending, message)) ? undefined : await wordedNow(sending, message);
      if (!worded) return undefined;
      const departure = await pacer.turn(message);
      if (!departure) {
        // Only once all processes know of the pause: else another one would take it and send it now.
        await pausing.catch(() => undefined);
        if (isOurs()) await releaseOutbox(store.pool, [message.id]);
        return undefined;
      }
      // After a long pause it is claimed again, by whoever looks next: sending it now as well would double it.
      if (!isOurs()) {
        departure.stayed();
        return undefined;
      }
      return handOut(sending, worded).finally(() => departure.gone());
    },
  });
  channel.onReady?.(() => {
    pacer.rest(0);
    line.wake();
    endRest(store.pool, channel.name).catch((error: unknown) =>
      store.log.warn(
        { channel: channel.name, error },
        'other processes were not told that a channel can send',
      ),
    );
  });
  return { line, pacer };
};

/**
 * Whether a message does not go now: at night no reminder or other bulk does (invariant M9), nor more of it in a day than
 * one person is to have. Receipts and questions follow at once from what somebody of the group has just done, at whatever hour
 * she did it; only outside of the hours that she named herself nothing unasked goes.
 */
const heldBack = async ({ store, now }: Sending, leased: Leased): Promise<boolean> => {
  const at = now();
  const { quietIn, over, safe, lane } = leased;
  // To her in danger it goes when she said that it is safe.
  const isHelp = leased.message?.choices.some(({ payload }) => payload.startsWith('danger:')) ?? false;
  if (quietIn === undefined || isHelp) return false;
  const tooMuch = lane === 1 && over;
  const until = mayGoAt(tooMuch ? morningAfter(at, quietIn) : at, quietIn, { safe, atNight: lane === 0 });
  if (!until.equals(at)) {
    const reason = tooMuch ? 'enough-today' : 'quiet';
    const afterSeconds = until.since(at).total('seconds');
    await returnOutbox(store.pool, leased.id, { state: 'queued', reason, afterSeconds });
    return true;
  }
  return false;
};

/**
 * A reminder and the announcement of a lesson get their words now, from the book; undefined when they are true no more, as when
 * staff write to those in arrears and she is not any more.
 */
const wordedNow = async (
  { store, wordsAtSending, stillMeant }: Sending,
  leased: Leased,
): Promise<Worded | undefined> => {
  const { unworded, meantBy } = leased;
  const isTrue = !meantBy || (await stillMeant(meantBy));
  const message = isTrue ? await (unworded ? wordsAtSending(unworded) : leased.message) : undefined;
  if (message) return { ...leased, message };
  const reason = unworded?.kind === 'lesson' ? 'not-offered' : 'paid';
  await returnOutbox(store.pool, leased.id, { state: 'skipped', reason });
  return undefined;
};
