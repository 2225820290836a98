import { Temporal } from 'temporal-polyfill';

/** The date of a day and month; without a year, the one nearest to `near`. Undefined for one that no calendar has. */
export const dateNear = (
  near: Temporal.PlainDate,
  { day, month, year }: { readonly day: number; readonly month: number; readonly year: number | undefined },
): Temporal.PlainDate | undefined => {
  const years = year === undefined ? [near.year, near.year - 1, near.year + 1] : [year];
  return years
    .flatMap((one) => dateIn(near, { day, month, year: one }))
    .toSorted((a, b) => distance(a, near) - distance(b, near))[0];
};

const distance = (a: Temporal.PlainDate, b: Temporal.PlainDate): number => Math.abs(a.until(b).days);

/** The date, in the month and year of `near` where none is said; or none where no calendar has such a day, as the 0 of a month. */
export const dateIn = (
  near: Temporal.PlainDate,
  of: { readonly day: number; readonly month?: number; readonly year?: number },
): Temporal.PlainDate[] => {
  const { month = near.month } = of;
  if (month < 1 || month > near.monthsInYear || of.day < 1) return [];
  const first = near.with({ day: 1, month, year: of.year ?? near.year });
  return of.day <= first.daysInMonth ? [first.with({ day: of.day })] : [];
};
