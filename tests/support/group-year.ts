// A savings group's year in the pure core, drawn at random: savings, fines, loans asked for within the rules, repayments
// of whatever size, a count of the box, and the closing. Every decision goes through the functions the program uses.

import { Temporal } from 'temporal-polyfill';
import type { MeetingHabit } from '../../src/domain/calendar.ts';
import { closeCycle } from '../../src/domain/closing/close-cycle.ts';
import { lossPostings, planLoss } from '../../src/domain/closing/write-off.ts';
import type { ShareOutMethod } from '../../src/domain/closing/share-out.ts';
import { asId, type LoanId, type MemberId } from '../../src/domain/ids.ts';
import type { Account } from '../../src/domain/ledger/account.ts';
import { balanceOf, fold, overdrawn } from '../../src/domain/ledger/balance.ts';
import type { Posting } from '../../src/domain/ledger/entry.ts';
import type { ExcessPolicy, LateFee } from '../../src/domain/loan/agreed.ts';
import type { Repayment } from '../../src/domain/loan/course.ts';
import { payOff } from '../../src/domain/loan/repaying.ts';
import { requestedTerms } from '../../src/domain/loan/request.ts';
import { type LoanStanding } from '../../src/domain/loan/standing.ts';
import type { LoanTerms } from '../../src/domain/loan/terms.ts';
import { differencePostings } from '../../src/domain/meeting.ts';
import { money } from '../../src/domain/money.ts';
import { planPayment } from '../../src/domain/payment.ts';
import { parsePercent, type Rate } from '../../src/domain/rate.ts';
import type { GroupRules } from '../../src/domain/rules.ts';

/** A number from 0 up to and without `below`. */
export type Draw = (below: number) => number;

type Loan = { readonly id: LoanId; readonly member: number; readonly terms: LoanTerms };
export type Year = {
  readonly balances: ReadonlyMap<Account, bigint>;
  readonly entries: number;
  readonly paidOut: bigint;
  readonly closed: boolean;
};

const WEEKS = 40;
const START = Temporal.PlainDate.from('2026-01-04');
const MEETING: MeetingHabit = {
  weekday: 'sunday',
  time: Temporal.PlainTime.from('10:00'),
  timeZone: 'America/Mexico_City',
};
const METHODS: readonly ShareOutMethod[] = ['pro-rata', 'equal-profit', 'rebate', 'mixed'];
const EXCESS: readonly ExcessPolicy[] = ['fewer', 'smaller', 'skip-next'];
const UNITS = [1n, 50n, 100n, 500n];

const id = (kind: number, n: number): string =>
  `00000000-0000-7000-8000-${(kind * 10_000 + n).toString(16).padStart(12, '0')}`;
const MEMBERS_MAX = 30;
const MEMBER_IDS = Array.from({ length: MEMBERS_MAX }, (_, n) => asId<MemberId>(id(1, n)));
const memberId = (n: number): MemberId => {
  const known = MEMBER_IDS[n];
  if (!known) throw new Error(`no member ${n}`);
  return known;
};

const percent = (whole: number): Rate => {
  const rate = parsePercent(String(whole));
  if (rate === undefined) throw new Error('no percentage');
  return rate;
};

const lateFee = (draw: Draw): LateFee | undefined => {
  const cap = draw(2) === 0 ? ('instalment' as const) : money(20_000n);
  if (draw(2) === 0) return undefined;
  return draw(2) === 0
    ? { kind: 'fixed', amount: money(500n), cap }
    : { kind: 'percent', rate: percent(1 + draw(5)), of: 'instalment', cap };
};

const drawRules = (draw: Draw): GroupRules => ({
  product: 'savings-group',
  savings: { kind: 'shares', sharePrice: money(1000n * BigInt(1 + draw(5))), min: 1, max: 5 },
  loans: {
    interest: draw(2) === 0 ? 'flat' : 'declining',
    rate: percent(1 + draw(8)),
    ratePer: { count: 1, unit: 'month' },
    every: draw(2) === 0 ? { count: 1, unit: 'week' } : { count: 1, unit: 'month' },
    n: 2 + draw(11),
    equalPrincipal: false,
    principalGrace: 0,
    interestPaymentGrace: 0,
    excess: EXCESS[draw(EXCESS.length)] ?? 'fewer',
    lateFee: lateFee(draw),
    source: 'inside',
    multiple: 1 + draw(3),
    decision: 'officers',
  },
  fines: { late: money(500n), absent: money(1000n) },
  socialWeekly: money(0n),
  signers: 1,
  quorumPct: 67,
  cashUnitMinor: UNITS[draw(UNITS.length)] ?? 1n,
  rounding: draw(2) === 0 ? 'half-up' : 'half-even',
  closing: 'pro-rata',
  paymentMax: money(100_000_000n),
  withdrawals: 'at-closing',
  leaving: 'savings',
  language: undefined,
  tanda: undefined,
});

/** One year; throws the first time that an account is below zero or something is refused that should not be. */
export const runYear = (draw: Draw): Year => {
  const rules = drawRules(draw);
  const members = 8 + draw(MEMBERS_MAX - 7);
  const loans: Loan[] = [];
  const repaid = new Map<LoanId, readonly Repayment[]>();
  const writtenOff = new Set<LoanId>();
  const balances = new Map<Account, bigint>();
  let entries = 0;
  // Kept up to date entry by entry: folding the whole book anew after each would be most of the time.
  const book = (postings: readonly Posting[]): void => {
    if (postings.length === 0) return;
    entries += 1;
    const touched = fold(postings);
    for (const [account, delta] of touched) {
      const balance = (balances.get(account) ?? 0n) + delta;
      balances.set(account, balance);
      touched.set(account, balance);
    }
    const below = overdrawn(touched);
    if (below) throw new Error(`${below} is below zero after entry ${entries}`);
  };
  const standings = (member: number): LoanStanding[] =>
    loans
      .filter((loan) => loan.member === member && !writtenOff.has(loan.id))
      .map((loan) => ({
        id: loan.id,
        terms: loan.terms,
        paidPrincipal: money(loan.terms.principal.minor - balanceOf(balances, `loan/${loan.id}`)),
        paidInterest: money(balanceOf(balances, `interest/${loan.id}`)),
        repaid: repaid.get(loan.id) ?? [],
      }));
  const saved = (member: number): bigint => balanceOf(balances, `savings/${memberId(member)}`);
  const cash = (): bigint => balanceOf(balances, 'cash/loan-fund');
  const price = rules.savings.kind === 'shares' ? rules.savings.sharePrice.minor : 0n;
  for (let week = 0; week < WEEKS; week += 1) {
    const on = START.add({ weeks: week });
    for (let member = 0; member < members; member += 1) {
      if (draw(10) === 0) continue;
      const owed = standings(member);
      const open = owed.reduce((all, l) => all + (l.terms.principal.minor - l.paidPrincipal.minor), 0n);
      const coin = rules.cashUnitMinor;
      // Near the end nearly everybody pays back all that she still owes.
      const all = open > 0n && week >= WEEKS - 6 && draw(4) > 0 ? payOff(owed, on).total.minor : 0n;
      const some = open > 0n && draw(3) > 0 ? (open / BigInt(1 + draw(4)) / coin) * coin : 0n;
      const repayment = all > 0n ? all : some;
      const parts = {
        savings: money(price * BigInt(1 + draw(5))),
        loan: money(repayment),
        fine: money(draw(12) === 0 ? 500n : 0n),
        social: money(0n),
        turn: money(0n),
      };
      const paid = planPayment({ id: memberId(member), loans: owed, savedThisMeeting: money(0n) }, parts, {
        rules,
        on,
      });
      if (paid.ok) {
        book(paid.value);
        for (const { id: loanId } of owed) {
          const of = (part: 'loan' | 'interest' | 'late-fee') =>
            paid.value.find(({ credit }) => credit === `${part}/${loanId}`)?.amountMinor ?? 0n;
          const came = { on, principal: of('loan'), interest: of('interest'), fee: of('late-fee') };
          if (came.principal + came.interest + came.fee === 0n) continue;
          repaid.set(loanId, [...(repaid.get(loanId) ?? []), came]);
        }
      }
    }
    if (week < WEEKS - 8 && draw(2) === 0) {
      const member = draw(members);
      const n = 1 + draw(rules.loans?.n ?? 1);
      const coin = rules.cashUnitMinor;
      const wanted = (cash() / BigInt(2 + draw(4)) / coin) * coin;
      const terms = requestedTerms(
        { saved: money(saved(member)), loans: standings(member), cash: money(cash()) },
        { amount: money(wanted), n },
        {
          rules,
          on,
          meeting: MEETING,
        },
      );
      if (terms.ok) {
        const loan: Loan = { id: asId<LoanId>(id(2, loans.length)), member, terms: terms.value };
        loans.push(loan);
        book([{ debit: `loan/${loan.id}`, credit: 'cash/loan-fund', amountMinor: wanted }]);
      }
    }
    if (draw(20) === 0 && cash() > 1_000n) {
      const counted = money(cash() - 100n + BigInt(draw(200)));
      book(differencePostings([{ pot: 'loan-fund', expected: money(cash()), counted }]));
    }
  }
  const on = START.add({ weeks: WEEKS });
  const before = cash();
  const method = METHODS[draw(METHODS.length)] ?? 'pro-rata';
  const close = () =>
    closeCycle(
      Array.from({ length: members }, (_, member) => ({
        id: memberId(member),
        saved: saved(member),
        loans: standings(member),
        interestPaid: standings(member).reduce((all, loan) => all + loan.paidInterest.minor, 0n),
      })),
      {
        interest: loans.map((loan) => ({
          loanId: loan.id,
          minor: balanceOf(balances, `interest/${loan.id}`),
        })),
        lateFees: loans.map((loan) => ({
          loanId: loan.id,
          minor: balanceOf(balances, `late-fee/${loan.id}`),
        })),
        fines: balanceOf(balances, 'fines'),
        earnings: -balanceOf(balances, 'earnings'),
      },
      { rules, method, on },
    );
  let result = close();
  // Who owes more than she gets: the group votes that her loans are lost, and closes again.
  for (let votes = 0; votes < members && !result.ok && result.refusal.type === 'owes_more'; votes += 1) {
    const { memberId: lost } = result.refusal;
    const debtor = Array.from({ length: members }, (_, n) => n).find((n) => memberId(n) === lost) ?? 0;
    const loss = planLoss(
      { saved: saved(debtor), loans: standings(debtor) },
      { outsideCapital: 0n, ownBox: cash() },
      { rules, on },
    );
    if (!loss.ok) throw new Error(`what she owes more than she gets is lost: ${loss.refusal.type}`);
    for (const loan of loss.value.loans) {
      book(lossPostings(lost, loan, rules));
      writtenOff.add(loan.loanId);
    }
    result = close();
  }
  if (!result.ok) return { balances, entries, paidOut: 0n, closed: false };
  book(result.value.postings);
  const paidOut = result.value.payouts.reduce((all, payout) => all + payout.cash, 0n);
  if (paidOut + result.value.residue !== before)
    throw new Error('what was paid out is not what was in the box');
  return { balances, entries, paidOut, closed: true };
};
