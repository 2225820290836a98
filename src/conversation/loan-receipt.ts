import type { Temporal } from 'temporal-polyfill';
import type { LoanId } from '../domain/ids.ts';
import type { Posting } from '../domain/ledger/entry.ts';
import { afterRepaying, paidInAdvance } from '../domain/loan/repaying.ts';
import { type LoanShare } from '../domain/loan/share-repayment.ts';
import { isOwing, owing } from '../domain/loan/standing.ts';
import { type Money, money, sum } from '../domain/money.ts';
import type { Line } from './line.ts';
import { type Say, say } from './say.ts';

/**
 * What a receipt says of money given for a loan: how it was shared out, and what of it was in advance or the last.
 *
 * @param on the day the money counts for
 */
export const loanLines = (line: Line, postings: readonly Posting[], on: Temporal.PlainDate): Say[] => {
  const { loans } = line.member;
  const shares = loans.map(({ id }) => shareOf(id, postings, line.parts.loan));
  const paid = shares.filter(
    ({ fee, interest, principal }) => fee.minor + interest.minor + principal.minor > 0n,
  );
  if (paid.length === 0) return [];
  const after = afterRepaying(loans, paid, on);
  const split = splitSay(paid);
  if (!isOwing(after)) return [...split, say('receipt.paid-off')];
  const ahead = paidInAdvance(loans, paid, on);
  if (ahead.minor === 0n) return split;
  const policy = loans.find(({ id }) => id === paid.at(-1)?.loanId)?.terms.excess ?? 'skip-next';
  const { next } = owing(after, on.add({ days: 1 }));
  return [
    ...split,
    say(`receipt.ahead-${policy}`, { ahead }),
    ...(next ? [say('loan.next', { due: next.due, date: next.date })] : []),
  ];
};

const shareOf = (loanId: LoanId, postings: readonly Posting[], { currency }: Money): LoanShare => {
  const credited = (account: Posting['credit']): Money =>
    money(
      postings
        .filter(({ credit }) => credit === account)
        .reduce((all, { amountMinor }) => all + amountMinor, 0n),
      currency,
    );
  return {
    loanId,
    fee: credited(`late-fee/${loanId}`),
    interest: credited(`interest/${loanId}`),
    principal: credited(`loan/${loanId}`),
  };
};

/** Nothing to say while it was all for what was lent. */
const splitSay = (shares: readonly LoanShare[]): Say[] => {
  const all = {
    fee: sum(shares.map(({ fee }) => fee)),
    interest: sum(shares.map(({ interest }) => interest)),
    principal: sum(shares.map(({ principal }) => principal)),
  };
  return all.fee.minor + all.interest.minor === 0n ? [] : [say('receipt.split', { parts: splitParts(all) })];
};

/** "$5.00 de recargo, $4.00 de interés y $100.00 de lo prestado" */
export const splitParts = (of: Pick<LoanShare, 'fee' | 'interest' | 'principal'>): Say[] =>
  (['fee', 'interest', 'principal'] as const)
    .filter((part) => of[part].minor > 0n)
    .map((part) => say(`split-part.${part}`, { amount: of[part] }));
