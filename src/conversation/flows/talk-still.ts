import type { StepResult } from '../outcome.ts';
import type { MemberTurn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import { normalise } from '../understand/normalise.ts';
import { askedStill, pass } from './talk.ts';

/** A yes in other words. */
const SEND: ReadonlySet<string> = new Set([
  'mandalo',
  'si mandalo',
  'si, mandalo',
  'mandaselo',
  'si, mandaselo',
  'si mandaselo',
  'es para el equipo',
  'si, es para el equipo',
  'si es para el equipo',
  'para el equipo',
  'es para ellas',
  'send it',
  'yes, send it',
  'yes send it',
  'it is for the team',
  'for the team',
]);

/** What asks for nothing of the bot: it goes on with what she began to say. */
const GOES_ON: ReadonlySet<Intent> = new Set(['greeting', 'thanks', 'unknown']);

/**
 * What she writes while we ask whether her words are for staff: a yes in other words, or more of the same. Undefined: she asks
 * for something else.
 */
export const stillForStaff = (turn: MemberTurn): StepResult | undefined => {
  const { session, input } = turn;
  if (session.flow.type !== 'talk-send' || input.type !== 'words') return undefined;
  if (SEND.has(normalise(input.text))) return pass(turn, session.flow);
  return GOES_ON.has(input.meaning.intent)
    ? askedStill(turn, session.flow, { words: input.text })
    : undefined;
};
