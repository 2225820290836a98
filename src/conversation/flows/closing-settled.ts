import { money } from '../../domain/money.ts';
import type { ClosingFacts } from '../closing-facts.ts';
import type { StepResult } from '../outcome.ts';
import { offer, reply, say } from '../say.ts';
import { decide, type OfficerTurn } from '../turn.ts';
import { admitQuestion } from './people.ts';
import { underwayFirst } from './underway.ts';

/** What must be settled before all of the book is paid out, also at the second yes. */
export const unsettled = (turn: OfficerTurn, facts: ClosingFacts): StepResult | undefined => {
  if (facts.covered > 0n) return coversFirst(turn, facts);
  // What was shared out is not corrected any more: nobody's objection is passed over.
  const isWaited = facts.members.some((member) => member.isWaited);
  return isWaited ? wordsFirst(turn) : waitingFirst(turn);
};

/** Who of the roster waits for a yes to come in; payments that nobody confirmed yet, and money that is on its way. */
export const waitingFirst = (turn: OfficerTurn): StepResult | undefined => {
  const newcomer = newcomerFirst(turn);
  if (newcomer) return newcomer;
  if (turn.speaker.company.desk.waiting.length > 0) return wordsFirst(turn);
  return underwayFirst(turn, turn.speaker.group.underway);
};

/** Until a yes or no is said to somebody of the roster she is not counted, and what she saved would go to nobody. */
export const newcomerFirst = (turn: OfficerTurn): StepResult | undefined => {
  const claimed = turn.speaker.company.desk.newcomers.find(({ known }) => known);
  if (!claimed) return undefined;
  const asked = admitQuestion(claimed);
  return decide(turn, { replies: [{ ...asked, lines: [say('closing.newcomer'), ...asked.lines] }] });
};

const wordsFirst = (turn: OfficerTurn): StepResult =>
  decide(turn, {
    replies: [reply([say('closing.waiting')], [offer('pending', say('menu.pending'))])],
  });

/** The box cannot be shared out while some of it is owed to those who covered others. */
export const coversFirst = (turn: OfficerTurn, facts: ClosingFacts): StepResult =>
  decide(turn, {
    replies: [
      reply(
        [say('closing.covers', { owed: money(facts.covered, turn.speaker.group.currency) })],
        [offer('cover', say('meeting-open.gaps')), offer('no', say('choice.not-now'))],
      ),
    ],
  });
