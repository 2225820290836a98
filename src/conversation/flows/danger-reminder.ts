import type { Temporal } from 'temporal-polyfill';
import { shiftSince } from '../../domain/duty.ts';
import type { WaitingDanger } from '../danger-facts.ts';
import type { DomainEvent } from '../domain-event.ts';
import { tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';

/** Those who are trained for it are told so often again that somebody waits. */
export const REMINDERS_MAX = 3;
/** When somebody is there and does nothing for so long. */
const FIRST_MINUTES = 30;
const AGAIN_MINUTES = 60;

/**
 * A woman in danger whom nobody looks after: all who are trained for it are told once more, half an hour after she asked or when
 * the next of them begins, and then each hour, while one of them is there. Of whom nobody knows when she is there, she may be.
 */
export const remindOf = (
  waiting: WaitingDanger,
  now: Temporal.Instant,
): { readonly events: readonly DomainEvent[]; readonly notices: readonly Notice[] } | undefined =>
  isDue(waiting, now)
    ? {
        events: [{ type: 'danger-reminded', id: waiting.id, was: waiting.reminders }],
        notices: tell(
          waiting.people,
          'help',
          reply([say('danger.staff-again')], [offer(`danger:open:${waiting.id}`, say('danger.see'))]),
        ),
      }
    : undefined;

const isDue = (waiting: WaitingDanger, now: Temporal.Instant): boolean => {
  const { people, reminders, remindedAt, timeZone, askedAt } = waiting;
  if (reminders >= REMINDERS_MAX) return false;
  if (remindedAt && minutesSince(remindedAt, now) < AGAIN_MINUTES) return false;
  // Who may be there was there when she asked.
  const since = people
    .map(({ duty }) => (duty ? shiftSince(duty, now, timeZone) : askedAt))
    .filter((at) => at !== undefined);
  return (
    since.some((at) => at.epochMilliseconds > askedAt.epochMilliseconds) ||
    (since.length > 0 && minutesSince(askedAt, now) >= FIRST_MINUTES)
  );
};

const minutesSince = (at: Temporal.Instant, now: Temporal.Instant): number => now.since(at).total('minutes');
