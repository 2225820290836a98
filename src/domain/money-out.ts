import type { Temporal } from 'temporal-polyfill';
import type { MemberId } from './ids.ts';
import type { Account } from './ledger/account.ts';
import type { Posting } from './ledger/entry.ts';
import { type LoanStanding, owing, settlement } from './loan/standing.ts';
import { mainPot } from './meeting.ts';
import { type Money, money, smaller, subtract } from './money.ts';
import { accept, type Result, refuse } from './result.ts';
import type { GroupRules } from './rules.ts';

/**
 * Money that leaves the boxes other than as a loan.
 * withdrawal: part of a member's savings. leaving: all of it, to her who leaves the group. grant: help from the emergency
 * pot. expense: what the group pays for, such as notebooks.
 */
export const OUT_KINDS = ['withdrawal', 'leaving', 'grant', 'expense'] as const;
export type OutKind = (typeof OUT_KINDS)[number];

/** What is known when money is to leave: whose it is, and what the boxes hold. */
export type OutFacts = {
  readonly member:
    | { readonly id: MemberId; readonly saved: Money; readonly loans: readonly LoanStanding[] }
    | undefined;
  /** In the box that the members' own money is in. */
  readonly cash: Money;
  readonly socialCash: Money;
};

export type OutRefusal =
  | { readonly type: 'not_before_closing' }
  | { readonly type: 'more_than_free'; readonly free: Money }
  | { readonly type: 'more_than_box'; readonly box: Money }
  | { readonly type: 'owes_more_than_saved'; readonly short: Money }
  | { readonly type: 'not_in_coins'; readonly unit: Money };

/** What leaves the box, and how it is booked. */
export type MoneyOut = { readonly amount: Money; readonly postings: readonly Posting[] };

/**
 * Whether money may leave for this, and what it does to the book. A withdrawal needs a rule that allows it and leaves at
 * least what she owes on loans; who leaves gets her savings less what she owes, without a part of the profit.
 *
 * @param asked above zero; not used for `leaving`, where the sum follows from the book
 * @see A1.9 (refund of who leaves; vector X21), A1.2 (social fund as grants)
 */
export const planMoneyOut = (
  kind: OutKind,
  asked: Money,
  how: { readonly facts: OutFacts; readonly rules: GroupRules; readonly on: Temporal.PlainDate },
): Result<MoneyOut, OutRefusal> => {
  const { facts, rules, on } = how;
  const unit = money(rules.cashUnitMinor, asked.currency);
  if (kind === 'leaving') return planLeaving(facts, rules, on);
  if (asked.minor <= 0n || asked.minor % unit.minor !== 0n) return refuse({ type: 'not_in_coins', unit });
  const box = kind === 'grant' ? facts.socialCash : facts.cash;
  if (asked.minor > box.minor) return refuse({ type: 'more_than_box', box });
  if (kind === 'withdrawal') {
    const free = freeSavings(facts, rules, on);
    if (!free.ok) return free;
    if (asked.minor > free.value.minor) return refuse({ type: 'more_than_free', free: free.value });
  }
  return accept({ amount: asked, postings: [out(fromOf(kind, facts), boxOf(kind, rules), asked.minor)] });
};

/** What a member may take out: her savings, less what she still owes. */
const freeSavings = (
  { member, cash }: OutFacts,
  rules: GroupRules,
  on: Temporal.PlainDate,
): Result<Money, OutRefusal> => {
  if (!member || rules.withdrawals !== 'any-meeting') return refuse({ type: 'not_before_closing' });
  const owed = owing(member.loans, on).owed;
  const free = owed.minor === 0n ? member.saved : subtract(member.saved, owed);
  return accept(smaller(free.minor > 0n ? free : money(0n, cash.currency), cash));
};

const planLeaving = (
  { member, cash }: OutFacts,
  rules: GroupRules,
  on: Temporal.PlainDate,
): Result<MoneyOut, OutRefusal> => {
  if (!member || rules.leaving === 'at-closing') return refuse({ type: 'not_before_closing' });
  const debts = settlement(member.loans, on);
  const owed = debts.reduce((all, debt) => all + debt.principal + debt.interest, 0n);
  const rest = member.saved.minor - owed;
  if (rest < 0n) return refuse({ type: 'owes_more_than_saved', short: money(-rest, cash.currency) });
  if (rest > cash.minor) return refuse({ type: 'more_than_box', box: cash });
  const savings = `savings/${member.id}` as const;
  return accept({
    amount: money(rest, cash.currency),
    postings: [
      ...debts.flatMap((debt) => [
        out(savings, `interest/${debt.loanId}`, debt.interest),
        out(savings, `loan/${debt.loanId}`, debt.principal),
      ]),
      out(savings, `cash/${mainPot(rules)}`, rest),
    ].filter(({ amountMinor }) => amountMinor > 0n),
  });
};

const out = (debit: Account, credit: Account, amountMinor: bigint): Posting => ({
  debit,
  credit,
  amountMinor,
});

const fromOf = (kind: OutKind, { member }: OutFacts): Account => {
  if (kind === 'grant') return 'social';
  return kind === 'expense' || !member ? 'earnings' : `savings/${member.id}`;
};

const boxOf = (kind: OutKind, rules: GroupRules): Account =>
  kind === 'grant' ? 'cash/social-fund' : `cash/${mainPot(rules)}`;
