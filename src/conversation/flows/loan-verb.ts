import type { StepResult } from '../outcome.ts';
import { isOfficerTurn, type MemberTurn } from '../turn.ts';
import { loanPurpose, startLoan, withdrawLoan } from './loan-ask.ts';
import { decideLoan } from './loan-decide.ts';
import { askForWhom } from './loan-for.ts';
import { gotLoan, handOver } from './loan-hand.ts';
import { askLoan, loanLength } from './loan-request.ts';

/** The borrower's choices, and those of the officers who decide and hand over. */
export const loanVerb = (turn: MemberTurn, what: string, id: string): StepResult | undefined => {
  switch (what) {
    case 'start':
      return startLoan(turn);
    case 'whom':
      return isOfficerTurn(turn) ? askForWhom(turn) : undefined;
    case 'for':
      return loanPurpose(turn, id);
    case 'n':
      return loanLength(turn, id);
    case 'ask':
      return askLoan(turn, id);
    case 'withdraw':
      return withdrawLoan(turn, id);
    case 'got':
    case 'notgot':
      return gotLoan(turn, what, id);
    case 'approve':
    case 'refuse':
      return isOfficerTurn(turn) ? decideLoan(turn, what, id) : undefined;
    case 'handed':
      return isOfficerTurn(turn) ? handOver(turn, id) : undefined;
    default:
      return undefined;
  }
};
