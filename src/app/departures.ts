import { setTimeout } from 'node:timers/promises';

/** A message on its way to the platform. */
export type Departure = {
  /** It is there, or did not get there: by then at the latest it was counted. */
  gone(): void;
  /** It did not leave after all. */
  stayed(): void;
};

/** A message that is to leave. */
export type Leaving = {
  /**
   * Its place (`Date.now()`), asked for again each time it is looked at, since others may be let in before it; undefined: it has
   * leave to go beside the line.
   */
  readonly place: number | undefined;
  /** It leaves now: nobody is let in before it any more. */
  leaves?(): void;
};

/** More than this a second are not counted one by one. */
export const COUNTED_MAX = 100;

/** What time it is, in milliseconds of `Date.now()`, and how one waits. */
export type Clock = {
  now(): number;
  /** Resolves then, or when the program is stopping. */
  until(at: number, signal: AbortSignal): Promise<void>;
};

export const CLOCK: Clock = {
  now: () => Date.now(),
  until: (at, signal) =>
    setTimeout(Math.max(0, Math.ceil(at - Date.now())), undefined, { signal }).catch(() => undefined),
};

type Sent = { readonly at: number; goneAt: number | undefined };

const WINDOW_MS = 1_000;
/** What is longer on its way than this (a large file) is taken to have been counted by then. */
const WIRE_MS_MAX = 200;
/** What is late by less than this was a slow timer, and changes nothing for those that follow. */
const SLOW_TIMER_MS = 20;

/**
 * No more of one process arrive in a second than `perSecond`, however late its timers are and however the way to the platform
 * varies; nor more than it has places for in a second, since the rest of that second is other processes'. After a moment in which
 * it could not send, its messages follow each other as their places do, a little closer: what it is late by it makes up for with
 * half of the place a second that nobody has in the line (`LEAVE`), and never all at once.
 *
 * @param perSecond so few that each of them matters; a platform that takes hundreds a second counts more roughly
 * @returns resolves when a message may leave; to undefined when the program is stopping
 */
export const createDepartures = (
  perSecond: number,
  signal: AbortSignal,
  clock: Clock = CLOCK,
): ((leaving: Leaving) => Promise<Departure | undefined>) => {
  const most = Math.floor(perSecond);
  if (!(most >= 1 && most <= COUNTED_MAX))
    return async () => ({ gone: () => undefined, stayed: () => undefined });
  const sent: Sent[] = [];
  let last = { place: 0, late: 0 };
  /** How late one of this place leaves at least, by how late the one before it was. */
  const lateAt = (place: number): number => {
    const since = Math.max(0, place - last.place);
    return since >= WINDOW_MS ? 0 : Math.max(0, last.late - since / most / 2);
  };
  return async (leaving) => {
    const dueAt = ({ place } = leaving): number => (place === undefined ? 0 : place + lateAt(place));
    const freeAt = (): number => Math.max(dueAt(), countedBelow(most, sent));
    for (let at = freeAt(); !signal.aborted && clock.now() < at; at = freeAt()) await clock.until(at, signal);
    if (signal.aborted) return undefined;
    const departure: Sent = { at: clock.now(), goneAt: undefined };
    leaving.leaves?.();
    const { place } = leaving;
    if (place !== undefined) {
      const isStalled = departure.at - dueAt() > SLOW_TIMER_MS;
      last = { place: Math.max(place, last.place), late: isStalled ? departure.at - place : lateAt(place) };
    }
    sent.push(departure);
    if (sent.length > 2 * most) sent.splice(0, Math.ceil(most / 2));
    return {
      gone: () => {
        departure.goneAt = clock.now();
      },
      stayed: () => {
        const index = sent.indexOf(departure);
        if (index >= 0) sent.splice(index, 1);
      },
    };
  };
};

/** From when on fewer than `most` of them arrived within the last second. Of the shortest way there and back half is the way there. */
const countedBelow = (most: number, sent: readonly Sent[]): number => {
  const arrivals = sent.map((one) => one.at + wireMs(one)).toSorted((a, b) => b - a);
  const before = arrivals[most - 1];
  if (before === undefined) return 0;
  const shortestMs = sent.reduce((least, one) => Math.min(least, wireMs(one)), WIRE_MS_MAX);
  return before + WINDOW_MS - shortestMs / 2;
};

const wireMs = ({ at, goneAt = Number.POSITIVE_INFINITY }: Sent): number =>
  Math.min(goneAt - at, WIRE_MS_MAX);
