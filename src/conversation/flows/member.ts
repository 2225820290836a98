import { hasPlace } from '../../domain/group.ts';
import { type AtAnyTime, isAtAnyTime } from '../access/at-any-time.ts';
import { withNewNotice } from '../new-notice.ts';
import type { StepResult } from '../outcome.ts';
import { isSafeWord } from '../safe-word.ts';
import { reply, say } from '../say.ts';
import { type AskTurn, decide, isMemberTurn, type MemberTurn, needs } from '../turn.ts';
import { keptOfStranger } from './arrive.ts';
import { dangerSaid } from './danger.ts';
import { erase } from './erase.ts';
import { hide } from './hide.ts';
import { lessonWorkSaid } from './lesson-verbs.ts';
import { byVerb } from './member-buttons.ts';
import { askedFor, askedInWords } from './member-questions.ts';
import { said } from './member-words.ts';
import { minorSays } from './minor.ts';
import { inFlow } from './open-question.ts';
import { goesAgain } from './people.ts';
import { discreetOff, discreetOn, pinSaid } from './pin.ts';
import { stopNotices, urgent } from './reach.ts';
import { safeHoursSaid } from './safe-hours.ts';
import { paidOut } from './suspend.ts';
import { human, talkWords } from './talk.ts';
import { tandaVerb } from './tanda-verbs.ts';

/** Everything a linked member or officer may say: what is pressed, what answers an open question, what is said. */
export const memberSays = (turn: AskTurn): StepResult =>
  withNewNotice(
    turn,
    isMemberTurn(turn) ? inCompany(turn) : (askedPlainly(turn) ?? needs({ type: 'company' })),
  );

/** A question about herself, with no other question open. */
const askedPlainly = (turn: AskTurn): StepResult | undefined => {
  const { input, session, speaker } = turn;
  if (!hasPlace(speaker.me.state) || session.flow.type !== 'idle') return undefined;
  if (input.type === 'choice') return input.verb === 'ask' ? askedFor(turn, input.args[0] ?? '') : undefined;
  return input.type === 'words' ? askedInWords(turn, input.meaning.intent) : undefined;
};

/** Safety and stopping come before any open question. */
const inCompany = (turn: MemberTurn): StepResult => {
  const { me } = turn.speaker;
  if (me.state === 'pending') return waitingForLeader(turn);
  if (me.state === 'left') return overriding(turn) ?? forStaff(turn) ?? ofWhatIsKept(turn) ?? paidOut(turn);
  return (
    overriding(turn) ??
    chosen(turn) ??
    safeHoursSaid(turn) ??
    lessonWorkSaid(turn) ??
    inFlow(turn) ??
    said(turn)
  );
};

const waitingForLeader = (turn: MemberTurn): StepResult => {
  const isLeaving = turn.input.type === 'words' && turn.input.meaning.intent === 'data.erase';
  if (isLeaving) return goesAgain(turn, [say('erase-me.at-the-door'), say('erase-me.chat')]);
  return (
    overriding(turn) ?? forStaff(turn) ?? decide(turn, { replies: [reply([say('arrive.still-waiting')])] })
  );
};

const forStaff = (turn: MemberTurn): StepResult | undefined => {
  const { flow } = turn.session;
  return flow.type === 'talk-words' ? talkWords(turn, flow.more) : undefined;
};

/** Who left is told the same of what is kept of her as a stranger is: until when it is. */
const ofWhatIsKept = (turn: MemberTurn): StepResult | undefined =>
  turn.input.type === 'words' ? keptOfStranger(turn, turn.input.meaning.intent) : undefined;

/** What is honoured whatever question is open. */
const overriding = (turn: MemberTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const { intent } = turn.input.meaning;
  return isAtAnyTime(intent) ? HONOURED[intent](turn) : undefined;
};

const HONOURED: Readonly<Record<AtAnyTime, (turn: MemberTurn) => StepResult>> = {
  // To her who was trained for it she may say it all; the safe word is the card's wherever it is written.
  urgent: (turn) =>
    turn.input.type === 'words' && isSafeWord(turn.snapshot, turn.input.text)
      ? urgent(turn)
      : (dangerSaid(turn) ?? urgent(turn)),
  stop: stopNotices,
  hide,
  'pin.set': pinSaid,
  'discreet.on': discreetOn,
  'discreet.off': discreetOff,
  erase,
  human,
  minor: minorSays,
  cancel: (turn) => decide(turn, { replies: [reply([say('done.cancelled')])] }),
};

const chosen = (turn: MemberTurn): StepResult | undefined => {
  if (turn.input.type !== 'choice') return undefined;
  const { verb, args } = turn.input;
  return byVerb(turn, verb, args) ?? tandaVerb(turn, verb, args) ?? expired(turn);
};

/** A button of an old message, or a forged one: said so, and nothing happens. */
const expired = (turn: MemberTurn): StepResult =>
  decide(turn, { flow: turn.session.flow, replies: [reply([say('done.expired')])] });
