import type { Account } from '../../src/domain/ledger/account.ts';
import { fold, overdrawn } from '../../src/domain/ledger/balance.ts';
import type { Posting } from '../../src/domain/ledger/entry.ts';

/** A book as its balances alone; an entry that puts an account below zero throws (L14). */
export type YearBook = {
  readonly balances: ReadonlyMap<Account, bigint>;
  /** How many entries there are. */
  readonly entries: () => number;
  readonly book: (postings: readonly Posting[]) => void;
};

export const openBook = (): YearBook => {
  const balances = new Map<Account, bigint>();
  let entries = 0;
  return {
    balances,
    entries: () => entries,
    // Kept up to date entry by entry: folding the whole book anew after each would be most of the time.
    book: (postings) => {
      if (postings.length === 0) return;
      entries += 1;
      const touched = fold(postings);
      for (const [account, delta] of touched) {
        const balance = (balances.get(account) ?? 0n) + delta;
        balances.set(account, balance);
        touched.set(account, balance);
      }
      const below = overdrawn(touched);
      if (below) throw new Error(`${below} is below zero after entry ${entries}`);
    },
  };
};

/** The accounts that are not at zero. */
export const leftIn = (balances: ReadonlyMap<Account, bigint>): Account[] =>
  [...balances].flatMap(([account, balance]) => (balance === 0n ? [] : [account]));

/** Throws, with what it was. */
export const mustHold: (condition: boolean, what: string) => asserts condition = (condition, what) => {
  if (!condition) throw new Error(`does not hold: ${what}`);
};
