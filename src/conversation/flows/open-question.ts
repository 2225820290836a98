import type { StepResult } from '../outcome.ts';
import { isOfficerTurn, type MemberTurn } from '../turn.ts';
import { correctAmount } from './correct.ts';
import { backAmount } from './cover-back.ts';
import { dangerSaid } from './danger.ts';
import { diceAnswer } from './draw-dice.ts';
import { wordAnswer } from './draw-word.ts';
import { electionAnswer } from './election.ts';
import { fineOffAmount } from './fine-off.ts';
import { goalAmount } from './goal.ts';
import { handsAnswer } from './hands.ts';
import { lateLoanAnswer, lateLoanLength } from './late-loan.ts';
import { loanAmount } from './loan-ask.ts';
import { forWhomAnswer } from './loan-for.ts';
import { lengthInWords } from './loan-request.ts';
import { countAnswer } from './meeting-count.ts';
import { confirmDispute } from './object.ts';
import { objectToGiven } from './object-cover.ts';
import { otherAmount } from './other-amount.ts';
import { outAnswer } from './out.ts';
import { readListOfAnyDay } from './past-meeting.ts';
import { reportAmount } from './report.ts';
import { nameSaid } from './rights.ts';
import { eraseNameSaid } from './rights-erase.ts';
import { rollAnswer } from './roll.ts';
import { signTotal } from './sign-total.ts';
import { standInAnswer } from './stand-in.ts';
import { talkWords } from './talk.ts';
import { orderAnswer } from './tanda-order.ts';
import { walkAnswer } from './walk.ts';

/** The answer to an open question, when what she wrote can be one. */
export const inFlow = (turn: MemberTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const { flow } = turn.session;
  if (flow.type === 'report-amount') return reportAmount(turn);
  if (flow.type === 'loan-amount') return loanAmount(turn);
  if (flow.type === 'loan-length') return lengthInWords(turn);
  if (flow.type === 'goal-amount') return goalAmount(turn);
  if (flow.type === 'draw-word') return wordAnswer(turn);
  if (flow.type === 'office-who' || flow.type === 'office-which') return electionAnswer(turn);
  if (flow.type === 'talk-words') return talkWords(turn, flow.more);
  if (flow.type === 'danger-when' || flow.type === 'danger-words') return dangerSaid(turn);
  if (flow.type === 'erase-name') return eraseNameSaid(turn);
  if (flow.type === 'right-name') return nameSaid(turn);
  // "no es correcto" once more is a yes to "is it wrong?".
  if (flow.type === 'dispute-confirm' && turn.input.meaning.intent === 'payment.dispute') {
    return confirmDispute(turn, flow.paymentId);
  }
  if (flow.type === 'dispute-cover' && turn.input.meaning.intent === 'payment.dispute')
    return objectToGiven(turn, flow.coverId);
  if (flow.type === 'resume-notices') return undefined;
  if (!isOfficerTurn(turn)) return undefined;
  switch (flow.type) {
    case 'walk':
      return walkAnswer(turn);
    case 'meeting-roll':
      return rollAnswer(turn);
    case 'hands':
      return handsAnswer(turn);
    case 'cover-back':
      return backAmount(turn);
    case 'out-who':
    case 'out-for':
      return outAnswer(turn);
    case 'order-write':
      return orderAnswer(turn);
    case 'draw-dice':
      return diceAnswer(turn);
    case 'meeting-count':
      return countAnswer(turn);
    case 'count-witness':
      return standInAnswer(turn);
    case 'fine-off':
      return fineOffAmount(turn);
    case 'sign-total':
      return signTotal(turn, flow);
    case 'other-amount':
      return otherAmount(turn, flow);
    case 'correct-amount':
      return correctAmount(turn, flow);
    case 'loan-who':
      return forWhomAnswer(turn);
    case 'late-loan':
      return lateLoanAnswer(turn);
    case 'late-loan-length':
      return lateLoanLength(turn, turn.input.text);
    case 'list-write':
      return readListOfAnyDay(turn);
    default:
      return undefined;
  }
};
