/** A moment by the database's clock, in milliseconds of `Date.now()` here. */
export type ServerClock = (toldMs: number) => number;

/** What is told comes late by the way and by what this process does meanwhile: the least of it is what the clocks differ by. */
const CREEP_MS = 0.1;
/** One of the clocks was set. */
const SET_MS = 1_000;

/** Goes by the one that came soonest, so that a process that was busy for a moment takes no message for later than it is. */
export const createServerClock = (): ServerClock => {
  let least: number | undefined;
  return (toldMs) => {
    const differs = Date.now() - toldMs;
    const isSet = least === undefined || Math.abs(differs - least) > SET_MS;
    least = isSet ? differs : Math.min(differs, (least ?? differs) + CREEP_MS);
    return toldMs + least;
  };
};
