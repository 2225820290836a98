import type { Temporal } from 'temporal-polyfill';
import { asId, type MemberId } from '../../domain/ids.ts';
import type { FineReason } from '../../domain/meeting.ts';
import { type Money } from '../../domain/money.ts';
import type { DomainEvent } from '../domain-event.ts';
import type { MemberFacts } from '../member-facts.ts';
import { contactOf, tell } from '../notices.ts';
import type { Notice } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { meetingNow, type OfficerTurn } from '../turn.ts';
import { memberById } from './list-draft.ts';

/** A fine as it was written, not set yet. */
export type NewFine = { readonly member: MemberFacts; readonly amount: Money; readonly reason: FineReason };

/**
 * She owes it from now on, until payments of fines have covered it.
 *
 * @param on the meeting it was set at: this one, or a past one that is written down late
 */
export const fineSet = (
  turn: OfficerTurn,
  { member, amount, reason }: NewFine,
  on: Temporal.PlainDate = meetingNow(turn),
): DomainEvent => ({
  type: 'fine-set',
  fine: {
    id: turn.newId(),
    memberId: member.id,
    meetingOn: on,
    reason,
    amount,
    by: turn.speaker.me.id,
  },
});

/** Whoever owes something new is told, and how to object. */
export const finedNotice = ({ member, amount, reason }: NewFine): Notice[] =>
  tell([contactOf(member)], 'fine', reply([say(`fined.${reason}`, { amount }), say('keep.person')]));

/** The members of the roll by their ids, each with the fine that the rules name. */
export const finesFor = (
  turn: OfficerTurn,
  ids: readonly MemberId[],
  of: { readonly amount: Money; readonly reason: FineReason },
): NewFine[] => ids.map((id) => ({ member: memberById(turn, asId<MemberId>(id)), ...of }));
