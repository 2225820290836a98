import { Temporal } from 'temporal-polyfill';
import { type Money, subtract, sum } from '../money.ts';
import { gapOf } from './cover.ts';

/** Money that went toward one instalment: from her own hand, or from a cover. */
export type TowardInstalment = {
  readonly from: 'herself' | 'cover';
  readonly on: Temporal.PlainDate;
  readonly amount: Money;
};

/** How she herself kept to one instalment. What others covered is said beside it and never counts as hers. */
export type Punctuality = {
  readonly kept: 'on-time' | 'late' | 'unpaid';
  readonly byHerself: Money;
  readonly covered: Money;
  /** What was due and did not come from her; a cover does not lessen it. */
  readonly owing: Money;
};

/**
 * Her record of one instalment. On time: all of it came from her by the day it was due. Late: all of it came from her,
 * some after that day. What she gives back for a cover is `from: 'herself'` on the day she gives it, so it can be late
 * and never on time.
 */
export const punctuality = (
  instalment: { readonly due: Money; readonly dueOn: Temporal.PlainDate },
  toward: readonly TowardInstalment[],
): Punctuality => {
  const total = (payments: readonly TowardInstalment[]): Money =>
    sum(
      payments.map(({ amount }) => amount),
      instalment.due.currency,
    );
  const hers = toward.filter(({ from }) => from === 'herself');
  const inTime = hers.filter(({ on }) => Temporal.PlainDate.compare(on, instalment.dueOn) <= 0);
  const byHerself = total(hers);
  const owing = gapOf(instalment.due, byHerself);
  const wasOnTime = gapOf(instalment.due, total(inTime)).minor === 0n;
  return {
    kept: wasOnTime ? 'on-time' : owing.minor === 0n ? 'late' : 'unpaid',
    byHerself,
    covered: subtract(total(toward), byHerself),
    owing,
  };
};
