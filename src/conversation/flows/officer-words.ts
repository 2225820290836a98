import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { group } from './ask.ts';
import { askFine } from './fine.ts';
import { fineOffSaid } from './fine-off.ts';
import { inviteWho } from './invite.ts';
import { readList, startList } from './list.ts';
import { loanForSaid } from './loan-for.ts';
import { startLost } from './loan-lost.ts';
import { meetingVerb } from './meeting.ts';
import { countSaid } from './meeting-count.ts';
import { phoneSaid } from './new-phone.ts';
import { saidOther } from './other-amount.ts';
import { outInWords, startCapital } from './out.ts';
import { readListOfDay, readOutOfDay } from './past-meeting.ts';
import { pending } from './pending.ts';
import { suspendSaid } from './suspend.ts';
import { closingOrStop } from './tanda-verbs.ts';
import { startUndo } from './undo.ts';
import { startWalk } from './walk.ts';

/** What only an officer may write; undefined where it is none of that, and what any member may write is looked at. */
export const officerSaid = (turn: OfficerTurn, intent: string): StepResult | undefined => {
  const ofDay = readListOfDay(turn) ?? readOutOfDay(turn) ?? saidOther(turn);
  if (ofDay) return ofDay;
  switch (intent) {
    case 'payments.record':
      return readList(turn) ?? startList(turn);
    case 'fine':
      return askFine(turn);
    case 'invite':
      return inviteWho(turn);
    case 'attendance':
      return readList(turn) ?? startWalk(turn);
    case 'yes':
      // A second "sí" after the list was booked: said so, and nothing happens twice.
      return turn.session.posted ? alreadyRecorded(turn) : undefined;
    case 'fine.off':
      return fineOffSaid(turn);
    case 'loan.disburse':
    case 'loan.request':
      return loanForSaid(turn);
    case 'loan.lost':
      return startLost(turn);
    case 'closing.see':
      return closingOrStop(turn);
    case 'meeting.open':
      return meetingVerb(turn, '', []);
    case 'box.count':
      return countSaid(turn);
    case 'money.out':
      return outInWords(turn);
    case 'capital.in':
      return startCapital(turn, { kind: 'capital-in' });
    case 'capital.out':
      return startCapital(turn, { kind: 'capital-back' });
    case 'payments.pending':
      return pending(turn);
    case 'payment.undo':
      return startUndo(turn);
    case 'report':
      return group(turn);
    case 'recover':
      return phoneSaid(turn);
    case 'member.suspend':
      return suspendSaid(turn);
    default:
      return undefined;
  }
};

const alreadyRecorded = (turn: OfficerTurn): StepResult =>
  decide(turn, { replies: [reply([say('list.already')])] });
