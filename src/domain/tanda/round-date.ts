import type { Temporal } from 'temporal-polyfill';
import { type MeetingHabit, nearestMeetingDate } from '../calendar.ts';
import { currentRound, isCurrentDue, type RunningTanda, roundsHanded } from './running.ts';

const DAYS_PER_WEEK = 7;

/**
 * When a round is handed over, as it stands today: one at each meeting, from the one that is collected now. A meeting that
 * was left out moves the rounds after it, so no date is said that can no longer be kept.
 */
export const roundDate = (
  running: RunningTanda,
  round: number,
  { meeting, today }: { readonly meeting: MeetingHabit; readonly today: Temporal.PlainDate },
): Temporal.PlainDate => {
  const nearest = nearestMeetingDate(meeting, today);
  const current = currentRound(running) ?? roundsHanded(running);
  const first =
    running.handedOn && !isCurrentDue(running, nearest)
      ? running.handedOn.add({ days: DAYS_PER_WEEK })
      : nearest;
  return first.add({ days: (round - current) * DAYS_PER_WEEK });
};
