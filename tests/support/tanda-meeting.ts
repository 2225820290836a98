// One meeting of a random tanda.

import { Temporal } from 'temporal-polyfill';
import { fold } from '../../src/domain/ledger/balance.ts';
import { type Posting, reversed } from '../../src/domain/ledger/entry.ts';
import { type Money, money, sum } from '../../src/domain/money.ts';
import { noParts, planPayment } from '../../src/domain/payment.ts';
import { afterHandover, nextHandover } from '../../src/domain/tanda/handover.ts';
import { handoverPostings, roundsGiven } from '../../src/domain/tanda/postings.ts';
import {
  heldFor,
  isCurrentDue,
  roundsHanded,
  turnDueAt,
  withoutGiven,
} from '../../src/domain/tanda/running.ts';
import { organiserReceived, standings } from '../../src/domain/tanda/standing.ts';
import { heldInAll } from '../../src/domain/tanda/stopped.ts';
import { priceOfTurn, roundsOf } from '../../src/domain/tanda/terms.ts';
import { swapTurns } from '../../src/domain/tanda/turns.ts';
import { type Draw } from './group-year-rules.ts';
import { type Going, idOf, numbersOf } from './tanda-going.ts';
import { mustHold } from './year-book.ts';

/** One meeting: who changes turns, who brings what, and what is handed over. `isLate`: everybody brings all that she owes. */
export const meetTanda = (going: Going, on: Temporal.PlainDate, isLate: boolean): void => {
  const { draw, ledger, happened } = going;
  if (draw(8) === 0) swap(going);
  const before = going.running;
  const paid: { number: number; amount: Money; postings: readonly Posting[] }[] = [];
  for (const number of shuffled(numbersOf(before), draw)) {
    const amount = broughtBy(going, number, { on, isLate });
    if (amount.minor === 0n) continue;
    const unpaid = going.running;
    const postings = pay(going, { number, amount, on });
    ledger.book(postings);
    if (draw(30) > 0) {
      paid.push({ number, amount, postings });
      continue;
    }
    ledger.book(reversed(postings));
    const less = withoutGiven(going.running, number, roundsGiven(postings));
    mustHold(heldInAll(less).minor === heldInAll(unpaid).minor, 'taken back, it is as if she had not paid');
    going.running = unpaid;
    happened.add('reversal');
  }
  sameInAnyOrder({ ...going, running: before }, on, paid);
  handOver(going, on);
  const given = standings(going.running);
  const inAll = (of: (one: (typeof given)[number]) => Money): bigint => sum(given.map(of)).minor;
  mustHold(
    inAll((one) => one.given) ===
      inAll((one) => one.received) + heldInAll(going.running).minor + organiserReceived(going.running).minor,
    'what all gave was handed over, is in the box, or is the organiser’s',
  );
  mustHold(
    (ledger.balances.get('cash/savings-pot') ?? 0n) === heldInAll(going.running).minor,
    'the box holds the rounds’ money',
  );
};

/** What a member brings: what she is to, a part of it, nothing, or some rounds ahead too. */
const broughtBy = (
  { running, rules, draw, happened }: Going,
  number: number,
  { on, isLate }: { readonly on: Temporal.PlainDate; readonly isLate: boolean },
): Money => {
  const due = turnDueAt(running, number, on).minor;
  if (isLate) return money(due);
  const how = draw(10);
  const turns = running.tanda.turns.filter((who) => who === number).length;
  const open =
    priceOfTurn(running.tanda.terms).minor * BigInt(turns) -
    sum(running.tanda.given.filter((one) => one.number === number).map(({ amount }) => amount)).minor;
  if (how === 0) return money(0n);
  if (how === 1) return money((due / rules.cashUnitMinor / 2n) * rules.cashUnitMinor);
  if (how > 2 || due === 0n) return money(due);
  happened.add('ahead');
  const more = due + (running.tanda.terms.contributions[0]?.minor ?? 0n) * BigInt(1 + draw(3));
  return money(more < open ? more : open);
};

/** Plans one payment as the program does, and counts it as given. */
const pay = (
  going: Going,
  {
    number,
    amount,
    on,
  }: { readonly number: number; readonly amount: Money; readonly on: Temporal.PlainDate },
): Posting[] => {
  const { running, rules } = going;
  const planned = planPayment(
    { id: idOf(number), loans: [], savedThisMeeting: money(0n), turn: { running, number, meetingOn: on } },
    { ...noParts('MXN'), turn: amount },
    { rules, on },
  );
  mustHold(planned.ok, 'what she is to bring is taken');
  const given = roundsGiven(planned.value).map(({ round, minor }) => ({
    number,
    round,
    amount: money(minor),
  }));
  const { tanda, held, handedOn } = running;
  going.running = {
    tanda: { ...tanda, given: [...tanda.given, ...given] },
    held: [...held, ...given],
    handedOn,
  };
  return planned.value;
};

/** The payments of one meeting, the other way round: the same accounts. */
const sameInAnyOrder = (
  going: Going,
  on: Temporal.PlainDate,
  paid: readonly { readonly number: number; readonly amount: Money; readonly postings: readonly Posting[] }[],
): void => {
  const there = fold(paid.flatMap(({ postings }) => postings));
  const back = fold(paid.toReversed().flatMap(({ number, amount }) => pay(going, { number, amount, on })));
  mustHold(
    there.size === back.size && [...there].every(([account, minor]) => back.get(account) === minor),
    'the order of payments does not matter',
  );
};

/** What came late goes first; then the round of this meeting, once, also with something missing. */
const handOver = (going: Going, on: Temporal.PlainDate): void => {
  const { ledger, happened } = going;
  for (let next = nextHandover(going.running); next; next = nextHandover(going.running)) {
    if (!next.isLate && !isCurrentDue(going.running, on)) return;
    if (next.missing.length > 0) happened.add('missed');
    if (next.isLate) happened.add('late');
    const inBox = heldFor(going.running, next.round).minor;
    mustHold(next.amount.minor + next.fee.minor === inBox, 'all that a round holds is handed over');
    const { payout, fee } = handoverPostings(going.running, next, idOf);
    ledger.book(payout);
    ledger.book(fee);
    going.running = {
      ...afterHandover(going.running, next),
      handedOn: next.isLate ? going.running.handedOn : on,
    };
  }
};

const swap = (going: Going): void => {
  const { running, draw, happened } = going;
  const rounds = roundsOf(running.tanda.terms);
  const [one, two] = [1 + draw(rounds), 1 + draw(rounds)];
  const both = [running.tanda.turns[one - 1], running.tanda.turns[two - 1]];
  const consents = both.flatMap((who) => (typeof who === 'number' ? [who] : []));
  const swapped = swapTurns(running.tanda.turns, {
    rounds: [one, two],
    consents,
    roundsPaidOut: roundsHanded(running),
  });
  if (!swapped.ok) return;
  going.running = { ...running, tanda: { ...running.tanda, turns: swapped.value } };
  happened.add('swap');
};

/** In an order that is drawn. */
export const shuffled = <Value>(all: readonly Value[], draw: Draw): Value[] => {
  const left = [...all];
  return all.flatMap(() => left.splice(draw(left.length), 1));
};
