import type { StepResult } from '../outcome.ts';
import type { OfficerTurn } from '../turn.ts';
import { coverHow, coverWho, startCover } from './cover.ts';
import { confirmBack, coverBack } from './cover-back.ts';
import { decideCover } from './cover-book.ts';
import { takeBackCover } from './cover-off.ts';
import { callOff, proposeCover, seeCover } from './cover-propose.ts';
import { takeBackRefund } from './cover-refund.ts';
import { proposeForgiving, startForgiving } from './forgive.ts';

/** What is missing today, and what the group decides about it. */
export const coverVerb = (turn: OfficerTurn, what: string, id: string): StepResult | undefined => {
  switch (what) {
    case '':
      return startCover(turn);
    case 'who':
      return coverWho(turn, id);
    case 'how':
      return coverHow(turn, id);
    case 'see':
      return seeCover(turn, id);
    case 'propose':
      return proposeCover(turn, id);
    case 'yes':
    case 'no':
      return decideCover(turn, what, id);
    case 'off':
      return callOff(turn, id);
    case 'let':
      return startForgiving(turn, id);
    case 'let-yes':
      return proposeForgiving(turn, id);
    case 'reverse':
      return takeBackCover(turn, id);
    case 'undo':
      return takeBackRefund(turn, id);
    case 'back':
      return coverBack(turn, id);
    case 'back-yes':
      return confirmBack(turn, id);
    default:
      return undefined;
  }
};
