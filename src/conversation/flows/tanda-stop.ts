import { money, subtract } from '../../domain/money.ts';
import { currentRound, roundsHanded } from '../../domain/tanda/running.ts';
import { organiserReceived, type Standing, standings } from '../../domain/tanda/standing.ts';
import { heldInAll, owedIfStopped } from '../../domain/tanda/stopped.ts';
import { roundsOf } from '../../domain/tanda/terms.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, type OfficerTurn, todayOf } from '../turn.ts';
import { personOf, type Running, runningIn } from './tanda.ts';

/**
 * "Qué pasaría si terminamos hoy": who gave and has not received, who received more than she gave, and what is in the
 * box, to the centavo. A tanda that stops early hides nobody's money. Nothing is decided by looking.
 */
export const ifStopped = (turn: OfficerTurn): StepResult => {
  const tanda = runningIn(turn);
  if (!tanda) return decide(turn, { replies: [reply([say('refusal.tanda_no_turns')])] });
  const { running } = tanda;
  const rounds = roundsOf(running.tanda.terms);
  const organiser = organiserReceived(running);
  return decide(turn, {
    replies: [
      reply(
        [
          say('tanda-stop.title', { date: todayOf(turn), handed: roundsHanded(running), rounds }),
          ...standings(running).map((standing) => line(tanda, standing)),
          ...(organiser.minor > 0n ? [say('tanda-stop.organiser', { fee: organiser })] : []),
          say('tanda-stop.box', { held: heldInAll(running) }),
          ...(currentRound(running) === undefined ? [] : [say('tanda-stop.go-on')]),
        ],
        [
          offer('turns', say('menu.turns')),
          offer('closing:stop', say('tanda-stop.really')),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });
};

const line = ({ facts, running }: Running, { number, given, received }: Standing): Say => {
  const { name } = personOf(facts, number);
  const hers = money(owedIfStopped(running, number), given.currency);
  if (hers.minor === 0n) return say('tanda-stop.even', { name, given });
  if (hers.minor > 0n && received.minor === 0n) return say('tanda-stop.waits', { name, given, owed: hers });
  return hers.minor > 0n
    ? say('tanda-stop.is-owed', { name, given, received, owed: hers })
    : say('tanda-stop.owes', { name, given, received, owes: subtract(money(0n, hers.currency), hers) });
};
