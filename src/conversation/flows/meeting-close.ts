import { checkWords } from '../../domain/check-code.ts';
import type { OpenMeeting } from '../../domain/meeting.ts';
import { type Money, subtract } from '../../domain/money.ts';
import type { MeetingStep } from '../domain-event.ts';
import { tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { meetingMoved } from './meeting-moved.ts';

/** The box and the book agree: shall all be told, and the meeting end? */
export const closeQuestion = (turn: OfficerTurn, counted: Money = turn.speaker.group.cash): Reply =>
  reply(
    [say('count.right', { counted }), say('count.close-question')],
    [offer('meeting-count:close', say('count.close')), offer('no', say('choice.not-now'))],
  );

/**
 * Closes the meeting and tells everybody the balances to remember, with four words over the book's chain: who wrote them
 * down can see later that nothing before them was changed.
 *
 * @see closing balances said aloud (VSLA meeting, step 9)
 */
export const closeMeeting = (turn: OfficerTurn, meeting: OpenMeeting): StepResult => {
  const { extra, group, me } = turn.speaker;
  if (!extra.voters) return needs({ type: 'voters' });
  const lines = balances(turn);
  const others = extra.voters.filter((member) => member.id !== me.id);
  const step: MeetingStep = { id: meeting.id, was: meeting.state, state: 'closed' };
  const counted =
    meeting.state === 'open' ? { expected: group.cash, counted: group.cash, countedBy: me.id } : {};
  const notices: Notice[] = tell(others, 'meeting', reply(lines));
  return decide(turn, {
    session: { meeting: false },
    events: [meetingMoved({ ...step, ...counted })],
    notices,
    replies: [reply([say('count.closed'), ...lines])],
  });
};

const balances = ({ speaker }: OfficerTurn): Say[] => {
  const { group } = speaker;
  const { cash, loanCash, ownCash, socialCash } = group;
  return [
    say('count.remember'),
    // What was lent to the group and what its members saved lie apart, and are said apart.
    ...(group.rules.product === 'solidarity-credit'
      ? [say('count.loan-box', { cash: loanCash }), say('count.savings-box', { cash: ownCash })]
      : [say('count.box', { cash: subtract(cash, socialCash) })]),
    ...(socialCash.minor > 0n ? [say('count.social', { cash: socialCash })] : []),
    ...(group.tanda ? [] : [say('count.saved', { saved: group.savedByAll })]),
    say('count.words', { words: checkWords(group.book.head) }),
  ];
};
