import type { Brand } from './brand.ts';
import { divide, type Money, money, type Rounding } from './money.ts';
import { invariant } from './result.ts';

/** Millionths of the whole: 4 % is 40,000. Fine enough for 0.0001 %, whole so that no float is needed. */
export type Rate = Brand<bigint, 'Rate'>;

/** Nothing: a loan without interest, or one whose charge is a stated amount. */
export const NO_INTEREST = 0n as Rate;

const RATE = /^(\d{1,4})(?:\.(\d{1,4}))?$/;

/** The rate that is the whole: a rate divided by this is a plain fraction. */
export const HUNDRED_PERCENT = 1_000_000n;

/** Reads a percentage as a decimal string ("4", "2.5"). Undefined when it is not one or above 1,000 %. */
export const parsePercent = (text: string): Rate | undefined => {
  const match = RATE.exec(text);
  if (!match) return undefined;
  const [, whole = '0', part = ''] = match;
  const rate = BigInt(whole) * 10_000n + BigInt(part.padEnd(4, '0'));
  return rate <= 10n * HUNDRED_PERCENT ? (rate as Rate) : undefined;
};

/** The percentage as a decimal string without trailing zeros: "2.5". */
export const toPercent = (rate: Rate): string => {
  const digits = rate.toString().padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
};

/** `rate` of `amount`, times `times` (a count of periods), rounded once. */
export const percentOf = (
  amount: Money,
  rate: Rate,
  how: { readonly rounding: Rounding; readonly times?: bigint },
): Money => {
  invariant(amount.minor >= 0n, 'interest is charged on zero or more');
  return money(
    divide(amount.minor * rate * (how.times ?? 1n), HUNDRED_PERCENT, how.rounding),
    amount.currency,
  );
};
