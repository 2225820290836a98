// A tanda from its first round to its last in the pure core, drawn at random: an organiser's fee of each kind, turns that
// are swapped, contributions in parts, in advance and missed, payments taken back, rounds handed over with something
// missing, money that comes late; and, in some, a stop before the end with the debts it leaves, given back or forgiven.

import { Temporal } from 'temporal-polyfill';
import { money } from '../../src/domain/money.ts';
import type { GroupRules, TandaRule } from '../../src/domain/rules.ts';
import { isOver } from '../../src/domain/tanda/handover.ts';
import { startTanda } from '../../src/domain/tanda/rounds.ts';
import { roundsHanded } from '../../src/domain/tanda/running.ts';
import { organiserReceived, standings } from '../../src/domain/tanda/standing.ts';
import { type OrganiserFee, priceOfTurn, roundsOf } from '../../src/domain/tanda/terms.ts';
import { termsFor } from '../../src/domain/tanda/terms-for.ts';
import { agreedTurns } from '../../src/domain/tanda/turns.ts';
import { type Draw, drawRules } from './group-year-rules.ts';
import { type Going, type TandaHappening } from './tanda-going.ts';
import { meetTanda, shuffled } from './tanda-meeting.ts';
import { stopTanda } from './tanda-year-stop.ts';
import { leftIn, mustHold, openBook } from './year-book.ts';

export type TandaYear = { readonly entries: number; readonly happened: ReadonlySet<TandaHappening> };

const MEMBERS_MIN = 3;
const MEMBERS_MAX = 8;
/** Meetings after the last round for what is still missing: then everybody brings what she owes. */
const LATE_WEEKS = 3;
const START = Temporal.PlainDate.from('2026-01-04');

/** One tanda; throws the first time that something does not hold. Every account is at zero at its end. */
export const runTandaYear = (draw: Draw): TandaYear => {
  const going = begin(draw);
  const { ledger, happened } = going;
  const rounds = roundsOf(going.running.tanda.terms);
  const stopsAt = draw(3) === 0 ? 1 + draw(rounds) : undefined;
  for (let week = 0; !isOver(going.running); week += 1) {
    mustHold(week <= 4 * (rounds + LATE_WEEKS), 'a tanda ends');
    if (week === stopsAt) {
      stopTanda(going);
      break;
    }
    meetTanda(going, START.add({ weeks: week }), roundsHanded(going.running) === rounds || week > 2 * rounds);
  }
  if (!happened.has('stop')) endedWhole(going);
  mustHold(leftIn(ledger.balances).length === 0, `${leftIn(ledger.balances).join(', ')} at zero at the end`);
  return { entries: ledger.entries(), happened };
};

const begin = (draw: Draw): Going => {
  const members = MEMBERS_MIN + draw(MEMBERS_MAX - MEMBERS_MIN + 1);
  // Some take two numbers: they stand in the order twice.
  const numbers = Array.from({ length: members }, (_, at) => at + 1).flatMap((number) =>
    draw(5) === 0 ? [number, number] : [number],
  );
  const unit = [1n, 50n, 100n, 500n][draw(4)] ?? 1n;
  const contribution = money(unit * BigInt(2 + draw(60)));
  const fees: readonly OrganiserFee[] = [
    { kind: 'none' },
    { kind: 'extra-turn', at: draw(2) === 0 ? 'first' : 'last' },
    { kind: 'per-pot', amount: money(unit * BigInt(1 + draw(Number(contribution.minor / unit)))) },
  ];
  const organiserFee = fees[draw(fees.length)] ?? { kind: 'none' };
  const tanda: TandaRule = {
    turns: 'agreement',
    contribution,
    organiserFee,
    rounds: numbers.length + (organiserFee.kind === 'extra-turn' ? 1 : 0),
  };
  const terms = termsFor(tanda, numbers);
  mustHold(terms.ok, 'a tanda has terms');
  const turns = agreedTurns(terms.value, shuffled(numbers, draw));
  mustHold(turns.ok, 'an order of all is an order');
  const happened = new Set<TandaHappening>();
  if (organiserFee.kind === 'extra-turn') happened.add('extra-turn');
  if (numbers.length > members) happened.add('two-turns');
  if (organiserFee.kind === 'per-pot') happened.add('fee');
  const rules: GroupRules = {
    ...drawRules(draw),
    product: 'tanda',
    loans: undefined,
    cashUnitMinor: unit,
    tanda,
  };
  const running = { tanda: startTanda(terms.value, turns.value), held: [], handedOn: undefined };
  return { running, rules, draw, ledger: openBook(), happened };
};

/** At its end each gave the price of her turns, and had the whole of each. */
const endedWhole = ({ running }: Going): void => {
  const { terms } = running.tanda;
  const price = priceOfTurn(terms).minor;
  const fee = organiserReceived(running).minor;
  const turnsOf = (number: number) => BigInt(running.tanda.turns.filter((who) => who === number).length);
  const perTurn = standings(running).map(({ number, given, received }) => {
    const turns = turnsOf(number);
    mustHold(given.minor === price * turns, 'each gave the price of her turns');
    mustHold(received.minor % turns === 0n, 'two turns of hers are alike');
    return { each: received.minor / turns, turns };
  });
  mustHold(new Set(perTurn.map(({ each }) => each)).size === 1, 'each turn was paid as much as any other');
  const all = perTurn.reduce((sum, { turns }) => sum + turns, 0n);
  mustHold(
    perTurn.reduce((sum, { each, turns }) => sum + each * turns, 0n) + fee === price * all,
    'what was handed over is what all gave',
  );
};
