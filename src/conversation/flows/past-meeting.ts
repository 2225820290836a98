import type { Temporal } from 'temporal-polyfill';
import { type CatchUpFacts, type CatchUpRefusal, openMeetings, pastMeeting } from '../../domain/catch-up.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, type Say, say } from '../say.ts';
import { decide, isPast, needs, type OfficerTurn, todayOf } from '../turn.ts';
import type { OfDay } from '../understand/said-day.ts';
import { howToWrite, readList, readListText, startList } from './list.ts';
import { startWalk, walkAnswer } from './walk.ts';
import { whichDay } from './which-day.ts';
import { dateOf } from './when.ts';

/** "Anotar pagos" of this meeting, of another one, or of the day that the button names. */
export const recordVerb = (turn: OfficerTurn, what: string): StepResult | undefined => {
  if (what === '') return startList(turn);
  return what === 'other' ? askWhich(turn) : ofDay(turn, what, (day) => writtenFor(turn, day));
};

/** "Pasar lista una por una", of this meeting or of the day that the button names; or an answer in the middle of it. */
export const walkVerb = (turn: OfficerTurn, args: readonly string[]): StepResult | undefined => {
  const [first = '', day = ''] = args;
  if (first === '') return startWalk(turn);
  return first === 'on' ? ofDay(turn, day, (on) => startWalk(turn, on)) : walkAnswer(turn, args);
};

/** An officer's list in words: of the day it names, else of the meeting it was asked for. */
export const readListOfAnyDay = (turn: OfficerTurn): StepResult | undefined => readOfDay(turn) ?? readList(turn);

/** "lista del martes pasado: Ana 100". Undefined when no past day is named, or when she only asks when a meeting is. */
export const readOfDay = (turn: OfficerTurn): StepResult | undefined => {
  const named = turn.input.type === 'words' ? turn.input.meaning.ofDay : undefined;
  if (!named) return undefined;
  const day = whichDay(named.said, { today: todayOf(turn), habit: turn.speaker.group.meeting });
  if (!day) return named.writes ? unclearDay(turn) : undefined;
  return isOfNow(turn, named, day)
    ? undefined
    : checked(turn, day, { text: named.rest, then: (on) => writtenOrRead(turn, on, named.rest) });
};

/** Of the current meeting it is read as any list; a meeting to come that is only named is asked about, not written. */
const isOfNow = (turn: OfficerTurn, { writes, rest }: OfDay, day: Temporal.PlainDate): boolean =>
  day.equals(currentOf(turn)) || (!writes && rest === '' && !isPast(turn, day));
