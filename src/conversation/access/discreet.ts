import { ACTIONS, type Action } from '../../domain/access/actions.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, type Turn } from '../turn.ts';
import { viewOf } from './unlocked.ts';

const OPEN_LEVELS: ReadonlySet<string> = new Set(['L0', 'L1']);

/**
 * The answer that tells nothing, in place of all that a PIN opens: to her who chose so, and where the other PIN was given. It is
 * one rule for both, so that nobody who looks on learns which of them it is. Undefined: she is answered.
 *
 * @param actions what is asked for, or what a step would look up or decide
 */
export const toldNothing = (turn: Turn, actions: readonly (Action | undefined)[]): StepResult | undefined => {
  if (viewOf(turn.snapshot) !== 'discreet') return undefined;
  return actions.some((action) => action !== undefined && isHidden(action)) ? nothingTold(turn) : undefined;
};

/** Turning it off is hers, and shows nothing. What is written to her in danger has no amount in it, and may not wait for a meeting. */
const OWN: ReadonlySet<Action> = new Set<Action>(['set-discreet', 'read-safeguarding']);

const isHidden = (action: Action): boolean => !OWN.has(action) && !OPEN_LEVELS.has(ACTIONS[action].level);

/** The same answer to whatever is asked. */
export const nothingTold = (turn: Turn): StepResult =>
  decide(turn, { replies: [reply([say('discreet.answer')])] });
