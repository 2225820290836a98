import type { MemberId } from '../../domain/ids.ts';
import { closedNotice } from '../access/pin-wrong.ts';
import type { DomainEvent } from '../domain-event.ts';
import { contactOf, tell } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { reply, say } from '../say.ts';
import { decide, isOfficerTurn, type MemberTurn, type OfficerTurn } from '../turn.ts';
import { memberById } from './list-draft.ts';
import { askSecond } from './second-ask.ts';

/**
 * After too many wrong ones nobody gets in with a PIN: she asks her officers, one of them who has seen her says so, and
 * another one too. Then she has none, and sets another.
 */
export const pinResetVerb = (turn: MemberTurn, memberId: string): StepResult | undefined => {
  if (memberId === '') return askOfficers(turn);
  if (!isOfficerTurn(turn)) return undefined;
  if (memberId === turn.speaker.me.id) return decide(turn, { replies: [reply([say('ask.own')])] });
  const member = turn.speaker.company.desk.roster.find(({ id }) => id === memberId);
  return member && askSecond(turn, { kind: 'pin-reset', memberId: member.id });
};

const askOfficers = (turn: MemberTurn): StepResult =>
  turn.snapshot.pin?.isBlocked
    ? decide(turn, { notices: closedNotice(turn), replies: [reply([say('pin-reset.told')])] })
    : decide(turn, { replies: [reply([say('done.expired')])] });

/** The second one said yes. */
export const pinResetSaid = (
  turn: OfficerTurn,
  memberId: MemberId,
  done: { readonly events: readonly DomainEvent[]; readonly notices: readonly Notice[] },
): StepResult =>
  decide(turn, {
    events: [...done.events, { type: 'pin-reset', memberId }],
    notices: [
      ...done.notices,
      ...tell([contactOf(memberById(turn, memberId))], 'answer', reply([say('pin-reset.done')])),
    ],
    replies: [reply([say('second.thanks')])],
  });
