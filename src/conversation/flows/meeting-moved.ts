import type { MeetingStep } from '../meeting-event.ts';

/** A step of the meeting, as the event that writes it. */
export const meetingMoved = (step: MeetingStep) => ({ type: 'meeting-moved' as const, step });
