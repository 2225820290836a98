import { setTimeout } from 'node:timers/promises';

/** A message on its way to the platform. */
export type Departure = {
  /** It is there, or did not get there: by then at the latest it was counted. */
  gone(): void;
};

type Sent = { readonly place: number; readonly at: number; goneAt: number | undefined };

const WINDOW_MS = 1_000;
/** What is longer on its way than this (a large file) is taken to have been counted by then. */
const WIRE_MS_MAX = 500;
/** One may be overtaken on its way by a few that left after it. */
const OVERTAKEN_MAX = 10;

/**
 * No more of one process arrive in a second than `perSecond`, however late its timers are and however the way to the platform
 * varies: a message leaves when the one so many before it has arrived a second ago. Nor more than it has places for in a second:
 * what is late goes later, and does not go together with what comes after it, since the rest of that second is other processes'.
 *
 * @returns resolves when the message of a place (`Date.now()`) may leave; undefined when the program is stopping
 */
export const createDepartures = (
  perSecond: number,
  signal: AbortSignal,
): ((place: number) => Promise<Departure | undefined>) => {
  const most = Math.floor(perSecond);
  if (!Number.isFinite(perSecond) || most < 1) return async () => ({ gone: () => undefined });
  const sent: Sent[] = [];
  // Places are told by one clock and kept by another: they differ by less than half the way to the next one.
  const aSecondAgo = WINDOW_MS - WINDOW_MS / most / 2;
  const freeAt = (place: number): number => {
    const last = sent.length - most;
    const before = sent.filter(
      (one, n) => (n <= last && n >= last - OVERTAKEN_MAX) || one.place <= place - aSecondAgo,
    );
    if (before.length === 0) return 0;
    // Of the shortest way there and back half is the way there, and no shorter for the next one.
    const alikeMs = sent.reduce((least, one) => Math.min(least, wireMs(one)), WIRE_MS_MAX) / 2;
    return before.reduce((latest, one) => Math.max(latest, one.at + wireMs(one)), 0) - alikeMs + WINDOW_MS;
  };
  return async (place) => {
    for (let at = freeAt(place); !signal.aborted && Date.now() <= at; at = freeAt(place)) {
      await setTimeout(at - Date.now() + 1, undefined, { signal }).catch(() => undefined);
    }
    if (signal.aborted) return undefined;
    const departure: Sent = { place, at: Date.now(), goneAt: undefined };
    sent.push(departure);
    if (sent.length > 2 * (most + OVERTAKEN_MAX)) sent.splice(0, Math.ceil(most / 2));
    return {
      gone: () => {
        departure.goneAt = Date.now();
      },
    };
  };
};

const wireMs = ({ at, goneAt = Number.POSITIVE_INFINITY }: Sent): number =>
  Math.min(goneAt - at, WIRE_MS_MAX);
