import type { Account } from './account.ts';
import { sideOf } from './account.ts';
import type { Posting } from './entry.ts';

/** Debits minus credits per account, in minor units. A balance is always this fold; nothing else is the truth. */
export type Balances = ReadonlyMap<Account, bigint>;

export const fold = (postings: Iterable<Posting>, start: Balances = new Map()): Map<Account, bigint> => {
  const balances = new Map(start);
  for (const { debit, credit, amountMinor } of postings) {
    balances.set(debit, (balances.get(debit) ?? 0n) + amountMinor);
    balances.set(credit, (balances.get(credit) ?? 0n) - amountMinor);
  }
  return balances;
};

/** The balance as people mean it: what a box holds, what she saved, what she owes. Zero for an unused account. */
export const balanceOf = (balances: Balances, account: Account): bigint => {
  const balance = balances.get(account) ?? 0n;
  return sideOf(account) === 'credit' ? -balance : balance;
};

/** The first account that stands below zero on its own side, if any (invariant L14). */
export const overdrawn = (balances: Balances): Account | undefined => {
  for (const [account, balance] of balances) {
    const side = sideOf(account);
    if ((side === 'debit' && balance < 0n) || (side === 'credit' && balance > 0n)) return account;
  }
  return undefined;
};
