import type { OpenMeeting } from '../../domain/meeting.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { MeetingStep } from '../meeting-event.ts';

/** A step of the meeting, as the events that write it; before the first one of a meeting that is not in the book yet, that it was opened. */
export const meetingMoved = (
  { id, on, late, openedBy, isNew = false }: OpenMeeting,
  step: Omit<MeetingStep, 'id'>,
): DomainEvent[] => [
  ...(isNew ? [{ type: 'meeting-opened' as const, id, on, late, by: openedBy }] : []),
  { type: 'meeting-moved', step: { id, ...step } },
];
