import { hasPlace } from '../../domain/group.ts';
import type { Place } from '../../domain/lesson/shelf.ts';
import type { Language } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { type AskTurn, decide, needs, type Turn } from '../turn.ts';
import { asked } from './right-asked.ts';

/** Its number stands in a sentence of its own. */
const EMERGENCY = '911';

/** BAJA: nothing unasked goes out any more. Her own questions are still answered. */
export const stopNotices = (turn: AskTurn): StepResult =>
  decide(turn, {
    stopped: true,
    events: turn.snapshot.address.stopped ? [] : [asked(turn, 'opposition', { isDone: true })],
    replies: [reply([say('stop.done'), say('stop.back')])],
  });

/** ALTA: the one word that undoes BAJA; no other message does. */
export const resumeNotices = (turn: AskTurn): StepResult =>
  decide(turn, {
    stopped: false,
    replies: [reply([say(turn.snapshot.address.stopped ? 'start.done' : 'start.already')])],
  });

/** "/start" pressed by somebody who wrote BAJA is asked about: the button is not the word. */
export const offerToResume = (turn: AskTurn): StepResult =>
  decide(turn, {
    flow: { type: 'resume-notices' },
    replies: [
      reply([say('start.question')], [offer('resume:yes', say('choice.yes')), offer('no', say('choice.no'))]),
    ],
  });

export const setLanguage = (turn: AskTurn, language: Language): StepResult =>
  decide(turn, {
    language,
    replies: [reply([say('language.set')])],
    events: [{ type: 'member-changed', memberId: turn.speaker.me.id, language }],
  });

/** The safety card: calm, fixed, and one question. Nobody is told unless she says yes to it. */
export const urgent = (turn: AskTurn): StepResult => card(turn, say('urgent.believe'));

/** The same card from the menu, where she has told us nothing. */
export const safety = (turn: AskTurn): StepResult => card(turn, say('safety.title'));

const card = (turn: AskTurn, title: Say): StepResult =>
  lacksSafeguards(turn)
    ? needs({ type: 'own-danger' })
    : decide(turn, { replies: [safetyReply(turn, title)] });

/** It is not looked up yet who there is for a member in danger. Who waits for a leader's yes is nobody yet: she has the numbers. */
export const lacksSafeguards = ({ speaker }: AskTurn): boolean =>
  hasPlace(speaker.me.state) && !speaker.extra.danger;

/**
 * The card as a message: 911, the lines that a person has called and confirmed for where she lives, and whether a person of the
 * programme is to write to her: only where there is one who is trained for it and whom a message reaches. It is the same whether
 * she has asked before or not: whoever else opens it learns nothing.
 */
export const safetyReply = (turn: AskTurn, title: Say): Reply => {
  const { danger } = turn.speaker.extra;
  const numbers = [title, say('urgent.danger'), ...linesOf(turn, turn.speaker.group.place)];
  if (!danger) return reply(numbers);
  const notNow = offer('no', say('choice.not-now'));
  return danger.people.length > 0
    ? reply(
        [...numbers, say('danger.question'), say('danger.private')],
        [offer('danger:yes', say('choice.yes')), notNow],
      )
    : reply(
        [...numbers, say('danger.nobody'), say('urgent.person')],
        [offer('ask:person', say('menu.person')), notNow],
      );
};

/** The card without its choices, for a message that has others. */
export const safetyLines = (turn: AskTurn, title: Say): Say[] => [
  title,
  say('urgent.danger'),
  ...linesOf(turn, turn.speaker.group.place),
  say('urgent.person'),
];

/** The lines that may be shown at a place, but for 911, which stands in a sentence of its own. */
export const linesOf = (turn: Turn, place: Place): Say[] =>
  turn
    .helpLines(place)
    .flatMap(({ name, number }) =>
      number === null || number === EMERGENCY ? [] : [say('safety.line', { name, number })],
    );
