import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, isOfficerTurn, type MemberTurn } from '../turn.ts';
import { menu, mine } from './ask.ts';
import { wordsNow } from './check-words.ts';
import { myClosing } from './closing-mine.ts';
import { electionSaid } from './election.ts';
import { setGoal } from './goal.ts';
import { help } from './help.ts';
import { lessonSaid } from './lesson-verbs.ts';
import { startLoan } from './loan-ask.ts';
import { startPlan } from './loan-plan.ts';
import { askedInWords } from './member-questions.ts';
import { phoneHow } from './new-phone.ts';
import { startDispute } from './object.ts';
import { officerSaid } from './officer-words.ts';
import { resumeNotices, setLanguage } from './reach.ts';
import { remindersSaid } from './reminders.ts';
import { startReport } from './report.ts';
import { privacy } from './rights.ts';
import { askErase } from './rights-erase.ts';
import { askFile } from './rights-file.ts';
import { seatQuestion } from './seat.ts';
import { perhapsForStaff } from './talk.ts';
import { stillForStaff } from './talk-still.ts';
import { tandaSaid } from './tanda-verbs.ts';

/** What she writes while no question is open, or what answers none. */
export const said = (turn: MemberTurn): StepResult => {
  if (turn.input.type !== 'words') return menu(turn);
  const still = stillForStaff(turn);
  if (still) return still;
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
    case 'closing.see':
      return myClosing(turn) ?? notUnderstood(turn);
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
      return decide(turn, { replies: [reply([say('done.thanks')])] });
    case 'role.change':
      return electionSaid(turn);
    case 'check.words':
      return wordsNow(turn);
    case 'recover':
      return phoneHow(turn);
    case 'privacy':
      return privacy(turn);
    case 'data.mine':
      return askFile(turn);
    case 'data.erase':
      return askErase(turn);
    case 'start':
      return resumeNotices(turn);
    case 'language.set':
      return setLanguage(turn, meaning.language ?? turn.language);
    default:
      return notUnderstood(turn);
  }
};

/** A clear "I did not understand" with the three likeliest things, never a wrong action. */
const notUnderstood = (turn: MemberTurn): StepResult => {
  const { input } = turn;
  const money = input.type === 'words' && input.meaning.clarify;
  // Also what means something elsewhere: "me apunto" is how a stranger joins, and how she answers staff.
  const isOther = input.type === 'words' && !money;
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
