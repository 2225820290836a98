import type { DomainEvent } from '../conversation/domain-event.ts';
import type { CountedBox } from '../domain/meeting.ts';

/** Meetings opened, moved and closed, and the fines set at them, as commit_meetings takes them. */
export const meetingsJson = (events: readonly DomainEvent[]): { meetings?: object } => {
  const opened: object[] = [];
  const steps: object[] = [];
  const fines: object[] = [];
  for (const event of events) {
    if (event.type === 'meeting-opened') {
      opened.push({ id: event.id, meeting_on: event.on.toString(), late: event.late, by: event.by });
    } else if (event.type === 'meeting-moved' || event.type === 'count-witnessed') {
      const { id, was, state, boxes, first, countedBy, witness, standIn, reason } = event.step;
      steps.push({
        id,
        was,
        state,
        ...(boxes && boxesJson(boxes)),
        ...(first && { first_boxes: boxesJson(first).boxes }),
        counted_by: countedBy,
        witness,
        stand_in: standIn,
        reason,
      });
    } else if (event.type === 'fine-set') {
      const { id, memberId, meetingOn, reason, amount, by } = event.fine;
      fines.push({
        id,
        member: memberId,
        meeting_on: meetingOn.toString(),
        reason,
        amount: amount.minor.toString(),
        by,
      });
    }
  }
  return opened.length + steps.length + fines.length > 0 ? { meetings: { opened, steps, fines } } : {};
};

/** Each box, and the sums of all that the indicators measure by. */
const boxesJson = (boxes: readonly CountedBox[]) => ({
  expected: total(boxes.map(({ expected }) => expected.minor)),
  counted: total(boxes.map(({ counted }) => counted.minor)),
  boxes: boxes.map(({ pot, expected, counted }) => ({
    pot,
    expected: expected.minor.toString(),
    counted: counted.minor.toString(),
  })),
});

const total = (amounts: readonly bigint[]): string =>
  amounts.reduce((all, minor) => all + minor, 0n).toString();
