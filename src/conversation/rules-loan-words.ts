import type { LateFee } from '../domain/loan/agreed.ts';
import type { RatePer } from '../domain/loan/terms.ts';
import { toPercent } from '../domain/rate.ts';
import type { GroupRules, LoanRule } from '../domain/rules.ts';
import { type Say, say } from './say.ts';

/** A rule by its name; without words when it says nothing for this group. */
export type MaybeLine = readonly [rule: string, says: Say | undefined];

/** What a group's rules say about loans, or that it makes none. */
export const loanLines = ({ loans }: GroupRules): MaybeLine[] => {
  if (!loans) return [['loans', say('rules.loans-none')]];
  return [
    ['loans', say(`rules.loans-${loans.source}`)],
    ['multiple', multipleWords(loans.multiple)],
    ['interest', interestWords(loans)],
    ['instalments', instalmentsWords(loans)],
    ['equal', equalWords(loans)],
    ['principal-grace', graceWords('rules.principal-grace', loans.principalGrace)],
    ['interest-grace', graceWords('rules.interest-grace', loans.interestPaymentGrace)],
    ['excess', loans.n > 1 ? say(`rules.excess-${loans.excess}`) : undefined],
    ...lateFeeLines(loans.lateFee),
    ['decision', say(`rules.decision-${loans.decision}`)],
  ];
};

const multipleWords = (multiple: number | undefined): Say =>
  multiple === undefined ? say('rules.multiple-none') : say('rules.multiple', { count: multiple });

const interestWords = ({ interest, rate, ratePer }: LoanRule): Say =>
  rate === 0n
    ? say('rules.interest-none')
    : say(`rules.interest-${interest}`, { rate: toPercent(rate), per: [perWords(ratePer)] });

const perWords = (per: RatePer): Say =>
  typeof per === 'string' ? say(`rules.per-${per}`) : say(`rules.per-${per.unit}`, { count: per.count });

const instalmentsWords = ({ n, every: { count, unit } }: LoanRule): Say =>
  n === 1
    ? say('rules.instalment-one', { after: [say(`rules.after-${unit}`, { count })] })
    : say('rules.instalments', { max: n, every: [say(`rules.every-${unit}`, { count })] });

/** Flat and up-front instalments are equal anyway, and so is one alone. */
const equalWords = ({ interest, rate, n, equalPrincipal }: LoanRule): Say | undefined => {
  if (interest !== 'declining' || rate === 0n || n === 1) return undefined;
  return say(equalPrincipal ? 'rules.equal-principal' : 'rules.equal-instalment');
};

const graceWords = (key: 'rules.principal-grace' | 'rules.interest-grace', count: number): Say | undefined =>
  count === 0 ? undefined : say(key, { count });

const lateFeeLines = (fee: LateFee | undefined): MaybeLine[] => {
  if (!fee) return [['late-fee', say('rules.late-fee-none')]];
  const cost =
    fee.kind === 'fixed'
      ? say('rules.late-fee-fixed', { fee: fee.amount })
      : say(`rules.late-fee-${fee.of}`, { rate: toPercent(fee.rate) });
  const cap =
    fee.cap === 'instalment'
      ? say('rules.late-fee-cap-instalment')
      : say('rules.late-fee-cap', { cap: fee.cap });
  return [
    ['late-fee', cost],
    ['late-fee-cap', cap],
  ];
};
