// A loan that runs already when its group comes into the book.

import { allocateRepayment } from '../domain/loan/position.ts';
import { schedule } from '../domain/loan/schedule.ts';
import { type LoanTerms, parseRatePer, parseSpan, wrongTerm } from '../domain/loan/terms.ts';
import { type Currency, money, parseDecimal, sum, zero } from '../domain/money.ts';
import { parsePercent } from '../domain/rate.ts';
import { accept, invariant, type Result, refuse } from '../domain/result.ts';
import type { Constitution } from './constitution.ts';
import type { LoanForm, MemberForm } from './import-schema.ts';

/** A loan that runs already, and where it stands: all in minor units. */
export type OpeningLoan = {
  readonly terms: LoanTerms;
  readonly outstandingMinor: bigint;
  readonly interestPaidMinor: bigint;
  /** Principal and interest still to come by the plan. */
  readonly owedMinor: bigint;
};

export type LoanFault =
  | { readonly type: 'no_loan_rules' }
  | { readonly type: 'term'; readonly field: string }
  | { readonly type: 'more_than_owed'; readonly owedMinor: bigint }
  | { readonly type: 'interest_does_not_fit' };

type Agreement = { readonly constitution: Constitution; readonly currency: Currency };

/**
 * Works a running loan out. When the file does not say how much of what was repaid was interest, it counts as paid
 * instalment by instalment, each with its interest before its principal.
 */
export const openingLoan = (loan: LoanForm, agreement: Agreement): Result<OpeningLoan, LoanFault> => {
  const terms = termsOf(loan, agreement);
  if (!terms) return refuse({ type: 'no_loan_rules' });
  const field = wrongTerm(terms);
  if (field !== undefined) return refuse({ type: 'term', field });
  const plan = schedule(terms);
  const interestAsked = sum(
    plan.map((line) => line.interest),
    agreement.currency,
  ).minor;
  const owedMinor = loan.principal + interestAsked - loan.repaid;
  if (owedMinor < 0n) return refuse({ type: 'more_than_owed', owedMinor: loan.principal + interestAsked });
  const interestPaidMinor = loan.repaidInterest ?? interestIn(loan.repaid, terms);
  const outstandingMinor = loan.principal - (loan.repaid - interestPaidMinor);
  const fits =
    interestPaidMinor <= interestAsked && interestPaidMinor <= loan.repaid && outstandingMinor >= 0n;
  if (!fits) return refuse({ type: 'interest_does_not_fit' });
  return accept({ terms, outstandingMinor, interestPaidMinor, owedMinor });
};

const interestIn = (repaidMinor: bigint, terms: LoanTerms): bigint => {
  if (repaidMinor === 0n) return 0n;
  const { currency } = terms.principal;
  const split = allocateRepayment({
    schedule: schedule(terms),
    paidPrincipal: zero(currency),
    paidInterest: zero(currency),
    amount: money(repaidMinor, currency),
    // On that day nothing was due yet: instalments are filled one by one.
    on: terms.disbursed,
  });
  invariant(split.ok, 'no more was repaid than the plan asks');
  return split.value.interest.minor;
};

const termsOf = (loan: LoanForm, { constitution, currency }: Agreement): LoanTerms | undefined => {
  const rules = constitution.loans;
  const rate = parsePercent(loan.ratePct ?? rules?.ratePct ?? '');
  const ratePer = parseRatePer(loan.ratePer ?? rules?.ratePer ?? '');
  const every = parseSpan(loan.every ?? rules?.every ?? '');
  const interest = loan.interest ?? rules?.interest;
  const n = loan.n ?? rules?.n;
  if (rate === undefined || !ratePer || !every || !interest || n === undefined) return undefined;
  return {
    principal: money(loan.principal, currency),
    interest,
    rate,
    ratePer,
    every,
    n,
    disbursed: loan.disbursed,
    rounding: loan.rounding ?? constitution.rounding,
    cashUnitMinor: parseDecimal(loan.cashUnit ?? constitution.cashUnit) ?? 1n,
    dayCount: 'equal',
  };
};

/** All loans of a member, however the file writes them. */
export const loansOf = (member: MemberForm): readonly LoanForm[] =>
  member.opening.loans ?? (member.opening.loan ? [member.opening.loan] : []);
