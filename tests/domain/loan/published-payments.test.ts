import { expect, test } from 'vitest';
import { repay } from '../../../src/domain/loan/share-repayment.ts';
import { money, toDecimal } from '../../../src/domain/money.ts';
import { PUBLISHED_PAYMENTS } from './published-payments.ts';
import { after, day, fresh, open } from './repaid-loan.ts';
import { loanTerms } from './wording.ts';

test.each(PUBLISHED_PAYMENTS)('$id: $title', ({ terms, excess, payments, booked, open: left }) => {
  const loan = payments.reduce(
    (paid, [on, amount]) => after(paid, on, amount),
    fresh({ ...loanTerms(terms), excess }),
  );
  const parts = (loan.repaid ?? []).map((one) => `${toDecimal(one.principal)} ${toDecimal(one.interest)}`);
  expect(parts).toEqual(booked);
  expect(open(loan)).toEqual(left);
  const [last] = payments.slice(-1);
  if (left.length > 0 || !last) return;
  expect(repay([loan], money(1n), day(last[0])).ok, 'what is more is given back').toBe(false);
});
