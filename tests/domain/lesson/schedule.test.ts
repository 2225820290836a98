import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { localDate, WEEKDAYS } from '../../../src/domain/calendar.ts';
import { isTooLate, lessonDays, nextLessonAt } from '../../../src/domain/lesson/schedule.ts';
import { isQuiet } from '../../../src/domain/quiet-hours.ts';

/** Tijuana changes its clocks with the United States, the other two never do. */
const ZONES = ['America/Tijuana', 'America/Mexico_City', 'America/Cancun'] as const;
const time = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 30, 59) })
  .map((of) => Temporal.PlainTime.from(of));
/** The weeks around both clock changes of a year. */
const around = fc
  .tuple(
    fc.constantFrom('2026-03-01T00:00:00Z', '2026-10-25T00:00:00Z'),
    fc.integer({ min: 0, max: 15 * 24 * 60 }),
  )
  .map(([from, minutes]) => Temporal.Instant.from(from).add({ minutes }));

const habit = (weekday: (typeof WEEKDAYS)[number], hour: string, timeZone = 'America/Tijuana') => ({
  meeting: { weekday, time: Temporal.PlainTime.from('17:00'), timeZone },
  days: [],
  hour: Temporal.PlainTime.from(hour),
});

describe('the days of lessons', () => {
  test.each(WEEKDAYS)(
    'of a group that meets on %s are two, and no day of the meeting or its reminder',
    (day) => {
      const days = lessonDays({
        weekday: day,
        time: Temporal.PlainTime.from('17:00'),
        timeZone: 'America/Tijuana',
      });
      const meeting = WEEKDAYS.indexOf(day);
      const taken = [WEEKDAYS[meeting], WEEKDAYS[(meeting + 6) % 7]];
      expect(new Set(days).size).toBe(2);
      expect(days.filter((one) => taken.includes(one))).toEqual([]);
    },
  );

  test('come at the same hour on the wall before and after the clocks change', () => {
    const before = nextLessonAt(habit('tuesday', '18:00'), Temporal.Instant.from('2026-10-28T20:00:00Z'));
    const after = nextLessonAt(habit('tuesday', '18:00'), Temporal.Instant.from('2026-11-04T20:00:00Z'));
    expect(
      [before, after].map((at) => at.toZonedDateTimeISO('America/Tijuana').toPlainTime().toString()),
    ).toEqual(['18:00:00', '18:00:00']);
    expect(after.since(before).total('hours')).toBe(7 * 24 + 1);
  });

  test('an hour at night is put off to the morning after', () => {
    const at = nextLessonAt(habit('tuesday', '22:00'), Temporal.Instant.from('2026-11-27T08:00:00Z'));
    expect(at.toZonedDateTimeISO('America/Tijuana').toPlainDateTime().toString()).toBe('2026-11-27T07:00:00');
  });
});

test('in three zones and over both clock changes the next lesson is ahead, never at night, and on one of her days', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...WEEKDAYS),
      time,
      fc.constantFrom(...ZONES),
      around,
      (weekday, hour, zone, now) => {
        const of = { ...habit(weekday, '18:00', zone), hour };
        const at = nextLessonAt(of, now);
        expect(Temporal.Instant.compare(at, now)).toBe(1);
        expect(isQuiet(at, zone)).toBe(false);
        const late = hour.hour >= 21;
        const day = localDate(at, zone).subtract({ days: late ? 1 : 0 });
        expect(lessonDays(of.meeting)).toContain(WEEKDAYS[day.dayOfWeek - 1]);
        // None is left out: two in any week.
        expect(at.since(now).total('hours')).toBeLessThanOrEqual(5 * 24 + 11);
      },
    ),
    { numRuns: 500 },
  );
});

test('what was due is told for three hours, and then no more', () => {
  const due = Temporal.Instant.from('2026-11-27T02:00:00Z');
  expect([0, 180, 181].map((minutes) => isTooLate(due, due.add({ minutes })))).toEqual([false, false, true]);
});
