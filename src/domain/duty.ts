import { Temporal } from 'temporal-polyfill';
import { localDate, wallTime } from './calendar.ts';

/** When somebody is there to answer, where her programme lives: days of the week (ISO, Monday is 1), from and until an hour. */
export type Duty = {
  readonly days: readonly number[];
  readonly from: Temporal.PlainTime;
  readonly to: Temporal.PlainTime;
};

/** A shift that began today and is still on is not the next one: a week later the same day comes again. */
const DAYS_AHEAD = [0, 1, 2, 3, 4, 5, 6, 7];

/** Since when the shift lasts that `now` is in; undefined between shifts. */
export const shiftSince = (
  duty: Duty,
  now: Temporal.Instant,
  timeZone: string,
): Temporal.Instant | undefined => {
  const today = localDate(now, timeZone);
  const [from, to] = [wallTime(today, duty.from, timeZone), wallTime(today, duty.to, timeZone)];
  const isOn =
    duty.days.includes(today.dayOfWeek) &&
    Temporal.Instant.compare(from, now) <= 0 &&
    Temporal.Instant.compare(now, to) < 0;
  return isOn ? from : undefined;
};

/** When the next shift begins. */
const nextShift = (duty: Duty, now: Temporal.Instant, timeZone: string): Temporal.Instant | undefined => {
  const today = localDate(now, timeZone);
  return DAYS_AHEAD.map((days) => today.add({ days }))
    .filter((day) => duty.days.includes(day.dayOfWeek))
    .map((day) => wallTime(day, duty.from, timeZone))
    .find((from) => Temporal.Instant.compare(from, now) > 0);
};

type OnDuty = { readonly duty: Duty | undefined };

/**
 * Who of them reads what is written now. `unknown`: of one of them at least nobody knows, so that nothing can be promised, not
 * even that nobody reads it.
 */
export type Readers<Person> =
  | { readonly type: 'there'; readonly people: readonly Person[] }
  | { readonly type: 'from'; readonly at: Temporal.Instant }
  | { readonly type: 'unknown' };

/** Who of them is there at a moment, or when the first of them comes. */
export const readersAt = <Person extends OnDuty>(
  people: readonly Person[],
  now: Temporal.Instant,
  timeZone: string,
): Readers<Person> => {
  const there = people.filter(({ duty }) => duty && shiftSince(duty, now, timeZone));
  if (there.length > 0) return { type: 'there', people: there };
  const shifts = people.map(({ duty }) => duty && nextShift(duty, now, timeZone));
  const [first] = shifts.filter((at) => at !== undefined).toSorted((a, b) => Temporal.Instant.compare(a, b));
  return first && shifts.every((at) => at !== undefined) ? { type: 'from', at: first } : { type: 'unknown' };
};
