import { z } from 'zod';
import type { LateFee } from '../domain/loan/agreed.ts';
import { parseRatePer, parseSpan } from '../domain/loan/terms.ts';
import { type Currency, type Money, money, parseDecimal } from '../domain/money.ts';
import { parsePercent } from '../domain/rate.ts';
import type { GroupRules, LoanRule, TandaRule } from '../domain/rules.ts';
import { QUORUM_PCT_DEFAULT } from '../domain/vote.ts';
import { amount, loans, savings, tanda } from './rules-fields.ts';

/** The most one payment may be when a group's constitution does not say: 10,000.00. */
const PAYMENT_MAX_DEFAULT = '10000.00';

/**
 * A group's constitution as programme files and the database hold it: amounts and percentages are decimal strings.
 * Unknown fields are kept, so that a newer file is not cut down by an older program. It says what each field may hold;
 * how they fit together is checked by `rules-checks` when rules are made, so that rules of long ago can still be read.
 */
export const constitutionSchema = z.looseObject({
  product: z.enum(['savings-group', 'solidarity-credit', 'tanda']),
  savings,
  loans: loans.optional(),
  fines: z
    .object({ late: amount.default('0.00'), absent: amount.default('0.00') })
    .default({ late: '0.00', absent: '0.00' }),
  socialFund: z.object({ weekly: amount }).default({ weekly: '0.00' }),
  quorumPct: z.int().min(1).max(100).default(QUORUM_PCT_DEFAULT),
  signers: z.literal([1, 2]).default(1),
  cashUnit: z.enum(['0.01', '0.50', '1', '5']).default('0.01'),
  rounding: z.enum(['half-up', 'half-even']).default('half-up'),
  closing: z.enum(['pro-rata', 'equal-profit', 'rebate', 'mixed', 'lots', 'annual-pool']).default('pro-rata'),
  paymentMax: amount.default(PAYMENT_MAX_DEFAULT),
  withdrawals: z.enum(['at-closing', 'any-meeting']).default('at-closing'),
  leaving: z.enum(['savings', 'savings-and-earnings', 'at-closing']).default('savings'),
  language: z.enum(['es', 'en']).optional(),
  tanda: tanda.optional(),
});

export type Constitution = z.infer<typeof constitutionSchema>;
type LoansForm = NonNullable<Constitution['loans']>;
type TandaForm = NonNullable<Constitution['tanda']>;

/** The rules a constitution states, in the group's currency. */
export const rulesOf = (constitution: Constitution, currency: Currency): GroupRules => {
  const of = (text: string): Money => money(decimal(text), currency);
  const { savings: s, loans: l, tanda: t } = constitution;
  return {
    product: constitution.product,
    savings:
      s.kind === 'free'
        ? { kind: 'free', weekly: of(s.weekly) }
        : { kind: 'shares', sharePrice: of(s.sharePrice), min: s.min, max: s.max },
    loans: l && loanRule(l, of),
    fines: { late: of(constitution.fines.late), absent: of(constitution.fines.absent) },
    socialWeekly: of(constitution.socialFund.weekly),
    signers: constitution.signers,
    quorumPct: constitution.quorumPct,
    cashUnitMinor: decimal(constitution.cashUnit),
    rounding: constitution.rounding,
    closing: constitution.closing,
    paymentMax: of(constitution.paymentMax),
    withdrawals: constitution.withdrawals,
    leaving: constitution.leaving,
    language: constitution.language,
    tanda: t && tandaRule(t, of),
  };
};

type InMoney = (text: string) => Money;

const loanRule = (l: LoansForm, of: InMoney): LoanRule => ({
  interest: l.interest,
  rate: known(parsePercent(l.ratePct)),
  ratePer: known(parseRatePer(l.ratePer)),
  every: known(parseSpan(l.every)),
  n: l.n,
  equalPrincipal: l.equalPrincipal,
  principalGrace: l.principalGrace,
  interestPaymentGrace: l.interestPaymentGrace,
  excess: l.excess,
  lateFee: l.lateFee && lateFee(l.lateFee, of),
  source: l.source,
  multiple: l.multiple,
  decision: l.decision,
});

const lateFee = (fee: NonNullable<LoansForm['lateFee']>, of: InMoney): LateFee => {
  const cap = fee.cap === 'instalment' ? fee.cap : of(fee.cap);
  return fee.kind === 'fixed'
    ? { kind: 'fixed', amount: of(fee.amount), cap }
    : { kind: 'percent', rate: known(parsePercent(fee.pct)), of: fee.of, cap };
};

const tandaRule = (
  { rounds, contribution, turns, organiserFee: fee }: TandaForm,
  of: InMoney,
): TandaRule => ({
  rounds,
  contribution: of(contribution),
  turns,
  organiserFee: fee.kind === 'per-pot' ? { kind: 'per-pot', amount: of(fee.amount) } : fee,
});

const decimal = (text: string): bigint => known(parseDecimal(text));

/** What the schema above has already checked. */
const known = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('a constitution that was not checked by its schema');
  return value;
};
