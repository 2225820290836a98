import type { Action } from '../../domain/access/actions.ts';
import type { Flow } from '../session.ts';
import type { Input, Turn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import { isAtAnyTime } from './at-any-time.ts';
import { STAFF_VERBS, VERBS } from './verbs.ts';

/** What is asked for by words. */
const INTENTS: Readonly<Record<Intent, Action>> = {
  'savings.balance': 'see-own',
  'loan.balance': 'see-own',
  'payment.next': 'see-own',
  history: 'see-own',
  'payment.report': 'say-own',
  'payment.dispute': 'say-own',
  'loan.request': 'borrow',
  'loan.payoff': 'see-own',
  'loan.reschedule': 'say-own',
  'goal.set': 'say-own',
  'group.summary': 'see-group',
  'meeting.next': 'be-member',
  'lesson.next': 'learn',
  'lesson.topic': 'learn',
  'lesson.continue': 'learn',
  'lesson.done': 'learn',
  'lesson.hour': 'learn',
  'lessons.off': 'learn',
  'lessons.on': 'learn',
  'reminders.off': 'be-reached',
  'reminders.on': 'be-reached',
  'language.set': 'be-reached',
  help: 'be-member',
  human: 'ask-person',
  urgent: 'be-safe',
  stop: 'be-reached',
  start: 'be-reached',
  privacy: 'be-member',
  hide: 'be-safe',
  erase: 'be-safe',
  join: 'arrive',
  greeting: 'be-member',
  thanks: 'be-member',
  yes: 'be-member',
  no: 'be-member',
  cancel: 'be-safe',
  unknown: 'be-member',
  'payments.record': 'keep-book',
  'payments.pending': 'see-desk',
  'payment.undo': 'keep-book',
  'loan.disburse': 'keep-book',
  'loan.lost': 'keep-book',
  attendance: 'keep-book',
  fine: 'keep-book',
  invite: 'keep-book',
  report: 'see-desk',
  'turns.show': 'see-group',
  'turns.swap': 'vote',
  'round.hand': 'see-group',
  'closing.see': 'see-group',
  'capital.in': 'keep-book',
  'capital.out': 'keep-book',
  'box.count': 'keep-book',
  'money.out': 'keep-book',
  'fine.off': 'keep-book',
  'reminders.group-off': 'be-member',
  'reminders.group-on': 'be-member',
  'check.words': 'see-group',
  'data.mine': 'see-own',
  'data.erase': 'say-own',
  'pin.set': 'use-pin',
  'discreet.on': 'set-discreet',
  'discreet.off': 'set-discreet',
  recover: 'arrive',
  'role.change': 'vote',
  'hours.safe': 'be-reached',
  'member.suspend': 'keep-book',
  minor: 'arrive',
  'meeting.open': 'keep-book',
  'rules.see': 'see-group',
  'savings.take': 'see-own',
  'group.leave': 'see-group',
};

/** What an answer to an open question does. */
const FLOWS: Readonly<Record<Flow['type'], Action>> = {
  idle: 'be-safe',
  consent: 'arrive',
  code: 'arrive',
  'join-name': 'arrive',
  seat: 'be-member',
  pin: 'use-pin',
  'report-amount': 'say-own',
  'report-purpose': 'say-own',
  'goal-amount': 'say-own',
  'loan-who': 'keep-book',
  'loan-amount': 'borrow',
  'loan-purpose': 'borrow',
  'loan-length': 'borrow',
  'loan-confirm': 'borrow',
  'meeting-roll': 'keep-book',
  'meeting-fines': 'keep-book',
  'meeting-count': 'keep-book',
  'count-witness': 'keep-book',
  'meeting-differs': 'keep-book',
  'draw-word': 'vote',
  'office-which': 'vote',
  'office-who': 'vote',
  'office-confirm': 'vote',
  'draw-dice': 'keep-book',
  'draw-dice-confirm': 'keep-book',
  hands: 'keep-book',
  'cover-how': 'keep-book',
  'cover-confirm': 'keep-book',
  'cover-back': 'keep-book',
  'cover-back-confirm': 'keep-book',
  'out-who': 'keep-book',
  'out-for': 'keep-book',
  'out-confirm': 'keep-book',
  'order-write': 'keep-book',
  'order-confirm': 'keep-book',
  'swap-confirm': 'vote',
  'round-confirm': 'keep-book',
  'fine-which': 'keep-book',
  'fine-off': 'keep-book',
  'list-write': 'keep-book',
  'list-day': 'keep-book',
  'late-loan': 'keep-book',
  'late-loan-purpose': 'keep-book',
  'late-loan-length': 'keep-book',
  'late-loan-confirm': 'keep-book',
  'list-who': 'keep-book',
  'list-purpose': 'keep-book',
  'list-confirm': 'keep-book',
  walk: 'keep-book',
  'sign-total': 'keep-book',
  'dispute-pick': 'say-own',
  'dispute-confirm': 'say-own',
  'dispute-cover': 'say-own',
  'correct-amount': 'keep-book',
  'correct-confirm': 'keep-book',
  'other-amount': 'keep-book',
  'undo-confirm': 'keep-book',
  'lesson-question': 'learn',
  'lesson-hour': 'learn',
  'record-voice': 'keep-lessons',
  'record-confirm': 'keep-lessons',
  'approve-confirm': 'keep-lessons',
  'broadcast-words': 'broadcast',
  'broadcast-passed': 'broadcast',
  'broadcast-who': 'broadcast',
  'broadcast-check': 'broadcast',
  'broadcast-other': 'broadcast',
  'broadcast-second': 'broadcast',
  'resume-notices': 'be-reached',
  'erase-name': 'say-own',
  'right-name': 'say-own',
  'safe-hours': 'be-reached',
  recipes: 'be-safe',
  'talk-words': 'ask-person',
  'talk-send': 'ask-person',
  'talk-answer': 'answer-people',
  'talk-give': 'answer-people',
  'phone-group': 'vouch-telephone',
  'danger-when': 'ask-safeguarding',
  'danger-words': 'ask-safeguarding',
  'danger-answer': 'see-danger',
};

/** Things to see, of which it does no harm when another one of this telephone asked for them. */
const LOOKS: ReadonlySet<Action> = new Set<Action>(['see-own', 'see-group', 'be-member']);

/** Whether a message only asks to see something. */
export const onlyLooks = (turn: Turn): boolean =>
  actionsOf(turn).every((action) => action !== undefined && LOOKS.has(action));

/**
 * All that a message asks for, so that each can be asked about; undefined stands for what nobody may. A stranger asks to
 * come in, whatever she writes, and who waits for a leader's yes can only go on waiting.
 */
export const actionsOf = (turn: Turn): readonly (Action | undefined)[] => {
  const { input, session, snapshot } = turn;
  const { speaker } = snapshot;
  const { type } = speaker;
  if (type === 'stranger' || input.type === 'start') return ['arrive'];
  if (type === 'member' && speaker.me.state === 'pending') return ['be-reached'];
  if (type === 'member' && speaker.me.state === 'left') return [afterLeaving(input)];
  if (input.type === 'choice') return [ofChoice(input, type)];
  const flow = FLOWS[session.flow.type];
  // What staff write is theirs by what comes of it: what is looked up for them, and what they decide.
  if (type === 'staff') return session.flow.type === 'idle' ? ['be-reached'] : [flow];
  const { intent, code } = input.meaning;
  const said = INTENTS[intent];
  // Whoever has a code comes in with it, whatever she was asked.
  const isAlone = isAtAnyTime(intent) || (intent === 'join' && code !== undefined);
  return session.flow.type === 'idle' || isAlone ? [said] : [flow, said];
};

/** Whatever she asks, who left is shown what she was paid. What keeps her safe, and what is kept of her, needs no PIN. */
const afterLeaving = (input: Exclude<Input, { type: 'start' }>): Action => {
  if (input.type !== 'words') return 'see-own';
  const { intent } = input.meaning;
  if (intent === 'privacy' || intent === 'data.mine' || intent === 'data.erase') return 'be-reached';
  return isAtAnyTime(intent) ? INTENTS[intent] : 'see-own';
};

const ofChoice = (
  { verb, args }: Extract<Input, { type: 'choice' }>,
  speaker: 'member' | 'staff',
): Action | undefined => {
  if (verb === 'consent') return 'arrive';
  const table = speaker === 'staff' ? STAFF_VERBS : VERBS;
  const whole = `${verb}:${args[0] ?? ''}`;
  return own(table, whole) ?? own(table, verb);
};

const own = (table: Readonly<Record<string, Action>>, key: string): Action | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;
