import { Temporal } from 'temporal-polyfill';
import { describe, expect, test } from 'vitest';
import {
  isTimeZone,
  latestReminder,
  localDate,
  type MeetingHabit,
  meetingOn,
  nearestMeetingDate,
  nextMeeting,
  nextWeekly,
  REMINDERS_CAUGHT_UP_MAX,
  reminderInstant,
  remindersBetween,
  type Weekday,
  weeklyBetween,
} from '../../src/domain/calendar.ts';
import { isQuiet, quietEnds } from '../../src/domain/quiet-hours.ts';

const at = (local: string, timeZone: string) =>
  Temporal.PlainDateTime.from(local).toZonedDateTime(timeZone).toInstant();
const day = (text: string) => Temporal.PlainDate.from(text);
const clock = (text: string) => Temporal.PlainTime.from(text);
const habit = (weekday: Weekday, time: string, timeZone = 'America/Tijuana'): MeetingHabit => ({
  weekday,
  time: clock(time),
  timeZone,
});
const local = (instant: Temporal.Instant, timeZone: string) =>
  instant.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' });

test.each([
  ['America/Tijuana', true],
  ['America/Argentina/Buenos_Aires', true],
  ['Etc/GMT+6', true],
  ['UTC', true],
  ['America/Comadre', false],
  ['+05:00', false],
  ['-06', false],
  ['2026-01-01T00:00[America/Tijuana]', false],
  ['America/Tijuana ', false],
  ['', false],
  ['A'.repeat(100_000), false],
])('"%.40s" is a time zone: %s', (text, expected) => {
  expect(isTimeZone(text)).toBe(expected);
});

test.each([
  // moment, zone, the day there
  ['2026-03-02T07:59:00Z', 'America/Tijuana', '2026-03-01'],
  ['2026-03-02T08:00:00Z', 'America/Tijuana', '2026-03-02'],
  ['2026-03-01T18:14:59Z', 'Asia/Kathmandu', '2026-03-01'],
  ['2026-03-01T18:15:00Z', 'Asia/Kathmandu', '2026-03-02'],
  ['2026-03-01T11:00:00Z', 'Pacific/Apia', '2026-03-02'],
])('%s in %s is %s', (moment, timeZone, expected) => {
  expect(localDate(Temporal.Instant.from(moment), timeZone).toString()).toBe(expected);
});

describe('the next meeting', () => {
  test.each([
    // weekday, time, zone, now (local), next meeting (local), in UTC
    [
      'sunday',
      '10:00',
      'America/Mexico_City',
      '2026-03-01T09:59',
      '2026-03-01T10:00',
      '2026-03-01T16:00:00Z',
    ],
    [
      'sunday',
      '10:00',
      'America/Mexico_City',
      '2026-03-01T10:00',
      '2026-03-08T10:00',
      '2026-03-08T16:00:00Z',
    ],
    [
      'sunday',
      '10:00',
      'America/Mexico_City',
      '2026-03-02T00:00',
      '2026-03-08T10:00',
      '2026-03-08T16:00:00Z',
    ],
    ['tuesday', '17:00', 'America/Tijuana', '2026-03-03T18:00', '2026-03-10T17:00', '2026-03-11T00:00:00Z'],
    ['sunday', '02:30', 'America/Tijuana', '2026-03-07T12:00', '2026-03-08T03:30', '2026-03-08T10:30:00Z'],
    ['sunday', '01:30', 'America/Tijuana', '2026-10-31T12:00', '2026-11-01T01:30', '2026-11-01T08:30:00Z'],
    ['monday', '06:00', 'Asia/Kathmandu', '2026-03-01T23:00', '2026-03-02T06:00', '2026-03-02T00:15:00Z'],
    ['friday', '10:00', 'Pacific/Apia', '2011-12-29T23:00', '2011-12-31T10:00', '2011-12-30T20:00:00Z'],
    ['friday', '10:00', 'Pacific/Apia', '2011-12-31T09:00', '2011-12-31T10:00', '2011-12-30T20:00:00Z'],
  ] as const)('%s %s in %s, asked at %s, is %s', (...[weekday, time, timeZone, now, expected, utc]) => {
    const next = nextMeeting(habit(weekday, time, timeZone), at(now, timeZone));
    expect(local(next.at, timeZone)).toBe(expected);
    expect(next.at.toString()).toBe(utc);
    expect(next.at.equals(meetingOn(habit(weekday, time, timeZone), next.date))).toBe(true);
  });

  test('a meeting on another weekday is our own mistake', () => {
    expect(() => meetingOn(habit('sunday', '10:00'), day('2026-03-02'))).toThrow('weekday of its group');
  });
});

test.each([
  // dated, the Sunday meeting it belongs to
  ['2026-03-01', '2026-03-01'],
  ['2026-03-02', '2026-03-01'],
  ['2026-03-04', '2026-03-01'],
  ['2026-03-05', '2026-03-08'],
  ['2026-03-07', '2026-03-08'],
  ['2025-12-31', '2025-12-28'],
  ['2026-01-01', '2026-01-04'],
])('a payment dated %s belongs to the meeting of %s', (date, meeting) => {
  expect(nearestMeetingDate(habit('sunday', '10:00'), day(date)).toString()).toBe(meeting);
});

describe('the reminder', () => {
  test.each([
    // zone, meeting, reminder time, reminder (local), in UTC
    ['America/Tijuana', '2026-03-08', '18:00', '2026-03-07T18:00', '2026-03-08T02:00:00Z'],
    ['America/Tijuana', '2026-03-09', '18:00', '2026-03-08T18:00', '2026-03-09T01:00:00Z'],
    ['America/Tijuana', '2026-03-09', '02:30', '2026-03-08T03:30', '2026-03-08T10:30:00Z'],
    ['America/Tijuana', '2026-11-01', '18:00', '2026-10-31T18:00', '2026-11-01T01:00:00Z'],
    ['America/Tijuana', '2026-11-02', '01:30', '2026-11-01T01:30', '2026-11-01T08:30:00Z'],
    ['America/Tijuana', '2026-11-02', '18:00', '2026-11-01T18:00', '2026-11-02T02:00:00Z'],
    ['America/Mexico_City', '2022-04-04', '18:00', '2022-04-03T18:00', '2022-04-03T23:00:00Z'],
    ['America/Mexico_City', '2026-04-06', '18:00', '2026-04-05T18:00', '2026-04-06T00:00:00Z'],
    ['Asia/Kathmandu', '2026-03-02', '18:00', '2026-03-01T18:00', '2026-03-01T12:15:00Z'],
    ['Pacific/Apia', '2026-03-02', '18:00', '2026-03-01T18:00', '2026-03-01T05:00:00Z'],
  ])('in %s for the meeting of %s at %s comes at %s', (...[timeZone, meeting, time, expected, utc]) => {
    const instant = reminderInstant(habit('monday', '10:00', timeZone), day(meeting), clock(time));
    expect(local(instant, timeZone)).toBe(expected);
    expect(instant.toString()).toBe(utc);
  });

  test.each([
    // now (local), the meeting last announced (Sundays, the evening before at 18:00)
    ['2026-03-07T17:59', '2026-03-01'],
    ['2026-03-07T18:00', '2026-03-08'],
    ['2026-03-08T09:00', '2026-03-08'],
    ['2026-03-08T23:59', '2026-03-08'],
    ['2026-03-13T23:59', '2026-03-08'],
    ['2026-03-14T18:00', '2026-03-15'],
  ])('at %s the latest was for the meeting of %s', (now, meeting) => {
    const latest = latestReminder(habit('sunday', '10:00'), clock('18:00'), at(now, 'America/Tijuana'));
    expect(latest.meetingDate.toString()).toBe(meeting);
    expect(latest.at.equals(reminderInstant(habit('sunday', '10:00'), day(meeting), clock('18:00')))).toBe(
      true,
    );
  });

  const caughtUp = (after: string, until: string) =>
    remindersBetween(habit('sunday', '10:00'), clock('18:00'), {
      after: at(after, 'America/Tijuana'),
      until: at(until, 'America/Tijuana'),
    }).map((reminder) => reminder.meetingDate.toString());

  test.each([
    // after, until, meetings
    ['2026-03-07T18:00', '2026-03-14T18:00', ['2026-03-15']],
    ['2026-03-07T17:59', '2026-03-14T17:59', ['2026-03-08']],
    ['2026-02-25T00:00', '2026-03-15T00:00', ['2026-03-01', '2026-03-08', '2026-03-15']],
    ['2026-03-07T18:00', '2026-03-07T18:00', []],
    ['2026-03-20T00:00', '2026-03-10T00:00', []],
  ])('after %s until %s fell those for %j', (after, until, meetings) => {
    expect(caughtUp(after, until)).toEqual(meetings);
  });

  test('after years of absence only the latest are caught up', () => {
    const meetings = caughtUp('2020-01-01T00:00', '2026-03-14T18:00');
    expect(meetings).toHaveLength(REMINDERS_CAUGHT_UP_MAX);
    expect(meetings.at(-1)).toBe('2026-03-15');
    expect(meetings[0]).toBe('2025-01-26');
  });
});

describe('the quiet hours', () => {
  test.each([
    // now (local), zone, quiet, until (local)
    ['2026-03-07T20:59', 'America/Tijuana', false, '2026-03-07T20:59'],
    ['2026-03-07T21:00', 'America/Tijuana', true, '2026-03-08T07:00'],
    ['2026-03-08T00:00', 'America/Tijuana', true, '2026-03-08T07:00'],
    ['2026-03-08T06:59', 'America/Tijuana', true, '2026-03-08T07:00'],
    ['2026-03-08T07:00', 'America/Tijuana', false, '2026-03-08T07:00'],
    ['2026-10-31T23:00', 'America/Tijuana', true, '2026-11-01T07:00'],
    ['2026-12-31T22:00', 'Asia/Kathmandu', true, '2027-01-01T07:00'],
    ['2026-06-01T12:00', 'Pacific/Apia', false, '2026-06-01T12:00'],
  ])('at %s in %s: %s, until %s', (...[now, timeZone, quiet, until]) => {
    expect(isQuiet(at(now, timeZone), timeZone)).toBe(quiet);
    expect(local(quietEnds(at(now, timeZone), timeZone), timeZone)).toBe(until);
  });

  test('the night of the spring change is one hour shorter', () => {
    const evening = at('2026-03-07T21:00', 'America/Tijuana');
    expect(quietEnds(evening, 'America/Tijuana').since(evening).total('hours')).toBe(9);
  });
});

const ZONES = [
  'America/Tijuana',
  'America/Ciudad_Juarez',
  'America/Mexico_City',
  'America/Cancun',
  'America/Hermosillo',
  'America/New_York',
  'Europe/Madrid',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'America/Sao_Paulo',
];
const WEEKDAYS: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];
const FROM = Temporal.Instant.from('2020-01-01T00:00:00Z');
const UNTIL = Temporal.Instant.from('2036-01-01T00:00:00Z');

/** The local dates on which the clocks change in 2020 to 2035. */
const clockChanges = (timeZone: string): Temporal.PlainDate[] => {
  const dates: Temporal.PlainDate[] = [];
  let change = FROM.toZonedDateTimeISO(timeZone).getTimeZoneTransition('next');
  while (change && Temporal.Instant.compare(change.toInstant(), UNTIL) < 0) {
    dates.push(change.toPlainDate());
    change = change.getTimeZoneTransition('next');
  }
  return dates;
};

test('the zones do change their clocks, so that what follows is not empty', () => {
  expect(clockChanges('America/Tijuana')).toHaveLength(32);
  expect(clockChanges('America/Mexico_City')).toHaveLength(6);
  expect(clockChanges('America/Hermosillo')).toHaveLength(0);
});

describe.each(ZONES)('in %s from 2020 to 2035', (timeZone) => {
  test('around each clock change every week has one reminder, at its hour on the wall', () => {
    for (const change of clockChanges(timeZone)) {
      for (const weekday of WEEKDAYS) {
        const group = habit(weekday, '10:00', timeZone);
        const monday = change.subtract({ days: change.dayOfWeek - 1 + 7 });
        for (const week of [0, 1, 2]) {
          const starts = monday.add({ weeks: week }).toZonedDateTime(timeZone).toInstant();
          const ends = monday
            .add({ weeks: week + 1 })
            .toZonedDateTime(timeZone)
            .toInstant();
          const span = {
            after: starts.subtract({ nanoseconds: 1 }),
            until: ends.subtract({ nanoseconds: 1 }),
          };
          const reminders = remindersBetween(group, clock('18:00'), span);
          expect(reminders).toHaveLength(1);
          const wall = reminders[0]!.at.toZonedDateTimeISO(timeZone);
          expect(wall.toPlainTime().toString({ smallestUnit: 'minute' })).toBe('18:00');
          expect(wall.toPlainDate().add({ days: 1 }).equals(reminders[0]!.meetingDate)).toBe(true);
          expect(WEEKDAYS[reminders[0]!.meetingDate.dayOfWeek - 1]).toBe(weekday);
        }
      }
    }
  });

  test('what is done the day after a meeting is done once a week as well, at its hour, the day after', () => {
    for (const change of clockChanges(timeZone)) {
      for (const weekday of WEEKDAYS) {
        const weekly = { habit: habit(weekday, '10:00', timeZone), time: clock('18:00'), daysAfter: 1 };
        const starts = change.subtract({ days: 14 }).toZonedDateTime(timeZone).toInstant();
        const ends = change.add({ days: 14 }).toZonedDateTime(timeZone).toInstant();
        const span = { after: starts.subtract({ nanoseconds: 1 }), until: ends.subtract({ nanoseconds: 1 }) };
        const moments = weeklyBetween(weekly, span);
        expect(moments).toHaveLength(4);
        for (const [n, { at: instant, meetingDate }] of moments.entries()) {
          const wall = instant.toZonedDateTimeISO(timeZone);
          expect(wall.toPlainTime().toString({ smallestUnit: 'minute' })).toBe('18:00');
          expect(wall.toPlainDate().subtract({ days: 1 }).equals(meetingDate)).toBe(true);
          expect(WEEKDAYS[meetingDate.dayOfWeek - 1]).toBe(weekday);
          const next = moments[n + 1];
          if (next) expect(nextWeekly(weekly, instant).at.equals(next.at)).toBe(true);
        }
      }
    }
  });

  test('each year has one reminder a week and none twice', () => {
    const group = habit('sunday', '10:00', timeZone);
    const meetings: string[] = [];
    for (let year = 2020; year <= 2035; year += 1) {
      const span = {
        after: at(`${year}-01-01T00:00`, timeZone),
        until: at(`${year + 1}-01-01T00:00`, timeZone),
      };
      const reminders = remindersBetween(group, clock('02:30'), span);
      meetings.push(...reminders.map((reminder) => reminder.meetingDate.toString()));
    }
    const first = day('2020-01-05');
    const expected = Array.from({ length: meetings.length }, (_, week) =>
      first.add({ weeks: week }).toString(),
    );
    expect(meetings).toEqual(expected);
    expect(meetings.at(-1)).toBe('2035-12-30');
  });
});
