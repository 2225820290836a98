import type { OpenMeeting } from '../../domain/meeting.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { boxName } from './count-text.ts';
import { boxesAt } from './late-count.ts';
import { meetingMoved } from './meeting-moved.ts';

type Asking = {
  readonly meeting: OpenMeeting;
  readonly before: readonly Say[];
  readonly counted: readonly string[];
};

/** One box at a time, each apart. */
export const askCount = (turn: OfficerTurn, { meeting, before, counted }: Asking): StepResult =>
  decide(turn, {
    flow: countFlow(meeting, counted),
    events: meeting.state === 'open' ? [] : meetingMoved(meeting, { was: meeting.state, state: 'open' }),
    replies: [
      reply([...before, countQuestion(turn, meeting, counted.length)].flat(), [
        offer('no', say('choice.not-now')),
      ]),
    ],
  });

/** The question that is open: of a meeting that is not in the book yet, which one it is. */
export const countFlow = ({ id, on, isNew }: OpenMeeting, counted: readonly string[]): Flow => ({
  type: 'meeting-count',
  counted,
  ...(isNew && { late: { id, on: on.toString() } }),
});

const countQuestion = (turn: OfficerTurn, meeting: OpenMeeting, at: number): Say[] => {
  const { group } = turn.speaker;
  const boxes = boxesAt(turn, meeting);
  const box = boxName(group, boxes[at]?.pot ?? 'loan-fund');
  if (meeting.late)
    return [...(at === 0 ? [say('past.of', { date: meeting.on })] : []), say(`late-count.${box}`)];
  return [boxes.length === 1 ? say('count.question') : say(`count-ask.${box}`)];
};
