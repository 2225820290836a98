// The amounts of a constitution: coins that exist, and one payment that holds what a meeting asks.

import { AMOUNT_MINOR_MAX, toDecimal } from '../domain/money.ts';
import type { Constitution } from './constitution.ts';
import { fault, minor, type RuleFault, when } from './rules-fault.ts';

type Named = readonly [path: string, amount: string];

/** Every amount that is asked of somebody in coins. */
const amountsOf = ({ savings, fines, socialFund, loans, tanda }: Constitution): Named[] => {
  const fee = loans?.lateFee;
  return [
    savings.kind === 'free' ? ['savings.weekly', savings.weekly] : ['savings.sharePrice', savings.sharePrice],
    ['fines.late', fines.late],
    ['fines.absent', fines.absent],
    ['socialFund.weekly', socialFund.weekly],
    ...(fee?.kind === 'fixed' ? [['loans.lateFee.amount', fee.amount] as const] : []),
    ...(fee && fee.cap !== 'instalment' ? [['loans.lateFee.cap', fee.cap] as const] : []),
    ...(tanda ? [['tanda.contribution', tanda.contribution] as const] : []),
    ...(tanda?.organiserFee.kind === 'per-pot'
      ? [['tanda.organiserFee.amount', tanda.organiserFee.amount] as const]
      : []),
  ];
};

/** Each amount is a whole number of the group's coins, and no more than a book holds in one entry (invariant L17). */
export const amountFaults = (rules: Constitution): RuleFault[] => {
  const coin = minor(rules.cashUnit);
  return amountsOf(rules).flatMap(([path, text]) => [
    ...when(
      minor(text) % coin !== 0n,
      fault(
        path,
        `is ${text}, which cannot be paid in coins of ${rules.cashUnit}`,
        `write a multiple of ${rules.cashUnit}, or another "cashUnit"`,
      ),
    ),
    ...when(
      minor(text) > AMOUNT_MINOR_MAX,
      fault(
        path,
        `is ${text}, more than a book holds at once`,
        `write at most ${toDecimal(AMOUNT_MINOR_MAX)}`,
      ),
    ),
  ]);
};

/** What each meeting asks of a member has to fit into one payment. */
export const paymentMaxFaults = ({ savings, tanda, paymentMax }: Constitution): RuleFault[] => {
  const most = minor(paymentMax);
  const asked: Named[] = [
    savings.kind === 'free'
      ? ['savings.weekly', savings.weekly]
      : ['savings.sharePrice', toDecimal(minor(savings.sharePrice) * BigInt(savings.max))],
    ...(tanda ? [['tanda.contribution', tanda.contribution] as const] : []),
  ];
  return [
    ...when(
      most > AMOUNT_MINOR_MAX,
      fault('paymentMax', `is ${paymentMax}`, `write at most ${toDecimal(AMOUNT_MINOR_MAX)}`),
    ),
    ...asked.flatMap(([path, text]) =>
      when(
        minor(text) > most,
        fault(
          path,
          `asks up to ${text} in one meeting, and no payment may be above ${paymentMax}`,
          'write a higher "paymentMax"',
        ),
      ),
    ),
  ];
};
