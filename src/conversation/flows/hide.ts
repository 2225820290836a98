import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, type Turn } from '../turn.ts';

/**
 * "borrar", "ocultar": what the bot wrote goes from her screen where the platform lets us, and the open question with
 * it. What stays is said plainly, in words that tell nothing of what was there.
 */
export const hide = (turn: Turn): StepResult =>
  decide(turn, {
    erase: turn.canErase,
    replies: [reply([say(turn.canErase ? 'hide.erased' : 'hide.cannot')])],
  });
