import type { Temporal } from 'temporal-polyfill';
import { type LoanStanding, owing } from './loan/standing.ts';
import { type Money, money, smaller } from './money.ts';
import { brokenShare } from './payment.ts';
import type { GroupRules } from './rules.ts';
import { sharePriceOf } from './shares.ts';

export type WithdrawalRefusal =
  | { readonly type: 'not_before_closing' }
  | { readonly type: 'more_than_free'; readonly free: Money }
  | { readonly type: 'not_whole_shares'; readonly price: Money };

type Facts = {
  readonly member: { readonly saved: Money; readonly loans: readonly LoanStanding[] } | undefined;
  readonly onItsWay: Money;
  readonly cash: Money;
};

type Rule = { readonly rules: GroupRules; readonly on: Temporal.PlainDate };

/**
 * The most that a member may take out on a day: her savings less what she still owes and what is on its way to her, no more
 * than the box holds, and in whole shares where it is not all of it. Never below zero. Whether her group's rules let her take
 * any is `withdrawalRefusal`'s.
 */
export const freeToWithdraw = (
  { member, onItsWay, cash }: Facts & { readonly member: NonNullable<Facts['member']> },
  { rules, on }: Rule,
): Money => {
  const hers = member.saved.minor - owing(member.loans, on).owed.minor - onItsWay.minor;
  const free = smaller(money(hers > 0n ? hers : 0n, cash.currency), cash);
  const price = free.minor === member.saved.minor ? undefined : sharePriceOf(rules);
  return price === undefined ? free : money(free.minor - (free.minor % price), cash.currency);
};

/**
 * Why a member may not take so much out: more than her savings less what she still owes and what is on its way to her, or
 * a part of a share. What a loss left of a share may go with all the rest.
 */
export const withdrawalRefusal = (
  asked: Money,
  { member, cash, onItsWay }: Facts,
  rule: Rule,
): WithdrawalRefusal | undefined => {
  if (!member || rule.rules.withdrawals !== 'any-meeting') return { type: 'not_before_closing' };
  const free = freeToWithdraw({ member, cash, onItsWay }, rule);
  if (asked.minor > free.minor) return { type: 'more_than_free', free };
  const price = asked.minor === member.saved.minor ? undefined : brokenShare(asked, rule.rules);
  return price && { type: 'not_whole_shares', price };
};
