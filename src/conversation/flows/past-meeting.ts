import { Temporal } from 'temporal-polyfill';
import { openMeetings, pastMeeting } from '../../domain/catch-up.ts';
import type { StepResult } from '../outcome.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import { currentMeeting, decide, needs, type OfficerTurn, todayOf } from '../turn.ts';
import type { OfDay } from '../understand/meaning.ts';
import { askFineOf } from './fine.ts';
import { outAndDay, outOf } from './late-out.ts';
import { readList, readListText, startList } from './list.ts';
import { dayFacts, refusalOfDay } from './past-day.ts';
import { startWalk, walkAnswer } from './walk.ts';
import { dateOf } from './when.ts';
import { whichDay } from './which-day.ts';

/** "Anotar pagos": of this meeting, of another one, or of the day that the button names. */
export const recordVerb = (turn: OfficerTurn, what: string): StepResult | undefined => {
  if (what === '') return startList(turn);
  if (what === 'other') return askWhich(turn);
  const { flow } = turn.session;
  const text = flow.type === 'list-day' ? flow.text : '';
  return onDay(turn, what, (on) => read(turn, text, on) ?? startList(turn, on));
};

/** "Pasar lista una por una", of this meeting or of the day that the button names; or an answer in the middle of it. */
export const walkVerb = (turn: OfficerTurn, args: readonly string[]): StepResult | undefined => {
  const [first = '', day = ''] = args;
  if (first === '') return startWalk(turn);
  return first === 'on' ? onDay(turn, day, (on) => startWalk(turn, on)) : walkAnswer(turn, args);
};

/** An officer's list in words: of the day it names, else of the meeting that she was asked about. */
export const readListOfAnyDay = (turn: OfficerTurn): StepResult | undefined =>
  readListOfDay(turn) ?? readOutOfDay(turn) ?? elseOfThatDay(turn) ?? readList(turn);

/** She was asked for the list of a past meeting, and writes the fines that were set at it, or what left the box. */
const elseOfThatDay = (turn: OfficerTurn): StepResult | undefined => {
  const { flow } = turn.session;
  if (flow.type !== 'list-write' || !flow.on || turn.input.type !== 'words') return undefined;
  const on = dateOf(flow.on);
  return askFineOf(turn, turn.input.text, on) ?? outOf(turn, turn.input.text, on);
};

/** "gasto 50 de copias del domingo pasado": what left a box at the meeting that it names. */
export const readOutOfDay = (turn: OfficerTurn): StepResult | undefined => {
  const found = outAndDay(turn);
  if (!found) return undefined;
  const day = whichDay(found.said, { today: todayOf(turn), habit: turn.speaker.group.meeting });
  if (!day) return askAgain(turn, say('past.no-such-day'));
  return checked(turn, day, { text: found.rest, goOn: (on) => outOf(turn, found.rest, on) });
};

/** "lista del martes pasado: Ana 100". Undefined when no day is named, or when she may only ask when a meeting is. */
export const readListOfDay = (turn: OfficerTurn): StepResult | undefined => {
  const named = turn.input.type === 'words' ? turn.input.meaning.ofDay : undefined;
  if (!named || !isForWriting(turn, named)) return undefined;
  const day = whichDay(named.said, { today: todayOf(turn), habit: turn.speaker.group.meeting });
  if (!day) return askAgain(turn, say('past.no-such-day'));
  if (!named.writes && named.rest === '' && isToCome(turn, day)) return undefined;
  return checked(turn, day, {
    text: named.rest,
    goOn: (on) => read(turn, named.rest, on) ?? startList(turn, on),
  });
};

/** A meeting that is only talked about is not written down: "la reunión del martes estuvo bonita". */
const isForWriting = (turn: OfficerTurn, { writes, rest }: OfDay): boolean =>
  writes || rest === '' || turn.read(rest).items.length > 0;

const isToCome = (turn: OfficerTurn, day: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(day, todayOf(turn)) > 0 || day.equals(currentMeeting(turn));

const read = (turn: OfficerTurn, text: string, on: Temporal.PlainDate): StepResult | undefined =>
  text === ''
    ? undefined
    : (askFineOf(turn, text, on) ?? outOf(turn, text, on) ?? readListText(turn, text, on));

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Goes on with the day that a button names, while it may still be written down. */
export const onDay = (
  turn: OfficerTurn,
  text: string,
  goOn: (on: Temporal.PlainDate) => StepResult | undefined,
): StepResult | undefined => {
  const { flow } = turn.session;
  if (!ISO_DAY.test(text)) return undefined;
  return checked(turn, dateOf(text), { text: flow.type === 'list-day' ? flow.text : '', goOn });
};

/** Goes on with a day that may still be written down; else says why it may not. */
const checked = (
  turn: OfficerTurn,
  day: Temporal.PlainDate,
  of: { readonly text: string; readonly goOn: (on: Temporal.PlainDate) => StepResult | undefined },
): StepResult | undefined => {
  if (day.equals(currentMeeting(turn))) return of.goOn(day);
  const facts = dayFacts(turn);
  if (!facts) return needs({ type: 'counted' });
  const open = pastMeeting(day, facts);
  if (open.ok) return of.goOn(open.value);
  const { refusal } = open;
  return refusal.type === 'no_meeting_day'
    ? askNearest(turn, { day, nearest: refusal.nearest, text: of.text })
    : askAgain(turn, refusalOfDay(refusal));
};

const askAgain = (turn: OfficerTurn, why: Say): StepResult =>
  decide(turn, { replies: [reply([why], [another(), offer('no', say('choice.cancel'))])] });

/** A day on which the group does not meet: the nearest meeting is offered, and her list is kept for it. */
const askNearest = (
  turn: OfficerTurn,
  of: { readonly day: Temporal.PlainDate; readonly nearest: Temporal.PlainDate; readonly text: string },
): StepResult =>
  decide(turn, {
    flow: { type: 'list-day', text: of.text },
    replies: [
      reply(
        [say('refusal.no_meeting_day', { date: of.day }), say('past.nearest-question', { date: of.nearest })],
        [
          offer(`record:${of.nearest.toString()}:yes`, say('choice.yes')),
          another(),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });

const another = (): Offer => offer('record:other', say('past.another'));

/** "De otra reunión": which of those that may still be written down. */
const askWhich = (turn: OfficerTurn): StepResult => {
  const facts = dayFacts(turn);
  if (!facts) return needs({ type: 'counted' });
  const days = openMeetings(facts);
  const { flow } = turn.session;
  return decide(turn, {
    flow: { type: 'list-day', text: flow.type === 'list-day' ? flow.text : '' },
    replies: [
      reply(
        [say(days.length > 0 ? 'past.which' : 'past.none')],
        [
          ...days.map((day) => offer(`record:${day.toString()}`, say('past.day', { date: day }))),
          offer('no', say('choice.cancel')),
        ],
      ),
    ],
  });
};
