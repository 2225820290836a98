import type { StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, needs, type OfficerTurn } from '../turn.ts';
import { confirmClosing } from './closing-confirm.ts';
import { propose } from './closing-propose.ts';
import { simulateClosing } from './closing-see.ts';
import { needsDraw } from './closing-way.ts';

/** One officer proposes; another one says yes, and only then the book is closed. */
export const closingVerb = (turn: OfficerTurn, what: string, arg: string): StepResult | undefined => {
  const facts = turn.speaker.extra.closing;
  if (!facts) return needs({ type: 'closing' });
  if (needsDraw(turn)) return needs({ type: 'draw' });
  switch (what) {
    case '':
      return simulateClosing(turn);
    case 'see':
      return simulateClosing(turn, arg);
    case 'propose':
      return propose(turn, facts);
    case 'yes':
      return confirmClosing(turn, facts, arg);
    case 'no':
      return decide(turn, {
        events: [{ type: 'closing-proposed', cycleId: facts.cycleId, by: undefined }],
        replies: [reply([say('closing.left')])],
      });
    default:
      return undefined;
  }
};
