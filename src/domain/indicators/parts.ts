import { divide } from '../money.ts';
import { type Cell, INDICATORS, type Indicator, type IndicatorId } from './definitions.ts';
import type { IndicatorFacts } from './facts.ts';
import type { LoanRecord } from './loan-record.ts';

const WEEKS_PER_YEAR = 52n;
/** The days after which a loan counts as at risk: more than one, more than thirty. */
const AT_RISK_DAYS = { par1: 1, par30: 30 } as const;

/** An indicator before it is divided, in the units of its definition. Those of several groups can be added up. */
export type Parts = {
  readonly indicator: Indicator;
  readonly numerator: bigint;
  readonly denominator: bigint;
  /** How many people it is about. */
  readonly people: bigint;
  /** Of a median: each of its values. */
  readonly values: readonly bigint[];
};

/** What only groups that save, lend and earn have figures for. */
const OF_SAVERS: ReadonlySet<IndicatorId> = new Set<IndicatorId>([
  'average-savings',
  'zero-savers',
  'return-on-savings',
  'annualised-return',
  'return-on-average-savings',
  'loan-fund-use',
  'members-with-loan',
  'average-outstanding',
  'par1',
  'par30',
  'arrears-rate',
]);
const NOTHING = [0n, 0n] as const;

type Quotient = readonly [numerator: bigint, denominator: bigint];

/** Every indicator of one group in the order of `INDICATORS`, not yet divided. */
export const partsOf = (facts: IndicatorFacts): Parts[] => {
  const quotients: Record<IndicatorId, Quotient> = {
    ...peopleQuotients(facts),
    ...moneyQuotients(facts),
    ...recordQuotients(facts),
  };
  const lent = facts.loans.filter(({ outstanding }) => outstanding > 0n);
  const people: Record<Cell, bigint> = {
    members: facts.members,
    borrowers: distinct(lent),
    payers: distinct(facts.loans.filter(({ due }) => due.count > 0n)),
  };
  return INDICATORS.map((indicator) => {
    // A tanda must not lower the average of a programme by savings that it does not have.
    const [numerator, denominator] =
      facts.saves || !OF_SAVERS.has(indicator.id) ? quotients[indicator.id] : NOTHING;
    const values = indicator.formula === 'median' ? facts.disputeSeconds : [];
    return { indicator, numerator, denominator, people: people[indicator.cell], values };
  });
};

/** The indicators of several groups taken together: numerators and denominators are added, then divided once. */
export const pooled = (groups: readonly (readonly Parts[])[]): Parts[] =>
  INDICATORS.map((indicator) => {
    const own = partsNamed(groups, indicator.id);
    return {
      indicator,
      numerator: total(own.map(({ numerator }) => numerator)),
      denominator: total(own.map(({ denominator }) => denominator)),
      people: total(own.map(({ people }) => people)),
      values: own.flatMap(({ values }) => values),
    };
  });

/** One indicator of each group. */
export const partsNamed = (groups: readonly (readonly Parts[])[], id: IndicatorId): Parts[] =>
  groups.flatMap((group) => group.filter(({ indicator }) => indicator.id === id));

const peopleQuotients = (facts: IndicatorFacts) =>
  ({
    attendance: [facts.present, facts.named],
    retention: [facts.membersAtStart - facts.left, facts.membersAtStart],
    'average-savings': [facts.membersSaved, facts.members],
    'zero-savers': [facts.zeroSavers, facts.longMembers],
    'members-with-loan': [facts.membersWithLoan, facts.members],
  }) satisfies Partial<Record<IndicatorId, Quotient>>;

/** Without a running cycle there is nothing to divide by. */
const moneyQuotients = ({ loans, cycleWeeks, ...facts }: IndicatorFacts) => {
  const outstanding = total(loans.map((loan) => loan.outstanding));
  const saved = cycleWeeks > 0n ? facts.saved : 0n;
  const averageSaved = facts.bookWeeks > 0n ? divide(facts.savedAtWeekEnds, facts.bookWeeks, 'half-up') : 0n;
  const atRisk = (days: number): bigint =>
    total(loans.filter(({ daysLate }) => daysLate > days).map((loan) => loan.outstanding));
  return {
    'return-on-savings': [facts.profit, saved],
    'annualised-return': [facts.profit * WEEKS_PER_YEAR, saved * cycleWeeks],
    'return-on-average-savings': [facts.profit, averageSaved],
    'loan-fund-use': [outstanding, outstanding + facts.loanFundCash],
    'average-outstanding': [outstanding, count(loans, (loan) => loan.outstanding > 0n)],
    par1: [atRisk(AT_RISK_DAYS.par1), outstanding],
    par30: [atRisk(AT_RISK_DAYS.par30), outstanding],
    'arrears-rate': [total(loans.map(({ overdue }) => overdue)), outstanding],
  } satisfies Partial<Record<IndicatorId, Quotient>>;
};

const recordQuotients = ({ loans, ...facts }: IndicatorFacts) => {
  const due = total(loans.map((loan) => loan.due.minor));
  return {
    'on-time-count': [
      total(loans.map(({ onTime }) => onTime.count)),
      total(loans.map((loan) => loan.due.count)),
    ],
    'on-time-value': [total(loans.map(({ onTime }) => onTime.minor)), due],
    'cover-dependency': [total(loans.map(({ covered }) => covered)), due],
    'cash-difference': [facts.difference, facts.counts],
    'differing-counts': [facts.differingCounts, facts.counts],
    'dispute-rate': [facts.disputes, facts.receipts],
    'dispute-hours': [total(facts.disputeSeconds), BigInt(facts.disputeSeconds.length)],
    'record-lag': [facts.bookingSeconds, facts.bookings],
  } satisfies Partial<Record<IndicatorId, Quotient>>;
};

const distinct = (loans: readonly LoanRecord[]): bigint =>
  BigInt(new Set(loans.map(({ memberId }) => memberId)).size);

const count = (loans: readonly LoanRecord[], is: (loan: LoanRecord) => boolean): bigint =>
  BigInt(loans.filter(is).length);

const total = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);
