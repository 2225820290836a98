import { type Balances, fold, overdrawn } from './balance.ts';
import { type Posting, reversed } from './entry.ts';

/** An entry that is to be taken back, and where the accounts it moved stand now. */
export type ToTakeBack = { readonly postings: readonly Posting[]; readonly balances: Balances };

/**
 * Whether the book could still take these entries back, one after the other: no account would stand below zero after any
 * of them (invariant L14). What was handed out, taken out or lent since is not there to be taken back.
 */
export const isStillThere = (entries: readonly ToTakeBack[]): boolean => {
  let balances: Balances = new Map(entries.flatMap((entry) => [...entry.balances]));
  for (const { postings } of entries) {
    balances = fold(reversed(postings), balances);
    if (overdrawn(balances)) return false;
  }
  return true;
};
