import { currentRound, heldFor, roundsHanded, takesPart } from '../../domain/tanda/running.ts';
import { lackOf, standingOf } from '../../domain/tanda/standing.ts';
import { roundsOf } from '../../domain/tanda/terms.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { type AskTurn, decide } from '../turn.ts';
import { coverStanding } from './cover-standing.ts';
import { dateOfRound, lackLines, personOf, type Running, roundOfHer, runningIn } from './tanda.ts';

/** "saldo" in a tanda: what she gave, what she owes and to whom, when she receives, and who receives now. */
export const myTanda = (turn: AskTurn): StepResult => {
  const tanda = runningIn(turn);
  const { number } = turn.speaker.me;
  const left = tanda ? [] : coverStanding(turn.speaker);
  if (left.length > 0)
    return decide(turn, { replies: [reply(left, [offer('ask:history', say('menu.history'))])] });
  if (!tanda || !takesPart(tanda.running, number))
    return decide(turn, {
      replies: [
        reply(
          [say(tanda ? 'refusal.tanda_not_in' : 'refusal.tanda_no_turns')],
          [offer('turns', say('menu.turns'))],
        ),
      ],
    });
  const { running } = tanda;
  const { given, missed, roundsGiven } = standingOf(running, number);
  return decide(turn, {
    replies: [
      reply(
        [
          say('tanda.given', { given, rounds: roundsGiven, all: roundsOf(running.tanda.terms) }),
          ...(missed.minor > 0n ? owedLines(tanda, number) : []),
          ...herTurn(turn, tanda),
          ...currentLine(turn, tanda),
          ...coverStanding(turn.speaker),
        ],
        [offer('turns', say('menu.turns')), offer('ask:next', say('menu.next'))],
      ),
    ],
  });
};

/** To whom she owes what of which round. */
const owedLines = ({ facts, running }: Running, number: number): Say[] =>
  Array.from({ length: roundsHanded(running) }, (_, at) => at + 1).flatMap((round) => {
    const owes = lackOf(running, round).missing.find((one) => one.number === number)?.owes;
    const who = running.tanda.turns[round - 1];
    if (!owes || who === undefined) return [];
    if (who === number) return [say('tanda.owed-own', { owes, round })];
    return who === 'organiser'
      ? [say('tanda.owed-organiser', { owes, round })]
      : [say('tanda.owed', { owes, round, name: personOf(facts, who).name })];
  });

/** When she receives, as it stands beside what she pays next. */
export const herTurnLines = (turn: AskTurn): Say[] => {
  const tanda = runningIn(turn);
  return tanda ? herTurn(turn, tanda) : [];
};

/** When she receives; or that she has, and what she still lacks of it. */
const herTurn = (turn: AskTurn, tanda: Running): Say[] => {
  const { running } = tanda;
  const round = roundOfHer(running, turn.speaker.me.number);
  if (round === undefined) return [];
  if (round > roundsHanded(running))
    return [say('turns.yours', { round, date: dateOfRound(turn, running, round) })];
  return [say('turns.received', { round }), ...lackLines(tanda, round)];
};

const currentLine = (turn: AskTurn, { facts, running }: Running): Say[] => {
  const round = currentRound(running);
  const who = round === undefined ? undefined : running.tanda.turns[round - 1];
  if (round === undefined || who === undefined) return [];
  const date = dateOfRound(turn, running, round);
  return who === 'organiser'
    ? [say('tanda.now-organiser', { round, date })]
    : [say('tanda.now', { round, date, name: personOf(facts, who).name })];
};

/** What a group's summary says of its tanda: the round, and what the box holds of it. */
export const tandaSummary = (turn: AskTurn): Say[] => {
  const tanda = runningIn(turn);
  if (!tanda) return [say('refusal.tanda_no_turns')];
  const round = currentRound(tanda.running);
  return [
    ...currentLine(turn, tanda),
    ...(round === undefined ? [] : [say('tanda.collected', { held: heldFor(tanda.running, round) })]),
  ];
};
