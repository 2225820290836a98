import { firstName } from '../../domain/group.ts';
import { DIFFERENCE_REASONS, differencePostings, type OpenMeeting } from '../../domain/meeting.ts';
import { type Money, money, subtract } from '../../domain/money.ts';
import { decidedEntry } from '../decided-entry.ts';
import { otherOfficers, tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';

import { closeMeeting, closeQuestion } from './meeting-close.ts';
import { meetingMoved } from './meeting-moved.ts';

/** "Contar la caja". */
export const countStart = (turn: OfficerTurn): StepResult => {
  const { meeting } = turn.speaker.extra;
  if (meeting === undefined) return needs({ type: 'meeting' });
  return meeting === 'none'
    ? decide(turn, { replies: [reply([say('count.closed-already')])] })
    : startCount(turn, meeting);
};

/** The count of the box: first what they counted, without being told what the book says. */
export const startCount = (turn: OfficerTurn, meeting: OpenMeeting): StepResult => {
  switch (meeting.state) {
    case 'open':
      return askCount(turn, []);
    case 'differs':
      return meeting.countedBy === turn.speaker.me.id
        ? decide(turn, {
            replies: [reply([say('count.waits')], [offer('meeting-count:again', say('count.again'))])],
          })
        : decide(turn, { replies: [agreeQuestion(turn, meeting)] });
    case 'agreed':
      return decide(turn, { replies: [closeQuestion(turn)] });
  }
};

const askCount = (turn: OfficerTurn, before: readonly Say[]): StepResult =>
  decide(turn, {
    flow: { type: 'meeting-count' },
    replies: [reply([...before, say('count.question')], [offer('no', say('choice.not-now'))])],
  });

/** The amount they counted. */
export const countAnswer = (turn: OfficerTurn): StepResult | undefined => {
  const { group, extra } = turn.speaker;
  const meaning = turn.input.type === 'words' ? turn.input.meaning : undefined;
  if (turn.session.flow.type !== 'meeting-count' || !meaning) return undefined;
  if (meaning.clarify) return askCount(turn, [say('report.unclear')]);
  if (meaning.amountMinor === undefined) return undefined;
  if (extra.meeting === undefined) return needs({ type: 'meeting' });
  if (extra.meeting === 'none') return undefined;
  const counted = money(meaning.amountMinor, group.currency);
  if (counted.minor === group.cash.minor) return decide(turn, { replies: [closeQuestion(turn, counted)] });
  return decide(turn, {
    flow: { type: 'meeting-differs', counted: counted.minor.toString() },
    replies: [
      reply(
        [differenceText(group.cash, counted), say('count.recount')],
        [
          offer('meeting-count:again', say('count.again')),
          ...DIFFERENCE_REASONS.map((reason) =>
            offer(`meeting-count:${reason}`, say(`count.because-${reason}`)),
          ),
        ],
      ),
    ],
  });
};

const differenceText = (expected: Money, counted: Money): Say => {
  const difference = subtract(counted, expected);
  const size = money(difference.minor < 0n ? -difference.minor : difference.minor, difference.currency);
  return say(difference.minor < 0n ? 'count.missing' : 'count.over', { expected, counted, difference: size });
};

/** The buttons of the count: count again, a reason, the second officer's word, and closing. */
export const countVerb = (turn: OfficerTurn, what: string): StepResult | undefined => {
  const { meeting } = turn.speaker.extra;
  if (meeting === undefined) return needs({ type: 'meeting' });
  if (meeting === 'none') return decide(turn, { replies: [reply([say('count.closed-already')])] });
  const reason = DIFFERENCE_REASONS.find((one) => one === what);
  if (reason) return stateDifference(turn, meeting, reason);
  switch (what) {
    case 'again':
      return meeting.state === 'differs' ? reopen(turn, meeting) : askCount(turn, []);
    case 'agree':
      return agree(turn, meeting);
    case 'disagree':
      return disagree(turn, meeting);
    case 'close':
      return meeting.state === 'differs' ? startCount(turn, meeting) : closeMeeting(turn, meeting);
    default:
      return undefined;
  }
};

/** A difference is never closed by one officer: the second one says the same, or counts again. */
const stateDifference = (
  turn: OfficerTurn,
  meeting: OpenMeeting,
  reason: NonNullable<OpenMeeting['reason']>,
): StepResult | undefined => {
  const { flow } = turn.session;
  const { group, me } = turn.speaker;
  if (flow.type !== 'meeting-differs' || meeting.state !== 'open') return undefined;
  const officers = otherOfficers(turn);
  if (officers.length === 0) return decide(turn, { replies: [reply([say('list.no-officer')])] });
  const counted = money(BigInt(flow.counted), group.currency);
  const stated = { ...meeting, state: 'differs' as const, counted, countedBy: me.id, reason };
  return decide(turn, {
    events: [
      meetingMoved({
        id: meeting.id,
        was: 'open',
        state: 'differs',
        expected: group.cash,
        counted,
        countedBy: me.id,
        reason,
      }),
    ],
    notices: tell(officers, 'ask', agreeQuestion(turn, stated)),
    replies: [reply([say('count.asked', { name: firstName(officers[0]?.name ?? '') })])],
  });
};

const agreeQuestion = (turn: OfficerTurn, { counted, reason }: OpenMeeting): Reply => {
  const { group } = turn.speaker;
  return reply(
    [
      differenceText(group.cash, counted ?? group.cash),
      ...(reason ? [say(`count.said-${reason}`)] : []),
      say('count.agree-question'),
    ],
    [
      offer('meeting-count:agree', say('count.agree')),
      offer('meeting-count:disagree', say('count.disagree')),
    ],
  );
};

const reopen = (turn: OfficerTurn, meeting: OpenMeeting): StepResult =>
  decide(turn, {
    flow: { type: 'meeting-count' },
    events: [meetingMoved({ id: meeting.id, was: 'differs', state: 'open' })],
    replies: [reply([say('count.question')], [offer('no', say('choice.not-now'))])],
  });

/** The second officer's word: the book says from now on what was counted, with both names. */
const agree = (turn: OfficerTurn, meeting: OpenMeeting): StepResult => {
  const { group, me } = turn.speaker;
  const { counted, countedBy } = meeting;
  if (meeting.state !== 'differs' || !counted || !countedBy)
    return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  if (countedBy === me.id) return decide(turn, { replies: [reply([say('count.other-officer')])] });
  const postings = differencePostings(group.cash, counted, group.rules);
  const entry = decidedEntry(turn, {
    kind: 'count',
    key: `count/${meeting.id}`,
    author: countedBy,
    postings,
  });
  const first = turn.speaker.company.officers.filter((officer) => officer.id === countedBy);
  return decide(turn, {
    events: [
      { type: 'entry-posted', entry },
      meetingMoved({ id: meeting.id, was: 'differs', state: 'agreed', witness: me.id }),
    ],
    notices: tell(first, 'ask', closeQuestion(turn, counted)),
    replies: [reply([say('count.agreed', { counted })])],
  });
};

const disagree = (turn: OfficerTurn, meeting: OpenMeeting): StepResult => {
  if (meeting.state !== 'differs') return decide(turn, { replies: [reply([say('loan-decide.already')])] });
  const first = turn.speaker.company.officers.filter((officer) => officer.id === meeting.countedBy);
  return decide(turn, {
    events: [meetingMoved({ id: meeting.id, was: 'differs', state: 'open' })],
    notices: tell(
      first,
      'ask',
      reply([say('count.disagreed')], [offer('meeting-count:again', say('count.again'))]),
    ),
    replies: [reply([say('count.again-together')])],
  });
};
