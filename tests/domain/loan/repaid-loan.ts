// A loan that is repaid step by step, each payment booked as `repay` shares it out.

import { Temporal } from 'temporal-polyfill';
import { asId, type LoanId } from '../../../src/domain/ids.ts';
import { courseOf, type Repayment } from '../../../src/domain/loan/course.ts';
import { repay } from '../../../src/domain/loan/share-repayment.ts';
import { type LoanStanding } from '../../../src/domain/loan/standing.ts';
import type { LoanTerms } from '../../../src/domain/loan/terms.ts';
import { money, parseDecimal, toDecimal } from '../../../src/domain/money.ts';

export const day = (text: string) => Temporal.PlainDate.from(text);
export const cents = (text: string) => parseDecimal(text)!;
const LOAN = asId<LoanId>('00000000-0000-7000-8000-00000000000a');

/** A loan that nothing was repaid of. */
export const fresh = (terms: LoanTerms): LoanStanding => ({
  id: LOAN,
  terms,
  paidPrincipal: money(0n),
  paidInterest: money(0n),
  repaid: [],
});

/** The loan after a payment was booked as `repay` says. */
export const after = (loan: LoanStanding, on: string, amount: string | bigint): LoanStanding => {
  const minor = typeof amount === 'bigint' ? amount : cents(amount);
  const split = repay([loan], money(minor), day(on));
  if (!split.ok) throw new Error(`refused: ${toDecimal(split.refusal.owed.minor)}`);
  const [share] = split.value;
  if (!share) throw new Error('nothing was paid');
  const { fee, interest, principal } = share;
  if (fee.minor + interest.minor + principal.minor !== minor) throw new Error('parts do not add up');
  return booked(loan, {
    on: day(on),
    fee: fee.minor,
    interest: interest.minor,
    principal: principal.minor,
  });
};

const booked = (loan: LoanStanding, repayment: Repayment): LoanStanding => ({
  ...loan,
  paidPrincipal: money(loan.paidPrincipal.minor + repayment.principal),
  paidInterest: money(loan.paidInterest.minor + repayment.interest),
  repaid: [...(loan.repaid ?? []), { ...repayment, plans: loan.plans?.length ?? 0 }],
});

/** "principal interest" of each line that is open. */
export const open = (loan: LoanStanding): string[] =>
  courseOf(
    {
      terms: loan.terms,
      before: { principal: 0n, interest: 0n },
      repaid: loan.repaid ?? [],
      plans: loan.plans ?? [],
    },
    loan.terms.disbursed,
  )
    .lines.filter(({ principal, interest }) => principal + interest > 0n)
    .map(({ principal, interest }) => `${toDecimal(principal)} ${toDecimal(interest)}`);
