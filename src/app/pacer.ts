import { setTimeout } from 'node:timers/promises';
import type { Channel } from '../channels/channel.ts';

export type Pacer = {
  /** True when the next message to this address may go out; false when it no longer may, because of `close`. */
  turn(address: string): Promise<boolean>;
  /** Nothing goes out for so many seconds: the platform said so (invariant M7). */
  pause(seconds: number): void;
  isPaused(): boolean;
  /** Those who wait for their turn are told no: the program is stopping. */
  close(): void;
};

/** Addresses remembered for their last message; older ones have long been allowed again. */
const REMEMBERED_MAX = 10_000;

/** Keeps one channel within what its platform allows: so many a second to all, and a pause between two to one. */
export const createPacer = (limits: Channel['limits']): Pacer => {
  const gapMs = Number.isFinite(limits.perSecond) ? 1_000 / limits.perSecond : 0;
  const lastTo = new Map<string, number>();
  let nextAt = 0;
  let pausedUntil = 0;
  const stopped = new AbortController();
  return {
    turn: async (address) => {
      const now = Date.now();
      const last = lastTo.get(address) ?? 0;
      const free = Math.max(now, nextAt, pausedUntil);
      const at = Math.max(free, last + limits.perAddressMs);
      nextAt = free + gapMs;
      if (lastTo.size >= REMEMBERED_MAX) lastTo.clear();
      lastTo.set(address, at);
      await waitUntil(at, stopped.signal);
      // The platform may have asked for a pause meanwhile.
      while (Date.now() < pausedUntil && !stopped.signal.aborted)
        await waitUntil(pausedUntil, stopped.signal);
      return !stopped.signal.aborted;
    },
    pause: (seconds) => {
      pausedUntil = Math.max(pausedUntil, Date.now() + seconds * 1_000);
    },
    close: () => stopped.abort(),
    isPaused: () => Date.now() < pausedUntil,
  };
};

const waitUntil = async (at: number, signal: AbortSignal): Promise<void> => {
  const ms = at - Date.now();
  if (ms > 0) await setTimeout(ms, undefined, { signal }).catch(() => undefined);
};
