import { invariant } from './result.ts';

/** The currencies a group may keep its book in. Both have 100 minor units. */
export type Currency = 'MXN' | 'USD';

/** An amount in minor units (centavos). Never a float; negative only as a difference. */
export type Money = { readonly minor: bigint; readonly currency: Currency };

/** How a fraction of a centavo (or of a cash unit) becomes a whole one. Part of the contract of a loan or a group. */
export type Rounding = 'half-up' | 'half-even' | 'down' | 'up';

/** 1,000,000.00: no single amount in a group's book is larger (invariant L17). */
export const AMOUNT_MINOR_MAX = 100_000_000n;

export const money = (minor: bigint, currency: Currency = 'MXN'): Money => ({ minor, currency });

export const zero = (currency: Currency = 'MXN'): Money => money(0n, currency);

export const add = (a: Money, b: Money): Money => money(a.minor + sameCurrency(a, b).minor, a.currency);

export const subtract = (a: Money, b: Money): Money => money(a.minor - sameCurrency(a, b).minor, a.currency);

export const sum = (amounts: readonly Money[], currency: Currency = 'MXN'): Money =>
  amounts.reduce(add, zero(amounts[0]?.currency ?? currency));

export const smaller = (a: Money, b: Money): Money => (a.minor <= sameCurrency(a, b).minor ? a : b);

const sameCurrency = (a: Money, b: Money): Money => {
  invariant(a.currency === b.currency, 'one group keeps one currency');
  return b;
};

const DECIMAL = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/;

/**
 * Reads a decimal string as files and programs write it ("1150.00", "217.5", "-3"): straight to minor units, no float.
 * Returns undefined for anything else. What people write in a chat is read by `conversation/understand/amount`.
 */
export const parseDecimal = (text: string): bigint | undefined => {
  const match = DECIMAL.exec(text);
  if (!match) return undefined;
  const [, sign, whole = '0', cents = ''] = match;
  const minor = BigInt(whole) * 100n + BigInt(cents.padEnd(2, '0'));
  return sign === '-' ? -minor : minor;
};

/** The decimal string of an amount for files and programs: "1150.00". What people read comes from `content/format`. */
export const toDecimal = (minor: bigint): string => {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/**
 * `numerator / denominator`, rounded to a whole number in the named way. Ties away from zero for half-up.
 *
 * @param denominator > 0
 */
export const divide = (numerator: bigint, denominator: bigint, rounding: Rounding): bigint => {
  invariant(denominator > 0n, 'a denominator is positive');
  const negative = numerator < 0n;
  const n = negative ? -numerator : numerator;
  const quotient = n / denominator;
  const rest = n % denominator;
  const magnitude = quotient + (roundsAway({ quotient, rest, denominator }, rounding) ? 1n : 0n);
  return negative ? -magnitude : magnitude;
};

const roundsAway = (
  q: { quotient: bigint; rest: bigint; denominator: bigint },
  rounding: Rounding,
): boolean => {
  const twice = q.rest * 2n;
  switch (rounding) {
    case 'down':
      return false;
    case 'up':
      return q.rest > 0n;
    case 'half-up':
      return twice >= q.denominator;
    case 'half-even':
      return twice > q.denominator || (twice === q.denominator && q.quotient % 2n === 1n);
  }
};

/** Rounds an amount to a whole number of `unitMinor` (the smallest coin a group uses: 1, 50, 100 or 500 centavos). */
export const roundToUnit = (amount: Money, unitMinor: bigint, rounding: Rounding): Money =>
  money(divide(amount.minor, unitMinor, rounding) * unitMinor, amount.currency);

/**
 * Splits `total` in proportion to `weights`; the parts add up to `total` exactly.
 * Left-over units go to the largest remainders (Hamilton), ties to the earlier weight.
 *
 * @param total minor units, >= 0
 * @param weights whole numbers >= 0, at least one above zero
 * @see savings-group share-out in proportion to shares; invariant L12
 */
export const allocate = (total: bigint, weights: readonly bigint[]): bigint[] => {
  const whole = weights.reduce((a, b) => a + b, 0n);
  invariant(total >= 0n && whole > 0n, 'a split needs a total of zero or more and a weight above zero');
  invariant(
    weights.every((w) => w >= 0n),
    'weights are zero or more',
  );
  const parts = weights.map((w) => (total * w) / whole);
  const left = total - parts.reduce((a, b) => a + b, 0n);
  const byRemainder = weights
    .map((w, index) => ({ index, remainder: (total * w) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const lucky = new Set(byRemainder.slice(0, Number(left)).map((r) => r.index));
  return parts.map((part, index) => (lucky.has(index) ? part + 1n : part));
};
