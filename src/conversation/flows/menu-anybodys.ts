import { isOfficer } from '../../domain/group.ts';
import { isAnybodys } from '../access/unlocked.ts';
import { type Offer, offer, say } from '../say.ts';
import type { AskTurn } from '../turn.ts';

/** What may be asked for on a telephone of several women before a PIN says who holds it: the same whoever spoke last. */
export const ANYBODYS: readonly Offer[] = [
  offer('ask:savings', say('menu.savings')),
  offer('ask:next', say('menu.next')),
  offer('ask:history', say('menu.history')),
  offer('report', say('menu.report')),
  offer('ask:group', say('menu.group')),
];

/** Whether she is spoken to as an officer. */
export const officeOf = ({ speaker, snapshot }: AskTurn): boolean =>
  isOfficer(speaker.me.role) && !isAnybodys(snapshot);
