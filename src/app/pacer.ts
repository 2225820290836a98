import { setMaxListeners } from 'node:events';
import type { Channel } from '../channels/channel.ts';
import type { Pace } from '../store/channel-pace.ts';
import type { Leased } from '../store/claim-outbox.ts';
import { CLOCK, type Clock, COUNTED_MAX, createDepartures, type Departure } from './departures.ts';

type Paced = Pick<Leased, 'addressId' | 'lane' | 'at' | 'kept'>;

export type Pacer = {
  /**
   * Resolves when a message to this address may go out; undefined when it may not from here: the platform asked for a pause
   * meanwhile, or the program is stopping. Then it goes back, and takes a new place in the line that all processes share:
   * what waited through a pause does not come back all at once.
   *
   * Of it, `at` is when it may go by the channel's line (`Date.now()`), undefined for an answer that has no place there; `kept`
   * the place there of what it overtakes. An answer goes with the next place that bulk of this process has, and bulk with its.
   */
  turn(message: Paced): Promise<Departure | undefined>;
  /** Nothing goes out for so many seconds: the platform said so (invariant M7). */
  pause(seconds: number): void;
  /** Nothing goes out for so many seconds: the channel cannot send. For 0: it may be able to again; a pause is not over by that. */
  rest(seconds: number): void;
  /** So many seconds of what the platform allows were taken, by all processes, when it was last asked. */
  ahead(seconds: number): void;
  /** For how long asking for messages would bring none: until a pause is nearly over, or a rest is; 0 when there is neither. */
  silentSeconds(): number;
  /** Those who wait for their turn are told no: the program is stopping. */
  close(): void;
};

/** Addresses remembered for their last message; older ones have long been allowed again. */
const REMEMBERED_MAX = 10_000;
/**
 * Bulk takes places up to half a second ahead, so being so far ahead keeps no answer waiting; what is beyond it, answers
 * of this and other processes took, and all of them slow down by that much. The rest is leave to be quick.
 */
const ANSWERS_AHEAD_MS = 800;
/**
 * So long before a pause is over messages are asked for, which get the places after it (`claim_outbox`): the first is ready when the
 * platform takes it. Less than that function looks ahead.
 */
const EARLY_MS = 100;
/** What processes know of a pause's end differs by less than this: who has the first place after it waits. */
const NEARLY_OVER_MS = 50;
/** Two messages to one person, where the platform takes several at once. */
const IN_ORDER_MS = 200;

/**
 * Keeps one channel within what its platform allows. The places of messages come from the database, which all processes
 * share. Where answers have none they go at once, one gap apart in this process, and slow down only when all of them
 * together are too many.
 */
export const createPacer = (limits: Channel['limits'], clock: Clock = CLOCK): Pacer => {
  const gapMs = paceOf(limits).gapSeconds * 1_000;
  // In a burst only a short pause keeps their order.
  const pauseMs = limits.burst === undefined ? limits.perAddressMs : IN_ORDER_MS;
  const lastTo = new Map<string, number>();
  const waiting = new Set<Waiting>();
  let nextAnswerAt = 0;
  let pausedUntil = 0;
  let restsUntil = 0;
  const silentUntil = (): number => Math.max(pausedUntil, restsUntil);
  let freeAt = 0;
  const stopped = new AbortController();
  // Each message that waits for its turn listens, and there may be as many as are on their way at once.
  setMaxListeners(0, stopped.signal);
  const depart = createDepartures(limits.perSecond, stopped.signal, clock);
  const answerAt = (now: number): number => {
    const at = Math.max(now, nextAnswerAt, freeAt - ANSWERS_AHEAD_MS);
    nextAnswerAt = at + gapMs;
    return at;
  };
  return {
    turn: async ({ addressId, lane, at, kept }) => {
      const now = clock.now();
      const isBulk = lane === 1;
      const first = isBulk || at === undefined ? at : placeAmong(waiting, kept ?? at);
      // Beside the line: the place that is kept for it is farther away, and none of bulk's is soon.
      const isBeside = kept !== undefined && first !== undefined && first > now + NEXT_PLACE_MS;
      const last = lastTo.get(addressId) ?? 0;
      const mine = { isBulk, place: Math.max(isBeside ? now : (first ?? answerAt(now)), last + pauseMs) };
      waiting.add(mine);
      // What overtakes it meanwhile moves its place.
      const leaveAt = (): number => Math.max(mine.place, nearEnd(silentUntil(), mine.place));
      while (!stopped.signal.aborted && clock.now() < leaveAt()) await clock.until(leaveAt(), stopped.signal);
      const departure = await depart({
        get place() {
          return isBeside ? undefined : mine.place;
        },
        leaves: () => waiting.delete(mine),
      });
      waiting.delete(mine);
      if (clock.now() < silentUntil()) {
        departure?.stayed();
        return undefined;
      }
      if (lastTo.size >= REMEMBERED_MAX) lastTo.clear();
      lastTo.set(addressId, mine.place);
      return departure;
    },
    pause: (seconds) => {
      pausedUntil = Math.max(pausedUntil, clock.now() + seconds * 1_000);
    },
    rest: (seconds) => {
      restsUntil = seconds > 0 ? Math.max(restsUntil, clock.now() + seconds * 1_000) : 0;
    },
    ahead: (seconds) => {
      freeAt = clock.now() + seconds * 1_000;
    },
    close: () => stopped.abort(),
    silentSeconds: () => Math.max(0, pausedUntil - EARLY_MS - clock.now(), restsUntil - clock.now()) / 1_000,
  };
};

/** The end of a pause that a place is just before; 0 when it is not. */
const nearEnd = (end: number, place: number): number => (place >= end - NEARLY_OVER_MS ? end : 0);

/** A message that waits for its place (`Date.now()`). */
type Waiting = { readonly isBulk: boolean; place: number };

/** An answer that has leave to go now waits so long for a place that bulk of this process has; beyond that it goes now. */
const NEXT_PLACE_MS = 120;

/**
 * When an answer goes: with the first place of this process's bulk that has not left, whose messages each go with the next one's, and
 * the last with the answer's own. So no more go in a second than the line has places; and where bulk is late, after a moment in which
 * the program could not send, the answer is not.
 */
const placeAmong = (waiting: ReadonlySet<Waiting>, at: number): number => {
  let place = at;
  for (const one of [...waiting].toSorted((a, b) => b.place - a.place)) {
    if (one.isBulk && one.place < place) [one.place, place] = [place, one.place];
  }
  return place;
};

/**
 * The place of an answer, by what its commit said: the seconds until it may go; -1: it has none; -2 and less: it goes at once, and
 * the place in so many seconds beyond 2 is kept for what it overtakes.
 */
export const placeOf = (seconds: number, now: number): Pick<Leased, 'at' | 'kept'> => {
  if (seconds >= 0) return { at: now + seconds * 1_000 };
  return seconds > -2 ? { at: undefined } : { at: now, kept: now + (-2 - seconds) * 1_000 };
};

/** Messages leased at a time, and on their way at once, by one process. */
export type LeaseSizes = { readonly claim: number; readonly inFlight: number };

const CLAIM_MIN = 20;
const IN_FLIGHT_MIN = 40;

/**
 * How much one process leases of a channel: more where a platform takes more a second, so that neither the database nor the
 * way to the platform is what it waits for. On their way are those too that wait for their place, up to half a second.
 * What a crash may send twice is at most `2 * claim + inFlight` (invariant M5).
 */
export const leaseSizesOf = ({ perSecond }: Channel['limits']): LeaseSizes => {
  if (!Number.isFinite(perSecond)) return { claim: CLAIM_MIN, inFlight: IN_FLIGHT_MIN };
  return {
    claim: Math.max(CLAIM_MIN, Math.ceil(perSecond / 10)),
    inFlight: Math.max(IN_FLIGHT_MIN, Math.ceil(perSecond / 2)),
  };
};

/**
 * So many a second are kept out of the line, so that an answer now and then need not wait behind what has places already; the
 * next ones wait half a second. `answer_places` gives out no more of them, and keeps a place in the line for each: no second has
 * more than the platform allows, and bulk has 29 of 30.
 */
const LEAVE = 1;
/** A platform that takes fewer has none to spare: answers come first in its line. */
const LEAVE_FROM = 10;

/** Between its place and its departure a message loses a moment; what it loses beyond this is added when it is recorded (`count_sent`). */
const LATE_SECONDS = 0.1;

/** What the database is told of a channel's limits. */
export const paceOf = ({ perSecond, perAddressMs, burst = 1 }: Channel['limits']): Pace => {
  // Where more are taken, answers are told of when they are recorded: no commit waits for another's place.
  const leave = perSecond > COUNTED_MAX ? undefined : perSecond < LEAVE_FROM ? 0 : LEAVE;
  return {
    gapSeconds: Number.isFinite(perSecond) ? 1 / (perSecond - (leave ?? 0)) : 0,
    leave,
    addressSeconds: perAddressMs === 0 ? 0 : perAddressMs / 1_000 + LATE_SECONDS,
    addressBurst: burst,
  };
};
