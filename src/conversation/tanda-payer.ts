import type { Temporal } from 'temporal-polyfill';
import type { TurnPayer } from '../domain/payment.ts';
import { roundsGiven } from '../domain/tanda/postings.ts';
import { heldOf, withoutGiven } from '../domain/tanda/running.ts';
import type { Line } from './line.ts';
import type { ReceiptFacts } from './payment-facts.ts';
import type { MemberTurn } from './turn.ts';

/** Her place in the tanda at a meeting; without what a receipt of hers says that this line corrects. */
export const turnPayer = (
  turn: MemberTurn,
  { member, instead }: Line,
  meetingOn: Temporal.PlainDate,
): TurnPayer | undefined => {
  const { running } = turn.speaker.group.tanda ?? {};
  if (!running) return undefined;
  const { number } = member;
  const before = instead ? withoutGiven(running, number, roundsGiven(instead.postings)) : running;
  return { running: before, number, meetingOn };
};

/** Whether all of a receipt can be taken back: what of it went to who received a round is not in the box any more. */
export const isStillHeld = (turn: MemberTurn, receipt: ReceiptFacts, number: number): boolean => {
  const { running } = turn.speaker.group.tanda ?? {};
  return roundsGiven(receipt.postings).every(
    ({ round, minor }) => running !== undefined && heldOf(running, number, round).minor >= minor,
  );
};
