import { Temporal } from 'temporal-polyfill';
import { localDate, wallTime } from './calendar.ts';

const QUIET_FROM_HOUR = 21;
const QUIET_UNTIL_HOUR = 7;

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

/** The next local day at 07:00, when the quiet hours end. */
export const morningAfter = (now: Temporal.Instant, timeZone: string): Temporal.Instant =>
  wallTime(
    localDate(now, timeZone).add({ days: 1 }),
    Temporal.PlainTime.from({ hour: QUIET_UNTIL_HOUR }),
    timeZone,
  );
