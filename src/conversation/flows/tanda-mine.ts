import { subtract } from '../../domain/money.ts';
import { currentRound, heldFor, roundsHanded, takesPart } from '../../domain/tanda/running.ts';
import { lackOf, standingOf } from '../../domain/tanda/standing.ts';
import { roundsOf } from '../../domain/tanda/terms.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { EndedTanda } from '../tanda-facts.ts';
import { type AskTurn, decide, needs } from '../turn.ts';
import { coverStanding } from './cover-standing.ts';
import { dateOfRound, lackLines, personOf, type Running, roundsOfHer, runningIn } from './tanda.ts';

/** "saldo" in a tanda: what she gave, what she owes and to whom, when she receives, and who receives now. */
export const myTanda = (turn: AskTurn): StepResult => {
  const tanda = runningIn(turn);
  const { number } = turn.speaker.me;
  const left = tanda ? [] : coverStanding(turn.speaker);
  if (left.length > 0)
    return decide(turn, { replies: [reply(left, [offer('ask:history', say('menu.history'))])] });
  if (!tanda) return withoutTurns(turn);
  if (!takesPart(tanda.running, number))
    return decide(turn, {
      replies: [reply([say('refusal.tanda_not_in')], [offer('turns', say('menu.turns'))])],
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

/** No tanda runs: how the last one ended, what she gave and was handed, and what comes next; or that none has begun. */
const withoutTurns = (turn: AskTurn): StepResult => {
  const { endedTanda } = turn.speaker.extra;
  if (endedTanda === undefined) return needs({ type: 'ended-tanda' });
  const lines =
    endedTanda === 'none'
      ? [say('refusal.tanda_no_turns')]
      : [...endedLines(endedTanda), say('tanda.over-next')];
  return decide(turn, { replies: [reply(lines, [offer('turns', say('menu.turns'))])] });
};

const endedLines = ({ on, given, received, isWhole, isStopped }: EndedTanda): Say[] => {
  if (isStopped) return [say('tanda.ended-early', { date: on })];
  const wasIn = given.minor > 0n || received.minor > 0n;
  return [
    say('tanda.ended', { date: on }),
    ...(wasIn ? [say(isWhole ? 'tanda.ended-hers' : 'tanda.ended-hers-book', { given, received })] : []),
    // All gave and received alike: what is between the two is the organiser's, and no peso goes unsaid.
    ...(isWhole && wasIn && given.minor > received.minor
      ? [say('tanda.ended-fee', { fee: subtract(given, received) })]
      : []),
  ];
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
  return roundsOfHer(running, turn.speaker.me.number).flatMap((round) =>
    round > roundsHanded(running)
      ? [say('turns.yours', { round, date: dateOfRound(turn, running, round) })]
      : [say('turns.received', { round }), ...lackLines(tanda, round)],
  );
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
