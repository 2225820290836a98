// When what nobody asked for may go: at night not, and in somebody's own hours only.

import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { mayGoAt, type SafeHours, safeMinutes } from '../../src/domain/quiet-hours.ts';

const ZONE = 'America/Tijuana';
const at = (text: string): Temporal.Instant =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(ZONE).toInstant();
const hours = (text: string | undefined): SafeHours | undefined => {
  const [from, until] = text?.split('-') ?? [];
  return from !== undefined && until !== undefined
    ? { from: Temporal.PlainTime.from(from), until: Temporal.PlainTime.from(until) }
    : undefined;
};

test.each([
  // now                hers           at night too  goes
  ['2026-11-24T19:00', undefined, false, '2026-11-24T19:00'],
  ['2026-11-24T22:00', undefined, false, '2026-11-25T07:00'],
  ['2026-11-24T22:00', undefined, true, '2026-11-24T22:00'],
  ['2026-11-24T09:59', '10:00-14:00', true, '2026-11-24T10:00'],
  ['2026-11-24T10:00', '10:00-14:00', true, '2026-11-24T10:00'],
  ['2026-11-24T14:00', '10:00-14:00', true, '2026-11-25T10:00'],
  ['2026-11-24T22:00', '10:00-14:00', false, '2026-11-25T10:00'],
  // Over midnight: bulk waits for the morning all the same, where some of her hours are by day.
  ['2026-11-24T18:00', '20:00-17:00', false, '2026-11-24T20:00'],
  ['2026-11-24T23:00', '20:00-17:00', false, '2026-11-25T07:00'],
  ['2026-11-24T23:00', '20:00-17:00', true, '2026-11-24T23:00'],
  // All of her hours are at night: then they are what she wants.
  ['2026-11-24T19:00', '21:30-23:00', false, '2026-11-24T21:30'],
  ['2026-11-24T22:00', '21:30-23:00', false, '2026-11-24T22:00'],
  // Through the change of the clock they keep their hours on the wall.
  ['2026-03-07T15:00', '10:00-14:00', true, '2026-03-08T10:00'],
])('at %s, with %s (night %s): %s', (now, safe, atNight, then) =>
  expect(mayGoAt(at(now), ZONE, { safe: hours(safe), atNight }).toString()).toBe(at(then).toString()),
);

test.each([
  ['10:00-14:00', 240],
  ['20:00-17:00', 1_260],
  ['23:30-00:30', 60],
])('%s are %d minutes', (of, minutes) => {
  const safe = hours(of);
  expect(safe && safeMinutes(safe)).toBe(minutes);
});
