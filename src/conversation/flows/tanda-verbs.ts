import type { StepResult } from '../outcome.ts';
import { isOfficerTurn, type MemberTurn, type OfficerTurn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import { closingVerb } from './closing.ts';
import { orderSaid, orderSaidNow, proposeOrder } from './tanda-order.ts';
import { payoutVerb, startPayout } from './tanda-payout.ts';
import { payoutSaid } from './tanda-payout-said.ts';
import { ifStopped } from './tanda-stop.ts';
import { stopVerb } from './tanda-stop-ask.ts';
import { startSwap, swapSaid, swapVerb } from './tanda-swap.ts';
import { showTurns } from './tanda-turns.ts';

/** What may be pressed in a tanda, by a member or by an officer; undefined when it is no button of a tanda's. */
export const tandaVerb = (
  turn: MemberTurn,
  verb: string,
  args: readonly string[],
): StepResult | undefined => {
  const [first = '', second = ''] = args;
  switch (verb) {
    case 'turns':
      return showTurns(turn);
    case 'swap':
      return swapVerb(turn, args);
    case 'swapsaid':
      return swapSaid(turn, args);
    case 'roundsaid':
      return payoutSaid(turn, first, second);
    default:
      return isOfficerTurn(turn) ? officerVerb(turn, verb, args) : undefined;
  }
};

const officerVerb = (
  turn: OfficerTurn,
  verb: string,
  [first = '', second = '']: readonly string[],
): StepResult | undefined => {
  switch (verb) {
    case 'round':
      return payoutVerb(turn, first, second);
    case 'order':
      return proposeOrder(turn, second);
    case 'ordersaid':
      return orderSaid(turn, first, second);
    default:
      return undefined;
  }
};

/** What may be said in a tanda; undefined in other groups, and for whatever is not about turns and rounds. */
export const tandaSaid = (turn: MemberTurn, intent: Intent): StepResult | undefined => {
  switch (intent) {
    case 'turns.show':
      return (isOfficerTurn(turn) ? orderSaidNow(turn) : undefined) ?? showTurns(turn);
    case 'unknown':
      return isOfficerTurn(turn) && turn.speaker.group.tanda ? orderSaidNow(turn) : undefined;
    case 'turns.swap':
      return startSwap(turn) ?? showTurns(turn);
    case 'round.hand':
      return isOfficerTurn(turn) && turn.speaker.group.tanda ? startPayout(turn) : showTurns(turn);
    default:
      return undefined;
  }
};

/** The end of the cycle; a tanda has none to close: it ends by itself, or two officers stop it. */
export const closingOrStop = (turn: OfficerTurn, what = '', arg = ''): StepResult | undefined =>
  turn.speaker.group.tanda ? (stopVerb(turn, what, arg) ?? ifStopped(turn)) : closingVerb(turn, what, arg);
