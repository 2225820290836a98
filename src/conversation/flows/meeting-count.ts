import type { Temporal } from 'temporal-polyfill';
import { type CountedBox, DIFFERENCE_REASONS, type OpenMeeting } from '../../domain/meeting.ts';
import { money } from '../../domain/money.ts';
import { otherOfficers } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { standInOffers } from './count-away.ts';
import { countTag, differsLines } from './count-text.ts';
import { boxesAt, countedMeeting, lateMeeting, lateMissing } from './late-count.ts';
import { lateDayOver } from './late-day.ts';
import { askToOpen } from './meeting-agenda.ts';
import { asCounted, closeMeeting, closeQuestion } from './meeting-close.ts';
import { askCount, countFlow } from './meeting-count-ask.ts';
import { agree, agreeQuestion, disagree, stateDifference } from './meeting-differs.ts';
import { meetingMoved } from './meeting-moved.ts';

/** "Contar la caja". */
export const countStart = (turn: OfficerTurn): StepResult => {
  const { meeting } = turn.speaker.extra;
  if (meeting === undefined) return needs({ type: 'meeting' });
  return meeting === 'none'
    ? decide(turn, { replies: [reply([say('count.closed-already')])] })
    : startCount(turn, meeting);
};

/** "Contar la caja", "cerrar la reunión", in words: without a meeting she is asked whether to open one. */
export const countSaid = (turn: OfficerTurn): StepResult => {
  const { meeting } = turn.speaker.extra;
  return meeting === 'none' ? askToOpen(turn) : countStart(turn);
};

/** The count of the boxes: first what they counted, without being told what the book says. */
export const startCount = (turn: OfficerTurn, meeting: OpenMeeting): StepResult => {
  const missing = lateMissing(turn, meeting);
  if (missing) return missing;
  switch (meeting.state) {
    case 'open':
      return askCount(turn, { meeting, before: [], counted: [] });
    case 'differs':
      return meeting.countedBy === turn.speaker.me.id
        ? decide(turn, {
            replies: [
              reply(
                [say('count.waits')],
                [offer('meeting-count:again', say('count.again')), ...standInOffers(turn, meeting)],
              ),
            ],
          })
        : decide(turn, { replies: [agreeQuestion(turn, meeting)] });
    case 'agreed':
      return asCounted(turn, meeting)
        ? decide(turn, { replies: [closeQuestion(turn, meeting)] })
        : countAgain(turn, meeting, [say('count.moved')]);
  }
};

/** "Contar la caja", of a past meeting: what was counted then. Nothing of it is in the book before it was said. */
export const startLateCount = (turn: OfficerTurn, on: Temporal.PlainDate): StepResult => {
  const over = lateDayOver(turn, on);
  if (over) return over;
  const { meeting } = turn.speaker.extra;
  if (meeting === undefined) return needs({ type: 'meeting' });
  if (meeting !== 'none')
    return meeting.late && meeting.on.equals(on)
      ? startCount(turn, meeting)
      : decide(turn, {
          replies: [
            reply(
              [say('meeting-old.question', { date: meeting.on }), say('late-count.first')],
              [offer('meeting', say('meeting-open.go-on')), offer('no', say('choice.not-now'))],
            ),
          ],
        });
  return startCount(turn, lateMeeting(turn, on));
};

/** Whatever was counted before does not count any more. */
const countAgain = (turn: OfficerTurn, meeting: OpenMeeting, before: readonly Say[]): StepResult =>
  askCount(turn, { meeting, before, counted: [] });

/** The amount they counted in the box that was asked about; after the last one, whether it is what the book says. */
export const countAnswer = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (flow.type !== 'meeting-count' || !meaning) return undefined;
  if (!meaning.clarify && meaning.amountMinor === undefined) return undefined;
  const meeting = countedMeeting(turn);
  if (meeting === undefined) return needs({ type: 'meeting' });
  if (meeting === 'none') return undefined;
  const missing = lateMissing(turn, meeting);
  if (missing) return missing;
  if (meeting.state !== 'open') return startCount(turn, meeting);
  if (meaning.clarify)
    return askCount(turn, { meeting, before: [say('report.unclear')], counted: flow.counted });
  return counted(turn, meeting, [...soFar(turn, meeting, flow.counted), `${meaning.amountMinor ?? 0n}`]);
};

/** All of them were counted already, and she writes another amount: she begins anew. */
const soFar = (turn: OfficerTurn, meeting: OpenMeeting, before: readonly string[]): readonly string[] =>
  before.length < boxesAt(turn, meeting).length ? before : [];

const counted = (turn: OfficerTurn, meeting: OpenMeeting, amounts: readonly string[]): StepResult => {
  const boxes = countedBoxes(turn, meeting, amounts);
  if (boxes.length > amounts.length || boxes.length === 0)
    return askCount(turn, { meeting, before: [], counted: amounts });
  if (!isRight(boxes)) return askWhy(turn, { meeting, boxes, counted: amounts });
  return secondCounts(turn, meeting)
    ? stateDifference(turn, { ...meeting, boxes, reason: undefined })
    : decide(turn, {
        ...(meeting.isNew && { flow: countFlow(meeting, amounts) }),
        replies: [closeQuestion(turn, meeting)],
      });
};

const isRight = (boxes: readonly CountedBox[]): boolean =>
  boxes.every((box) => box.counted.minor === box.expected.minor);

/** Once a count was not what the book says, no later one is one officer's word alone. */
const secondCounts = (turn: OfficerTurn, { first, state }: OpenMeeting): boolean =>
  first !== undefined && state === 'open' && otherOfficers(turn).length > 0;

/** Each box with what was counted in it; one that was not counted yet holds nothing. */
const countedBoxes = (turn: OfficerTurn, meeting: OpenMeeting, amounts: readonly string[]): CountedBox[] =>
  boxesAt(turn, meeting).map((box, n) => ({
    ...box,
    counted: money(BigInt(amounts[n] ?? '0'), turn.speaker.group.currency),
  }));

/** She is told that it differs and in which box, and not what the book says: the next count is a count, and this one stays. */
const askWhy = (
  turn: OfficerTurn,
  of: {
    readonly meeting: OpenMeeting;
    readonly boxes: readonly CountedBox[];
    readonly counted: readonly string[];
  },
): StepResult => {
  const tag = countTag(turn, of.meeting, of.boxes);
  return decide(turn, {
    flow: { type: 'meeting-differs', counted: of.counted },
    events: of.meeting.first ? [] : meetingMoved(of.meeting, { was: 'open', state: 'open', first: of.boxes }),
    replies: [
      reply(
        [...differsLines(turn, of.boxes), say(of.meeting.late ? 'late-count.recount' : 'count.recount')],
        [
          offer('meeting-count:again', say('count.again')),
          ...DIFFERENCE_REASONS.map((reason) =>
            offer(`meeting-count:${reason}:${tag}`, say(`count.because-${reason}`)),
          ),
        ],
      ),
    ],
  });
};

/**
 * The buttons of the count: count again, a reason, the second officer's word, and closing. `shown` names the count that
 * the button was made for.
 */
export const countVerb = (turn: OfficerTurn, what: string, shown: string): StepResult | undefined => {
  const { flow } = turn.session;
  const meeting = countedMeeting(turn);
  if (meeting === undefined) return needs({ type: 'meeting' });
  if (meeting === 'none') return decide(turn, { replies: [reply([say('count.closed-already')])] });
  const missing = lateMissing(turn, meeting);
  if (missing) return missing;
  const reason = DIFFERENCE_REASONS.find((one) => one === what);
  if (reason) {
    if (flow.type !== 'meeting-differs') return undefined;
    if (meeting.state !== 'open') return startCount(turn, meeting);
    const boxes = countedBoxes(turn, meeting, flow.counted);
    return shown === countTag(turn, meeting, boxes)
      ? stateDifference(turn, { ...meeting, boxes, reason })
      : countAgain(turn, meeting, [say('count.moved')]);
  }
  switch (what) {
    case 'again':
      return countAgain(turn, meeting, []);
    case 'agree':
      return agree(turn, meeting, shown);
    case 'disagree':
      return disagree(turn, meeting);
    case 'close':
      return close(turn, meeting, shown);
    default:
      return undefined;
  }
};

/** Only what was counted is closed, and only as long as the book says the same. */
const close = (turn: OfficerTurn, meeting: OpenMeeting, shown: string): StepResult => {
  if (meeting.state === 'differs') return startCount(turn, meeting);
  if (secondCounts(turn, meeting)) return countAgain(turn, meeting, []);
  const boxes = boxesAt(turn, meeting).map((box) => ({ ...box, counted: box.expected }));
  return shown === countTag(turn, meeting, boxes)
    ? closeMeeting(turn, meeting, boxes)
    : countAgain(turn, meeting, [say('count.moved')]);
};
