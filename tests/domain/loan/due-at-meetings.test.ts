import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { dueNearMeetings } from '../../../src/domain/loan/request.ts';
import { schedule } from '../../../src/domain/loan/schedule.ts';
import { restoreTerms, storeTerms } from '../../../src/store/loan-terms.ts';
import { loanTerms } from './wording.ts';

/** Handed over on Sunday 22 November 2026, in a group that meets on Sundays. */
const lent = (every: string) =>
  loanTerms({
    principal: '600',
    interest: 'declining',
    ratePct: '2',
    ratePer: 'month',
    every,
    n: 4,
    disbursed: '2026-11-22',
    rounding: 'half-up',
  });

test.each([
  ['1 month', ['2026-12-20', '2027-01-24', '2027-02-21', '2027-03-21']],
  ['15 days', ['2026-12-06', '2026-12-20', '2027-01-03', '2027-01-24']],
  ['1 week', ['2026-11-29', '2026-12-06', '2026-12-13', '2026-12-20']],
  ['1 day', ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']],
])('a loan by %s is due on the meetings nearest to its dates, where there is one for each', (every, days) => {
  const terms = lent(every);
  const inGroup = { ...terms, ...dueNearMeetings(terms.every, 'sunday') };
  expect(schedule(inGroup).map(({ date }) => date.toString())).toEqual(days);
});

test('only the dates move: what is due stays, also for a loan that comes back from the database', () => {
  const terms = { ...lent('1 month'), meetsOn: 'sunday' as const };
  expect(schedule(terms).map(({ due }) => due.minor)).toEqual(
    schedule(lent('1 month')).map(({ due }) => due.minor),
  );
  const back = restoreTerms(storeTerms(terms), 'MXN');
  expect(schedule(back)).toEqual(schedule(terms));
  expect(schedule(terms)[0]?.date).toEqual(Temporal.PlainDate.from('2026-12-20'));
});
