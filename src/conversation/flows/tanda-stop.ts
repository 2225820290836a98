import { type Money, money, subtract } from '../../domain/money.ts';
import { currentRound, heldFor, type RunningTanda, roundsHanded } from '../../domain/tanda/running.ts';
import { organiserReceived, type Standing, standings } from '../../domain/tanda/standing.ts';
import { roundsOf } from '../../domain/tanda/terms.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { TandaFacts } from '../tanda-facts.ts';
import { decide, type OfficerTurn, todayOf } from '../turn.ts';
import { personOf, runningIn } from './tanda.ts';

/**
 * "Qué pasaría si terminamos hoy": who gave and has not received, who received more than she gave, and what is in the
 * box, to the centavo. A tanda that stops early hides nobody's money; the bot decides nothing about it.
 */
export const ifStopped = (turn: OfficerTurn): StepResult => {
  const tanda = runningIn(turn);
  if (!tanda) return decide(turn, { replies: [reply([say('refusal.tanda_no_turns')])] });
  const { facts, running } = tanda;
  const rounds = roundsOf(running.tanda.terms);
  const organiser = organiserReceived(running);
  return decide(turn, {
    replies: [
      reply(
        [
          say('tanda-stop.title', { date: todayOf(turn), handed: roundsHanded(running), rounds }),
          ...standings(running).map((standing) => line(facts, standing)),
          ...(organiser.minor > 0n ? [say('tanda-stop.organiser', { fee: organiser })] : []),
          say('tanda-stop.box', { held: heldInAll(running) }),
          ...(currentRound(running) === undefined ? [] : [say('tanda-stop.go-on')]),
        ],
        [offer('turns', say('menu.turns')), offer('no', say('choice.not-now'))],
      ),
    ],
  });
};

const heldInAll = (running: RunningTanda): Money =>
  Array.from({ length: roundsOf(running.tanda.terms) }, (_, at) => heldFor(running, at + 1)).reduce(
    (all, held) => money(all.minor + held.minor, held.currency),
  );

const line = (facts: TandaFacts, { number, given, received }: Standing): Say => {
  const { name } = personOf(facts, number);
  const hers = subtract(given, received);
  if (hers.minor === 0n) return say('tanda-stop.even', { name, given });
  if (received.minor === 0n) return say('tanda-stop.waits', { name, given });
  return hers.minor > 0n
    ? say('tanda-stop.is-owed', { name, given, received, owed: hers })
    : say('tanda-stop.owes', { name, given, received, owes: money(-hers.minor, hers.currency) });
};
