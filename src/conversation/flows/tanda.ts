import type { Temporal } from 'temporal-polyfill';
import { callName } from '../../domain/group.ts';
import { asId, type CycleId, type MemberId } from '../../domain/ids.ts';
import { smaller, sum } from '../../domain/money.ts';
import { invariant } from '../../domain/result.ts';
import { roundDate } from '../../domain/tanda/round-date.ts';
import { type RunningTanda, roundsHanded } from '../../domain/tanda/running.ts';
import { lackOf } from '../../domain/tanda/standing.ts';
import type { Receiver } from '../../domain/tanda/turns.ts';
import type { DomainEvent } from '../domain-event.ts';
import { type Say, say } from '../say.ts';
import type { TandaFacts, TandaPerson } from '../tanda-facts.ts';
import { type AskTurn, type MemberTurn, todayOf } from '../turn.ts';

// What the dialogues about a tanda share: who is who, and when which round is.

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

/** When a round is handed over, as it stands today. */
export const dateOfRound = (turn: AskTurn, running: RunningTanda, round: number): Temporal.PlainDate =>
  roundDate(running, round, { meeting: turn.speaker.group.meeting, today: todayOf(turn) });

/** The rounds in which a member receives: two of them where she took two numbers; none when she has no turn. */
export const roundsOfHer = ({ tanda }: RunningTanda, number: number): number[] =>
  tanda.turns.flatMap((who, at) => (who === number ? [at + 1] : []));

/** The next of them after the rounds that are over, else her last one. */
export const roundOfHer = (
  running: RunningTanda,
  number: number,
  over = roundsHanded(running),
): number | undefined => {
  const rounds = roundsOfHer(running, number);
  return rounds.find((round) => round > over) ?? rounds.at(-1);
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
