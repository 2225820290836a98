import type { Temporal } from 'temporal-polyfill';
import { divide, type Money, money } from '../money.ts';
import { invariant } from '../result.ts';
import { dueDate, type Fraction, levelInstalment, periodRates, sumOf } from './period-rate.ts';
import { type LoanTerms, wrongTerm } from './terms.ts';

/** One line of the repayment plan. `due` is principal + interest; `balance` is the principal owed after it. */
export type Instalment = {
  readonly n: number;
  readonly date: Temporal.PlainDate;
  readonly principal: Money;
  readonly interest: Money;
  readonly due: Money;
  readonly balance: Money;
};

/** The two parts of an instalment, in minor units. */
export type Parts = { readonly principal: bigint; readonly interest: bigint };

/**
 * The repayment plan of a loan: exactly `n` lines whose principal adds up to the loan. The last line absorbs what
 * rounding left over. A line may be zero: a grace period, or a loan that rounding up repaid before its last date.
 * Throws when `wrongTerm` finds a fault.
 *
 * @see Apache Fineract's published schedules, which the tests repeat; M3, M4 and M7 of savings-group money rules
 */
export const schedule = (terms: LoanTerms): readonly Instalment[] => {
  invariant(wrongTerm(terms) === undefined, 'loan terms are within their bounds');
  const parts = terms.interest === 'declining' ? decliningParts(terms) : flatParts(terms);
  const { currency, minor } = terms.principal;
  let balance = minor;
  return putOffInterest(parts, terms.interestPaymentGrace ?? 0).map(({ principal, interest }, index) => {
    balance -= principal;
    return {
      n: index + 1,
      date: dueDate(terms, index + 1),
      principal: money(principal, currency),
      interest: money(interest, currency),
      due: money(principal + interest, currency),
      balance: money(balance, currency),
    };
  });
};

/** Flat and up-front: one sum of interest, known from the start, in equal parts. */
const flatParts = (terms: LoanTerms): Parts[] => {
  const { principal, cashUnitMinor: unit } = terms;
  const n = BigInt(terms.n);
  const charge = flatCharge(terms);
  const each = toUnit({ num: charge.num, den: charge.den * n }, unit, terms);
  const paying = payingCount(terms);
  const exactDue = {
    num: principal.minor * charge.den * n + charge.num * paying,
    den: charge.den * n * paying,
  };
  const due = toUnit(exactDue, terms.instalmentMultiple ?? unit, terms);
  let left: Parts = { principal: principal.minor, interest: toUnit(charge, unit, terms) };
  return Array.from({ length: terms.n }, (_, index) => {
    const part = index + 1 === terms.n ? left : flatPart(terms, { index, left, each, due });
    left = { principal: left.principal - part.principal, interest: left.interest - part.interest };
    return part;
  });
};

/** Once rounding up has repaid the principal early, the instalment stays as large until the interest is paid too. */
const flatPart = (
  terms: LoanTerms,
  at: { readonly index: number; readonly left: Parts; readonly each: bigint; readonly due: bigint },
): Parts => {
  const interest = least(at.each, at.left.interest);
  if (at.index < (terms.principalGrace ?? 0)) return { principal: 0n, interest };
  const principal = within(at.due - interest, at.left.principal);
  if (principal < at.left.principal) return { principal, interest };
  return { principal, interest: least(at.due - principal, at.left.interest) };
};

/** All the interest of a flat or up-front loan, before rounding. */
const flatCharge = (terms: LoanTerms): Fraction => {
  if (terms.charge) return { num: terms.charge.minor, den: 1n };
  const whole = sumOf(periodRates(terms));
  return { num: terms.principal.minor * whole.num, den: whole.den };
};

/** @param rates of the periods that are planned; by default all of them */
export const decliningParts = (terms: LoanTerms, rates = periodRates(terms)): Parts[] => {
  if (terms.equalPrincipal) return repaid(terms, rates, equalPrincipalDue(terms));
  const unit = terms.instalmentMultiple ?? terms.cashUnitMinor;
  const paying = rates.slice(terms.principalGrace ?? 0);
  const level = toUnit(levelInstalment(terms.principal.minor, paying), unit, terms);
  return smoothed(terms, rates, level);
};

/**
 * What rounding leaves between the last instalment and the others is spread over all of them once, and kept only if the
 * last one comes strictly closer (Fineract; 33.57, 33.57, 33.58 rather than 33.58, 33.58, 33.56). A group that rounds
 * up or down chose its odd last instalment: it is left alone.
 */
const smoothed = (terms: LoanTerms, rates: readonly Fraction[], level: bigint): Parts[] => {
  const first = repaid(terms, rates, () => level);
  if (terms.rounding === 'up' || terms.rounding === 'down') return first;
  const gap = lastDue(first) - level;
  const unit = terms.instalmentMultiple ?? terms.cashUnitMinor;
  const closer = level + toUnit({ num: gap, den: payingCount(terms) }, unit, terms);
  if (closer === level) return first;
  const second = repaid(terms, rates, () => closer);
  return size(lastDue(second) - closer) < size(gap) ? second : first;
};

/** The instalment of a loan with equal principal, given its interest. */
const equalPrincipalDue = (terms: LoanTerms): ((interest: bigint) => bigint) => {
  const { principal, instalmentMultiple: multiple } = terms;
  const paying = payingCount(terms);
  const share = toUnit({ num: principal.minor, den: paying }, terms.cashUnitMinor, terms);
  return (interest) =>
    multiple === undefined
      ? share + interest
      : toUnit({ num: principal.minor + interest * paying, den: paying }, multiple, terms);
};

/** Interest on what is still owed, rounded for each period; the rest of `dueOf(interest)` repays principal. */
export const repaid = (
  terms: LoanTerms,
  rates: readonly Fraction[],
  dueOf: (interest: bigint, index: number) => bigint,
): Parts[] => {
  let balance = terms.principal.minor;
  return rates.map((rate, index) => {
    const interest = toUnit({ num: balance * rate.num, den: rate.den }, terms.cashUnitMinor, terms);
    const principal =
      index + 1 === rates.length ? balance : within(dueOf(interest, index) - interest, balance);
    const part = { principal: index < (terms.principalGrace ?? 0) ? 0n : principal, interest };
    balance -= part.principal;
    return part;
  });
};

/** The interest of the first `grace` lines, moved to the line after them. */
const putOffInterest = (parts: readonly Parts[], grace: number): Parts[] => {
  const held = parts.slice(0, grace).reduce((all, part) => all + part.interest, 0n);
  return parts.map((part, index) => {
    if (index < grace) return { ...part, interest: 0n };
    return index === grace ? { ...part, interest: part.interest + held } : part;
  });
};

/** The number of instalments that carry principal. */
const payingCount = (terms: LoanTerms): bigint => BigInt(terms.n - (terms.principalGrace ?? 0));

const lastDue = (parts: readonly Parts[]): bigint => {
  const last = parts.at(-1);
  return last ? last.principal + last.interest : 0n;
};

const toUnit = (exact: Fraction, unitMinor: bigint, { rounding }: LoanTerms): bigint =>
  divide(exact.num, exact.den * unitMinor, rounding) * unitMinor;

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const within = (wanted: bigint, most: bigint): bigint => (wanted < 0n ? 0n : least(wanted, most));
const size = (value: bigint): bigint => (value < 0n ? -value : value);
