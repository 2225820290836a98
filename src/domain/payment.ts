import type { Temporal } from 'temporal-polyfill';
import type { MemberId } from './ids.ts';
import { potFor } from './ledger/account.ts';
import type { Posting } from './ledger/entry.ts';
import { repay } from './loan/share-repayment.ts';
import { isOwing, type LoanStanding } from './loan/standing.ts';
import { add, type Currency, type Money, money, zero } from './money.ts';
import { accept, type Result, refuse } from './result.ts';
import type { GroupRules } from './rules.ts';
import { givenPostings } from './tanda/postings.ts';
import type { GiveRefusal } from './tanda/rounds.ts';
import { type RunningTanda, spread } from './tanda/running.ts';

/** What a sum handed over is for. A member's money of one meeting may be for several at once. */
export type PaymentPurpose = 'savings' | 'loan' | 'fine' | 'social' | 'turn';

export const PURPOSES: readonly PaymentPurpose[] = ['savings', 'loan', 'fine', 'social', 'turn'];

/** One member's money, by purpose. All zero or more; the whole is above zero in a payment. */
export type PaymentParts = Readonly<Record<PaymentPurpose, Money>>;

/**
 * A claim that money moved. reported: a member says so. signed: one officer stated it, and
 * another is needed: by the group's rules, or because it is her own. The rest are final but `confirmed`, which a correction makes `reversed`.
 */
export type PaymentState = 'reported' | 'signed' | 'confirmed' | 'rejected' | 'expired' | 'reversed';

/** Why a payment cannot be booked as it is. */
export type PaymentRefusal =
  | { readonly type: 'nothing_paid' }
  | { readonly type: 'above_cap'; readonly max: Money }
  | { readonly type: 'no_loan' }
  | { readonly type: 'more_than_owed'; readonly owed: Money }
  | { readonly type: 'not_whole_shares'; readonly price: Money }
  | { readonly type: 'too_many_shares'; readonly max: number; readonly price: Money }
  | { readonly type: 'not_in_coins'; readonly unit: Money }
  /** Of a past meeting: something of her loan is of a later day already, and a loan's money goes in order. */
  | { readonly type: 'loan_moved_since'; readonly on: Temporal.PlainDate }
  /** A tanda has no turns yet, or she is not in it. */
  | { readonly type: 'tanda_no_turns' }
  | GiveRefusal;

/** What is known of the member who pays, at the moment of deciding. */
export type Payer = {
  readonly id: MemberId;
  readonly loans: readonly LoanStanding[];
  /** Savings already confirmed for the same meeting; shares have a limit per meeting. */
  readonly savedThisMeeting: Money;
  /** Her place in the tanda of her group, once it has turns. */
  readonly turn?: TurnPayer | undefined;
};

/** Who gives for a tanda, by her number, at which meeting. */
export type TurnPayer = {
  readonly running: RunningTanda;
  readonly number: number;
  readonly meetingOn: Temporal.PlainDate;
};

/** What money is for when nobody says: the round in a tanda, else savings. */
export const usualPurpose = ({ product }: GroupRules): 'savings' | 'turn' =>
  product === 'tanda' ? 'turn' : 'savings';

export const noParts = (currency: Currency): PaymentParts => ({
  savings: zero(currency),
  loan: zero(currency),
  fine: zero(currency),
  social: zero(currency),
  turn: zero(currency),
});

export const partsTotal = (parts: PaymentParts): Money =>
  PURPOSES.map((purpose) => parts[purpose]).reduce(add);

/**
 * The postings that book a payment, or why it cannot be booked. Repayments go to what is due of each of her
 * loans, the oldest first, then ahead; and within a loan to late fees, then interest due, then principal.
 *
 * @param on the day the money counts for: that of its meeting, when it is written down later
 */
export const planPayment = (
  payer: Payer,
  parts: PaymentParts,
  how: { readonly rules: GroupRules; readonly on: Temporal.PlainDate },
): Result<Posting[], PaymentRefusal> => {
  const { rules, on } = how;
  const wrong =
    amountRefusal(parts, { rules, loans: payer.loans }) ?? savingsRefusal(payer, parts.savings, rules);
  if (wrong) return refuse(wrong);
  const repayment = planRepayment(payer, parts.loan, { rules, on });
  if (!repayment.ok) return repayment;
  const rounds = planRounds(payer, parts.turn);
  if (!rounds.ok) return rounds;
  const into = (purpose: PaymentPurpose, credit: Posting['credit']): Posting[] =>
    parts[purpose].minor === 0n
      ? []
      : [{ debit: `cash/${potFor(rules, purpose)}`, credit, amountMinor: parts[purpose].minor }];
  return accept([
    ...repayment.value,
    ...into('savings', `savings/${payer.id}`),
    ...into('fine', 'fines'),
    ...into('social', 'social'),
    ...rounds.value,
  ]);
};

const planRounds = ({ id, turn }: Payer, amount: Money): Result<Posting[], PaymentRefusal> => {
  if (amount.minor === 0n) return accept([]);
  if (!turn) return refuse({ type: 'tanda_no_turns' });
  const { running, number, meetingOn } = turn;
  const given = spread(running, { number, amount, meetingOn });
  return given.ok ? accept(givenPostings(id, given.value)) : given;
};

/** Why no payment of this size is booked, whatever it is for: zero, above the cap, or not in the group's coins. */
export const amountRefusal = (
  parts: PaymentParts,
  { rules, loans }: { readonly rules: GroupRules; readonly loans: readonly LoanStanding[] },
): PaymentRefusal | undefined => {
  const total = partsTotal(parts);
  if (total.minor <= 0n) return { type: 'nothing_paid' };
  if (total.minor > rules.paymentMax.minor) return { type: 'above_cap', max: rules.paymentMax };
  // Coins smaller than the group's unit do not exist in its box; a slip of the thumb does.
  const unitOf = (purpose: PaymentPurpose): bigint =>
    purpose === 'loan' ? repaidIn(loans, rules) : rules.cashUnitMinor;
  const odd = PURPOSES.find((purpose) => parts[purpose].minor % unitOf(purpose) !== 0n);
  return odd && { type: 'not_in_coins', unit: money(unitOf(odd), total.currency) };
};

/** A running loan keeps the coin it was agreed in: in a larger one the last of it could never be paid. */
const repaidIn = (loans: readonly LoanStanding[], { cashUnitMinor }: GroupRules): bigint =>
  loans
    .filter((loan) => isOwing([loan]))
    .reduce((least, { terms }) => (terms.cashUnitMinor < least ? terms.cashUnitMinor : least), cashUnitMinor);

/** The price of a share where shares are bought, and an amount is not so many whole ones. */
export const brokenShare = (amount: Money, { savings }: GroupRules): Money | undefined =>
  savings.kind === 'shares' && amount.minor % savings.sharePrice.minor !== 0n
    ? savings.sharePrice
    : undefined;

const savingsRefusal = (payer: Payer, savings: Money, rules: GroupRules): PaymentRefusal | undefined => {
  if (rules.savings.kind !== 'shares' || savings.minor === 0n) return undefined;
  const { sharePrice, max } = rules.savings;
  if (brokenShare(savings, rules)) return { type: 'not_whole_shares', price: sharePrice };
  const together = payer.savedThisMeeting.minor + savings.minor;
  return together > sharePrice.minor * BigInt(max)
    ? { type: 'too_many_shares', max, price: sharePrice }
    : undefined;
};

const planRepayment = (
  payer: Payer,
  amount: Money,
  how: { readonly rules: GroupRules; readonly on: Temporal.PlainDate },
): Result<Posting[], PaymentRefusal> => {
  if (amount.minor === 0n) return accept([]);
  if (!isOwing(payer.loans)) return refuse({ type: 'no_loan' });
  const split = repay(payer.loans, amount, how.on);
  if (!split.ok) return split;
  const debit = `cash/${potFor(how.rules, 'loan')}` as const;
  return accept(
    split.value.flatMap(({ loanId, fee, interest, principal }) => [
      ...(fee.minor > 0n ? [{ debit, credit: `late-fee/${loanId}` as const, amountMinor: fee.minor }] : []),
      ...(interest.minor > 0n
        ? [{ debit, credit: `interest/${loanId}` as const, amountMinor: interest.minor }]
        : []),
      ...(principal.minor > 0n
        ? [{ debit, credit: `loan/${loanId}` as const, amountMinor: principal.minor }]
        : []),
    ]),
  );
};
