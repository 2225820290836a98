import { Temporal } from 'temporal-polyfill';
import { localDate, wallTime } from './calendar.ts';

/** When it is safe to write to a woman who asked for it, as she says; `she-writes`: never before she does. */
export const SAFE_TIMES = ['now', 'afternoon', 'morning', 'she-writes'] as const;
export type SafeTime = (typeof SAFE_TIMES)[number];

const AFTERNOON = Temporal.PlainTime.from({ hour: 16 });
const MORNING = Temporal.PlainTime.from({ hour: 9 });

/** From when on, where she lives: this afternoon from four, tomorrow morning from nine. Undefined: she writes first. */
export const safeFrom = (
  safe: SafeTime,
  now: Temporal.Instant,
  timeZone: string,
): Temporal.Instant | undefined => {
  const today = localDate(now, timeZone);
  switch (safe) {
    case 'now':
      return now;
    case 'afternoon':
      return wallTime(today, AFTERNOON, timeZone);
    case 'morning':
      return wallTime(today.add({ days: 1 }), MORNING, timeZone);
    case 'she-writes':
      return undefined;
  }
};

/** What she may choose from now: an afternoon that has begun is "now". */
export const safeTimesAt = (now: Temporal.Instant, timeZone: string): SafeTime[] =>
  SAFE_TIMES.filter((safe) => {
    const from = safeFrom(safe, now, timeZone);
    return safe !== 'afternoon' || (from !== undefined && Temporal.Instant.compare(from, now) > 0);
  });
