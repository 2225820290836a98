import type { Money } from './money.ts';
import type { GroupRules } from './rules.ts';

/** What a share costs, in minor units; undefined where the group does not save by shares. */
export const sharePriceOf = ({ savings }: GroupRules): bigint | undefined =>
  savings.kind === 'shares' ? savings.sharePrice.minor : undefined;

/** How many shares an amount is; undefined where there are none, or a part of one is over, as a loss leaves it. */
export const sharesIn = (amount: Money, rules: GroupRules): number | undefined => {
  const price = sharePriceOf(rules);
  return price !== undefined && amount.minor > 0n && amount.minor % price === 0n
    ? Number(amount.minor / price)
    : undefined;
};
