import { Temporal } from 'temporal-polyfill';
import { isPast, type MemberTurn, todayOf } from './turn.ts';

/**
 * The day that money of a meeting was received, as its entry carries it: that of the meeting when it is written down later,
 * else today. Where the box was counted since, the book said then what was in it, and the entry is of today.
 *
 * Undefined while it is not known when the box was counted: ask for `counted`.
 */
export const receivedOn = (
  turn: MemberTurn,
  meetingOn: Temporal.PlainDate,
): Temporal.PlainDate | undefined => {
  if (!isPast(turn, meetingOn)) return todayOf(turn);
  const { counted } = turn.speaker.extra;
  if (counted === undefined) return undefined;
  const isOpen = counted === 'none' || Temporal.PlainDate.compare(counted, meetingOn) < 0;
  return isOpen ? meetingOn : todayOf(turn);
};
