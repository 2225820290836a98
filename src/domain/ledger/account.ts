import type { LoanId, MemberId } from '../ids.ts';
import type { GroupRules } from '../rules.ts';

/** The boxes that hold cash. A solidarity group never mixes the loan capital with the members' savings pot. */
export const POTS = ['loan-fund', 'savings-pot', 'social-fund'] as const;
export type Pot = (typeof POTS)[number];

/**
 * The accounts of one group's book, by name:
 * - `cash/<pot>`: what a box holds now (la caja)
 * - `savings/<member>`: what the group owes her
 * - `loan/<loan>`: principal lent and not yet repaid; `interest/<loan>`: interest received on it
 * - `late-fee/<loan>`: late fees received on it
 * - `fines`: fines received; `social`: the emergency pot, which is not shared out
 * - `cover/<member>`: what she owes for gaps of hers that others paid; `covered/<member>`: what the group owes her who paid
 * - `round/<round>/<member>`: what she gave for that round of a tanda and is not handed over yet
 * - `outside-capital`: what an organisation put in for loans; `capital-returned`: what it was given back of that and of what
 *   its loans earned; `earnings`: what the group had earned before this book
 */
export type Account =
  | `cash/${Pot}`
  | `savings/${MemberId}`
  | `loan/${LoanId}`
  | `interest/${LoanId}`
  | `late-fee/${LoanId}`
  | `cover/${MemberId}`
  | `covered/${MemberId}`
  | `round/${number}/${MemberId}`
  | 'fines'
  | 'social'
  | 'outside-capital'
  | 'capital-returned'
  | 'earnings';

/** On which side an account grows: what the group has (debit), what it owes or earned (credit), or either. */
export type Side = 'debit' | 'credit' | 'either';

const DEBIT_ACCOUNTS = ['cash/', 'loan/', 'cover/'] as const;

/** The side of an account; on its own side its balance is never below zero (invariant L14). Earnings may be a loss. */
export const sideOf = (account: Account): Side => {
  if (account === 'earnings') return 'either';
  return account === 'capital-returned' || DEBIT_ACCOUNTS.some((kind) => account.startsWith(kind))
    ? 'debit'
    : 'credit';
};

/** Which box money of each purpose goes into, by product. */
export const potFor = (rules: GroupRules, purpose: 'savings' | 'loan' | 'fine' | 'social' | 'turn'): Pot => {
  if (purpose === 'social') return 'social-fund';
  if (rules.product === 'savings-group' || purpose === 'loan') return 'loan-fund';
  return 'savings-pot';
};

const ACCOUNT =
  /^(?:cash\/(?:loan-fund|savings-pot|social-fund)|(?:savings|loan|interest|late-fee|cover|covered|round\/[1-9]\d{0,2})\/[0-9a-f-]{36}|fines|social|outside-capital|capital-returned|earnings)$/;

/** Whether a name read from the database or a file is one of the accounts a book may have. */
export const isAccount = (name: string): name is Account => ACCOUNT.test(name);
