import type { StepResult } from '../outcome.ts';
import type { AskTurn } from '../turn.ts';
import type { Intent } from '../understand/meaning.ts';
import { balance, group, loan, meeting, menu, movements, next } from './ask.ts';
import { help } from './help.ts';
import { payOffNow } from './loan-pay-off.ts';
import { groupRules } from './rules.ts';
import { leaveGroup, takeSavings } from './savings-take.ts';

/** A question about herself or her group, by button or number. */
export const askedFor = (turn: AskTurn, what: string): StepResult | undefined => {
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
    case 'rules':
      return groupRules(turn);
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

/** The same questions, in her words. */
export const askedInWords = (turn: AskTurn, intent: Intent): StepResult | undefined => {
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
    case 'rules.see':
      return groupRules(turn);
    case 'savings.take':
      return takeSavings(turn);
    case 'group.leave':
      return leaveGroup(turn);
    default:
      return undefined;
  }
};
