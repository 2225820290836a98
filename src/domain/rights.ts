import type { Temporal } from 'temporal-polyfill';

/**
 * What somebody may ask about her data (LFPDPPP, in force since 2025-03-21, articles 21 to 27): to have it, to have it right, to
 * have it gone, and that it is not used for something. BAJA is an opposition.
 */
export const RIGHTS = ['access', 'rectification', 'cancellation', 'opposition'] as const;
export type Right = (typeof RIGHTS)[number];

/** What she may allow or not, beyond what her book needs. */
export const TOPICS = ['lessons', 'reminders', 'staff'] as const;
export type Topic = (typeof TOPICS)[number];

/** The version of the privacy notice that a yes is given to. Whoever said yes to an older one is asked once more. */
export const NOTICE_VERSION = 1;

/** The record of who saw what is kept so long, in years. */
export const AUDIT_YEARS = 5;

/** Who left her group is forgotten so many days later, without asking: what was to be settled is by then. */
export const LEFT_DAYS = 90;

/** Article 31: an answer within 20 days, and 15 more to carry out what was promised. Days are working days. */
const ANSWER_DAYS = 20;
const CARRY_OUT_DAYS = 15;

/** The last day on which a request of `asked` is answered in time. */
export const answerBy = (asked: Temporal.PlainDate): Temporal.PlainDate =>
  workingDaysAfter(asked, ANSWER_DAYS);

/** The last day on which what was promised on `answered` is done in time. */
export const carryOutBy = (answered: Temporal.PlainDate): Temporal.PlainDate =>
  workingDaysAfter(answered, CARRY_OUT_DAYS);

const SATURDAY = 6;

/**
 * The day that is `count` working days after `day`. Holidays are counted as working days: so a deadline of ours is never later
 * than the law's.
 */
export const workingDaysAfter = (day: Temporal.PlainDate, count: number): Temporal.PlainDate => {
  let last = day;
  for (let left = count; left > 0; ) {
    last = last.add({ days: 1 });
    if (last.dayOfWeek < SATURDAY) left -= 1;
  }
  return last;
};

/** Days that are left until `due`, below zero when it is over. */
export const daysLeft = (due: Temporal.PlainDate, today: Temporal.PlainDate): number =>
  today.until(due, { largestUnit: 'days' }).days;
