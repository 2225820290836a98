import type { StepResult } from '../outcome.ts';
import type { Turn } from '../turn.ts';
import { recipes } from './recipes.ts';

/**
 * "ocultar", "salir": somebody may be looking. The open question ends, her PIN is asked again, and the last thing on her screen
 * is a list of recipes. Nothing is erased: that has a word of its own.
 */
export const hide = (turn: Turn): StepResult => recipes(turn);
