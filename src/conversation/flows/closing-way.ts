import { closeByLots } from '../../domain/closing/close-by-lots.ts';
import {
  type Closed,
  type ClosingMember,
  type ClosingRefusal,
  closeCycle,
} from '../../domain/closing/close-cycle.ts';
import { methodOf } from '../../domain/closing/leaving.ts';
import type { ClosingBook } from '../../domain/closing/pool.ts';
import type { ShareOutMethod } from '../../domain/closing/share-out.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { Result } from '../../domain/result.ts';
import { type Say, say } from '../say.ts';
import { type OfficerTurn, todayOf } from '../turn.ts';
import { memberById } from './list-draft.ts';

/** How a cycle is closed: shared out by a method, or all of it to the member who won the draw. */
export type ClosingWay = ShareOutMethod | { readonly winner: MemberId };

/** The group's own way; undefined while it closes by lots and nobody has won yet. */
export const wayOf = (turn: OfficerTurn): ClosingWay | undefined => {
  const { rules } = turn.speaker.group;
  if (rules.closing !== 'lots') return methodOf(rules);
  const { draw } = turn.speaker.extra;
  if (!draw || draw === 'none' || !draw.isOfThisCycle || draw.draw.type !== 'revealed') return undefined;
  if (draw.draw.plan.purpose !== 'gift') return undefined;
  const [first] = draw.draw.order;
  const winner = draw.people.find(({ number }) => number === first);
  return winner && { winner: winner.id };
};

/** Whether the draw must be known before anything can be said about the closing. */
export const needsDraw = (turn: OfficerTurn): boolean =>
  turn.speaker.group.rules.closing === 'lots' && turn.speaker.extra.draw === undefined;

/** Closes the books by one way or the other. */
export const closeBy = (
  turn: OfficerTurn,
  way: ClosingWay,
  of: { readonly members: readonly ClosingMember[]; readonly book: ClosingBook },
): Result<Closed, ClosingRefusal> => {
  const how = { rules: turn.speaker.group.rules, on: todayOf(turn) };
  return typeof way === 'string'
    ? closeCycle(of.members, of.book, { ...how, method: way })
    : closeByLots(of.members, of.book, { ...how, winner: way.winner });
};

/** "cada una según lo que ahorró", "todo para Ana Martínez, por sorteo" */
export const wayText = (turn: OfficerTurn, way: ClosingWay): Say =>
  typeof way === 'string'
    ? say(`closing-by.${way}`)
    : say('closing-by.lots', { name: memberById(turn, way.winner).name });
