import { Temporal } from 'temporal-polyfill';
import { localDate, wallTime } from './calendar.ts';

const QUIET_FROM_HOUR = 21;
const QUIET_UNTIL_HOUR = 7;
const MORNING = Temporal.PlainTime.from({ hour: QUIET_UNTIL_HOUR });
const MINUTES_PER_DAY = 1_440;

/** Whether it is night where the group lives, 21:00 to 07:00: nothing unasked is sent then. */
export const isQuiet = (now: Temporal.Instant, timeZone: string): boolean =>
  isQuietTime(now.toZonedDateTimeISO(timeZone).toPlainTime());

/** Whether an hour on the wall is at night. */
export const isQuietTime = ({ hour }: Temporal.PlainTime): boolean =>
  hour >= QUIET_FROM_HOUR || hour < QUIET_UNTIL_HOUR;

/** The next local 07:00 when `now` is in the quiet hours; else `now` itself. */
export const quietEnds = (now: Temporal.Instant, timeZone: string): Temporal.Instant => {
  if (!isQuiet(now, timeZone)) return now;
  const local = now.toZonedDateTimeISO(timeZone);
  const morning = local.toPlainDate().add({ days: local.hour >= QUIET_FROM_HOUR ? 1 : 0 });
  return wallTime(morning, Temporal.PlainTime.from({ hour: QUIET_UNTIL_HOUR }), timeZone);
};

/** Hours of the day by the clock where she lives; where `from` is the later one, they go over midnight. Never the same. */
export type SafeHours = { readonly from: Temporal.PlainTime; readonly until: Temporal.PlainTime };

/** Fewer would be a silence that nobody asked for. */
export const SAFE_MINUTES_MIN = 60;

/** How long they are, in minutes: 1 to 1,439. */
export const safeMinutes = ({ from, until }: SafeHours): number =>
  (from.until(until).total('minutes') + MINUTES_PER_DAY) % MINUTES_PER_DAY;

/**
 * When what she did not ask for may go from `now` on.
 *
 * @param how `safe`: the hours she named; `atNight`: whether nights count for nothing. Where all of her hours are at night,
 *   they are what she wants.
 */
export const mayGoAt = (
  now: Temporal.Instant,
  timeZone: string,
  { safe, atNight }: { readonly safe: SafeHours | undefined; readonly atNight: boolean },
): Temporal.Instant => {
  if (!safe) return atNight ? now : quietEnds(now, timeZone);
  const at = safeBegins(now, timeZone, safe);
  const hasDay = !isQuietTime(safe.from) || isInside(safe, MORNING);
  return atNight || !hasDay ? at : safeBegins(quietEnds(at, timeZone), timeZone, safe);
};

const isInside = ({ from, until }: SafeHours, time: Temporal.PlainTime): boolean => {
  const isAfter = Temporal.PlainTime.compare(time, from) >= 0;
  const isBefore = Temporal.PlainTime.compare(time, until) < 0;
  return Temporal.PlainTime.compare(from, until) < 0 ? isAfter && isBefore : isAfter || isBefore;
};

/** `now` inside of them, else the next moment at which they begin. */
const safeBegins = (now: Temporal.Instant, timeZone: string, safe: SafeHours): Temporal.Instant => {
  const local = now.toZonedDateTimeISO(timeZone);
  if (isInside(safe, local.toPlainTime())) return now;
  const today = wallTime(local.toPlainDate(), safe.from, timeZone);
  return Temporal.Instant.compare(today, now) > 0
    ? today
    : wallTime(local.toPlainDate().add({ days: 1 }), safe.from, timeZone);
};

/** The next local day at 07:00, when the quiet hours end. */
export const morningAfter = (now: Temporal.Instant, timeZone: string): Temporal.Instant =>
  wallTime(
    localDate(now, timeZone).add({ days: 1 }),
    Temporal.PlainTime.from({ hour: QUIET_UNTIL_HOUR }),
    timeZone,
  );
