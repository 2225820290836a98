import { type Currency, type Money, money } from '../domain/money.ts';
import { noParts, type PaymentParts, type PaymentPurpose, PURPOSES, partsTotal } from '../domain/payment.ts';
import type { GroupRules } from '../domain/rules.ts';
import { sharesIn } from '../domain/shares.ts';
import { purposeText, type Say, say } from './say.ts';
import type { StoredParts } from './session.ts';

export const storeParts = (parts: PaymentParts): StoredParts => ({
  savings: parts.savings.minor.toString(),
  loan: parts.loan.minor.toString(),
  fine: parts.fine.minor.toString(),
  social: parts.social.minor.toString(),
  turn: parts.turn.minor.toString(),
});

export const restoreParts = (stored: StoredParts, currency: Currency): PaymentParts => ({
  savings: money(BigInt(stored.savings), currency),
  loan: money(BigInt(stored.loan), currency),
  fine: money(BigInt(stored.fine), currency),
  social: money(BigInt(stored.social), currency),
  turn: money(BigInt(stored.turn), currency),
});

/** All of an amount for one purpose. */
export const partsFor = (purpose: PaymentPurpose, amount: Money): PaymentParts => ({
  ...noParts(amount.currency),
  [purpose]: amount,
});

/** The purposes a sum is for, in a fixed order, as words: "ahorro $100.00 y préstamo $50.00". */
const partsText = (parts: PaymentParts): Say[] =>
  PURPOSES.filter((purpose) => parts[purpose].minor > 0n).map((purpose) =>
    say('parts.one', { purpose: [purposeText(purpose)], amount: parts[purpose] }),
  );

/** One sum with what it is for; the purpose alone when there is only one. */
export const sumText = (parts: PaymentParts): Say => {
  const used = partsText(parts);
  return used.length === 1
    ? say('parts.single', { amount: partsTotal(parts), purpose: usedPurpose(parts) })
    : say('parts.several', { total: partsTotal(parts), parts: used });
};

/** The same, and how many shares that is, where the group saves by shares. */
export const sumShared = (parts: PaymentParts, rules: GroupRules): Say => {
  const sum = sumText(parts);
  const count = sharesIn(parts.savings, rules);
  return count === undefined ? sum : say('parts.shares', { sum: [sum], count });
};

const usedPurpose = (parts: PaymentParts): Say[] =>
  PURPOSES.filter((purpose) => parts[purpose].minor > 0n).map(purposeText);
