import { LOCKED } from '../access/unlocked.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, type Turn } from '../turn.ts';

/**
 * "borrar", and no other word: what the bot wrote in the last two days goes from her screen where the platform lets us,
 * and the open question with it, and what her PIN opened is closed. What stays is said plainly, in words that tell nothing of what was there.
 */
export const erase = (turn: Turn): StepResult =>
  decide(turn, {
    session: LOCKED,
    erase: turn.canErase,
    replies: [reply([say(turn.canErase ? 'erase.done' : 'erase.cannot')])],
  });
