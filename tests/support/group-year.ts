// A savings group's year in the pure core, drawn at random: savings, fines, loans asked for within the rules, repayments
// of whatever size, payments taken back, the emergency pot, money taken out, members who leave, a count of the box, and
// the closing. Every decision goes through the functions the program uses.

import { Temporal } from 'temporal-polyfill';
import type { MeetingHabit } from '../../src/domain/calendar.ts';
import { closeCycle } from '../../src/domain/closing/close-cycle.ts';
import type { ShareOutMethod } from '../../src/domain/closing/share-out.ts';
import { lossPostings, planLoss } from '../../src/domain/closing/write-off.ts';
import { asId, type LoanId, type MemberId } from '../../src/domain/ids.ts';
import type { Account } from '../../src/domain/ledger/account.ts';
import { balanceOf, fold, overdrawn } from '../../src/domain/ledger/balance.ts';
import { type Posting, reversed } from '../../src/domain/ledger/entry.ts';
import { isStillThere } from '../../src/domain/ledger/take-back.ts';
import type { Repayment } from '../../src/domain/loan/course.ts';
import { payOff } from '../../src/domain/loan/repaying.ts';
import { requestedTerms } from '../../src/domain/loan/request.ts';
import { type LoanStanding } from '../../src/domain/loan/standing.ts';
import type { LoanTerms } from '../../src/domain/loan/terms.ts';
import { differencePostings } from '../../src/domain/meeting.ts';
import { money } from '../../src/domain/money.ts';
import { type OutFacts, type OutKind, planMoneyOut } from '../../src/domain/money-out.ts';
import { planPayment } from '../../src/domain/payment.ts';
import { type Draw, drawRules } from './group-year-rules.ts';

type Loan = { readonly id: LoanId; readonly terms: LoanTerms };
/** What does not come in every year, and must come in some. */
export type Happening = OutKind | 'reversal' | 'loss' | 'forgiven' | 'settled';

export type Year = {
  readonly balances: ReadonlyMap<Account, bigint>;
  readonly entries: number;
  readonly paidOut: bigint;
  readonly closed: boolean;
  readonly happened: ReadonlySet<Happening>;
};

const WEEKS = 40;
const START = Temporal.PlainDate.from('2026-01-04');
const MEETING: MeetingHabit = {
  weekday: 'sunday',
  time: Temporal.PlainTime.from('10:00'),
  timeZone: 'America/Mexico_City',
};
const NOTHING_WAITS = { coverOwed: money(0n), coveredOwed: money(0n), isWaited: false, isInTanda: false };
const METHODS: readonly ShareOutMethod[] = ['pro-rata', 'equal-profit', 'rebate', 'mixed'];

const id = (kind: number, n: number): string =>
  `00000000-0000-7000-8000-${(kind * 10_000 + n).toString(16).padStart(12, '0')}`;
const MEMBERS_MAX = 30;
const MEMBER_IDS = Array.from({ length: MEMBERS_MAX }, (_, n) => asId<MemberId>(id(1, n)));
/** The same days in all years, made once. */
const MEETINGS = Array.from({ length: WEEKS + 1 }, (_, week) => START.add({ weeks: week }));
const meetingOn = (week: number): Temporal.PlainDate => {
  const known = MEETINGS[week];
  if (!known) throw new Error(`no week ${week}`);
  return known;
};

const memberId = (n: number): MemberId => {
  const known = MEMBER_IDS[n];
  if (!known) throw new Error(`no member ${n}`);
  return known;
};

/** One year; throws the first time that an account is below zero or something is refused that should not be. */
export const runYear = (draw: Draw): Year => {
  const rules = drawRules(draw);
  const members = 8 + draw(MEMBERS_MAX - 7);
  /** The week from which somebody who borrowed neither comes nor pays any more. */
  const stops = new Map<number, number>();
  const loans: Loan[] = [];
  const loansOf = Array.from({ length: members }, (): Loan[] => []);
  const repaid = new Map<LoanId, readonly Repayment[]>();
  /** Written off, or settled by her who left. */
  const over = new Set<LoanId>();
  const gone = new Set<number>();
  const happened = new Set<Happening>();
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
  const remember = (owed: readonly LoanStanding[], postings: readonly Posting[], on: Temporal.PlainDate) => {
    for (const { id: loanId } of owed) {
      const of = (part: 'loan' | 'interest' | 'late-fee') =>
        postings.find(({ credit }) => credit === `${part}/${loanId}`)?.amountMinor ?? 0n;
      const came = { on, principal: of('loan'), interest: of('interest'), fee: of('late-fee') };
      if (came.principal + came.interest + came.fee === 0n) continue;
      repaid.set(loanId, [...(repaid.get(loanId) ?? []), came]);
    }
  };
  const standOf = (postings: readonly Posting[]): Map<Account, bigint> =>
    new Map([...fold(postings).keys()].map((account) => [account, balances.get(account) ?? 0n]));
  const standings = (member: number): LoanStanding[] =>
    (loansOf[member] ?? [])
      .filter((loan) => !over.has(loan.id))
      .map((loan) => ({
        id: loan.id,
        terms: loan.terms,
        paidPrincipal: money(loan.terms.principal.minor - balanceOf(balances, `loan/${loan.id}`)),
        paidInterest: money(balanceOf(balances, `interest/${loan.id}`)),
        repaid: repaid.get(loan.id) ?? [],
      }));
  const saved = (member: number): bigint => balanceOf(balances, `savings/${memberId(member)}`);
  const cash = (): bigint => balanceOf(balances, 'cash/loan-fund');
  const closingMembers = () =>
    Array.from({ length: members }, (_, member) => member)
      .filter((member) => !gone.has(member))
      .map((member) => ({
        id: memberId(member),
        saved: saved(member),
        loans: standings(member),
        interestPaid: standings(member).reduce((all, loan) => all + loan.paidInterest.minor, 0n),
      }));
  const closingBook = () => ({
    interest: loans.map((loan) => ({ loanId: loan.id, minor: balanceOf(balances, `interest/${loan.id}`) })),
    lateFees: loans.map((loan) => ({ loanId: loan.id, minor: balanceOf(balances, `late-fee/${loan.id}`) })),
    fines: balanceOf(balances, 'fines'),
    earnings: -balanceOf(balances, 'earnings'),
  });
  const moneyOut = (kind: OutKind, member: number, asked: bigint, on: Temporal.PlainDate): void => {
    const facts: OutFacts = {
      member: {
        id: memberId(member),
        saved: money(saved(member)),
        loans: standings(member),
        fined: money(0n),
      },
      onItsWay: money(0n),
      cash: money(cash()),
      socialCash: money(balanceOf(balances, 'cash/social-fund')),
      loanCash: money(cash()),
      lender: undefined,
      leaving:
        kind === 'leaving' ? { members: closingMembers(), book: closingBook(), ...NOTHING_WAITS } : undefined,
    };
    const out = planMoneyOut(kind, money(asked), { facts, rules, on });
    if (!out.ok) return;
    book(out.value.postings);
    happened.add(kind);
    if (kind !== 'leaving') return;
    gone.add(member);
    for (const { id: loanId } of facts.member?.loans ?? []) over.add(loanId);
    if (saved(member) !== 0n) throw new Error('who left has savings');
  };
  const price = rules.savings.kind === 'shares' ? rules.savings.sharePrice.minor : 0n;
  for (let week = 0; week < WEEKS; week += 1) {
    const on = meetingOn(week);
    for (let member = 0; member < members; member += 1) {
      if (gone.has(member) || week >= (stops.get(member) ?? WEEKS) || draw(10) === 0) continue;
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
        social: rules.socialWeekly,
        turn: money(0n),
      };
      const paid = planPayment({ id: memberId(member), loans: owed, savedThisMeeting: money(0n) }, parts, {
        rules,
        on,
      });
      if (paid.ok) {
        book(paid.value);
        if (draw(80) === 0 && isStillThere([{ postings: paid.value, balances: standOf(paid.value) }])) {
          book(reversed(paid.value));
          happened.add('reversal');
          continue;
        }
        remember(owed, paid.value, on);
      }
    }
    const somebody = draw(members);
    if (!gone.has(somebody)) {
      if (draw(15) === 0) moneyOut('withdrawal', somebody, price * BigInt(1 + draw(8)), on);
      if (draw(15) === 0) moneyOut('grant', somebody, rules.cashUnitMinor * BigInt(1 + draw(40)), on);
      if (draw(40) === 0) moneyOut('leaving', somebody, 0n, on);
    }
    const member = draw(members);
    if (week < WEEKS - 8 && !gone.has(member) && draw(2) === 0) {
      const n = 1 + draw(rules.loans?.n ?? 1);
      const coin = rules.cashUnitMinor;
      const wanted = (cash() / BigInt(2 + draw(4)) / coin) * coin;
      const terms = requestedTerms(
        { saved: money(saved(member)), loans: standings(member), coverOwed: money(0n), cash: money(cash()) },
        { amount: money(wanted), n },
        {
          rules,
          on,
          meeting: MEETING,
        },
      );
      if (terms.ok) {
        const loan: Loan = { id: asId<LoanId>(id(2, loans.length)), terms: terms.value };
        loans.push(loan);
        loansOf[member]?.push(loan);
        if (draw(8) === 0) stops.set(member, week + 1 + draw(4));
        book([{ debit: `loan/${loan.id}`, credit: 'cash/loan-fund', amountMinor: wanted }]);
      }
    }
    if (draw(20) === 0 && cash() > 1_000n) {
      const counted = money(cash() - 100n + BigInt(draw(200)));
      book(differencePostings([{ pot: 'loan-fund', expected: money(cash()), counted }]));
    }
  }
  const on = meetingOn(WEEKS);
  const method = METHODS[draw(METHODS.length)] ?? 'pro-rata';
  const close = () => closeCycle(closingMembers(), closingBook(), { rules, method, on });
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
    if (!loss.ok) throw new Error(`a member cannot be helped by vote: ${loss.refusal.type}`);
    for (const loan of loss.value.loans) {
      book(lossPostings(lost, loan, rules));
      over.add(loan.loanId);
    }
    happened.add(loss.value.lost > 0n ? 'loss' : loss.value.forgiven > 0n ? 'forgiven' : 'settled');
    result = close();
  }
  if (!result.ok) return { balances, entries, paidOut: 0n, closed: false, happened };
  const before = cash();
  book(result.value.postings);
  const paidOut = result.value.payouts.reduce((all, payout) => all + payout.cash, 0n);
  if (paidOut + result.value.residue !== before)
    throw new Error('what was paid out is not what was in the box');
  if (balanceOf(balances, 'social') !== balanceOf(balances, 'cash/social-fund'))
    throw new Error('the emergency pot is not what is in its box');
  return { balances, entries, paidOut, closed: true, happened };
};
