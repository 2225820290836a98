import type { StepResult } from '../outcome.ts';
import type { OfficerTurn } from '../turn.ts';
import { lateLoanLength, lateLoanPurpose, startLateLoan } from './late-loan.ts';
import { confirmLateLoan, secondSaysLate } from './late-loan-said.ts';
import { startLateCount } from './meeting-count.ts';
import { outKind, startOut } from './out.ts';
import { onDay } from './past-meeting.ts';

/** What was done at a past meeting and is no list: a loan that was handed over, money that left a box, the count of its boxes. */
export const lateVerb = (turn: OfficerTurn, what: string, arg: string): StepResult | undefined => {
  switch (what) {
    case 'loan':
      return onDay(turn, arg, (on) => startLateLoan(turn, on));
    case 'for':
      return lateLoanPurpose(turn, arg);
    case 'n':
      return lateLoanLength(turn, arg);
    case 'yes':
      return confirmLateLoan(turn, arg);
    case 'so':
    case 'not':
      return secondSaysLate(turn, what, arg);
    case 'count':
      return onDay(turn, arg, (on) => startLateCount(turn, on));
    case 'out':
      return onDay(turn, arg, (on) => startOut(turn, on));
    default:
      return onDay(turn, arg, (on) => outKind(turn, what, on));
  }
};
