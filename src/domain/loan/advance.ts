import { Temporal } from 'temporal-polyfill';
import { allocate, type Money, money } from '../money.ts';
import { accept, invariant, type Result, refuse } from '../result.ts';
import type { ExcessPolicy } from './agreed.ts';
import type { MoreThanOwed } from './position.ts';

/** What is still to be paid of one instalment, in minor units. */
export type OpenInstalment = { readonly date: Temporal.PlainDate; readonly minor: bigint };

export type Paid = {
  /** Of each instalment, in the order given. */
  readonly parts: readonly bigint[];
  /** Of instalments whose day was before the payment's. */
  readonly late: bigint;
  /** Of instalments whose day is after it. */
  readonly inAdvance: bigint;
};

/**
 * Says what of a payment goes to which instalment: first those due up to the day, oldest first, then by the policy.
 * Refused when it is more than all of them: a surplus is given back, never absorbed.
 *
 * @param plan what is open, by date
 * @param payment.amount above zero
 * @see the orders of Apache Fineract for money in advance: next, last, reamortisation
 */
export const payPlan = (
  plan: readonly OpenInstalment[],
  payment: { readonly amount: Money; readonly on: Temporal.PlainDate; readonly policy: ExcessPolicy },
): Result<Paid, MoreThanOwed> => {
  const { minor: paid, currency } = payment.amount;
  invariant(paid > 0n, 'a payment is above zero');
  const open = plan.map(({ minor }) => minor);
  const owed = total(open);
  if (paid > owed) return refuse({ type: 'more_than_owed', owed: money(owed, currency) });
  const from = plan.map(({ date }) => Temporal.PlainDate.compare(date, payment.on));
  const of = (amounts: readonly bigint[], is: (day: number) => boolean): bigint[] =>
    amounts.map((minor, index) => (is(from[index] ?? 0) ? minor : 0n));
  const due = inTurn(
    of(open, (day) => day <= 0),
    paid,
  );
  const left = paid - total(due);
  const coming = inAdvance(
    of(open, (day) => day > 0),
    left,
    payment,
  );
  const late = total(of(due, (day) => day < 0));
  return accept({ parts: due.map((minor, index) => minor + (coming[index] ?? 0n)), late, inAdvance: left });
};

/**
 * What of money in advance goes to each instalment to come.
 *
 * @param left zero, or at most all that is to come
 * @param how.unit coins, in minor units: instalments that are made smaller can still be paid in them
 */
export const inAdvance = (
  coming: readonly bigint[],
  left: bigint,
  { policy, unit = 1n }: { readonly policy: ExcessPolicy; readonly unit?: bigint },
): readonly bigint[] => {
  if (left === 0n) return coming.map(() => 0n);
  switch (policy) {
    case 'skip-next':
      return inTurn(coming, left);
    case 'fewer':
      return inTurn(coming.toReversed(), left).toReversed();
    case 'smaller':
      return evenly(coming, left, unit);
  }
};

/** As even as whole coins allow; what no coin divides goes to the first ones. */
const evenly = (open: readonly bigint[], minor: bigint, unit: bigint): bigint[] => {
  const shares = allocate(minor / unit, open);
  const whole = open.map((wanted, index) => {
    const part = (shares[index] ?? 0n) * unit;
    return part < wanted ? part : wanted;
  });
  const left = open.map((wanted, index) => wanted - (whole[index] ?? 0n));
  const rest = inTurn(left, minor - total(whole));
  return whole.map((part, index) => part + (rest[index] ?? 0n));
};

/** Fills what is open one after the other. */
export const inTurn = (open: readonly bigint[], minor: bigint): bigint[] => {
  let left = minor;
  return open.map((wanted) => {
    const taken = left < wanted ? left : wanted;
    left -= taken;
    return taken;
  });
};

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);
