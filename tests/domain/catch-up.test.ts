import * as fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import { type MeetingHabit, meetingDateOnOrBefore, nearestMeetingDate } from '../../src/domain/calendar.ts';
import { CATCH_UP_DAYS, type CatchUpFacts, openMeetings, pastMeeting } from '../../src/domain/catch-up.ts';

const day = (text: string) => Temporal.PlainDate.from(text);
const TUESDAYS: MeetingHabit = {
  weekday: 'tuesday',
  time: Temporal.PlainTime.from('17:00'),
  timeZone: 'America/Tijuana',
};
const on = (today: string, counted?: string): CatchUpFacts => ({
  habit: TUESDAYS,
  today: day(today),
  counted: counted === undefined ? undefined : day(counted),
});

describe('a meeting that is written down later', () => {
  test.each([
    ['2026-11-17', '2026-11-23', undefined, 'ok'],
    ['2026-10-27', '2026-11-24', undefined, 'ok'],
    ['2026-10-28', '2026-11-24', undefined, 'no_meeting_day'],
    ['2026-10-26', '2026-11-24', undefined, 'day_too_old'],
    ['2026-10-20', '2026-11-24', undefined, 'day_too_old'],
    ['2026-11-25', '2026-11-24', undefined, 'day_to_come'],
    ['2026-12-01', '2026-11-24', undefined, 'day_to_come'],
    ['2026-11-18', '2026-11-24', undefined, 'no_meeting_day'],
    ['2026-11-17', '2026-11-24', '2026-11-16', 'ok'],
    ['2026-11-17', '2026-11-24', '2026-11-17', 'day_counted'],
    ['2026-11-17', '2026-11-24', '2026-11-19', 'day_counted'],
  ])('%s on %s, counted on %s: %s', (text, today, counted, expected) => {
    const open = pastMeeting(day(text), on(today, counted));
    expect(open.ok ? 'ok' : open.refusal.type).toBe(expected);
  });

  test.each([
    ['2026-11-18', '2026-11-24', '2026-11-17'],
    ['2026-11-21', '2026-11-24', '2026-11-24'],
    // The nearest one has not come: the last one is meant.
    ['2026-11-21', '2026-11-23', '2026-11-17'],
  ])('for %s the nearest meeting that was held by %s is offered', (text, today, nearest) => {
    const open = pastMeeting(day(text), on(today));
    if (open.ok || open.refusal.type !== 'no_meeting_day') throw new Error('refused otherwise');
    expect(open.refusal.nearest.toString()).toBe(nearest);
  });

  test('the meetings offered are those that may be written down, the latest first, and never the current one', () => {
    const anyDay = fc.integer({ min: 0, max: 500 }).map((days) => day('2026-01-01').add({ days }));
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -40, max: 3 }), (today, since) => {
        const facts = { habit: TUESDAYS, today, counted: today.add({ days: since }) };
        const offered = openMeetings(facts).map(String);
        const current = nearestMeetingDate(TUESDAYS, today);
        const wanted = Array.from({ length: CATCH_UP_DAYS + 1 }, (_, n) =>
          today.subtract({ days: n }),
        ).filter(
          (one) =>
            meetingDateOnOrBefore(TUESDAYS, one).equals(one) &&
            Temporal.PlainDate.compare(one, current) < 0 &&
            Temporal.PlainDate.compare(one, facts.counted) > 0,
        );
        expect(offered).toEqual(wanted.map(String));
      }),
    );
  });
});
