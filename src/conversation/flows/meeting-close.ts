import { checkWords } from '../../domain/check-code.ts';
import type { CountedBox, OpenMeeting } from '../../domain/meeting.ts';
import type { Money } from '../../domain/money.ts';
import { tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, needs, type OfficerTurn } from '../turn.ts';
import { stoodInLine } from './count-away.ts';
import { boxLines, countTag, firstLines } from './count-text.ts';
import { boxesAt } from './late-count.ts';
import { meetingMoved } from './meeting-moved.ts';
import { unsigned } from './opening.ts';

/** The boxes and the book agree: shall all be told, and the meeting end? */
export const closeQuestion = (
  turn: MemberTurn,
  meeting: OpenMeeting,
  boxes: readonly BoxCash[] = cashAt(turn, meeting),
): Reply => {
  const shown = boxes.map(({ pot, cash }) => ({ pot, expected: cash, counted: cash }));
  return reply(
    [
      ...(meeting.late ? [say('past.of', { date: meeting.on })] : []),
      ...rightLines(turn, boxes),
      say(meeting.late ? 'late-count.close-question' : 'count.close-question'),
    ],
    [
      offer(`meeting-count:close:${countTag(turn, meeting, shown)}`, say('count.close')),
      offer('no', say('choice.not-now')),
    ],
  );
};

/** What was counted is what the book says. */
export const rightLines = (turn: MemberTurn, boxes: readonly BoxCash[]): Say[] => {
  const [only] = boxes;
  return only && boxes.length === 1
    ? [say('count.right', { counted: only.cash })]
    : [say('count.right-all'), ...boxLines(turn, boxes)];
};

type BoxCash = { readonly pot: CountedBox['pot']; readonly cash: Money };

const cashAt = (turn: MemberTurn, meeting: OpenMeeting): BoxCash[] =>
  boxesAt(turn, meeting).map(({ pot, expected }) => ({ pot, cash: expected }));

/** Whether the book still says what it said when the boxes were counted. */
export const sameBoxes = (
  boxes: readonly { readonly pot: string; readonly expected: Money }[],
  now: readonly { readonly pot: string; readonly expected: Money }[],
): boolean =>
  boxes.length === now.length &&
  boxes.every(({ pot, expected }, n) => now[n]?.pot === pot && now[n].expected.minor === expected.minor);

/** Whether the book says what two officers agreed that was in the boxes. */
export const asCounted = (turn: OfficerTurn, meeting: OpenMeeting): boolean =>
  sameBoxes(
    (meeting.boxes ?? []).map(({ pot, counted }) => ({ pot, expected: counted })),
    boxesAt(turn, meeting),
  );

/**
 * Closes the meeting and tells everybody the balances to remember, with four words over the book's chain: who wrote them
 * down can see later that nothing before them was changed.
 *
 * @param boxes as they were counted: what the book says
 * @see closing balances said aloud (VSLA meeting, step 9)
 */
export const closeMeeting = (
  turn: OfficerTurn,
  meeting: OpenMeeting,
  boxes: readonly CountedBox[],
): StepResult => {
  const { extra, me } = turn.speaker;
  if (!extra.voters) return needs({ type: 'voters' });
  const lines = [
    ...firstLines(turn, meeting.first, []),
    ...stoodInLine(turn, meeting),
    ...balances(turn, meeting),
  ];
  const others = extra.voters.filter((member) => member.id !== me.id);
  const notices: Notice[] = tell(others, 'meeting', reply(lines));
  return decide(turn, {
    session: { meeting: false },
    events: meetingMoved(meeting, {
      was: meeting.state,
      state: 'closed',
      ...(meeting.state === 'open' && { boxes, countedBy: me.id }),
    }),
    notices,
    replies: [reply([say(meeting.late ? 'late-count.closed' : 'count.closed'), ...lines])],
  });
};

const balances = (turn: OfficerTurn, meeting: OpenMeeting): Say[] => {
  const { group } = turn.speaker;
  const boxes = boxLines(turn, cashAt(turn, meeting));
  const words = say('count.words', { words: checkWords(group.book.head) });
  // Of a past meeting only what was counted then: the book has gone on since.
  if (meeting.late) return [say('late-count.told', { date: meeting.on }), ...boxes, words];
  return [
    say('count.remember'),
    // What was lent to the group, what its members saved and the emergency pot lie apart, and are said apart.
    ...boxes,
    ...(group.tanda ? [] : [say('count.saved', { saved: group.savedByAll })]),
    ...expenseLines(turn),
    ...unsigned(turn),
    words,
  ];
};

/** What the group paid for since the balances were told last. */
const expenseLines = ({ speaker }: OfficerTurn): Say[] =>
  (speaker.extra.meetingWork?.expenses ?? []).map(({ amount, words }) =>
    words === undefined ? say('count.expense', { amount }) : say('count.expense-for', { amount, words }),
  );
