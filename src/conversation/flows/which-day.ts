import { Temporal } from 'temporal-polyfill';
import { type MeetingHabit, meetingDateOnOrBefore } from '../../domain/calendar.ts';
import type { SaidDay } from '../understand/meaning.ts';
import { dateIn, dateNear } from '../understand/near-date.ts';

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
  return dateNear(today, { day, month, year });
};
