import type { Language } from '../message.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, needs, type StaffTurn } from '../turn.ts';
import { broadcastSaid } from './broadcast.ts';
import { passedOn } from './broadcast-compose.ts';
import { erase } from './erase.ts';
import { hide } from './hide.ts';
import { oddSaid } from './odd.ts';
import { staffRightsSaid } from './rights-staff.ts';
import { staffDangerSaid } from './staff-danger.ts';
import { staffLessonsSaid } from './staff-lessons.ts';
import { staffPhonesSaid } from './staff-phones.ts';
import { staffTalksSaid } from './staff-talks.ts';

/**
 * Staff ask for a summary by message: totals and counts per group, no member's name or figure. They look after lessons, and
 * answer members who want to talk to a person.
 */
export const staffSays = (turn: StaffTurn): StepResult => {
  const { input } = turn;
  const ofOne =
    outOfSight(turn) ??
    staffDangerSaid(turn) ??
    broadcastSaid(turn) ??
    staffTalksSaid(turn) ??
    staffRightsSaid(turn) ??
    oddSaid(turn) ??
    staffPhonesSaid(turn) ??
    staffLessonsSaid(turn);
  if (ofOne) return ofOne;
  if (input.type === 'choice') return chosen(turn, input.verb);
  if (input.type !== 'words') return hello(turn);
  switch (input.meaning.intent) {
    case 'report':
    case 'group.summary':
    case 'savings.balance':
      return summary(turn);
    case 'language.set':
      return setLanguage(turn, input.meaning.language ?? turn.language);
    case 'stop':
      return decide(turn, { stopped: true, replies: [reply([say('stop.done'), say('stop.back')])] });
    case 'start':
      return decide(turn, { stopped: false, replies: [reply([say('start.done')])] });
    default:
      return isSummaryWord(input.text) ? summary(turn) : (passedOn(turn, input.text) ?? hello(turn));
  }
};

/** Somebody may be looking: whatever question is open. */
const outOfSight = (turn: StaffTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const { intent } = turn.input.meaning;
  if (intent === 'hide') return hide(turn);
  return intent === 'erase' ? erase(turn) : undefined;
};

const chosen = (turn: StaffTurn, verb: string): StepResult => {
  if (verb === 'summary') return summary(turn);
  return verb === 'no' ? decide(turn, { replies: [reply([say('done.cancelled')])] }) : hello(turn);
};

// "resumen" is a leader's word to the lexicon; staff are nobody's leader and use the same word.
const isSummaryWord = (text: string): boolean => /^\s*(resumen|summary|reporte|report)\s*$/i.test(text);

const setLanguage = (turn: StaffTurn, language: Language): StepResult =>
  decide(turn, { language, replies: [reply([say('language.set')])] });

const hello = (turn: StaffTurn): StepResult =>
  decide(turn, {
    replies: [
      reply(
        [say('staff.hello', { name: turn.staff.name.split(' ')[0] ?? '', programme: turn.staff.programme })],
        [
          offer('summary', say('menu.summary')),
          offer('send:new', say('menu.broadcast')),
          offer('talks', say('talks.list')),
          offer('rights', say('rights.list')),
          offer('odd', say('odd.list')),
          offer('phones', say('phones.list')),
          ...(turn.staff.role === 'safeguarding' ? [offer('danger', say('danger.list'))] : []),
        ],
      ),
    ],
  });

const summary = (turn: StaffTurn): StepResult => {
  const groups = turn.staff.summary;
  if (!groups) return needs({ type: 'summary' });
  const lines: Say[] = groups.flatMap((g) => [
    say('staff.group', { group: g.name, members: g.members, linked: g.linked }),
    say('staff.money', { saved: g.saved, lent: g.lent }),
    ...(g.waiting > 0 ? [say('staff.waiting', { count: g.waiting })] : []),
    ...(g.disputes > 0 ? [say('staff.disputes', { count: g.disputes })] : []),
  ]);
  return decide(turn, {
    replies: [
      reply(
        [
          say('staff.title', { programme: turn.staff.programme, count: groups.length }),
          ...lines,
          ...(turn.staff.talksWaiting > 0 ? [say('staff.talks', { count: turn.staff.talksWaiting })] : []),
        ],
        turn.staff.talksWaiting > 0 ? [offer('talks', say('talks.list'))] : [],
      ),
    ],
  });
};
