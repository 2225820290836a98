import { Temporal } from 'temporal-polyfill';
import { type MeetingHabit, meetingDateOnOrBefore } from '../../domain/calendar.ts';
import type { SaidDay } from '../understand/meaning.ts';

const DAYS_PER_WEEK = 7;

/**
 * The day that was meant, seen from today: the latest such weekday, the date nearest to today, the meeting of a week gone
 * by. Undefined for a day that no calendar has.
 */
export const whichDay = (
  said: SaidDay,
  { today, habit }: { readonly today: Temporal.PlainDate; readonly habit: MeetingHabit },
): Temporal.PlainDate | undefined => {
  switch (said.type) {
    case 'weekday': {
      const days = (today.dayOfWeek - said.weekday + DAYS_PER_WEEK) % DAYS_PER_WEEK;
      return today.subtract({ days: days === 0 && said.isLast ? DAYS_PER_WEEK : days });
    }
    case 'date':
      return nearestDate(said, today);
    case 'days-ago':
      return today.subtract({ days: said.days });
    case 'weeks-ago': {
      const sunday = today.add({ days: DAYS_PER_WEEK - today.dayOfWeek });
      return meetingDateOnOrBefore(habit, sunday.subtract({ days: DAYS_PER_WEEK * said.weeks }));
    }
    case 'last-meeting':
      return meetingDateOnOrBefore(habit, today.subtract({ days: 1 }));
  }
};

/** Without a month, the last such day up to today; without a year, the one nearest to today. */
const nearestDate = (
  { day, month, year }: Extract<SaidDay, { type: 'date' }>,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined => {
  if (month === undefined) {
    return [0, 1]
      .flatMap((months) => dateIn(today.subtract({ months }), { day }))
      .find((date) => Temporal.PlainDate.compare(date, today) <= 0);
  }
  const years = year === undefined ? [today.year, today.year - 1, today.year + 1] : [year];
  return years
    .flatMap((one) => dateIn(today, { day, month, year: one }))
    .toSorted((a, b) => distance(a, today) - distance(b, today))[0];
};

const distance = (a: Temporal.PlainDate, b: Temporal.PlainDate): number => Math.abs(a.until(b).days);

/** The date, or none where the month has no such day. */
const dateIn = (
  near: Temporal.PlainDate,
  of: { readonly day: number; readonly month?: number; readonly year?: number },
): Temporal.PlainDate[] => {
  const { month = near.month } = of;
  if (month > near.monthsInYear) return [];
  const first = near.with({ day: 1, month, year: of.year ?? near.year });
  return of.day <= first.daysInMonth ? [first.with({ day: of.day })] : [];
};
