import { firstName } from '../../domain/group.ts';
import type { MemberId } from '../../domain/ids.ts';
import { closedNotice, closedQuestion } from '../access/pin-wrong.ts';
import type { DomainEvent } from '../domain-event.ts';
import { otherOfficers } from '../notices.ts';
import type { Notice, StepResult } from '../outcome.ts';
import { type Offer, offer, reply, type Say, say } from '../say.ts';
import { decide, isOfficerTurn, type MemberTurn, nameAmong, needs, type OfficerTurn } from '../turn.ts';
import { memberById } from './list-draft.ts';
import { askSecond, secondQuestion } from './second-ask.ts';

/**
 * After too many wrong ones nobody gets in with a PIN: she asks her officers, one of them who has seen her says so, and
 * another one too. They give her a number, in person; with it she sets another, and nothing of hers is seen before.
 */
export const pinResetVerb = (turn: MemberTurn, memberId: string): StepResult | undefined => {
  if (memberId === '') return askOfficers(turn);
  if (!isOfficerTurn(turn)) return undefined;
  const { me, company, extra } = turn.speaker;
  if (memberId === me.id) return decide(turn, { replies: [reply([say('ask.own')])] });
  const member = company.desk.roster.find(({ id }) => id === memberId);
  if (!member) return undefined;
  if (!isClosed(turn, member.id)) return already(turn);
  if (otherOfficers(turn, member).length === 0)
    return decide(turn, { replies: [reply([say('pin-reset.no-second')])] });
  if (!extra.seconds) return needs({ type: 'seconds' });
  // One question about her at a time: what another officer said already is hers to say too.
  const open = extra.seconds.find(
    ({ change }) => change.kind === 'pin-reset' && change.memberId === memberId,
  );
  if (!open) return askSecond(turn, { kind: 'pin-reset', memberId: member.id });
  return decide(turn, {
    replies: [open.by === me.id ? reply([say('count.other-officer')]) : secondQuestion(turn, open)],
  });
};

const isClosed = ({ speaker }: OfficerTurn, memberId: MemberId): boolean =>
  speaker.company.desk.closedPins.includes(memberId);

const already = (turn: OfficerTurn, events: readonly DomainEvent[] = []): StepResult =>
  decide(turn, { events, replies: [reply([say('loan-decide.already')])] });

const askOfficers = (turn: MemberTurn): StepResult => {
  const closed = turn.snapshot.pin?.closed ?? [];
  return closed.length > 0
    ? decide(turn, { notices: closedNotice(turn, closed), replies: [reply([say('pin-reset.told')])] })
    : decide(turn, { replies: [reply([say('done.expired')])] });
};

/** Closed PINs among what waits for an officer: they wait until she who forgot hers comes, and keep nothing else back. */
export const closedPins = (
  turn: OfficerTurn,
): { readonly lines: readonly Say[]; readonly offers: readonly Offer[] } => {
  const others = turn.speaker.company.desk.closedPins.filter((id) => id !== turn.speaker.me.id);
  const [only, ...more] = others;
  if (only === undefined) return { lines: [], offers: [] };
  if (more.length === 0) {
    return closedQuestion(memberById(turn, only));
  }
  const members = others.map((id) => memberById(turn, id));
  return {
    lines: [
      say('pin-reset.closed', { names: members.map(({ name }) => name).join(', ') }),
      say('pin-reset.how'),
    ],
    offers: members.map((member) =>
      offer(`pinreset:${member.id}`, say('pin-reset.saw', { name: nameAmong(turn, member) })),
    ),
  };
};

/** The second one said yes. */
export const pinResetSaid = (
  turn: OfficerTurn,
  memberId: MemberId,
  done: { readonly events: readonly DomainEvent[]; readonly notices: readonly Notice[] },
): StepResult => {
  // She may have one again since.
  if (!isClosed(turn, memberId)) return already(turn, done.events);
  const { newPin } = turn.snapshot;
  if (!newPin) return needs({ type: 'new-pin', memberId });
  const name = firstName(memberById(turn, memberId).name);
  return decide(turn, {
    events: [...done.events, { type: 'pin-reset', memberId, hash: newPin.hash }],
    notices: done.notices,
    replies: [
      reply([
        say('second.thanks'),
        say('pin-reset.number', { name, digits: newPin.digits }),
        say('pin-reset.number-how'),
      ]),
    ],
  });
};
