import { firstName, isOfficer } from '../../domain/group.ts';
import { differencePostings, type OpenMeeting } from '../../domain/meeting.ts';
import { decidedEntry } from '../decided-entry.ts';
import type { MemberFacts } from '../member-facts.ts';
import { contactOf, otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, type MemberTurn, needs, type OfficerTurn } from '../turn.ts';
import { awayNames, mayStandIn } from './count-away.ts';
import { countTag, differenceLines, firstLines } from './count-text.ts';
import { boxesAt } from './late-count.ts';
import { closeQuestion, rightLines, sameBoxes } from './meeting-close.ts';
import { meetingMoved } from './meeting-moved.ts';
import { namedIn } from './roll.ts';

// A count that differs while the other officer is away: a member who came says the same, and all are told that it was she.

/** "Que lo vea una socia": which of those who came. */
export const askStandIn = (turn: OfficerTurn): StepResult => {
  const { meeting } = turn.speaker.extra;
  if (meeting === undefined) return needs({ type: 'meeting' });
  return meeting !== 'none' && mayStandIn(turn, meeting)
    ? askWho(turn, [])
    : decide(turn, { replies: [reply([say('loan-decide.already')])] });
};

const askWho = (turn: OfficerTurn, before: readonly Say[]): StepResult =>
  decide(turn, {
    flow: { type: 'count-witness' },
    replies: [reply([...before, say('stand-in.who')], [offer('no', say('choice.not-now'))])],
  });

/** The name she wrote: one member who came, is no officer and can be asked here. */
export const standInAnswer = (turn: OfficerTurn): StepResult | undefined => {
  const { meeting } = turn.speaker.extra;
  if (turn.input.type !== 'words') return undefined;
  if (meeting === undefined) return needs({ type: 'meeting' });
  const { members, unclear } = namedIn(turn, turn.input.text);
  if (members.length + unclear.length === 0) return undefined;
  if (meeting === 'none' || !mayStandIn(turn, meeting))
    return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  const [member, ...more] = members;
  if (!member || more.length + unclear.length > 0) return askWho(turn, [say('out.unclear')]);
  if (!isThere(turn, member)) return askWho(turn, [say('stand-in.not-she')]);
  const asked = { ...meeting, standIn: member.id };
  const names = { leader: firstName(turn.speaker.me.name), away: awayNames(turn, meeting) };
  return decide(turn, {
    events: meetingMoved(meeting, { was: 'differs', state: 'differs', standIn: member.id }),
    notices: [
      ...tell([contactOf(member)], 'ask', standInQuestion(turn, asked)),
      ...tell(
        otherOfficers(turn),
        'ask',
        reply(
          [say('stand-in.told', { ...names, name: firstName(member.name) })],
          [offer('meeting-count:disagree', say('count.disagree'))],
        ),
      ),
    ],
    replies: [reply([say('count.asked', { name: firstName(member.name) })])],
  });
};

const isThere = ({ speaker }: OfficerTurn, { id, role, state, reach }: MemberFacts): boolean =>
  !isOfficer(role) &&
  state === 'active' &&
  reach.length > 0 &&
  !(speaker.extra.meetingWork?.absent ?? []).some((one) => one === id);

/** Asks her about the count as the officer stated it, and why it is she. */
const standInQuestion = (turn: MemberTurn, meeting: OpenMeeting): Reply => {
  const { boxes = [], reason } = meeting;
  const differences = differenceLines(turn, boxes);
  return reply(
    [
      say('stand-in.asks', { leader: counterOf(turn, meeting), away: awayNames(turn, meeting) }),
      ...(differences.length > 0
        ? differences
        : rightLines(
            turn,
            boxes.map(({ pot, counted }) => ({ pot, cash: counted })),
          )),
      ...firstLines(turn, meeting.first, boxes),
      ...(reason ? [say(`count.said-${reason}`)] : []),
      say('stand-in.all-hear'),
      say('count.agree-question'),
    ],
    [
      offer(`counted:yes:${countTag(turn, meeting, boxes)}`, say('count.agree')),
      offer('counted:no', say('count.disagree')),
    ],
  );
};

const counterOf = ({ speaker }: MemberTurn, { countedBy }: OpenMeeting): string =>
  firstName(speaker.company.officers.find(({ id }) => id === countedBy)?.name ?? '');

const stater = ({ speaker }: MemberTurn, { countedBy }: OpenMeeting) =>
  speaker.company.officers.filter(({ id }) => id === countedBy);

/** Her word: the book says what was counted from now on, with the officer's name and hers; or both count again. */
export const standInSaid = (turn: MemberTurn, answer: string, shown: string): StepResult | undefined => {
  const { extra, me } = turn.speaker;
  if (answer !== 'yes' && answer !== 'no') return undefined;
  if (extra.meeting === undefined) return needs({ type: 'stand-in' });
  const { meeting } = extra;
  if (meeting === 'none' || meeting.standIn !== me.id || meeting.state !== 'differs' || !meeting.boxes)
    return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (answer === 'no') return notSo(turn, meeting);
  // Nobody says yes to a count that she was not shown.
  if (shown !== countTag(turn, meeting, meeting.boxes))
    return decide(turn, { replies: [standInQuestion(turn, meeting)] });
  return sameBoxes(meeting.boxes, boxesAt(turn, meeting)) ? agreed(turn, meeting) : notSo(turn, meeting);
};

const notSo = (turn: MemberTurn, meeting: OpenMeeting): StepResult =>
  decide(turn, {
    events: [{ type: 'count-witnessed', step: { id: meeting.id, was: 'differs', state: 'open' } }],
    notices: tell(
      stater(turn, meeting),
      'ask',
      reply(
        [say('stand-in.disagreed', { name: firstName(turn.speaker.me.name) })],
        [offer('meeting-count:again', say('count.again'))],
      ),
    ),
    replies: [reply([say('stand-in.no')])],
  });

const agreed = (turn: MemberTurn, meeting: OpenMeeting): StepResult => {
  const { group, me, company } = turn.speaker;
  const { boxes = [], countedBy } = meeting;
  const postings = differencePostings(boxes);
  const entry =
    countedBy &&
    postings.length > 0 &&
    decidedEntry(turn, {
      kind: 'count',
      key: `count/${meeting.id}/${group.book.seq}`,
      author: countedBy,
      postings,
    });
  const leader = counterOf(turn, meeting);
  const found = boxes.map((box) => ({ pot: box.pot, cash: box.counted }));
  const aloud = say('stand-in.aloud', { away: awayNames(turn, meeting), leader, name: firstName(me.name) });
  return decide(turn, {
    events: [
      ...(entry ? [{ type: 'entry-posted' as const, entry }] : []),
      {
        type: 'count-witnessed',
        step: { id: meeting.id, was: 'differs', state: 'agreed', witness: me.id },
      },
    ],
    notices: [
      ...tell(stater(turn, meeting), 'ask', closeQuestion(turn, meeting, found)),
      ...tell(
        company.officers.filter(({ id }) => id !== countedBy),
        'answer',
        reply([aloud, ...differenceLines(turn, boxes)]),
      ),
    ],
    replies: [reply([say('stand-in.thanks', { leader })])],
  });
};
