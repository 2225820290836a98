import type { Temporal } from 'temporal-polyfill';
import type { LoanId, MemberId } from '../../src/domain/ids.ts';
import type { CoverShare } from '../../src/domain/joint/cover.ts';
import type { Account } from '../../src/domain/ledger/account.ts';
import { balanceOf } from '../../src/domain/ledger/balance.ts';
import type { Posting } from '../../src/domain/ledger/entry.ts';
import type { Repayment } from '../../src/domain/loan/course.ts';
import type { LoanStanding } from '../../src/domain/loan/standing.ts';
import type { LoanTerms } from '../../src/domain/loan/terms.ts';
import { money } from '../../src/domain/money.ts';
import type { GroupRules } from '../../src/domain/rules.ts';
import type { Draw } from './group-year-rules.ts';
import type { YearBook } from './year-book.ts';

/** What does not come in every year, and must come in some. */
export type SolidarityHappening =
  | 'capital-back'
  | 'reversal'
  | 'equal'
  | 'pro-rata'
  | 'pot'
  | 'refund'
  | 'forgiven'
  | 'loss'
  | 'counted'
  | 'lots'
  | 'pool';

/** What each who covered a member is still owed by her. */
export type Owed = readonly CoverShare[];

/** A random solidarity group in its year. */
export type Village = {
  readonly draw: Draw;
  readonly rules: GroupRules;
  readonly members: readonly MemberId[];
  readonly ledger: YearBook;
  readonly loans: { readonly id: LoanId; readonly by: MemberId; readonly terms: LoanTerms }[];
  readonly repaid: Map<LoanId, Repayment[]>;
  /** Loans that were lost. */
  readonly over: Set<LoanId>;
  /** What is owed for covers, by who owes it. */
  readonly owed: Map<MemberId, Owed>;
  readonly happened: Set<SolidarityHappening>;
  /** What counts found over in the loan box; below zero, missing. */
  counted: bigint;
};

export const at = ({ ledger }: Village, account: Account): bigint => balanceOf(ledger.balances, account);
export const cash = (village: Village, pot: 'loan-fund' | 'savings-pot' | 'social-fund'): bigint =>
  at(village, `cash/${pot}`);

/** A member's loans as the book has them. */
export const standingsOf = (village: Village, member: MemberId): LoanStanding[] =>
  village.loans
    .filter(({ id, by }) => by === member && !village.over.has(id))
    .map(({ id, terms }) => ({
      id,
      terms,
      paidPrincipal: money(terms.principal.minor - at(village, `loan/${id}`)),
      paidInterest: money(at(village, `interest/${id}`)),
      repaid: village.repaid.get(id) ?? [],
    }));

/** Books what repays loans, and keeps what of each came in that day. */
export const bookRepaid = (village: Village, postings: readonly Posting[], on: Temporal.PlainDate): void => {
  village.ledger.book(postings);
  for (const { id } of village.loans) {
    const of = (part: 'loan' | 'interest' | 'late-fee'): bigint =>
      postings.find(({ credit }) => credit === `${part}/${id}`)?.amountMinor ?? 0n;
    const came = { on, principal: of('loan'), interest: of('interest'), fee: of('late-fee') };
    if (came.principal + came.interest + came.fee > 0n)
      village.repaid.set(id, [...(village.repaid.get(id) ?? []), came]);
  }
};
