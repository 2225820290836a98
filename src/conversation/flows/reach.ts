import { firstName } from '../../domain/group.ts';
import { isQuietTime } from '../../domain/quiet-hours.ts';
import type { Language } from '../message.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import { offer, type Reply, reply, type Say, say } from '../say.ts';
import { type AskTurn, decide, type MemberTurn } from '../turn.ts';
import { readHour } from '../understand/hour.ts';

/** Its number stands in a sentence of its own. */
const EMERGENCY = '911';

/** BAJA: nothing unasked goes out any more. Her own questions are still answered. */
export const stopNotices = (turn: AskTurn): StepResult =>
  decide(turn, { stopped: true, replies: [reply([say('stop.done'), say('stop.back')])] });

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

/** Only the weekly reminders; receipts still come. "Recuérdame a las 8" says when as well. */
export const remindersSwitch = (turn: AskTurn, reminders: boolean): StepResult => {
  const { id: memberId } = turn.speaker.me;
  const hour = reminders && turn.input.type === 'words' ? readHour(turn.input.text) : undefined;
  if (hour && isQuietTime(hour)) return decide(turn, { replies: [reply([say('reminders.night')])] });
  if (hour) {
    return decide(turn, {
      replies: [reply([say('reminders.hour', { time: hour })])],
      events: [{ type: 'member-changed', memberId, reminders, reminderTime: hour }],
    });
  }
  return decide(turn, {
    replies: [reply([say(reminders ? 'reminders.on' : 'reminders.off')])],
    events: [{ type: 'member-changed', memberId, reminders }],
  });
};

export const setLanguage = (turn: AskTurn, language: Language): StepResult =>
  decide(turn, {
    language,
    replies: [reply([say('language.set')])],
    events: [{ type: 'member-changed', memberId: turn.speaker.me.id, language }],
  });

/** "hablar con una persona": staff are told who and which group, never the words she wrote. */
export const human = (turn: MemberTurn): StepResult => {
  const { me, group, company } = turn.speaker;
  const reachable = company.staff.filter((s) => s.reach.length > 0);
  return decide(turn, {
    replies: [reply([say(reachable.length > 0 ? 'human.asked' : 'human.nobody'), say('human.emergency')])],
    events: [{ type: 'help-requested', programmeId: group.programmeId, memberId: me.id }],
    notices: tell(
      company.staff,
      'help',
      reply([say('human.staff', { name: firstName(me.name), number: me.number, group: group.name })]),
    ),
  });
};

/** The safety card: calm, fixed, and nothing asked. Nobody is told unless she asks for a person. */
export const urgent = (turn: AskTurn): StepResult =>
  decide(turn, { replies: [safetyReply(turn, say('urgent.believe'))] });

/** The same card from the menu, where she has told us nothing. */
export const safety = (turn: AskTurn): StepResult =>
  decide(turn, { replies: [safetyReply(turn, say('safety.title'))] });

/** The card as a message: 911, the lines that a person has called and confirmed for where she lives, and a person. */
export const safetyReply = (turn: AskTurn, title: Say): Reply =>
  reply(
    [
      title,
      say('urgent.danger'),
      ...turn
        .helpLines(turn.speaker.group.place)
        .flatMap(({ name, number }) =>
          number === null || number === EMERGENCY ? [] : [say('safety.line', { name, number })],
        ),
      say('urgent.person'),
    ],
    [offer('ask:person', say('menu.person')), offer('no', say('choice.not-now'))],
  );
