import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, isOfficerTurn, type MemberTurn } from '../turn.ts';
import { dangerVerb } from './danger.ts';
import { drawVerb } from './draw.ts';
import { goalVerb } from './goal.ts';
import { lessonVerb } from './lesson-verbs.ts';
import { loanVerb } from './loan-verb.ts';
import { askedFor } from './member-questions.ts';
import { stopRecovery } from './new-phone.ts';
import { confirmDispute, pickDispute } from './object.ts';
import { clearGiven, objectToGiven, pickGiven } from './object-cover.ts';
import { officerVerb } from './officer-buttons.ts';
import { openingVerb } from './opening.ts';
import { outSaid } from './out-book.ts';
import { sendPaper } from './papers.ts';
import { pinVerb } from './pin.ts';
import { pinResetVerb } from './pin-reset.ts';
import { resumeNotices, safety } from './reach.ts';
import { recipeVerb } from './recipes.ts';
import { reportVerb } from './report.ts';
import { rightsVerb } from './rights.ts';
import { hoursVerb } from './safe-hours.ts';
import { seatChoice } from './seat.ts';
import { see } from './see.ts';
import { standInSaid } from './stand-in.ts';
import { human, talkVerb } from './talk.ts';
import { voteVerb } from './vote-verb.ts';
import { whichLength } from './which-length.ts';

/** What a member may press, and an officer besides; undefined for what is none of these buttons. */
export const byVerb = (turn: MemberTurn, verb: string, args: readonly string[]): StepResult | undefined => {
  const [first = '', second = ''] = args;
  switch (verb) {
    case 'ask':
      return ask(turn, first);
    case 'see':
      return see(turn);
    case 'recipe':
      return recipeVerb(turn, first);
    case 'hours':
      return hoursVerb(turn, first);
    case 'pinset':
      return pinVerb(turn, first, second);
    case 'pinreset':
      return pinResetVerb(turn, first);
    case 'seat':
      return seatChoice(turn, first);
    case 'report':
      return reportVerb(turn, first, second);
    case 'loan':
      return loanVerb(turn, first, second);
    case 'length':
      return whichLength(turn, first, second);
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
    case 'counted':
      return standInSaid(turn, first, second);
    case 'vote':
    case 'office':
      return voteVerb(turn, verb, args);
    case 'rights':
      return rightsVerb(turn, args);
    case 'danger':
      return dangerVerb(turn, args);
    case 'talk':
      return talkVerb(turn, first);
    case 'dispute':
      return dispute(turn, first, second);
    case 'paper':
      return sendPaper(turn, first, second);
    case 'resume':
      return resumeNotices(turn);
    case 'phone':
      if (first === 'no') return stopRecovery(turn, second);
      return isOfficerTurn(turn) ? officerVerb(turn, verb, args) : undefined;
    case 'no':
      return decide(turn, { replies: [reply([say('done.cancelled')])] });
    default:
      return isOfficerTurn(turn) ? officerVerb(turn, verb, args) : undefined;
  }
};

/** What she says is not correct: a receipt of hers, or what she gave for another. */
const dispute = (turn: MemberTurn, what: string, id: string): StepResult | undefined => {
  switch (what) {
    case 'cover':
      return pickGiven(turn, id);
    case 'cover-yes':
      return objectToGiven(turn, id);
    case 'cover-ok':
      return clearGiven(turn, id);
    case 'yes':
      return confirmDispute(turn, id);
    default:
      return pickDispute(turn, what);
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
