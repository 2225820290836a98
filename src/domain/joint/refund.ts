import { allocate, type Money, money, subtract } from '../money.ts';
import { accept, type Result, refuse } from '../result.ts';
import { type CoverShare, owedForCovers } from './cover.ts';

export type RefundRefusal =
  | { readonly type: 'nothing_paid' }
  | { readonly type: 'more_than_owed'; readonly owed: Money }
  | { readonly type: 'not_in_coins'; readonly unit: Money };

/** What a payment of hers gives back to each who covered her, and what she then still owes them. */
export type Refund = { readonly shares: readonly CoverShare[]; readonly stillOwed: Money };

const CENTAVO = 1n;

/**
 * Shares what she brings among those who covered her, in proportion to what each is still owed: largest remainder, ties
 * to who is named first. Refused: nothing, more than she owes for covers, an amount in coins the group does not use.
 * Where an older cover is finer than today's coin, it is shared by the centavo.
 *
 * @param owed what each is still owed, as `outstanding` gives it
 * @see X12: 40.00 back on 65.00 is 5.72 three times and 5.71 four times; 25.00 is left
 */
export const planRefund = (
  owed: readonly CoverShare[],
  paid: Money,
  unit: Money,
): Result<Refund, RefundRefusal> => {
  const all = owedForCovers(owed, paid.currency);
  if (paid.minor <= 0n) return refuse({ type: 'nothing_paid' });
  if (paid.minor > all.minor) return refuse({ type: 'more_than_owed', owed: all });
  const areCoins = owed.every(({ amount }) => amount.minor % unit.minor === 0n);
  if (areCoins && paid.minor % unit.minor !== 0n) return refuse({ type: 'not_in_coins', unit });
  const coin = areCoins ? unit.minor : CENTAVO;
  const parts = allocate(
    paid.minor / coin,
    owed.map(({ amount }) => amount.minor),
  );
  const shares = owed.map(({ by }, at) => ({ by, amount: money((parts[at] ?? 0n) * coin, paid.currency) }));
  return accept({
    shares: shares.filter(({ amount }) => amount.minor > 0n),
    stillOwed: subtract(all, paid),
  });
};
