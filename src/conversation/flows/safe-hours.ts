import { SAFE_MINUTES_MIN, type SafeHours, safeMinutes } from '../../domain/quiet-hours.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { type AskTurn, decide } from '../turn.ts';
import { namesSafeHours, readSafeHours, saysAnyHour } from '../understand/safe-hours.ts';

/**
 * "Escríbeme solo de 10 a 2", "no me escribas en la noche": hours of her own, outside of which nothing unasked comes; "a
 * cualquier hora" takes them back. What is not certain is asked. Undefined: she says something else.
 */
export const safeHoursSaid = (turn: AskTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const { text, meaning } = turn.input;
  if (saysAnyHour(text)) return setHours(turn, undefined);
  const isSaid = meaning.intent === 'hours.safe' || (meaning.intent === 'unknown' && namesSafeHours(text));
  if (!isSaid && turn.session.flow.type !== 'safe-hours') return undefined;
  const hours = readSafeHours(text);
  if (hours)
    return safeMinutes(hours) < SAFE_MINUTES_MIN ? askHours(turn, 'hours.short') : setHours(turn, hours);
  // An answer that names no hours is asked about once more, unless it is something of its own.
  return isSaid || meaning.intent === 'unknown' ? askHours(turn, 'hours.which') : undefined;
};

/** What she chose under it. Undefined: none of ours. */
export const hoursVerb = (turn: AskTurn, what: string): StepResult | undefined =>
  what === 'any' ? setHours(turn, undefined) : undefined;

const askHours = (turn: AskTurn, key: 'hours.which' | 'hours.short'): StepResult =>
  decide(turn, {
    flow: { type: 'safe-hours' },
    replies: [reply([say(key)], [offer('hours:any', say('hours.any')), offer('no', say('choice.cancel'))])],
  });

const setHours = (turn: AskTurn, hours: SafeHours | undefined): StepResult =>
  decide(turn, {
    events: [{ type: 'safe-hours-set', memberId: turn.speaker.me.id, hours }],
    replies: [
      hours
        ? reply([say('hours.set'), say('hours.hers', hours)], [offer('hours:any', say('hours.any'))])
        : reply([say('hours.any-set')]),
    ],
  });
