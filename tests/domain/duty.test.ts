import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { type Duty, readersAt, shiftSince } from '../../src/domain/duty.ts';
import { safeFrom, safeTimesAt } from '../../src/domain/safe-time.ts';

const ZONE = 'America/Tijuana';
const at = (text: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(text.replace(' ', 'T')).toZonedDateTime(ZONE).toInstant();
const local = (moment: Temporal.Instant | undefined): string | undefined =>
  moment?.toZonedDateTimeISO(ZONE).toPlainDateTime().toString().slice(0, 16).replace('T', ' ');
const duty = (days: readonly number[], from: string, to: string): Duty => ({
  days,
  from: Temporal.PlainTime.from(from),
  to: Temporal.PlainTime.from(to),
});

const WEEK = { name: 'week', duty: duty([1, 2, 3, 4, 5], '09:00', '18:00') };
const SATURDAY = { name: 'saturday', duty: duty([6], '10:00', '14:00') };
const UNKNOWN = { name: 'unknown', duty: undefined };

test.each([
  // now                 people                    who reads, or from when on
  ['2026-11-24 09:00', [WEEK, SATURDAY], 'week'],
  ['2026-11-24 17:59', [WEEK, SATURDAY], 'week'],
  ['2026-11-24 18:00', [WEEK, SATURDAY], '2026-11-25 09:00'],
  ['2026-11-24 08:59', [WEEK, SATURDAY], '2026-11-24 09:00'],
  ['2026-11-27 18:00', [WEEK, SATURDAY], '2026-11-28 10:00'],
  ['2026-11-28 14:00', [SATURDAY], '2026-12-05 10:00'],
  ['2026-11-28 10:00', [SATURDAY], 'saturday'],
  // Of one of them nobody knows: nothing can be said of all, but of her who is there.
  ['2026-11-24 18:00', [WEEK, UNKNOWN], 'unknown'],
  ['2026-11-24 10:00', [WEEK, UNKNOWN], 'week'],
  ['2026-11-24 10:00', [UNKNOWN], 'unknown'],
  // The clocks change in the night: it is nine on the wall all the same.
  ['2026-10-30 18:00', [{ name: 'sunday', duty: duty([7], '09:00', '10:00') }], '2026-11-01 09:00'],
  ['2026-03-07 18:00', [{ name: 'sunday', duty: duty([7], '02:30', '10:00') }], '2026-03-08 03:30'],
] as const)('at %s, of %j: %s', (now, people, expected) => {
  const readers = readersAt<{ readonly name: string; readonly duty: Duty | undefined }>(
    people,
    at(now),
    ZONE,
  );
  const said =
    readers.type === 'there'
      ? readers.people.map(({ name }) => name).join()
      : readers.type === 'from'
        ? local(readers.at)
        : 'unknown';
  expect(said).toBe(expected);
});

test('a shift is known by when it began', () => {
  expect(local(shiftSince(WEEK.duty, at('2026-11-24 12:00'), ZONE))).toBe('2026-11-24 09:00');
  expect(shiftSince(WEEK.duty, at('2026-11-28 12:00'), ZONE)).toBeUndefined();
});

test('when it is safe is hers to say, and an afternoon that has begun is no choice any more', () => {
  const noon = at('2026-11-24 12:00');
  expect(safeTimesAt(noon, ZONE)).toEqual(['now', 'afternoon', 'morning', 'she-writes']);
  expect(safeTimesAt(at('2026-11-24 16:00'), ZONE)).toEqual(['now', 'morning', 'she-writes']);
  expect(local(safeFrom('now', noon, ZONE))).toBe('2026-11-24 12:00');
  expect(local(safeFrom('afternoon', noon, ZONE))).toBe('2026-11-24 16:00');
  expect(local(safeFrom('morning', noon, ZONE))).toBe('2026-11-25 09:00');
  expect(safeFrom('she-writes', noon, ZONE)).toBeUndefined();
});
