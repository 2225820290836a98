import type { StepResult } from '../outcome.ts';
import type { OfficerTurn } from '../turn.ts';
import { correctConfirm, keepReceipt, startCorrection } from './correct.ts';
import { coverVerb } from './cover-verb.ts';
import { decidePayment } from './decide.ts';
import { fineVerb } from './fine.ts';
import { askFineOff, fineOffVerb } from './fine-off.ts';
import { handsVerb } from './hands.ts';
import { inviteMember } from './invite.ts';
import { lateVerb } from './late-verb.ts';
import { confirmList, listPurpose, listWho } from './list.ts';
import { loanLost } from './loan-lost.ts';
import { planVerb } from './loan-plan.ts';
import { meetingVerb } from './meeting.ts';
import { countStart, countVerb } from './meeting-count.ts';
import { phoneVerb } from './new-phone.ts';
import { keepGiven } from './object-cover.ts';
import { outKind, startOut } from './out.ts';
import { proposeOut } from './out-propose.ts';
import { recordVerb, walkVerb } from './past-meeting.ts';
import { pending } from './pending.ts';
import { admit } from './people.ts';
import { secondSaid } from './second-said.ts';
import { letGo, startSigning } from './sign-total.ts';
import { silentSeen } from './silent.ts';
import { askStandIn } from './stand-in.ts';
import { suspendVerb } from './suspend.ts';
import { closingOrStop } from './tanda-verbs.ts';
import { confirmUndo } from './undo.ts';

/** What only an officer may press. */
export const officerVerb = (
  turn: OfficerTurn,
  verb: string,
  args: readonly string[],
): StepResult | undefined => {
  const [first = '', second = ''] = args;
  switch (verb) {
    case 'record':
      return recordVerb(turn, first);
    case 'walk':
      return walkVerb(turn, args);
    case 'late':
      return lateVerb(turn, first, second);
    case 'list':
      return confirmList(turn, first, second);
    case 'purpose':
      return listPurpose(turn, first);
    case 'who':
      return listWho(turn, first);
    case 'pending':
      return pending(turn);
    case 'meeting':
      return first === 'count' ? countStart(turn) : meetingVerb(turn, first, args.slice(1));
    case 'out':
      if (first === '') return startOut(turn);
      return first === 'yes' ? proposeOut(turn, second) : outKind(turn, first);
    case 'fine':
      return fineVerb(turn, first);
    case 'fine-off':
      return first === '' ? askFineOff(turn) : fineOffVerb(turn, first);
    case 'hands':
      return handsVerb(turn, first, second);
    case 'second':
      return secondSaid(turn, args);
    case 'cover':
      return coverVerb(turn, first, second);
    case 'lost':
      return loanLost(turn, first, second);
    case 'plan':
      return planVerb(turn, first, args.slice(1));
    case 'closing':
      return closingOrStop(turn, first, second);
    case 'meeting-count':
      return first === 'witness' ? askStandIn(turn) : countVerb(turn, first, second);
    case 'pay':
      return decidePayment(turn, first, second);
    case 'sign':
      return first === 'off' ? letGo(turn, second) : startSigning(turn, first);
    case 'correct':
      return first === 'yes' ? correctConfirm(turn, second) : startCorrection(turn, first);
    case 'keep':
      return first === 'cover' ? keepGiven(turn, second) : keepReceipt(turn, first);
    case 'undo':
      return confirmUndo(turn, second);
    default:
      return aboutPeople(turn, verb, args);
  }
};

/** Who is in the group, by which telephone, and with which rights. */
const aboutPeople = (turn: OfficerTurn, verb: string, args: readonly string[]): StepResult | undefined => {
  const [first = '', second = ''] = args;
  switch (verb) {
    case 'invite':
      return inviteMember(turn, first);
    case 'phone':
      return first === 'seen' || first === 'not'
        ? silentSeen(turn, first, second)
        : phoneVerb(turn, first, second);
    case 'suspend':
      return suspendVerb(turn, first, second);
    case 'admit':
      return admit(turn, first, second);
    default:
      return undefined;
  }
};
