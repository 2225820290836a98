import type { Temporal } from 'temporal-polyfill';
import { type LoanStanding, owing } from './loan/standing.ts';
import { add, type Money, money, zero } from './money.ts';
import type { PaymentParts } from './payment.ts';
import type { GroupRules } from './rules.ts';

/** What is expected of a member at one meeting and not yet given. */
export type Due = PaymentParts & { readonly total: Money };

/**
 * What a member still has to give at the meeting of `meetingOn`: the week's savings and social fund less what she
 * already gave for that meeting, every instalment due up to that day, the fines she has not paid, and her rounds of a
 * tanda.
 */
export const dueAt = (
  meetingOn: Temporal.PlainDate,
  member: {
    readonly rules: GroupRules;
    readonly loans: readonly LoanStanding[];
    readonly given: { readonly savings: Money; readonly social: Money };
    /** Fines that were set and are not paid yet. */
    readonly fined?: Money;
    /** What a tanda asks of her at that meeting. */
    readonly turn?: Money;
  },
): Due => {
  const { loans, given } = member;
  const currency = given.savings.currency;
  const { savings, social } = contributionsDue(member);
  const loan = loans.length === 0 ? zero(currency) : owing(loans, meetingOn).dueNow;
  const fine = member.fined ?? zero(currency);
  const turn = member.turn ?? zero(currency);
  return { savings, social, loan, fine, turn, total: [savings, social, loan, fine, turn].reduce(add) };
};

/** What every member gives each week, savings and social fund, less what she already gave for that meeting. */
export const contributionsDue = ({
  rules,
  given,
}: {
  readonly rules: Pick<GroupRules, 'savings' | 'socialWeekly'>;
  readonly given: { readonly savings: Money; readonly social: Money };
}): Pick<Due, 'savings' | 'social'> => ({
  savings: lessGiven(weeklySavings(rules), given.savings),
  social: lessGiven(rules.socialWeekly, given.social),
});

/** The least a member saves at a meeting: the weekly contribution, or the smallest number of shares. */
export const weeklySavings = (rules: Pick<GroupRules, 'savings'>): Money =>
  rules.savings.kind === 'free'
    ? rules.savings.weekly
    : money(rules.savings.sharePrice.minor * BigInt(rules.savings.min), rules.savings.sharePrice.currency);

const lessGiven = (expected: Money, given: Money): Money =>
  given.minor >= expected.minor
    ? zero(expected.currency)
    : money(expected.minor - given.minor, expected.currency);
