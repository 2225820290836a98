import type { Temporal } from 'temporal-polyfill';
import { boxFrom } from '../../domain/box-days.ts';
import { asId, type MeetingId } from '../../domain/ids.ts';
import { boxesOf, type CountedBox, type OpenMeeting } from '../../domain/meeting.ts';
import { type Money } from '../../domain/money.ts';
import { invariant } from '../../domain/result.ts';
import type { StepResult } from '../outcome.ts';
import { type MemberTurn, needs, type OfficerTurn } from '../turn.ts';
import { lateDayOver } from './late-day.ts';
import { dateOf } from './when.ts';

/**
 * The meeting that is being counted: the one that is open, or a past one whose boxes are only being written down and that is not in
 * the book yet. Undefined while it is not known whether one is open: ask for `meeting`.
 */
export const countedMeeting = (turn: OfficerTurn): OpenMeeting | 'none' | undefined => {
  const { meeting } = turn.speaker.extra;
  const { flow } = turn.session;
  if (meeting !== 'none' || flow.type !== 'meeting-count' || !flow.late) return meeting;
  return newMeeting(turn, flow.late.id, dateOf(flow.late.on));
};

/** A past meeting as it is opened by its count. */
export const lateMeeting = (turn: OfficerTurn, on: Temporal.PlainDate): OpenMeeting =>
  newMeeting(turn, asId<MeetingId>(turn.newId()), on);

const newMeeting = (
  { speaker: { me } }: OfficerTurn,
  id: MeetingId,
  on: Temporal.PlainDate,
): OpenMeeting => ({
  id,
  on,
  late: true,
  isNew: true,
  state: 'open',
  openedBy: me.id,
  boxes: undefined,
  countedBy: undefined,
  reason: undefined,
});

/** What is still to be known of a meeting's day, or why nothing of that day is written down any more. */
export const lateMissing = (turn: OfficerTurn, { late, isNew, on }: OpenMeeting): StepResult | undefined => {
  if (isNew) return lateDayOver(turn, on);
  return late && !turn.speaker.extra.boxMoves ? needs({ type: 'counted' }) : undefined;
};

type Expected = Omit<CountedBox, 'counted'>;

/** What the book says is in each box: now, or of a past meeting what it says was in it then. */
export const boxesAt = (turn: MemberTurn, meeting: OpenMeeting): readonly Expected[] =>
  boxesOf(turn.speaker.group).map((box) =>
    meeting.late ? { ...box, expected: heldSince(turn, meeting, box).held } : box,
  );

const heldSince = (
  { speaker: { extra } }: MemberTurn,
  { on }: OpenMeeting,
  { pot, expected }: Expected,
): { readonly held: Money; readonly least: Money } => {
  invariant(extra.boxMoves, 'what a box held on a past day is known');
  return boxFrom(
    expected,
    extra.boxMoves.filter((move) => move.pot === pot),
    on,
  );
};

/** Whether more left a box since than would have been in it by this count. */
export const isShortSince = (
  turn: OfficerTurn,
  meeting: OpenMeeting,
  boxes: readonly CountedBox[],
): boolean =>
  meeting.late &&
  boxesOf(turn.speaker.group).some((box) => {
    const count = boxes.find(({ pot }) => pot === box.pot);
    const { least } = heldSince(turn, meeting, box);
    return count !== undefined && least.minor + count.counted.minor - count.expected.minor < 0n;
  });
