import { readPersonName } from '../../domain/person-name.ts';
import { LEFT_DAYS, TOPICS, type Topic } from '../../domain/rights.ts';
import type { DomainEvent } from '../domain-event.ts';
import { tell } from '../notices.ts';
import type { StepResult } from '../outcome.ts';
import type { OwnRights } from '../rights-facts.ts';
import { offer, reply, type Say, say, withFile } from '../say.ts';
import { decide, type MemberTurn, needs } from '../turn.ts';
import { noticesOffer, noticesSet, quietLines } from './notices-set.ts';
import { asked, permission } from './right-asked.ts';
import { undo, waysBack } from './rights-back.ts';
import { askErase, eraseVerb } from './rights-erase.ts';
import { askFile, sendFile } from './rights-file.ts';

/** "privacidad": what is kept, why, who sees it, how long, who is responsible; and what she may do about it. */
export const privacy = (turn: MemberTurn): StepResult =>
  withRights(turn, ({ programme }) => {
    const { contact, erasureDays } = turn.rights;
    const back = waysBack(turn);
    return decide(turn, {
      replies: [
        reply(
          [
            say('rights.what'),
            say('rights.why'),
            say('rights.who'),
            say('rights.long', { days: erasureDays, kept: LEFT_DAYS }),
            contact === ''
              ? say('rights.responsible', { programme })
              : say('rights.responsible-at', { programme, contact }),
            ...back.lines,
          ],
          [
            ...back.offers,
            offer('rights:notice', say('rights.notice')),
            offer('rights:allow', say('rights.allow')),
            offer('rights:data', say('rights.data')),
            offer('rights:name', say('rights.name')),
            offer('rights:erase', say('rights.erase')),
          ],
        ),
      ],
    });
  });

const withRights = (turn: MemberTurn, then: (rights: OwnRights) => StepResult): StepResult => {
  const { rights } = turn.speaker.extra;
  return rights ? then(rights) : needs({ type: 'own-rights' });
};

/** A choice under "privacidad". Undefined: none of ours. */
export const rightsVerb = (turn: MemberTurn, args: readonly string[]): StepResult | undefined => {
  const [what = '', first = '', second = ''] = args;
  switch (what) {
    case 'notice':
      return wholeNotice(turn);
    case 'allow':
      return first === '' ? permissions(turn) : allow(turn, first, second === 'yes');
    case 'notices':
      return noticesSet(turn, first === 'open');
    case 'data':
      return first === '' ? askFile(turn) : sendFile(turn, first);
    case 'name':
      return askName(turn);
    case 'erase':
      return first === '' ? askErase(turn) : eraseVerb(turn, first, second);
    case 'back':
      return undo(turn, first);
    case 'agree':
      return answerNotice(turn, first === 'yes');
    default:
      return undefined;
  }
};

/** The whole notice as a file. */
const wholeNotice = (turn: MemberTurn): StepResult => {
  const { me, group } = turn.speaker;
  const file = { paper: 'notice', form: 'pdf', groupId: group.id, language: me.language } as const;
  return decide(turn, { replies: [withFile(reply([say('rights.notice-sent')]), file)] });
};

const ASKED: Readonly<Record<Topic, { readonly yes: Say; readonly no: Say }>> = {
  lessons: { yes: say('rights.lessons-yes'), no: say('rights.lessons-no') },
  reminders: { yes: say('rights.reminders-yes'), no: say('rights.reminders-no') },
  staff: { yes: say('rights.staff-yes'), no: say('rights.staff-no') },
};

const CHANGES: Readonly<Record<Topic, { readonly yes: Say; readonly no: Say }>> = {
  lessons: { yes: say('rights.lessons-allow'), no: say('rights.lessons-stop') },
  reminders: { yes: say('rights.reminders-allow'), no: say('rights.reminders-stop') },
  staff: { yes: say('rights.staff-allow'), no: say('rights.staff-stop') },
};

/** "mis permisos": what she allows beyond her book, each to be changed by itself. */
const permissions = (turn: MemberTurn): StepResult =>
  withRights(turn, (rights) => {
    const { allowed, hasAgreed } = rights;
    return decide(turn, {
      replies: [
        reply(
          [
            say('rights.allowed-title'),
            ...TOPICS.map((topic) => ASKED[topic][allowed[topic] ? 'yes' : 'no']),
            ...quietLines(turn, rights),
          ],
          hasAgreed
            ? [
                ...TOPICS.map((topic) =>
                  offer(
                    `rights:allow:${topic}:${allowed[topic] ? 'no' : 'yes'}`,
                    CHANGES[topic][allowed[topic] ? 'no' : 'yes'],
                  ),
                ),
                noticesOffer(turn, rights),
              ]
            : [offer('rights:agree:yes', say('rights.agree-again'))],
        ),
      ],
    });
  });

/** A yes or no to one topic, with the notice's version. What hangs on it is turned on and off with it. */
const allow = (turn: MemberTurn, text: string, given: boolean): StepResult | undefined => {
  const topic = TOPICS.find((one) => one === text);
  if (!topic) return undefined;
  const memberId = turn.speaker.me.id;
  const events: DomainEvent[] = [permission(turn, topic, { given, isSaid: true })];
  if (topic === 'reminders') events.push({ type: 'member-changed', memberId, reminders: given });
  if (topic === 'lessons') events.push({ type: 'lessons-wished', memberId, off: !given });
  return decide(turn, {
    events: given ? events : [...events, asked(turn, 'opposition', { isDone: true })],
    replies: [reply([say('rights.changed'), ASKED[topic][given ? 'yes' : 'no']])],
  });
};

const answerNotice = (turn: MemberTurn, given: boolean): StepResult =>
  decide(turn, {
    events: [permission(turn, 'notice', { given, isSaid: true })],
    replies: [reply([say(given ? 'rights.agreed' : 'rights.not-agreed')])],
  });

const askName = (turn: MemberTurn): StepResult =>
  decide(turn, { flow: { type: 'right-name' }, replies: [reply([say('rights.name-how')])] });

/** How her name is written. Staff see to it: an officer alone changes nobody's name. */
export const nameSaid = (turn: MemberTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const read = readPersonName(turn.input.text);
  if (!read.ok) {
    const { type } = read.refusal;
    return decide(turn, { flow: { type: 'right-name' }, replies: [reply([say(`refusal.${type}`)])] });
  }
  const name = read.value;
  const request = asked(turn, 'rectification', { isDone: false, name });
  return decide(turn, {
    events: [request],
    notices: tell(
      turn.speaker.company.staff,
      'rights',
      reply([say('rights.staff-new', { due: request.answerBy })], [offer('rights', say('rights.list'))]),
    ),
    replies: [reply([say('rights.name-asked', { name, due: request.answerBy })])],
  });
};
