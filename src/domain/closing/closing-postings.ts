import type { LoanId, MemberId } from '../ids.ts';
import type { Account } from '../ledger/account.ts';
import type { Posting } from '../ledger/entry.ts';
import type { settlement } from '../loan/standing.ts';
import { mainPot } from '../meeting.ts';
import type { GroupRules } from '../rules.ts';

// What a closing writes into the book, part by part.

type Debt = ReturnType<typeof settlement>[number];

/** An amount of one loan, in minor units. */
export type OnLoan = { readonly loanId: LoanId; readonly minor: bigint };

/** What was received on each loan, and what its borrower still owes of the same. */
type Received = OnLoan & { readonly part: 'interest' | 'late-fee' };

export const withDue = (
  part: Received['part'],
  received: readonly OnLoan[],
  debts: readonly Debt[],
): Received[] => {
  const due = new Map(debts.map((debt) => [debt.loanId, part === 'interest' ? debt.interest : debt.fee]));
  const known = received.map(({ loanId, minor }) => {
    const more = due.get(loanId) ?? 0n;
    due.delete(loanId);
    return { part, loanId, minor: minor + more };
  });
  return [...known, ...[...due].map(([loanId, minor]) => ({ part, loanId, minor }))];
};

export const interestDue = (id: MemberId, debts: readonly Debt[]): Posting[] =>
  debts.flatMap((debt) => [
    ...above(`savings/${id}`, `late-fee/${debt.loanId}`, debt.fee),
    ...above(`savings/${id}`, `interest/${debt.loanId}`, debt.interest),
  ]);

export const principalOwed = (id: MemberId, debts: readonly Debt[]): Posting[] =>
  debts.flatMap((debt) => above(`savings/${id}`, `loan/${debt.loanId}`, debt.principal));

export const collect = (received: readonly Received[], fines: bigint): Posting[] => [
  ...received.flatMap(({ part, loanId, minor }) => above(`${part}/${loanId}`, 'earnings', minor)),
  ...above('fines', 'earnings', fines),
];

export const shareOf = (id: MemberId, gain: bigint): Posting[] =>
  gain >= 0n ? above('earnings', `savings/${id}`, gain) : above(`savings/${id}`, 'earnings', -gain);

/** What is less than a coin cannot be handed to anybody: it goes to the emergency pot, in the book and in the box. */
export const leftOver = (residue: bigint, rules: GroupRules): Posting[] => [
  ...above('earnings', 'social', residue),
  ...above('cash/social-fund', `cash/${mainPot(rules)}`, residue),
];

export const above = (debit: Account, credit: Account, amountMinor: bigint): Posting[] =>
  amountMinor > 0n ? [{ debit, credit, amountMinor }] : [];
