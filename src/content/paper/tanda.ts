import type { Temporal } from 'temporal-polyfill';
import { roundOfHer } from '../../conversation/flows/tanda.ts';
import type { GroupFacts } from '../../conversation/group-facts.ts';
import type { MemberFacts } from '../../conversation/member-facts.ts';
import { type Money, zero } from '../../domain/money.ts';
import { roundDate } from '../../domain/tanda/round-date.ts';
import { roundsHanded, takesPart } from '../../domain/tanda/running.ts';
import { standingOf } from '../../domain/tanda/standing.ts';
import { today } from './facts.ts';

/** Where a member stands in her tanda. */
export type InTanda = {
  readonly given: Money;
  /** Of the rounds that were handed over already. */
  readonly missed: Money;
  /** Rounds she gave wholly, of all. */
  readonly rounds: number;
  readonly all: number;
  /** The round she receives and when, no day once she did; undefined while she has no turn. */
  readonly turn: { readonly round: number; readonly on: Temporal.PlainDate | undefined } | undefined;
};

/** What the papers of a tanda say in place of savings and loans, of which it has none; undefined in other groups. */
export const inTanda = (
  facts: { readonly group: GroupFacts; readonly now: Temporal.Instant },
  { number }: Pick<MemberFacts, 'number'>,
): InTanda | undefined => {
  const { rules, currency, tanda, meeting } = facts.group;
  if (!rules.tanda) return undefined;
  const all = rules.tanda.rounds;
  const running = tanda?.running;
  const none = zero(currency);
  if (!running || !takesPart(running, number)) {
    return { given: none, missed: none, rounds: 0, all, turn: undefined };
  }
  const { given, missed, roundsGiven } = standingOf(running, number);
  const round = roundOfHer(running, number);
  const isHanded = round !== undefined && round <= roundsHanded(running);
  const on =
    round === undefined || isHanded ? undefined : roundDate(running, round, { meeting, today: today(facts) });
  return { given, missed, rounds: roundsGiven, all, turn: round === undefined ? undefined : { round, on } };
};
