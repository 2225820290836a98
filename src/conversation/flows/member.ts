import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import {
  type AskTurn,
  decide,
  isMemberTurn,
  isOfficerTurn,
  type MemberTurn,
  needs,
  type OfficerTurn,
} from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import { balance, group, help, loan, meeting, menu, mine, movements, next, privacy, thanks } from './ask.ts';
import { wordsNow } from './check-words.ts';
import { correctAmount, correctConfirm, keepReceipt, startCorrection } from './correct.ts';
import { backAmount } from './cover-back.ts';
import { coverVerb } from './cover-verb.ts';
import { decidePayment, signTotal, startSigning } from './decide.ts';
import { drawVerb } from './draw.ts';
import { diceAnswer } from './draw-dice.ts';
import { wordAnswer } from './draw-word.ts';
import { erase } from './erase.ts';
import { askFine, fineVerb } from './fine.ts';
import { askFineOff, fineOffAmount, fineOffSaid, fineOffVerb } from './fine-off.ts';
import { goalAmount, goalVerb, setGoal } from './goal.ts';
import { hide } from './hide.ts';
import { inviteMember, inviteWho } from './invite.ts';
import { lessonSaid, lessonVerb, lessonWorkSaid } from './lesson-verbs.ts';
import { confirmList, listPurpose, listWho, readList, startList } from './list.ts';
import { lengthInWords, loanAmount, startLoan } from './loan-ask.ts';
import { loanLost, startLost } from './loan-lost.ts';
import { payOffNow } from './loan-pay-off.ts';
import { planVerb, startPlan } from './loan-plan.ts';
import { loanVerb } from './loan-verb.ts';
import { meetingVerb } from './meeting.ts';
import { countAnswer, countStart, countVerb } from './meeting-count.ts';
import { confirmDispute, pickDispute, startDispute } from './object.ts';
import { openingVerb } from './opening.ts';
import { otherAmount, saidOther } from './other-amount.ts';
import { outAnswer, outKind, proposeOut, startCapital, startOut } from './out.ts';
import { outSaid } from './out-book.ts';
import { sendPaper } from './papers.ts';
import { readListOfAnyDay, readListOfDay, recordVerb, walkVerb } from './past-meeting.ts';
import { pending } from './pending.ts';
import { admit } from './people.ts';
import { resumeNotices, safety, setLanguage, stopNotices, urgent } from './reach.ts';
import { remindersSaid } from './reminders.ts';
import { reportAmount, reportVerb, startReport } from './report.ts';
import { rollAnswer } from './roll.ts';
import { seatChoice, seatQuestion } from './seat.ts';
import { secondSaid } from './second-said.ts';
import { human, perhapsForStaff, talkVerb, talkWords } from './talk.ts';
import { orderAnswer } from './tanda-order.ts';
import { closingOrStop, tandaSaid, tandaVerb } from './tanda-verbs.ts';
import { confirmUndo, startUndo } from './undo.ts';
import { voteVerb } from './vote-verb.ts';
import { startWalk, walkAnswer } from './walk.ts';

/** Everything a linked member or officer may say, in one table. */
export const memberSays = (turn: AskTurn): StepResult =>
  isMemberTurn(turn) ? inCompany(turn) : (askedPlainly(turn) ?? needs({ type: 'company' }));

/** A question about herself, with no other question open. */
const askedPlainly = (turn: AskTurn): StepResult | undefined => {
  const { input, session, speaker } = turn;
  if (speaker.me.state !== 'active' || session.flow.type !== 'idle') return undefined;
  if (input.type === 'choice') return input.verb === 'ask' ? askedFor(turn, input.args[0] ?? '') : undefined;
  return input.type === 'words' ? askedInWords(turn, input.meaning.intent) : undefined;
};

/** Safety and stopping come before any open question. */
const inCompany = (turn: MemberTurn): StepResult => {
  const { me } = turn.speaker;
  if (me.state === 'pending') return waitingForLeader(turn);
  return overriding(turn) ?? chosen(turn) ?? lessonWorkSaid(turn) ?? inFlow(turn) ?? said(turn);
};

const waitingForLeader = (turn: MemberTurn): StepResult => {
  const { flow } = turn.session;
  const forStaff = () => (flow.type === 'talk-words' ? talkWords(turn, flow.more) : undefined);
  return overriding(turn) ?? forStaff() ?? decide(turn, { replies: [reply([say('arrive.still-waiting')])] });
};

/** What is honoured whatever question is open. */
const overriding = (turn: MemberTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  switch (turn.input.meaning.intent) {
    case 'urgent':
      return urgent(turn);
    case 'stop':
      return stopNotices(turn);
    case 'hide':
      return hide(turn);
    case 'erase':
      return erase(turn);
    case 'human':
      return human(turn);
    case 'cancel':
      return decide(turn, { replies: [reply([say('done.cancelled')])] });
    default:
      return undefined;
  }
};

const chosen = (turn: MemberTurn): StepResult | undefined => {
  if (turn.input.type !== 'choice') return undefined;
  const { verb, args } = turn.input;
  return byVerb(turn, verb, args) ?? tandaVerb(turn, verb, args) ?? expired(turn);
};

/** A button of an old message, or a forged one: said so, and nothing happens. */
const expired = (turn: MemberTurn): StepResult =>
  decide(turn, { flow: turn.session.flow, replies: [reply([say('done.expired')])] });

const byVerb = (turn: MemberTurn, verb: string, args: readonly string[]): StepResult | undefined => {
  const [first = '', second = ''] = args;
  switch (verb) {
    case 'ask':
      return ask(turn, first);
    case 'seat':
      return seatChoice(turn, first);
    case 'report':
      return reportVerb(turn, first, second);
    case 'loan':
      return loanVerb(turn, first, second);
    case 'lesson':
      return lessonVerb(turn, args);
    case 'draw':
      return drawVerb(turn, first, second);
    case 'goal':
      return goalVerb(turn, first);
    case 'opening':
      return openingVerb(turn, first);
    case 'outsaid':
      return outSaid(turn, first, second);
    case 'vote':
      return voteVerb(turn, args);
    case 'talk':
      return talkVerb(turn, first);
    case 'dispute':
      return first === 'yes' ? confirmDispute(turn, second) : pickDispute(turn, first);
    case 'paper':
      return sendPaper(turn, first, second);
    case 'resume':
      return resumeNotices(turn);
    case 'no':
      return decide(turn, { replies: [reply([say('done.cancelled')])] });
    default:
      return isOfficerTurn(turn) ? officerVerb(turn, verb, args) : undefined;
  }
};

const officerVerb = (turn: OfficerTurn, verb: string, args: readonly string[]): StepResult | undefined => {
  const [first = '', second = ''] = args;
  switch (verb) {
    case 'record':
      return recordVerb(turn, first);
    case 'walk':
      return walkVerb(turn, args);
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
    case 'second':
      return secondSaid(turn, first, second, args[2]);
    case 'cover':
      return coverVerb(turn, first, second);
    case 'lost':
      return loanLost(turn, first, second);
    case 'plan':
      return planVerb(turn, first, args.slice(1));
    case 'closing':
      return closingOrStop(turn, first, second);
    case 'meeting-count':
      return countVerb(turn, first, second);
    case 'pay':
      return decidePayment(turn, first, second);
    case 'sign':
      return startSigning(turn, first);
    case 'correct':
      return first === 'yes' ? correctConfirm(turn, second) : startCorrection(turn, first);
    case 'keep':
      return keepReceipt(turn, first);
    case 'undo':
      return confirmUndo(turn, second);
    case 'invite':
      return inviteMember(turn, first);
    case 'admit':
      return admit(turn, first, second);
    default:
      return undefined;
  }
};

const ask = (turn: MemberTurn, what: string): StepResult | undefined => {
  switch (what) {
    case 'person':
      return human(turn);
    case 'safety':
      return safety(turn);
    default:
      return askedFor(turn, what);
  }
};

/** By button or number. */
const askedFor = (turn: AskTurn, what: string): StepResult | undefined => {
  switch (what) {
    case 'savings':
      return balance(turn);
    case 'loan':
      return loan(turn);
    case 'pay-off':
      return payOffNow(turn);
    case 'next':
      return next(turn);
    case 'history':
      return movements(turn);
    case 'group':
      return group(turn);
    case 'meeting':
      return meeting(turn);
    case 'more':
      return help(turn);
    case 'menu':
      return menu(turn);
    default:
      return undefined;
  }
};

/** The answer to an open question, when what she wrote can be one. */
const inFlow = (turn: MemberTurn): StepResult | undefined => {
  if (turn.input.type !== 'words') return undefined;
  const { flow } = turn.session;
  if (flow.type === 'report-amount') return reportAmount(turn);
  if (flow.type === 'loan-amount') return loanAmount(turn);
  if (flow.type === 'loan-length') return lengthInWords(turn);
  if (flow.type === 'goal-amount') return goalAmount(turn);
  if (flow.type === 'draw-word') return wordAnswer(turn);
  if (flow.type === 'talk-words') return talkWords(turn, flow.more);
  // "no es correcto" once more is a yes to "is it wrong?".
  if (flow.type === 'dispute-confirm' && turn.input.meaning.intent === 'payment.dispute') {
    return confirmDispute(turn, flow.paymentId);
  }
  if (flow.type === 'resume-notices') return undefined;
  if (!isOfficerTurn(turn)) return undefined;
  switch (flow.type) {
    case 'walk':
      return walkAnswer(turn);
    case 'meeting-roll':
      return rollAnswer(turn);
    case 'cover-back':
      return backAmount(turn);
    case 'out-who':
      return outAnswer(turn);
    case 'order-write':
      return orderAnswer(turn);
    case 'draw-dice':
      return diceAnswer(turn);
    case 'meeting-count':
      return countAnswer(turn);
    case 'fine-off':
      return fineOffAmount(turn);
    case 'sign-total':
      return signTotal(turn, flow);
    case 'other-amount':
      return otherAmount(turn, flow);
    case 'correct-amount':
      return correctAmount(turn, flow);
    case 'list-write':
      return readListOfAnyDay(turn);
    default:
      return undefined;
  }
};

const said = (turn: MemberTurn): StepResult => {
  if (turn.input.type !== 'words') return menu(turn);
  const { meaning } = turn.input;
  if (isOfficerTurn(turn)) {
    const officer = officerSaid(turn, meaning.intent);
    if (officer) return officer;
  }
  const asked =
    askedInWords(turn, meaning.intent) ??
    tandaSaid(turn, meaning.intent) ??
    remindersSaid(turn, meaning.intent) ??
    lessonSaid(turn, meaning.intent, () => notUnderstood(turn));
  if (asked) return asked;
  switch (meaning.intent) {
    case 'payment.report':
      return startReport(turn);
    case 'loan.request':
      return startLoan(turn);
    case 'goal.set':
      return setGoal(turn);
    case 'loan.reschedule':
      return startPlan(turn);
    case 'payment.dispute':
    case 'no':
      return startDispute(turn);
    case 'greeting':
      return turn.speaker.seats.length > 1 ? seatQuestion(turn) : menu(turn);
    case 'help':
      return help(turn);
    case 'thanks':
      return thanks(turn);
    case 'check.words':
      return wordsNow(turn);
    case 'privacy':
      return privacy(turn);
    case 'start':
      return resumeNotices(turn);
    case 'language.set':
      return setLanguage(turn, meaning.language ?? turn.language);
    default:
      return notUnderstood(turn);
  }
};

/** In her words. */
const askedInWords = (turn: AskTurn, intent: Intent): StepResult | undefined => {
  switch (intent) {
    case 'savings.balance':
      return balance(turn);
    case 'loan.balance':
      return loan(turn);
    case 'loan.payoff':
      return payOffNow(turn);
    case 'payment.next':
      return next(turn);
    case 'history':
      return movements(turn);
    case 'group.summary':
      return group(turn);
    case 'meeting.next':
      return meeting(turn);
    default:
      return undefined;
  }
};

const officerSaid = (turn: OfficerTurn, intent: string): StepResult | undefined => {
  const ofDay = readListOfDay(turn) ?? saidOther(turn);
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
    case 'loan.lost':
      return startLost(turn);
    case 'closing.see':
      return closingOrStop(turn);
    case 'capital.in':
      return startCapital(turn, 'capital-in');
    case 'capital.out':
      return startCapital(turn, 'capital-back');
    case 'payments.pending':
      return pending(turn);
    case 'payment.undo':
      return startUndo(turn);
    case 'report':
      return group(turn);
    default:
      return undefined;
  }
};

const alreadyRecorded = (turn: OfficerTurn): StepResult =>
  decide(turn, { replies: [reply([say('list.already')])] });

/** A clear "I did not understand" with the three likeliest things, never a wrong action. */
const notUnderstood = (turn: MemberTurn): StepResult => {
  const { input } = turn;
  const money = input.type === 'words' && input.meaning.clarify;
  const isOther = input.type === 'words' && input.meaning.intent === 'unknown' && !money;
  const forStaff = isOther ? perhapsForStaff(turn, { words: input.text }) : undefined;
  if (forStaff) return forStaff;
  return decide(turn, {
    replies: [
      reply(
        [say(money ? 'unknown.money' : 'unknown.text')],
        turn.speaker.company.desk
          ? [
              offer('record', say('menu.record')),
              offer('pending', say('menu.pending')),
              offer('ask:menu', say('menu.all')),
            ]
          : [mine(turn), offer('ask:next', say('menu.next')), offer('ask:menu', say('menu.all'))],
      ),
    ],
  });
};
