import type { Temporal } from 'temporal-polyfill';
import { nearestMeetingDate } from '../../domain/calendar.ts';
import { callName } from '../../domain/group.ts';
import { asId, type CycleId, type MemberId } from '../../domain/ids.ts';
import { smaller, sum } from '../../domain/money.ts';
import { invariant } from '../../domain/result.ts';
import { currentRound, isCurrentDue, type RunningTanda, roundsHanded } from '../../domain/tanda/running.ts';
import { lackOf } from '../../domain/tanda/standing.ts';
import type { Receiver } from '../../domain/tanda/turns.ts';
import type { DomainEvent } from '../domain-event.ts';
import { type Say, say } from '../say.ts';
import type { TandaFacts, TandaPerson } from '../tanda-facts.ts';
import { type AskTurn, type MemberTurn, todayOf } from '../turn.ts';

// What the dialogues about a tanda share: who is who, and when which round is.

const DAYS_PER_WEEK = 7;

/** A tanda that has turns, with its people. */
export type Running = { readonly facts: TandaFacts; readonly running: RunningTanda };

/** The tanda of her group; undefined in other groups, and while nobody has a turn. */
export const runningIn = (turn: AskTurn): Running | undefined => {
  const { tanda: facts } = turn.speaker.group;
  return facts?.running && { facts, running: facts.running };
};

export const personOf = ({ people }: TandaFacts, number: number): TandaPerson => {
  const person = people.find((one) => one.number === number);
  invariant(person, 'who has a turn is of the group');
  return person;
};

export const personById = ({ people }: TandaFacts, id: string): TandaPerson | undefined =>
  people.find((one) => one.id === id);

/** What she is called among the others of the tanda. */
export const called = ({ people }: TandaFacts, person: TandaPerson): string =>
  callName(
    person.name,
    people.map(({ name }) => name),
  );

/**
 * When a round is handed over: one at each meeting, from the one that is collected now. A meeting that was left out moves
 * the rounds after it, so no date is said that can no longer be kept.
 */
export const dateOfRound = (turn: AskTurn, running: RunningTanda, round: number): Temporal.PlainDate => {
  const nearest = nearestMeetingDate(turn.speaker.group.meeting, todayOf(turn));
  const current = currentRound(running) ?? roundsHanded(running);
  const first =
    running.handedOn && !isCurrentDue(running, nearest)
      ? running.handedOn.add({ days: DAYS_PER_WEEK })
      : nearest;
  return first.add({ days: (round - current) * DAYS_PER_WEEK });
};

/** The round in which a member receives; undefined when she has no turn. */
export const roundOfHer = ({ tanda }: RunningTanda, number: number): number | undefined => {
  const at = tanda.turns.indexOf(number);
  return at < 0 ? undefined : at + 1;
};

/** Turns by the numbers of the roster, as they are kept: the organiser's extra one follows from the rules. */
export const numbersIn = (turns: readonly Receiver[]): number[] =>
  turns.flatMap((who) => (who === 'organiser' ? [] : [who]));

/** Who the organiser is: the leader of the group; of several, the first on the roster. */
export const organiserOf = (turn: MemberTurn): MemberId | undefined =>
  turn.speaker.company.officers.find(({ role }) => role === 'leader')?.memberId;

/** What who received a round still lacks of it, and whose part that is. Her own part she owes to nobody else. */
export const lackLines = ({ facts, running }: Running, round: number): Say[] => {
  const { lacks, missing } = lackOf(running, round);
  const others = missing.filter(({ number }) => number !== running.tanda.turns[round - 1]);
  const theirs = sum(
    others.map(({ owes }) => owes),
    lacks.currency,
  );
  if (lacks.minor === 0n || theirs.minor === 0n) return [];
  const names = others.map(({ number }) => called(facts, personOf(facts, number))).join(', ');
  return [say('round.lack', { lacks: smaller(lacks, theirs), names })];
};

/** The next tanda begins without turns, as after one that went to its end. */
export const ended = (turn: MemberTurn, { facts }: Pick<Running, 'facts'>): DomainEvent => ({
  type: 'tanda-ended',
  cycleId: facts.cycleId,
  next: { id: asId<CycleId>(turn.newId()), starts: todayOf(turn), ends: todayOf(turn).add({ years: 1 }) },
});
