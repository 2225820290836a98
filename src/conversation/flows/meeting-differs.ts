import { firstName } from '../../domain/group.ts';
import { differencePostings, type OpenMeeting } from '../../domain/meeting.ts';
import { decidedEntry } from '../decided-entry.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { standInOffers } from './count-away.ts';
import { countTag, differenceLines, firstLines } from './count-text.ts';
import { boxesAt, isShortSince } from './late-count.ts';
import { closeQuestion, rightLines, sameBoxes } from './meeting-close.ts';
import { meetingMoved } from './meeting-moved.ts';

/** A difference is never closed by one officer: the second one says the same, or counts again. */
export const stateDifference = (turn: OfficerTurn, meeting: OpenMeeting): StepResult => {
  const { me } = turn.speaker;
  const officers = otherOfficers(turn);
  if (officers.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  const stated = { ...meeting, state: 'differs' as const, countedBy: me.id };
  const { boxes = [], reason } = meeting;
  if (isShortSince(turn, meeting, boxes))
    return decide(turn, {
      replies: [reply([say('late-count.short')], [offer('meeting-count:again', say('count.again'))])],
    });
  return decide(turn, {
    events: meetingMoved(meeting, {
      was: 'open',
      state: 'differs',
      boxes,
      countedBy: me.id,
      ...(reason && { reason }),
    }),
    notices: tell(officers, 'ask', agreeQuestion(turn, stated)),
    replies: [
      reply([say('count.asked', { name: firstName(officers[0]?.name ?? '') })], standInOffers(turn, stated)),
    ],
  });
};

/** Asks the second officer about the count as the first one stated it. */
export const agreeQuestion = (turn: OfficerTurn, meeting: OpenMeeting): Reply => {
  const { boxes = [], reason } = meeting;
  const differences = differenceLines(turn, boxes);
  return reply(
    [
      ...(meeting.late ? [say('past.of', { date: meeting.on })] : []),
      ...(differences.length > 0
        ? differences
        : rightLines(
            turn,
            boxes.map(({ pot, counted }) => ({ pot, cash: counted })),
          )),
      ...firstLines(turn, meeting.first, boxes),
      ...(reason ? [say(`count.said-${reason}`)] : []),
      say('count.agree-question'),
    ],
    [
      offer(`meeting-count:agree:${countTag(turn, meeting, boxes)}`, say('count.agree')),
      offer('meeting-count:disagree', say('count.disagree')),
    ],
  );
};

/** The second officer's word: the book says from now on what was counted, with both names. */
export const agree = (turn: OfficerTurn, meeting: OpenMeeting, shown: string): StepResult => {
  const { group, me } = turn.speaker;
  const { boxes, countedBy } = meeting;
  if (meeting.state !== 'differs' || !boxes || !countedBy)
    return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (countedBy === me.id) return decide(turn, { replies: [reply([say('count.other-officer')])] });
  // Nobody says yes to a count that she was not shown, nor to one that the book has left behind.
  if (shown !== countTag(turn, meeting, boxes))
    return decide(turn, { replies: [agreeQuestion(turn, meeting)] });
  if (!sameBoxes(boxes, boxesAt(turn, meeting)) || isShortSince(turn, meeting, boxes))
    return uncount(turn, meeting, { told: say('count.moved'), answered: say('count.moved') });
  const postings = differencePostings(boxes);
  // A second count that is what the book says changes nothing in it.
  const entry =
    postings.length > 0 &&
    decidedEntry(turn, {
      kind: 'count',
      // A meeting may be counted twice: what was agreed on is the count of the book as it was then.
      key: `count/${meeting.id}/${group.book.seq}`,
      author: countedBy,
      postings,
      ...(meeting.late && { on: meeting.on }),
    });
  const found = boxes.map((box) => ({ pot: box.pot, cash: box.counted }));
  return decide(turn, {
    events: [
      ...(entry ? [{ type: 'entry-posted' as const, entry }] : []),
      ...meetingMoved(meeting, { was: 'differs', state: 'agreed', witness: me.id }),
    ],
    notices: tell(stater(turn, meeting), 'ask', closeQuestion(turn, meeting, found)),
    replies: [reply([say(entry ? 'count.agreed' : 'count.agreed-right')])],
  });
};

export const disagree = (turn: OfficerTurn, meeting: OpenMeeting): StepResult =>
  meeting.state === 'differs'
    ? uncount(turn, meeting, { told: say('count.disagreed'), answered: say('count.again-together') })
    : decide(turn, { replies: [reply([say('loan-decide.already')])] });

const stater = (turn: OfficerTurn, meeting: OpenMeeting) =>
  turn.speaker.company.officers.filter((officer) => officer.id === meeting.countedBy);

/** What was counted is nothing any more: both count again. */
const uncount = (
  turn: OfficerTurn,
  meeting: OpenMeeting,
  { told, answered }: { readonly told: Say; readonly answered: Say },
): StepResult =>
  decide(turn, {
    events: meetingMoved(meeting, { was: 'differs', state: 'open' }),
    notices: tell(
      stater(turn, meeting),
      'ask',
      reply([told], [offer('meeting-count:again', say('count.again'))]),
    ),
    replies: [reply([answered])],
  });
