// A year of a solidarity group in the pure core, drawn at random: an organisation's capital that comes in and goes back,
// loans out of it, savings in a pot of their own, gaps that are covered from each woman's purse or from the pot, given back
// or forgiven, loans that are lost; and the savings pot at the end, to all or by lots to one.

import { Temporal } from 'temporal-polyfill';
import type { MeetingHabit } from '../../src/domain/calendar.ts';
import { type CapitalKind, type Lender, lendersOwn, planCapital } from '../../src/domain/capital.ts';
import { asId, type LoanId, type MemberId } from '../../src/domain/ids.ts';
import type { Account } from '../../src/domain/ledger/account.ts';
import { reversed } from '../../src/domain/ledger/entry.ts';
import { isStillThere } from '../../src/domain/ledger/take-back.ts';
import { requestedTerms } from '../../src/domain/loan/request.ts';
import { owing } from '../../src/domain/loan/standing.ts';
import { differencePostings } from '../../src/domain/meeting.ts';
import { money } from '../../src/domain/money.ts';
import { planPayment } from '../../src/domain/payment.ts';
import type { GroupRules } from '../../src/domain/rules.ts';
import { type Draw, drawRules } from './group-year-rules.ts';
import { coverGaps, refundSome } from './solidarity-covers.ts';
import { endSolidarity } from './solidarity-year-end.ts';
import { at, bookRepaid, cash, type SolidarityHappening, standingsOf, type Village } from './village.ts';
import { leftIn, mustHold, openBook } from './year-book.ts';

export type SolidarityYear = {
  readonly entries: number;
  readonly happened: ReadonlySet<SolidarityHappening>;
};

const WEEKS = 30;
const START = Temporal.PlainDate.from('2026-01-04');
const MEETING: MeetingHabit = {
  weekday: 'sunday',
  time: Temporal.PlainTime.from('10:00'),
  timeZone: 'America/Mexico_City',
};
/** Every account of a lender: together they are at zero once it has all that is its own. */
const LENDERS = /^(outside-capital|capital-returned|interest\/|late-fee\/)/;

/** One year; throws the first time that something does not hold. */
export const runSolidarityYear = (draw: Draw): SolidarityYear => {
  const village = begin(draw);
  moveCapital(village, 'capital-in', village.rules.cashUnitMinor * BigInt(2_000 + draw(8_000)));
  for (let week = 0; week < WEEKS; week += 1) {
    meet(village, START.add({ weeks: week }));
    twoPots(village);
  }
  endSolidarity(village, START.add({ weeks: WEEKS }));
  twoPots(village);
  moveCapital(village, 'capital-back', lendersOwn(lenderOf(village)).minor);
  const { balances } = village.ledger;
  const left = leftIn(balances).filter((account) => !LENDERS.test(account) && !/social/.test(account));
  mustHold(left.length === 0, `${left.join(', ')} at zero at the end`);
  mustHold(lendersOwn(lenderOf(village)).minor === 0n, 'the lender has what is its own');
  mustHold(cash(village, 'social-fund') === at(village, 'social'), 'the emergency pot is what is in its box');
  return { entries: village.ledger.entries(), happened: village.happened };
};

const begin = (draw: Draw): Village => {
  const drawn = drawRules(draw);
  if (!drawn.loans) throw new Error('these rules lend');
  const rules: GroupRules = {
    ...drawn,
    product: 'solidarity-credit',
    savings: { kind: 'free', weekly: money(drawn.cashUnitMinor * BigInt(1 + draw(40))) },
    loans: { ...drawn.loans, source: 'outside', multiple: draw(2) === 0 ? undefined : 4 },
  };
  const members = Array.from({ length: 5 + draw(8) }, (_, n) =>
    asId<MemberId>(`00000000-0000-7000-8000-${String(n + 1).padStart(12, '0')}`),
  );
  return {
    draw,
    rules,
    members,
    ledger: openBook(),
    loans: [],
    repaid: new Map(),
    over: new Set(),
    owed: new Map(),
    happened: new Set(),
    counted: 0n,
  };
};

const lenderOf = (village: Village): Lender => {
  const earned = village.loans.reduce(
    (all, { id }) => all + at(village, `interest/${id}`) + at(village, `late-fee/${id}`),
    0n,
  );
  return {
    put: money(at(village, 'outside-capital')),
    returned: money(at(village, 'capital-returned')),
    earned: money(earned),
  };
};

const moveCapital = (village: Village, kind: CapitalKind, minor: bigint): void => {
  if (minor === 0n) return;
  const unitMinor = kind === 'capital-in' ? village.rules.cashUnitMinor : 1n;
  const loanCash = money(cash(village, 'loan-fund'));
  const planned = planCapital(kind, money(minor), { lender: lenderOf(village), loanCash, unitMinor });
  mustHold(planned.ok, 'capital is put in, and all of it that is in its box is given back');
  village.ledger.book(planned.value.postings);
};

/** What is the lender's is in its box or lent, so what is the members' is in theirs or owed to it. */
const twoPots = (village: Village): void => {
  const lent = village.loans.reduce((all, { id }) => all + at(village, `loan/${id}`), 0n);
  mustHold(
    cash(village, 'loan-fund') + lent === lendersOwn(lenderOf(village)).minor + village.counted,
    'the loan box and the loans are the lender’s, and nothing else is but what a count found',
  );
};

const meet = (village: Village, on: Temporal.PlainDate): void => {
  const { draw, members, rules, happened } = village;
  for (const member of members) if (draw(8) > 0) payOne(village, member, on);
  coverGaps(village, on);
  refundSome(village);
  const borrower = members[draw(members.length)];
  if (borrower && draw(2) === 0) lend(village, borrower, on);
  if (draw(20) === 0) countLoanBox(village);
  if (draw(12) > 0) return;
  const most = cash(village, 'loan-fund') / 4n;
  const back = most - (most % rules.cashUnitMinor);
  if (back === 0n) return;
  moveCapital(village, 'capital-back', back);
  happened.add('capital-back');
};

/** A coin or two more, or less, than the book says. */
const countLoanBox = (village: Village): void => {
  const { draw, rules, ledger, happened } = village;
  const expected = cash(village, 'loan-fund');
  const difference = rules.cashUnitMinor * BigInt(draw(5) - 2);
  if (
    difference === 0n ||
    expected + difference < 0n ||
    village.counted + difference + savedByAll(village) < 0n
  )
    return;
  const counted = money(expected + difference);
  ledger.book(differencePostings([{ pot: 'loan-fund', expected: money(expected), counted }]));
  village.counted += difference;
  happened.add('counted');
};

const savedByAll = (village: Village): bigint =>
  village.members.reduce((all, id) => all + at(village, `savings/${id}`), 0n);

const payOne = (village: Village, member: MemberId, on: Temporal.PlainDate): void => {
  const { draw, rules, ledger, happened } = village;
  const loans = standingsOf(village, member);
  const due = loans.length > 0 ? owing(loans, on).dueNow.minor : 0n;
  const brought = draw(5) === 0 ? due / 2n : due;
  const parts = {
    savings: money(rules.savings.kind === 'free' ? rules.savings.weekly.minor * BigInt(1 + draw(3)) : 0n),
    loan: money(brought - (brought % rules.cashUnitMinor)),
    fine: money(draw(15) === 0 ? 500n : 0n),
    social: rules.socialWeekly,
    turn: money(0n),
  };
  const paid = planPayment({ id: member, loans, savedThisMeeting: money(0n) }, parts, { rules, on });
  if (!paid.ok) return;
  if (draw(60) > 0) return bookRepaid(village, paid.value, on);
  ledger.book(paid.value);
  const balances = new Map(
    paid.value.flatMap(({ debit, credit }) =>
      [debit, credit].map((account): [Account, bigint] => [account, ledger.balances.get(account) ?? 0n]),
    ),
  );
  mustHold(
    isStillThere([{ postings: paid.value, balances }]),
    'what was just paid is there to be taken back',
  );
  ledger.book(reversed(paid.value));
  happened.add('reversal');
};

const lend = (village: Village, member: MemberId, on: Temporal.PlainDate): void => {
  const { draw, rules, ledger, loans, owed } = village;
  const box = cash(village, 'loan-fund');
  const coins = box / BigInt(2 + draw(4)) / rules.cashUnitMinor;
  const terms = requestedTerms(
    {
      saved: money(at(village, `savings/${member}`)),
      loans: standingsOf(village, member),
      coverOwed: money((owed.get(member) ?? []).reduce((all, share) => all + share.amount.minor, 0n)),
      cash: money(box),
    },
    { amount: money(coins * rules.cashUnitMinor), n: 1 + draw(rules.loans?.n ?? 1) },
    { rules, on, meeting: MEETING },
  );
  if (!terms.ok) return;
  const id = asId<LoanId>(`00000000-0000-7000-9000-${String(loans.length + 1).padStart(12, '0')}`);
  loans.push({ id, by: member, terms: terms.value });
  ledger.book([{ debit: `loan/${id}`, credit: 'cash/loan-fund', amountMinor: terms.value.principal.minor }]);
};
