import type { Temporal } from 'temporal-polyfill';
import { money } from '../money.ts';
import type { ExcessPolicy } from './agreed.ts';
import { periodRates } from './period-rate.ts';
import { decliningParts, type Parts, repaid } from './schedule.ts';
import type { LoanTerms } from './terms.ts';

/**
 * The coming lines of a declining loan after money in advance repaid principal: interest is worked out anew on what is
 * still lent. fewer: each instalment stays as large, the last ones become zero. smaller: the rest is spread over as many.
 * skip-next: the coming instalments are less by what was paid, one after the other; their interest stays due.
 *
 * @param coming what is open of the lines from the `from`th on (counted from 0), to the last
 * @param excess at most the principal of these lines, in minor units
 * @see vectors P06, P07 and P08: three plans from the same payments; L22
 */
export const replanned = (
  terms: LoanTerms,
  coming: readonly Parts[],
  { from, excess, policy }: { readonly from: number; readonly excess: bigint; readonly policy: ExcessPolicy },
): readonly Parts[] => {
  const rest: LoanTerms = {
    ...terms,
    n: coming.length,
    principal: money(total(coming) - excess, terms.principal.currency),
    principalGrace: Math.max(0, (terms.principalGrace ?? 0) - from),
  };
  const rates = periodRates(terms).slice(from);
  const asked = (interest: bigint, index: number): bigint => {
    const { principal = 0n, interest: before = 0n } = coming[index] ?? {};
    return principal + (terms.equalPrincipal ? interest : before);
  };
  switch (policy) {
    case 'fewer':
      return repaid(rest, rates, asked);
    case 'smaller':
      return decliningParts(rest, rates);
    case 'skip-next':
      return repaid(rest, rates, lessCredit(excess, asked, rest.principalGrace ?? 0));
  }
};

/** Each instalment less what was paid of it in advance, as long as there is some; interest is never covered by it. */
const lessCredit = (
  excess: bigint,
  asked: (interest: bigint, index: number) => bigint,
  grace: number,
): ((interest: bigint, index: number) => bigint) => {
  let left = excess;
  return (interest, index) => {
    const due = asked(interest, index);
    const most = index < grace || due < interest ? 0n : due - interest;
    const used = left < most ? left : most;
    left -= used;
    return due - used;
  };
};

/** A new plan that two officers agreed on: so many instalments, the first on that day. */
export type NewPlan = {
  readonly on: Temporal.PlainDate;
  readonly n: number;
  readonly firstDue: Temporal.PlainDate;
};

/**
 * The terms of what is still lent, from a new plan on. The rate stays: what is lent for longer costs more. A charge for the
 * whole loan is not worked out again: what is left of it is spread over the new instalments.
 *
 * @param left.since where interest runs from: the last day on which an instalment was due
 * @see vectors Q06 and Q07
 */
export const termsAnew = (
  terms: LoanTerms,
  plan: NewPlan,
  left: { readonly principal: bigint; readonly charge: bigint; readonly since: Temporal.PlainDate },
): LoanTerms => {
  const { currency } = terms.principal;
  const isWhole = terms.interest === 'upfront' || (terms.interest === 'flat' && terms.ratePer === 'loan');
  return {
    ...terms,
    principal: money(left.principal, currency),
    n: plan.n,
    disbursed: left.since,
    firstDue: plan.firstDue,
    principalGrace: 0,
    interestPaymentGrace: 0,
    ...(isWhole ? { interest: 'upfront', charge: money(left.charge, currency) } : {}),
  };
};

const total = (parts: readonly Parts[]): bigint => parts.reduce((all, { principal }) => all + principal, 0n);
