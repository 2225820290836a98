import { boxesOf, type CountedBox, DIFFERENCE_REASONS, type OpenMeeting } from '../../domain/meeting.ts';
import { money } from '../../domain/money.ts';
import { otherOfficers } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { boxName, countTag, differsLines } from './count-text.ts';
import { askToOpen } from './meeting-agenda.ts';
import { asCounted, closeMeeting, closeQuestion } from './meeting-close.ts';
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
  switch (meeting.state) {
    case 'open':
      return askCount(turn, { before: [], counted: [] });
    case 'differs':
      return meeting.countedBy === turn.speaker.me.id
        ? decide(turn, {
            replies: [reply([say('count.waits')], [offer('meeting-count:again', say('count.again'))])],
          })
        : decide(turn, { replies: [agreeQuestion(turn, meeting)] });
    case 'agreed':
      return asCounted(turn, meeting)
        ? decide(turn, { replies: [closeQuestion(turn, meeting)] })
        : countAgain(turn, meeting, [say('count.moved')]);
  }
};

/** One box at a time, each apart. */
const askCount = (
  turn: OfficerTurn,
  of: { readonly before: readonly Say[]; readonly counted: readonly string[]; readonly reopen?: OpenMeeting },
): StepResult => {
  const { group } = turn.speaker;
  const boxes = boxesOf(group);
  const next = boxes[of.counted.length];
  const question =
    boxes.length === 1 || !next ? say('count.question') : say(`count-ask.${boxName(group, next.pot)}`);
  const { reopen } = of;
  return decide(turn, {
    flow: { type: 'meeting-count', counted: of.counted },
    events: reopen ? [meetingMoved({ id: reopen.id, was: reopen.state, state: 'open' })] : [],
    replies: [reply([...of.before, question], [offer('no', say('choice.not-now'))])],
  });
};

/** Whatever was counted before does not count any more. */
const countAgain = (turn: OfficerTurn, meeting: OpenMeeting, before: readonly Say[]): StepResult =>
  askCount(turn, { before, counted: [], ...(meeting.state !== 'open' && { reopen: meeting }) });

/** The amount they counted in the box that was asked about; after the last one, whether it is what the book says. */
export const countAnswer = (turn: OfficerTurn): StepResult | undefined => {
  const { meeting } = turn.speaker.extra;
  const { flow } = turn.session;
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (flow.type !== 'meeting-count' || !meaning) return undefined;
  if (meaning.clarify) return askCount(turn, { before: [say('report.unclear')], counted: flow.counted });
  if (meaning.amountMinor === undefined) return undefined;
  if (meeting === undefined) return needs({ type: 'meeting' });
  if (meeting === 'none') return undefined;
  if (meeting.state !== 'open') return startCount(turn, meeting);
  const counted = [...flow.counted, meaning.amountMinor.toString()];
  const boxes = countedBoxes(turn, counted);
  if (boxes.length > counted.length || boxes.length === 0) return askCount(turn, { before: [], counted });
  if (!isRight(boxes)) return askWhy(turn, { meeting, boxes, counted });
  return secondCounts(turn, meeting)
    ? stateDifference(turn, { ...meeting, boxes, reason: undefined })
    : decide(turn, { replies: [closeQuestion(turn, meeting)] });
};

const isRight = (boxes: readonly CountedBox[]): boolean =>
  boxes.every((box) => box.counted.minor === box.expected.minor);

/** Once a count was not what the book says, no later one is one officer's word alone. */
const secondCounts = (turn: OfficerTurn, { first, state }: OpenMeeting): boolean =>
  first !== undefined && state === 'open' && otherOfficers(turn).length > 0;

/** Each box with what was counted in it; one that was not counted yet holds nothing. */
const countedBoxes = ({ speaker: { group } }: OfficerTurn, counted: readonly string[]): CountedBox[] =>
  boxesOf(group).map((box, n) => ({ ...box, counted: money(BigInt(counted[n] ?? '0'), group.currency) }));

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
    events: of.meeting.first
      ? []
      : [meetingMoved({ id: of.meeting.id, was: 'open', state: 'open', first: of.boxes })],
    replies: [
      reply(
        [...differsLines(turn, of.boxes), say('count.recount')],
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
  const { meeting } = turn.speaker.extra;
  const { flow } = turn.session;
  if (meeting === undefined) return needs({ type: 'meeting' });
  if (meeting === 'none') return decide(turn, { replies: [reply([say('count.closed-already')])] });
  const reason = DIFFERENCE_REASONS.find((one) => one === what);
  if (reason) {
    if (flow.type !== 'meeting-differs') return undefined;
    if (meeting.state !== 'open') return startCount(turn, meeting);
    const boxes = countedBoxes(turn, flow.counted);
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
  const boxes = boxesOf(turn.speaker.group).map((box) => ({ ...box, counted: box.expected }));
  return shown === countTag(turn, meeting, boxes)
    ? closeMeeting(turn, meeting, boxes)
    : countAgain(turn, meeting, [say('count.moved')]);
};
