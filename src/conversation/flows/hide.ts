import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, type Turn } from '../turn.ts';

/**
 * "ocultar", "salir": somebody may be looking. The open question ends, and the last thing on her screen says nothing of
 * money or of a group, not even how to erase. Nothing is erased: that has a word of its own.
 */
export const hide = (turn: Turn): StepResult =>
  decide(turn, {
    session: { unlocked: undefined, waiting: undefined },
    replies: [reply([say('hide.done')])],
  });
