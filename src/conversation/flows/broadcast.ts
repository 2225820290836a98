import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import type { Flow } from '../session.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import {
  askOther,
  askWho,
  check,
  compose,
  leave,
  otherWords,
  sendLesson,
  went,
  who,
} from './broadcast-compose.ts';
import { readWords } from './broadcast-content.ts';
import { secondAnswer, secondLooks, secondRefuses } from './broadcast-second.ts';
import { saveBroadcast, sendBroadcast, setMoment } from './broadcast-send.ts';
import {
  cancelBroadcast,
  retryBroadcast,
  savedBroadcasts,
  sentBroadcasts,
  showBroadcast,
} from './broadcasts.ts';
import { isLessonWork } from './staff-lessons.ts';

type Checking = Extract<Flow, { type: 'broadcast-check' }>;

/** What staff say of messages to many: written step by step, looked at, sent, stopped. Undefined: it was something else. */
export const broadcastSaid = (turn: StaffTurn): StepResult | undefined => {
  const { input } = turn;
  if (input.type === 'choice') return chosen(turn, input.verb, input.args);
  return input.type === 'words' ? said(turn, input.text) : undefined;
};

const said = (turn: StaffTurn, text: string): StepResult | undefined => {
  const { flow } = turn.session;
  const work = turn.staffWork(text);
  switch (work?.type) {
    case 'compose':
      return compose(turn);
    case 'send':
      if (flow.type === 'broadcast-check') return sendBroadcast(turn, flow, work.count);
      return flow.type === 'broadcast-second' ? secondAnswer(turn, flow, work.count) : nothingToSend(turn);
    case 'cancel':
      if (isComposing(flow)) return leave(turn);
      // Alone it ends what is open; "cancelar envío" means a message on its way, whatever is.
      return isLessonWork(flow) && ALONE.test(text.trim()) ? undefined : cancelBroadcast(turn, work.number);
    case 'lesson':
      return sendLesson(turn, work.lessonId, work.whom);
    case 'sent':
      return sentBroadcasts(turn);
    case 'saved':
      return savedBroadcasts(turn);
    case 'show':
      return showBroadcast(turn, work.number);
    case 'retry':
      return retryBroadcast(turn, work.number);
    case 'talks':
    case 'odd':
      return undefined;
    default:
      return answered(turn, text);
  }
};

const ALONE = /^\S+(?: it)?$/iu;

const isComposing = ({ type }: Flow): boolean => type.startsWith('broadcast-');

/** Her answer to the question she is at. */
const answered = (turn: StaffTurn, text: string): StepResult | undefined => {
  const { flow } = turn.session;
  switch (flow.type) {
    case 'broadcast-words':
      return went(turn, readWords(turn, text));
    case 'broadcast-who':
      return who(turn, flow.content, text);
    case 'broadcast-check':
      return setMoment(turn, flow, text);
    case 'broadcast-other':
      return otherWords(turn, flow, text);
    case 'broadcast-second':
      return secondLooks(turn, flow.id);
    default:
      return undefined;
  }
};

const chosen = (turn: StaffTurn, verb: string, args: readonly string[]): StepResult | undefined => {
  const [what = '', of = ''] = args;
  if (verb === 'sent') return what === 'list' ? sentBroadcasts(turn) : onSent(turn, what, Number(of));
  if (verb !== 'send') return undefined;
  const { flow } = turn.session;
  if (what === 'new') return compose(turn);
  if (what === 'no') return leave(turn);
  if (what === 'see') return secondLooks(turn, of);
  if (what === 'refuse') return secondRefuses(turn, of);
  if (what === 'who' && flow.type === 'broadcast-who') return askWho(turn, flow.content);
  if (what === 'passed') return flow.type === 'broadcast-passed' ? askWho(turn, flow.content) : undefined;
  if (flow.type === 'broadcast-who')
    return what === 'all' ? check(turn, { content: flow.content, audience: {} }) : undefined;
  return flow.type === 'broadcast-check' ? changed(turn, flow, what) : undefined;
};

const onSent = (turn: StaffTurn, what: string, number: number): StepResult | undefined => {
  if (!Number.isInteger(number)) return undefined;
  switch (what) {
    case 'show':
      return showBroadcast(turn, number);
    case 'stop':
      return cancelBroadcast(turn, number);
    case 'retry':
      return retryBroadcast(turn, number);
    case 'use':
      return useSaved(turn, number);
    case 'forget':
      return forgetSaved(turn, number);
    default:
      return undefined;
  }
};

/** Something of what she has made is to be different. */
const changed = (turn: StaffTurn, flow: Checking, what: string): StepResult | undefined => {
  switch (what) {
    case 'who':
      return askWho(turn, flow.content);
    case 'words':
      return compose(turn);
    case 'other':
      return askOther(turn, flow);
    case 'save':
      return saveBroadcast(turn, flow);
    default:
      return undefined;
  }
};

const nothingToSend = (turn: StaffTurn): StepResult =>
  decide(turn, { replies: [reply([say('send.nothing')], [offer('send:new', say('menu.broadcast'))])] });

/** A message that was kept is looked at again, as new, and stays kept. */
const useSaved = (turn: StaffTurn, number: number): StepResult => {
  const { one } = turn.staff.broadcasts;
  if (one === undefined) return needs({ type: 'broadcast', of: number.toString() });
  if (one === 'none') return savedBroadcasts(turn);
  return check(turn, { content: one.content, audience: one.audience });
};

const forgetSaved = (turn: StaffTurn, number: number): StepResult => {
  const { one } = turn.staff.broadcasts;
  if (one === undefined) return needs({ type: 'broadcast', of: number.toString() });
  if (one === 'none' || one.state !== 'saved') return savedBroadcasts(turn);
  return decide(turn, {
    events: [
      {
        type: 'broadcast-forgotten',
        id: one.id,
        programmeId: turn.staff.programmeId,
        by: turn.staff.staffId,
      },
    ],
    replies: [reply([say('send.forgotten')])],
  });
};
