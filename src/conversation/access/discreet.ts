import { ACTIONS, type Action } from '../../domain/access/actions.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, type Turn } from '../turn.ts';
import { viewOf } from './unlocked.ts';

/** What a woman who wants no amounts in her chat is not told there. */
const MONEY: ReadonlySet<Action> = new Set<Action>(['see-own', 'see-group']);
const OPEN_LEVELS: ReadonlySet<string> = new Set(['L0', 'L1']);

/**
 * The answer that tells nothing, in place of what she asked for: to questions about money, of her who chose so; and to all
 * that her PIN opens, where the other one was given. It is the same to the last letter, so that nobody who looks on learns
 * which of them it is. Undefined: she is answered.
 */
export const discreetly = (turn: Turn, actions: readonly (Action | undefined)[]): StepResult | undefined => {
  const { pin } = turn.snapshot;
  const isMoney = actions.some((action) => action !== undefined && MONEY.has(action));
  return pin?.isDiscreet && isMoney ? nothingTold(turn) : toldNothing(turn, actions);
};

/** The same, only of her who gave the other PIN: of what a step would look up or decide, too. */
export const toldNothing = (turn: Turn, actions: readonly (Action | undefined)[]): StepResult | undefined => {
  const isOpened = actions.some((action) => action !== undefined && !OPEN_LEVELS.has(ACTIONS[action].level));
  return isOpened && viewOf(turn.snapshot) === 'discreet' ? nothingTold(turn) : undefined;
};

/** The same answer to whatever is asked. */
export const nothingTold = (turn: Turn): StepResult =>
  decide(turn, { replies: [reply([say('discreet.answer')])] });
