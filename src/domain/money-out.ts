import type { Temporal } from 'temporal-polyfill';
import { CAPITAL_KINDS, type CapitalKind, type CapitalRefusal, type Lender, planCapital } from './capital.ts';
import type { Payout } from './closing/close-cycle.ts';
import { type LeavingBook, partOfEarnings } from './closing/leaving.ts';
import type { MemberId } from './ids.ts';
import type { Account, Pot } from './ledger/account.ts';
import type { Posting } from './ledger/entry.ts';
import { setAgainst } from './ledger/set-against.ts';
import { type LoanStanding, settlement } from './loan/standing.ts';
import { mainPot } from './meeting.ts';
import { type Money, money } from './money.ts';
import { accept, invariant, type Result, refuse } from './result.ts';
import type { GroupRules } from './rules.ts';
import { type WithdrawalRefusal, withdrawalRefusal } from './withdrawal.ts';

/**
 * Money that leaves the boxes other than as a loan.
 * withdrawal: part of a member's savings. leaving: all of it, to her who leaves the group. grant: help from the emergency
 * pot. expense: what the group pays for, such as notebooks. capital-back: an organisation's money goes back to it; and
 * capital-in, the one kind that comes in: the same two officers stand for it.
 */
export const OUT_KINDS = ['withdrawal', 'leaving', 'grant', 'expense', ...CAPITAL_KINDS] as const;
export type OutKind = (typeof OUT_KINDS)[number];

export const isCapital = (kind: string): kind is CapitalKind => CAPITAL_KINDS.some((one) => one === kind);

/** What is known when money is to leave: whose it is, and what the boxes hold. */
export type OutFacts = {
  readonly member:
    | {
        readonly id: MemberId;
        readonly saved: Money;
        readonly loans: readonly LoanStanding[];
        /** Fines that were set and are not paid. */
        readonly fined: Money;
      }
    | undefined;
  /** Lent to her or taken out of her savings by the word of one officer, and not in the book yet. */
  readonly onItsWay: Money;
  /** In the box that the members' own money is in, and not on its way to anybody. */
  readonly cash: Money;
  readonly socialCash: Money;
  /** In the box that loans come from, and not on its way to anybody. */
  readonly loanCash: Money;
  /** Undefined where no box of its own holds an organisation's money. */
  readonly lender: Lender | undefined;
  /** Of her who leaves: needed for `leaving`, and for nothing else. */
  readonly leaving: LeavingFacts | undefined;
};

/** The whole group's book, and what must be settled before she goes. */
export type LeavingFacts = LeavingBook & {
  /** What she still owes those who covered her. */
  readonly coverOwed: Money;
  /** What those whom she covered still owe her. */
  readonly coveredOwed: Money;
  /** A payment of hers, her objection to a receipt, or a change that was asked for waits for an officer's word. */
  readonly isWaited: boolean;
  /** She has a turn in a tanda that has not ended: what she gave, or still has to give, is in nobody's savings. */
  readonly isInTanda: boolean;
};

export type OutRefusal =
  | CapitalRefusal
  | WithdrawalRefusal
  | { readonly type: 'more_than_box'; readonly box: Money }
  | { readonly type: 'owes_more_than_saved'; readonly short: Money }
  | { readonly type: 'owes_for_cover'; readonly owed: Money }
  | { readonly type: 'is_owed_for_cover'; readonly owed: Money }
  | { readonly type: 'money_underway'; readonly amount: Money }
  | { readonly type: 'payments_waiting' }
  | { readonly type: 'in_tanda' };

/** What leaves the box, how it is booked, and of her who leaves how it was worked out. */
export type MoneyOut = {
  readonly amount: Money;
  readonly postings: readonly Posting[];
  readonly payout: Payout | undefined;
};

/**
 * Whether money may leave for this, and what it does to the book. A withdrawal needs a rule that allows it and leaves at
 * least what she owes on loans; who leaves gets her savings less what she owes, fines among it, and by the group's rule her part of what
 * was earned (or lost) so far.
 *
 * @param asked above zero; not used for `leaving`, where the sum follows from the book
 * @see A1.9 (refund of who leaves; vector X21), A1.2 (social fund as grants)
 */
export const planMoneyOut = (
  kind: OutKind,
  asked: Money,
  how: { readonly facts: OutFacts; readonly rules: GroupRules; readonly on: Temporal.PlainDate },
): Result<MoneyOut, OutRefusal> => {
  const { facts, rules } = how;
  const unit = money(rules.cashUnitMinor, asked.currency);
  if (kind === 'leaving') return planLeaving(facts, how);
  if (isCapital(kind)) {
    const { lender, loanCash } = facts;
    const planned = planCapital(kind, asked, { lender, loanCash, unitMinor: unit.minor });
    return planned.ok ? accept({ ...planned.value, payout: undefined }) : planned;
  }
  if (asked.minor <= 0n || asked.minor % unit.minor !== 0n) return refuse({ type: 'not_in_coins', unit });
  const box = kind === 'grant' ? facts.socialCash : facts.cash;
  if (asked.minor > box.minor) return refuse({ type: 'more_than_box', box });
  const wrong = kind === 'withdrawal' ? withdrawalRefusal(asked, facts, how) : undefined;
  if (wrong) return refuse(wrong);
  return accept({
    amount: asked,
    postings: [out(fromOf(kind, facts), boxOf(kind, rules), asked.minor)],
    payout: undefined,
  });
};

const planLeaving = (
  { member, cash, onItsWay, leaving }: OutFacts,
  how: { readonly rules: GroupRules; readonly on: Temporal.PlainDate },
): Result<MoneyOut, OutRefusal> => {
  const { rules, on } = how;
  if (!member || rules.leaving === 'at-closing') return refuse({ type: 'not_before_closing' });
  invariant(leaving, 'who leaves is paid out of a book that is known');
  const { currency } = cash;
  if (leaving.isInTanda) return refuse({ type: 'in_tanda' });
  if (leaving.isWaited) return refuse({ type: 'payments_waiting' });
  if (onItsWay.minor > 0n) return refuse({ type: 'money_underway', amount: onItsWay });
  if (leaving.coverOwed.minor > 0n) return refuse({ type: 'owes_for_cover', owed: leaving.coverOwed });
  if (leaving.coveredOwed.minor > 0n) return refuse({ type: 'is_owed_for_cover', owed: leaving.coveredOwed });
  const short = (minor: bigint): Result<MoneyOut, OutRefusal> =>
    refuse({ type: 'owes_more_than_saved', short: money(minor, currency) });
  const earned = rules.leaving === 'savings' ? accept(0n) : partOfEarnings(member.id, leaving, how);
  if (!earned.ok) return short(earned.refusal.short);
  const gain = earned.value;
  const debts = settlement(member.loans, on);
  const owed = debts.reduce((all, debt) => all + debt.principal + debt.interest + debt.fee, 0n);
  const rest = member.saved.minor + gain - owed - member.fined.minor;
  if (rest < 0n) return short(-rest);
  const moves = leavingPostings({ member, gain, debts, rest }, rules);
  const fromBox = moves.reduce(
    (all, { credit, amountMinor }) => all + (credit === boxOf('leaving', rules) ? amountMinor : 0n),
    0n,
  );
  if (fromBox > cash.minor) return refuse({ type: 'more_than_box', box: cash });
  const fined = { fined: member.fined.minor, forgiven: 0n };
  return accept({
    amount: money(rest, currency),
    postings: moves,
    payout: { memberId: member.id, savings: member.saved.minor, gift: 0n, gain, owed, ...fined, cash: rest },
  });
};

/**
 * Her part of the earnings becomes hers, her debts are paid with it, and the rest is handed to her.
 */
const leavingPostings = (
  of: {
    readonly member: NonNullable<OutFacts['member']>;
    readonly gain: bigint;
    readonly debts: ReturnType<typeof settlement>;
    readonly rest: bigint;
  },
  rules: GroupRules,
): Posting[] => {
  const savings = `savings/${of.member.id}` as const;
  const paid = (credit: Account, minor: bigint): Posting[] => setAgainst(savings, credit, { minor, rules });
  return [
    of.gain > 0n ? out('earnings', savings, of.gain) : out(savings, 'earnings', -of.gain),
    ...of.debts.flatMap((debt) => [
      ...paid(`late-fee/${debt.loanId}`, debt.fee),
      ...paid(`interest/${debt.loanId}`, debt.interest),
      ...paid(`loan/${debt.loanId}`, debt.principal),
    ]),
    out(savings, 'fines', of.member.fined.minor),
    out(savings, boxOf('leaving', rules), of.rest),
  ].filter(({ amountMinor }) => amountMinor > 0n);
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

const boxOf = (kind: OutKind, rules: GroupRules): `cash/${Pot}` =>
  kind === 'grant' ? 'cash/social-fund' : `cash/${mainPot(rules)}`;
