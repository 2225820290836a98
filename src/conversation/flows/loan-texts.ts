import type { Temporal } from 'temporal-polyfill';
import type { LoanPurpose, LoanRefusal, LoanRequest } from '../../domain/loan/request.ts';
import { type Instalment, schedule } from '../../domain/loan/schedule.ts';
import type { LoanTerms } from '../../domain/loan/terms.ts';
import { add, type Money } from '../../domain/money.ts';
import type { GroupRules } from '../../domain/rules.ts';
import { type Say, say } from '../say.ts';

/** Whose loan it is, and whether she is the one who reads. */
type Named = { readonly who: { readonly name: string }; readonly isHers: boolean };

/** Why this loan cannot be had now, as a sentence that says what to do: to her who would have it, or to an officer of her. */
export const loanRefusalText = (refusal: LoanRefusal, { who: { name }, isHers }: Named): Say => {
  switch (refusal.type) {
    case 'no_loans_here':
      return say('refusal.no_loans_here');
    case 'in_arrears':
      return isHers
        ? say('refusal.in_arrears', { arrears: refusal.arrears })
        : say('loan-for.in-arrears', { name, arrears: refusal.arrears });
    case 'nothing_to_lend':
      return isHers ? say('refusal.nothing_to_lend') : say('loan-for.nothing-to-lend', { name });
    case 'above_ceiling':
      return isHers
        ? say('refusal.above_ceiling', { ceiling: refusal.ceiling })
        : say('loan-for.above-ceiling', { name, ceiling: refusal.ceiling });
    case 'too_many_instalments':
      return say('refusal.too_many_instalments', { count: refusal.max });
    case 'not_in_coins':
      return say('refusal.not_in_coins', { unit: refusal.unit });
  }
};

/** What she owes for covers lessens what she may ask for, where that follows from what she has saved. */
export const coverCounted = (
  { who: { name, coverOwed }, isHers }: Named & { readonly who: { readonly coverOwed: Money } },
  { loans }: GroupRules,
): Say[] => {
  if (coverOwed.minor === 0n || loans?.multiple === undefined) return [];
  return [
    isHers
      ? say('covers.counted', { owed: coverOwed })
      : say('loan-for.covers-counted', { name, owed: coverOwed }),
  ];
};

/** The same for those who decide. */
export const coverOfHers = (coverOwed: Money | undefined): Say[] =>
  coverOwed && coverOwed.minor > 0n ? [say('covers.she-owes', { owed: coverOwed })] : [];

/** "tu negocio": said to the borrower herself. */
export const ownPurposeSay = (purpose: LoanPurpose): Say => say(`loan-own.${purpose}`);

const purposeSay = (purpose: LoanPurpose): Say => say(`loan-for.${purpose}`);

/** "préstamo de $600.00 para su negocio, en 8 pagos" */
export const requestLine = (name: string, request: Pick<LoanRequest, 'amount' | 'purpose' | 'n'>): Say =>
  say('loan-ask.one', {
    name,
    amount: request.amount,
    purpose: [purposeSay(request.purpose)],
    count: request.n,
  });

/** The same to those who vote on it: what she wants it for is for her officers alone. */
export const voteLine = (name: string, { amount, n }: LoanRequest): Say =>
  say('loan-ask.voted', { name, amount, count: n });

/** The plan in as few lines as tell it exactly: equal instalments in a row are one line, from its first date. */
export const planLines = (terms: LoanTerms): Say[] => runLines(schedule(terms));

type Row = Pick<Instalment, 'date' | 'due' | 'interest'>;

export const runLines = (plan: readonly Row[]): Say[] => {
  const rows = plan.filter((row) => row.due.minor > 0n);
  const runs = rows.reduce<Run[]>(joined, []);
  const total = rows.map((row) => row.due).reduce(add);
  const interest = rows.map((row) => row.interest).reduce(add);
  return [
    ...runs.map((run) => say('loan-plan.line', { count: run.count, due: run.due, date: run.from })),
    say('loan-plan.total', { total, interest }),
  ];
};

type Run = { readonly count: number; readonly due: Money; readonly from: Temporal.PlainDate };

const joined = (runs: Run[], row: Row): Run[] => {
  const last = runs.at(-1);
  return last && last.due.minor === row.due.minor
    ? [...runs.slice(0, -1), { ...last, count: last.count + 1 }]
    : [...runs, { count: 1, due: row.due, from: row.date }];
};
