import type { Temporal } from 'temporal-polyfill';
import { type MeetingHabit, nearestMeetingDate, type Weekday } from '../calendar.ts';
import type { LoanRequestId, MemberId } from '../ids.ts';
import { add, type Money, money, smaller, subtract, zero } from '../money.ts';
import { accept, type Result, refuse } from '../result.ts';
import type { GroupRules, LoanRule } from '../rules.ts';
import type { Hands, Vote } from '../vote.ts';
import { MISSING_MINOR_MAX } from './position.ts';
import { type LoanStanding, owing } from './standing.ts';
import { type LoanTerms, nominalDays, type Span } from './terms.ts';

const DAYS_PER_WEEK = 7;

/** What a loan is for: a closed set, so that no free words about her life are kept. */
export const LOAN_PURPOSES = ['business', 'health', 'school', 'home', 'other'] as const;
export type LoanPurpose = (typeof LOAN_PURPOSES)[number];

/**
 * asked: waits for the group's decision. approved: to be handed over. handed: an officer says she gave it, the borrower
 * (or, when she cannot be reached, a second officer) has not said yet that she has it. lent: both said so, and it is in
 * the book.
 */
export type LoanRequestState = 'asked' | 'approved' | 'handed' | 'lent' | 'refused' | 'withdrawn';

/** A loan that a member asked for and that is not in the book yet. */
export type LoanRequest = {
  readonly id: LoanRequestId;
  readonly memberId: MemberId;
  readonly amount: Money;
  readonly purpose: LoanPurpose;
  /** How many instalments. */
  readonly n: number;
  readonly state: LoanRequestState;
  /** The officer who asked for her who has no telephone; undefined where she asked herself. She does not say yes to it too. */
  readonly askedBy?: MemberId | undefined;
  /** The officer who said yes to it, where officers decide. */
  readonly decidedBy?: MemberId | undefined;
  /** The officer who says that she handed it over. */
  readonly handedBy: MemberId | undefined;
  /** Fixed when it was handed over, and known only until it is in the book: it is booked by these. */
  readonly terms: LoanTerms | undefined;
  /** The past meeting it was handed over at, when that is written down later; known only until it is in the book. */
  readonly heldOn?: Temporal.PlainDate | undefined;
  /** The votes given so far, where the group votes. */
  readonly votes: readonly Vote[];
  /** A show of hands about it, as two officers said. */
  readonly hands?: Hands | undefined;
};

/** Why a member may not ask for a loan now. */
export type LoanRefusal =
  | { readonly type: 'no_loans_here' }
  | { readonly type: 'in_arrears'; readonly arrears: Money }
  | { readonly type: 'nothing_to_lend' }
  | { readonly type: 'above_ceiling'; readonly ceiling: Money }
  | { readonly type: 'too_many_instalments'; readonly max: number }
  | { readonly type: 'not_in_coins'; readonly unit: Money };

export type Borrower = {
  readonly saved: Money;
  readonly loans: readonly LoanStanding[];
  /** What she owes those who covered gaps of hers: owed like a loan. */
  readonly coverOwed: Money;
  /** What lies in the box that loans come from. */
  readonly cash: Money;
};

/**
 * The most she may borrow today: min(k x savings - what she still owes on loans and for covers, cash in the loan box), down to a whole coin;
 * without a multiple in the constitution, the cash alone. Refused while more than half a peso is late, and when it is zero.
 *
 * @see savings-group rule A1.4 (VSLA: up to three times her savings)
 */
export const loanCeiling = (
  who: Borrower,
  rules: GroupRules,
  on: Temporal.PlainDate,
): Result<Money, LoanRefusal> => {
  if (!rules.loans) return refuse({ type: 'no_loans_here' });
  const { owed, arrears } = owing(who.loans, on);
  if (arrears.minor > MISSING_MINOR_MAX) return refuse({ type: 'in_arrears', arrears });
  const { multiple } = rules.loans;
  const bySavings =
    multiple === undefined
      ? who.cash
      : subtract(
          money(who.saved.minor * BigInt(multiple), who.saved.currency),
          add(inCurrency(owed, who.saved), who.coverOwed),
        );
  const most = smaller(bySavings, who.cash);
  const whole = money(most.minor - (most.minor % rules.cashUnitMinor), most.currency);
  return whole.minor > 0n ? accept(whole) : refuse({ type: 'nothing_to_lend' });
};

// With no loan the sum owed is zero, in no currency yet.
const inCurrency = (amount: Money, like: Money): Money =>
  amount.minor === 0n ? zero(like.currency) : amount;

/** The terms she would get, or why she cannot have them. `n` is at most what the constitution names. */
export const requestedTerms = (
  who: Borrower,
  asked: { readonly amount: Money; readonly n: number },
  how: { readonly rules: GroupRules; readonly on: Temporal.PlainDate; readonly meeting: MeetingHabit },
): Result<LoanTerms, LoanRefusal> => {
  const { rules, on } = how;
  const ceiling = loanCeiling(who, rules, on);
  if (!ceiling.ok) return ceiling;
  if (!rules.loans) return refuse({ type: 'no_loans_here' });
  if (asked.amount.minor > ceiling.value.minor)
    return refuse({ type: 'above_ceiling', ceiling: ceiling.value });
  if (asked.amount.minor <= 0n || asked.amount.minor % rules.cashUnitMinor !== 0n)
    return refuse({ type: 'not_in_coins', unit: money(rules.cashUnitMinor, asked.amount.currency) });
  if (!Number.isInteger(asked.n) || asked.n < 1 || asked.n > rules.loans.n)
    return refuse({ type: 'too_many_instalments', max: rules.loans.n });
  return accept(termsFor(rules, rules.loans, { ...asked, ...how }));
};

/** The terms of a loan handed over on `on`: as the constitution says, the first instalment at a meeting. */
const termsFor = (
  rules: GroupRules,
  rule: LoanRule,
  loan: {
    readonly amount: Money;
    readonly n: number;
    readonly on: Temporal.PlainDate;
    readonly meeting: MeetingHabit;
  },
): LoanTerms => ({
  principal: loan.amount,
  interest: rule.interest,
  rate: rule.rate,
  ratePer: rule.ratePer,
  every: rule.every,
  n: loan.n,
  disbursed: loan.on,
  rounding: rules.rounding,
  cashUnitMinor: rules.cashUnitMinor,
  dayCount: 'equal',
  equalPrincipal: rule.equalPrincipal,
  principalGrace: Math.min(rule.principalGrace, loan.n - 1),
  interestPaymentGrace: Math.min(rule.interestPaymentGrace, loan.n - 1),
  excess: rule.excess,
  lateFee: rule.lateFee && { ...rule.lateFee, from: nearestMeetingDate(loan.meeting, loan.on) },
  ...dueAtMeetings(rule, loan),
});

/**
 * A loan by weeks is repaid at meetings: money handed over between two of them is first due a whole span after the nearer.
 * By months or days, each date is that of the meeting nearest to it.
 */
const dueAtMeetings = (
  rule: LoanRule,
  loan: { readonly on: Temporal.PlainDate; readonly meeting: MeetingHabit },
): Pick<LoanTerms, 'firstDue' | 'meetsOn'> => {
  if (rule.every.unit !== 'week') return dueNearMeetings(rule.every, loan.meeting.weekday);
  const nearest = nearestMeetingDate(loan.meeting, loan.on);
  if (nearest.equals(loan.on)) return {};
  return { firstDue: nearest.add({ weeks: rule.every.count }) };
};

/**
 * What makes the dates of a loan those of meetings, when it is not by weeks. Instalments that come more often than meetings
 * keep their own dates.
 */
export const dueNearMeetings = (every: Span, weekday: Weekday): Pick<LoanTerms, 'meetsOn'> =>
  every.unit === 'week' || nominalDays(every) < DAYS_PER_WEEK ? {} : { meetsOn: weekday };
