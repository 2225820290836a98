import type { Posting } from './ledger/entry.ts';
import { AMOUNT_MINOR_MAX, type Money, money } from './money.ts';
import { accept, type Result, refuse } from './result.ts';

/** capital-in: an organisation puts money in for loans. capital-back: it is given back what is its own. */
export const CAPITAL_KINDS = ['capital-in', 'capital-back'] as const;
export type CapitalKind = (typeof CAPITAL_KINDS)[number];

/** Whose money the loan box of a solidarity group holds, as the book has it. None of these is below zero. */
export type Lender = {
  /** What an organisation put in, less loans of it that were lost. */
  readonly put: Money;
  /** What it was given back. */
  readonly returned: Money;
  /** Interest and late fees that members paid on its loans, since this book began. */
  readonly earned: Money;
};

export type CapitalRefusal =
  | { readonly type: 'no_lender' }
  | { readonly type: 'capital_too_much'; readonly most: Money }
  | { readonly type: 'more_than_loan_box'; readonly box: Money }
  | { readonly type: 'more_than_lenders'; readonly left: Money }
  | { readonly type: 'not_in_coins'; readonly unit: Money };

/** What is still the lender's: in the loan box or on loan. */
export const lendersOwn = ({ put, returned, earned }: Lender): Money => {
  const minor = put.minor + earned.minor - returned.minor;
  return money(minor > 0n ? minor : 0n, put.currency);
};

/**
 * What an organisation puts in, or is given back, does to the book: it moves the loan box alone and never the members'
 * savings (two pots are never mixed). It gets back no more than is in that box, and no more than is its own: what a count
 * found over is not.
 *
 * @param asked up to `AMOUNT_MINOR_MAX`, in the group's coins
 * @param facts.lender undefined where no box of its own holds an organisation's money
 * @param facts.loanCash in the loan box, and not on its way to anybody
 * @see A5 (solidarity credit: the capital is external)
 */
export const planCapital = (
  kind: CapitalKind,
  asked: Money,
  facts: { readonly lender: Lender | undefined; readonly loanCash: Money; readonly unitMinor: bigint },
): Result<{ readonly amount: Money; readonly postings: readonly Posting[] }, CapitalRefusal> => {
  const { lender, loanCash, unitMinor } = facts;
  const { currency } = asked;
  if (!lender) return refuse({ type: 'no_lender' });
  if (asked.minor <= 0n || asked.minor % unitMinor !== 0n)
    return refuse({ type: 'not_in_coins', unit: money(unitMinor, currency) });
  if (asked.minor > AMOUNT_MINOR_MAX)
    return refuse({ type: 'capital_too_much', most: money(AMOUNT_MINOR_MAX, currency) });
  if (kind === 'capital-in')
    return accept({
      amount: asked,
      postings: [{ debit: 'cash/loan-fund', credit: 'outside-capital', amountMinor: asked.minor }],
    });
  if (asked.minor > loanCash.minor) return refuse({ type: 'more_than_loan_box', box: loanCash });
  const left = lendersOwn(lender);
  if (asked.minor > left.minor) return refuse({ type: 'more_than_lenders', left });
  return accept({
    amount: asked,
    postings: [{ debit: 'capital-returned', credit: 'cash/loan-fund', amountMinor: asked.minor }],
  });
};
