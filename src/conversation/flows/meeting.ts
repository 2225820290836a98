import { asId, type MeetingId } from '../../domain/ids.ts';
import type { OpenMeeting } from '../../domain/meeting.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, say } from '../say.ts';
import { currentMeeting, decide, isPast, needs, type OfficerTurn } from '../turn.ts';
import { groupLesson } from './lesson-meeting.ts';
import { agenda, askToOpen, wasClosed } from './meeting-agenda.ts';
import { startCount } from './meeting-count.ts';
import { askAbsent, nobody, rollQuestion, setFines } from './roll.ts';
import { askSecond } from './second-ask.ts';

/** "Abrir la reunión", or what comes next in the one that is open: one telephone, in the order of the meeting. */
const meetingNext = (turn: OfficerTurn): StepResult => {
  const { meeting } = turn.speaker.extra;
  if (meeting === undefined) return needs({ type: 'meeting' });
  if (meeting === 'none') return askToOpen(turn);
  if (meeting.state !== 'open') return startCount(turn, meeting);
  return isPast(turn, meeting.on) ? askAboutOld(turn, meeting) : goOn(turn, meeting);
};

const goOn = (turn: OfficerTurn, meeting: OpenMeeting): StepResult =>
  decide(turn, { replies: [agenda(turn, meeting.on)] });

/** A meeting of another day that nobody closed: it is not taken up, nor left, without a word. */
const askAboutOld = (turn: OfficerTurn, { on }: OpenMeeting): StepResult =>
  decide(turn, {
    replies: [
      reply(
        [say('meeting-old.question', { date: on }), say('meeting-old.ask')],
        [
          offer('meeting:count', say('meeting-old.close')),
          offer('meeting:go-on', say('meeting-old.go-on')),
          offer('no', say('choice.not-now')),
        ],
      ),
    ],
  });

/** One press of the meeting's buttons. */
export const meetingVerb = (
  turn: OfficerTurn,
  what: string,
  args: readonly string[],
): StepResult | undefined => {
  const { meeting } = turn.speaker.extra;
  if (meeting === undefined) return needs({ type: 'meeting' });
  if (what === '') return meetingNext(turn);
  if (what === 'open') return meeting === 'none' ? open(turn) : meetingNext(turn);
  if (what === 'reopen' && meeting === 'none') return reopen(turn);
  if (meeting === 'none') return askToOpen(turn);
  switch (what) {
    case 'go-on':
      return meeting.state === 'open' ? goOn(turn, meeting) : meetingNext(turn);
    case 'roll':
      return askAbsent(turn, []);
    case 'nobody':
      return nobody(turn, meeting);
    case 'fine':
      return setFines(turn, args);
    case 'lesson':
      return groupLesson(turn, meeting);
    default:
      return undefined;
  }
};

/** A meeting that was closed and told to all is opened once more by two officers, not by one. */
const reopen = (turn: OfficerTurn): StepResult => {
  const { seconds } = turn.speaker.extra;
  if (!seconds) return needs({ type: 'seconds' });
  return seconds.some(({ change }) => change.kind === 'reopen')
    ? decide(turn, { replies: [reply([say('reopen.waits')])] })
    : askSecond(turn, { kind: 'reopen', on: currentMeeting(turn) });
};

const open = (turn: OfficerTurn): StepResult => {
  if (wasClosed(turn)) return reopen(turn);
  const id = asId<MeetingId>(turn.newId());
  const asked = rollQuestion([say('meeting-open.opened')]);
  return decide(turn, {
    flow: { type: 'meeting-roll', reason: 'absent' },
    session: { meeting: true },
    events: [{ type: 'meeting-opened', id, on: currentMeeting(turn), late: false, by: turn.speaker.me.id }],
    replies: [asked],
  });
};

/** For the end of a list: on with the meeting, when one is open. */
export const onWithMeeting = (turn: OfficerTurn): Offer[] =>
  turn.session.meeting ? [offer('meeting', say('meeting-open.go-on'))] : [];
