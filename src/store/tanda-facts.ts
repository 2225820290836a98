import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import type { EndedTanda, ProposedOrder, TandaFacts } from '../conversation/tanda-facts.ts';
import { asId, type MemberId } from '../domain/ids.ts';
import { type Currency, money, subtract } from '../domain/money.ts';
import { invariant } from '../domain/result.ts';
import type { GroupRules } from '../domain/rules.ts';
import type { Given } from '../domain/tanda/rounds.ts';
import { startTanda } from '../domain/tanda/rounds.ts';
import type { RunningTanda } from '../domain/tanda/running.ts';
import { dueOf } from '../domain/tanda/terms.ts';
import { termsFor } from '../domain/tanda/terms-for.ts';
import { agreedTurns } from '../domain/tanda/turns.ts';
import { date, digits, id, sealed } from './json-fields.ts';

const numbers = z.array(z.int());

/** What was missing of the rounds before this book, as `owed_before` keeps it. */
const owedBefore = z.array(z.object({ number: z.int(), round: z.int(), minor: digits }));

/** A tanda as tanda_facts answers with it. */
export const tandaJson = z.object({
  cycleId: id,
  drawn: numbers.nullable(),
  agreed: numbers.nullable(),
  before: z.object({ rounds: z.int(), owed: owedBefore }).nullable(),
  orders: z.array(
    z.object({
      id,
      kind: z.enum(['agreement', 'swap']),
      turns: numbers.nullable(),
      other: id.nullable(),
      by: id,
    }),
  ),
  payout: z.object({ id, round: z.int(), member: id, amount: digits, fee: digits, by: id }).nullable(),
  handedOn: date.nullable(),
  rounds: z.array(z.object({ round: z.int(), member: id, held: digits, given: digits })),
  people: z.array(z.object({ id, number: z.int(), ...sealed })),
});

export type TandaJson = z.infer<typeof tandaJson>;

/** @param of.nameOf opens a member's name */
export const tandaFacts = (
  json: TandaJson,
  of: {
    readonly rules: GroupRules;
    readonly currency: Currency;
    readonly nameOf: (person: TandaJson['people'][number]) => string;
  },
): TandaFacts => ({
  cycleId: asId(json.cycleId),
  running: runningOf(json, of),
  wasDrawn: json.drawn !== null,
  people: json.people.map((person) => ({
    id: asId<MemberId>(person.id),
    number: person.number,
    name: of.nameOf(person),
  })),
  orders: json.orders.map(orderFacts),
  payout: json.payout === null ? undefined : payoutFacts(json.payout, of.currency),
});

const orderFacts = (order: TandaJson['orders'][number]): ProposedOrder => {
  const base = { id: asId<ProposedOrder['id']>(order.id), by: asId<MemberId>(order.by) };
  if (order.kind === 'agreement') return { ...base, kind: order.kind, turns: order.turns ?? [] };
  invariant(order.other !== null, 'a swap is with somebody');
  return { ...base, kind: order.kind, other: asId<MemberId>(order.other) };
};

const payoutFacts = (
  payout: NonNullable<TandaJson['payout']>,
  currency: Currency,
): NonNullable<TandaFacts['payout']> => ({
  id: asId(payout.id),
  by: asId<MemberId>(payout.by),
  round: payout.round,
  member: asId<MemberId>(payout.member),
  amount: money(payout.amount, currency),
  fee: money(payout.fee, currency),
});

/** The tanda as it runs; undefined while it has no turns, or its turns are not those of the rules of today. */
export const runningOf = (
  json: TandaJson,
  { rules, currency }: { readonly rules: GroupRules; readonly currency: Currency },
): RunningTanda | undefined => {
  const order = json.agreed ?? json.drawn;
  const terms = order && termsFor(rules.tanda, order);
  if (!order || !terms?.ok) return undefined;
  const turns = agreedTurns(terms.value, order);
  if (!turns.ok) return undefined;
  const started = startTanda(terms.value, turns.value);
  const numberOf = new Map(json.people.map((person) => [person.id, person.number]));
  const inBook = (of: 'held' | 'given'): Given[] =>
    json.rounds.flatMap((row) => {
      const number = numberOf.get(row.member);
      invariant(number !== undefined, 'who gave for a round is of the group');
      return row[of] === 0n ? [] : [{ number, round: row.round, amount: money(row[of], currency) }];
    });
  return {
    tanda: { ...started, given: [...givenBefore(started.terms, json, currency), ...inBook('given')] },
    held: inBook('held'),
    handedOn: json.handedOn === null ? undefined : Temporal.PlainDate.from(json.handedOn),
  };
};

/** Rounds that were handed over before this book: each gave her part, but for what the group said was missing. */
const givenBefore = (
  terms: ReturnType<typeof startTanda>['terms'],
  { before }: TandaJson,
  currency: Currency,
): Given[] =>
  terms.members.flatMap(({ number }) =>
    Array.from({ length: before?.rounds ?? 0 }, (_, at) => at + 1).flatMap((round) => {
      const owed = before?.owed.find((one) => one.number === number && one.round === round)?.minor ?? 0n;
      const amount = subtract(dueOf(terms, number, round), money(owed, currency));
      return amount.minor > 0n ? [{ number, round, amount }] : [];
    }),
  );

/** The last tanda that has ended, as ended_tanda answers with it. */
export const endedTandaJson = z.object({
  on: date,
  given: digits,
  received: digits,
  isWhole: z.boolean(),
  isStopped: z.boolean(),
});

export const endedTanda = (json: z.infer<typeof endedTandaJson>, currency: Currency): EndedTanda => ({
  ...json,
  given: money(json.given, currency),
  received: money(json.received, currency),
});
