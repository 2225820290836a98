import type { Temporal } from 'temporal-polyfill';
import type { Money } from '../money.ts';
import type { Rate } from '../rate.ts';

/**
 * What happens to money paid beyond what is due.
 * fewer: it pays from the end of the plan backwards, so that the loan ends sooner.
 * smaller: it pays the same part of each instalment to come.
 * skip-next: it pays the coming ones in turn, so that the next one may be left out.
 *
 * @see A6, vectors P06, P07 and P08: three plans from the same payments
 */
export type ExcessPolicy = 'fewer' | 'smaller' | 'skip-next';

/**
 * What an instalment that is not paid in its meeting costs beside its interest: an amount, or a part of what is overdue
 * (of its principal alone, or of the whole instalment). Added once for each meeting it stays unpaid.
 *
 * @see A6, vectors Q01 (principal), Q02 (whole instalment), W03 and W04
 */
export type LateFee = (
  | { readonly kind: 'fixed'; readonly amount: Money }
  | { readonly kind: 'percent'; readonly rate: Rate; readonly of: 'principal' | 'instalment' }
) & {
  /** All late fees of one loan together are never more than this: one instalment of hers, or an amount. */
  readonly cap: 'instalment' | Money;
};

/** A loan's own late fee, as it was agreed when the loan was given: later rules change nothing in it. */
export type AgreedLateFee = LateFee & {
  /** The first meeting that may count; the others come every week after it, whatever becomes of the group's weekday. */
  readonly from: Temporal.PlainDate;
};
