import type { Temporal } from 'temporal-polyfill';
import { type Say, say } from '../say.ts';

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;

/** How long ago something was: in minutes, in hours for two days, then in days. */
export const ago = (at: Temporal.Instant, now: Temporal.Instant): Say => {
  const minutes = Math.floor(now.since(at).total('minutes'));
  if (minutes < 1) return say('ago.now');
  if (minutes < HOUR_MINUTES) return say('ago.minutes', { count: minutes });
  if (minutes < 2 * DAY_MINUTES) return say('ago.hours', { count: Math.floor(minutes / HOUR_MINUTES) });
  return say('ago.days', { count: Math.floor(minutes / DAY_MINUTES) });
};
