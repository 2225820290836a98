import { hasPlace } from '../../domain/group.ts';
import { withNewNotice } from '../new-notice.ts';
import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { type AskTurn, decide, isMemberTurn, type MemberTurn, needs } from '../turn.ts';
import { erase } from './erase.ts';
import { hide } from './hide.ts';
import { lessonWorkSaid } from './lesson-verbs.ts';
import { byVerb } from './member-buttons.ts';
import { askedFor, askedInWords } from './member-questions.ts';
import { said } from './member-words.ts';
import { minorSays } from './minor.ts';
import { inFlow } from './open-question.ts';
import { discreetOff, discreetOn, pinSaid } from './pin.ts';
import { stopNotices, urgent } from './reach.ts';
import { blocked } from './rights-erase.ts';
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
  if (me.state === 'left') return overriding(turn) ?? forStaff(turn) ?? paidOut(turn);
  return overriding(turn) ?? chosen(turn) ?? lessonWorkSaid(turn) ?? inFlow(turn) ?? said(turn);
};

const waitingForLeader = (turn: MemberTurn): StepResult => {
  // Nobody has said yes to her yet: she goes as she came.
  const isLeaving = turn.input.type === 'words' && turn.input.meaning.intent === 'data.erase';
  if (isLeaving) return blocked(turn, 0, [say('erase-me.done'), say('erase-me.chat')]);
  return (
    overriding(turn) ?? forStaff(turn) ?? decide(turn, { replies: [reply([say('arrive.still-waiting')])] })
  );
};

const forStaff = (turn: MemberTurn): StepResult | undefined => {
  const { flow } = turn.session;
  return flow.type === 'talk-words' ? talkWords(turn, flow.more) : undefined;
};

/** What is honoured whatever question is open. */
const overriding = (turn: MemberTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  switch (turn.input.meaning.intent) {
    case 'urgent':
      return urgent(turn);
    case 'stop':
      return stopNotices(turn);
    case 'hide':
      return hide(turn);
    case 'pin.set':
      return pinSaid(turn);
    case 'discreet.on':
      return discreetOn(turn);
    case 'discreet.off':
      return discreetOff(turn);
    case 'erase':
      return erase(turn);
    case 'human':
      return human(turn);
    case 'minor':
      return minorSays(turn);
    case 'cancel':
      return decide(turn, { replies: [reply([say('done.cancelled')])] });
    default:
      return undefined;
  }
};

const chosen = (turn: MemberTurn): StepResult | undefined => {
  if (turn.input.type !== 'choice') return undefined;
  const { verb, args } = turn.input;
  return byVerb(turn, verb, args) ?? tandaVerb(turn, verb, args) ?? expired(turn);
};

/** A button of an old message, or a forged one: said so, and nothing happens. */
const expired = (turn: MemberTurn): StepResult =>
  decide(turn, { flow: turn.session.flow, replies: [reply([say('done.expired')])] });
