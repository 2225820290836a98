import type { Temporal } from 'temporal-polyfill';
import type { LoanPurpose, LoanRefusal, LoanRequest } from '../../domain/loan/request.ts';
import { type Instalment, schedule } from '../../domain/loan/schedule.ts';
import type { LoanTerms } from '../../domain/loan/terms.ts';
import { add, type Money } from '../../domain/money.ts';
import type { GroupRules } from '../../domain/rules.ts';
import { type Say, say } from '../say.ts';

/** Why she cannot have this loan now, as a sentence that says what to do. */
export const loanRefusalText = (refusal: LoanRefusal): Say => {
  switch (refusal.type) {
    case 'no_loans_here':
      return say('refusal.no_loans_here');
    case 'in_arrears':
      return say('refusal.in_arrears', { arrears: refusal.arrears });
    case 'nothing_to_lend':
      return say('refusal.nothing_to_lend');
    case 'above_ceiling':
      return say('refusal.above_ceiling', { ceiling: refusal.ceiling });
    case 'too_many_instalments':
      return say('refusal.too_many_instalments', { count: refusal.max });
    case 'not_in_coins':
      return say('refusal.not_in_coins', { unit: refusal.unit });
  }
};

/** What she owes for covers lessens what she may ask for, where that follows from what she has saved. */
export const coverCounted = ({ coverOwed }: { readonly coverOwed: Money }, { loans }: GroupRules): Say[] =>
  coverOwed.minor > 0n && loans?.multiple !== undefined ? [say('covers.counted', { owed: coverOwed })] : [];

/** The same for those who decide. */
export const coverOfHers = (coverOwed: Money | undefined): Say[] =>
  coverOwed && coverOwed.minor > 0n ? [say('covers.she-owes', { owed: coverOwed })] : [];

/** "tu negocio": said to the borrower herself. */
export const ownPurposeSay = (purpose: LoanPurpose): Say => say(`loan-own.${purpose}`);

const purposeSay = (purpose: LoanPurpose): Say => say(`loan-for.${purpose}`);

/** "préstamo de $600.00 para su negocio, en 8 pagos" */
export const requestLine = (name: string, request: LoanRequest): Say =>
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
