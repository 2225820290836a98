import { Temporal } from 'temporal-polyfill';
import {
  type InterestKind,
  type LoanTerms,
  parseDayCount,
  parseRatePer,
  parseSpan,
} from '../../../src/domain/loan/terms.ts';
import { money, parseDecimal, type Rounding } from '../../../src/domain/money.ts';
import { parsePercent } from '../../../src/domain/rate.ts';

/** The terms of a loan as a file words them: amounts, dates and spans as text. */
export type Wording = {
  principal: string;
  interest: InterestKind;
  ratePct: string;
  ratePer: string;
  n: number;
  every: string;
  disbursed: string;
  firstDue?: string;
  rounding: Rounding;
  dayCount?: string;
  cashMultiple?: string;
  instalmentMultiple?: string | undefined;
  equalPrincipal?: boolean;
  principalGrace?: number;
  interestPaymentGrace?: number;
  charge?: string;
};

const read = <Value>(value: Value | undefined, text: string): Value => {
  if (value === undefined) throw new Error(`cannot be read: ${text}`);
  return value;
};
const centavos = (text: string): bigint => read(parseDecimal(text), text);

export const loanTerms = (w: Wording): LoanTerms => {
  const every = read(parseSpan(w.every), w.every);
  return {
    principal: money(centavos(w.principal)),
    interest: w.interest,
    rate: read(parsePercent(w.ratePct), w.ratePct),
    ratePer: read(parseRatePer(w.ratePer), w.ratePer),
    n: w.n,
    every,
    disbursed: Temporal.PlainDate.from(w.disbursed),
    firstDue: w.firstDue === undefined ? undefined : Temporal.PlainDate.from(w.firstDue),
    rounding: w.rounding,
    dayCount: read(parseDayCount(w.dayCount ?? 'equal', every), w.dayCount ?? ''),
    cashUnitMinor: w.cashMultiple === undefined ? 1n : centavos(w.cashMultiple),
    instalmentMultiple: w.instalmentMultiple === undefined ? undefined : centavos(w.instalmentMultiple),
    equalPrincipal: w.equalPrincipal,
    principalGrace: w.principalGrace,
    interestPaymentGrace: w.interestPaymentGrace,
    charge: w.charge === undefined ? undefined : money(centavos(w.charge)),
  };
};
